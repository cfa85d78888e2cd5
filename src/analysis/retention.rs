//! Which records are due to be looked at again, or to go, by the group's own rule.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use crate::model::{Ledger, Retention};

/// How a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RetentionState {
    /// The day has come on which the record is to be gone.
    Dispose,
    /// The day has come on which somebody decides whether it is still needed.
    Review,
    /// Never closed, and not discussed for as long as closed records are kept.
    Quiet,
    /// Closed, and its day is to come.
    Kept,
}

impl RetentionState {
    pub fn word(self) -> &'static str {
        match self {
            Self::Dispose => "dispose",
            Self::Review => "review",
            Self::Quiet => "quiet",
            Self::Kept => "kept",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Dispose => "to be disposed of",
            Self::Review => "to be reviewed",
            Self::Quiet => "never closed, and quiet",
            Self::Kept => "kept",
        }
    }
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionRow {
    pub case: String,
    pub state: RetentionState,
    /// The day on which that came, or will come.
    pub on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
    pub last_discussed: NaiveDate,
    pub meetings: usize,
}

/// Closed records by the day that their rule gives, and open ones that nobody has spoken of for as long; without those of people who were
/// forgotten. What is to go comes first.
pub fn retention(ledger: &Ledger<'_>, forgotten: &BTreeSet<String>) -> Vec<RetentionRow> {
    let (rule, today) = (ledger.book.group.retention, ledger.book.today);
    let mut rows: Vec<RetentionRow> = Vec::new();
    for (case, story) in ledger.cases.iter().filter(|(case, _)| !forgotten.contains(**case)) {
        let last_discussed = story.last().0.date;
        let closed_on = story.closed().map(|_| last_discussed);
        let Some((state, on)) = standing(rule, closed_on, last_discussed, today) else { continue };
        rows.push(RetentionRow { case: (*case).to_owned(), state, on, closed_on, last_discussed, meetings: story.discussions.len() });
    }
    rows.sort_by(|a, b| (a.state, a.on, &a.case).cmp(&(b.state, b.on, &b.case)));
    rows
}

fn standing(rule: Retention, closed_on: Option<NaiveDate>, last: NaiveDate, today: NaiveDate) -> Option<(RetentionState, NaiveDate)> {
    let after = |years: u32| last.checked_add_months(Months::new(years.saturating_mul(12))).unwrap_or(NaiveDate::MAX);
    let review = after(rule.review_after);
    let dispose = rule.dispose_after.map(after).filter(|day| *day <= today);
    match (closed_on, dispose) {
        (Some(_), Some(day)) => Some((RetentionState::Dispose, day)),
        (Some(_), None) => Some((if review <= today { RetentionState::Review } else { RetentionState::Kept }, review)),
        (None, _) => (review <= today).then_some((RetentionState::Quiet, review)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_due_by_the_groups_rule() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let stands = |rule, closed: bool, last: &str, today: &str| {
            standing(rule, closed.then(|| day(last)), day(last), day(today)).map(|(state, on)| format!("{} {on}", state.word())).unwrap_or_default()
        };
        let six = Retention::default();
        assert_eq!(stands(six, true, "2020-02-29", "2026-02-27"), "kept 2026-02-28");
        assert_eq!(stands(six, true, "2020-02-29", "2026-02-28"), "review 2026-02-28");
        assert_eq!(
            (stands(six, false, "2020-03-01", "2026-03-01").as_str(), stands(six, false, "2020-03-02", "2026-03-01").as_str()),
            ("quiet 2026-03-01", "")
        );
        let strict = Retention { review_after: 2, dispose_after: Some(3) };
        assert_eq!(stands(strict, true, "2023-03-01", "2026-03-01"), "dispose 2026-03-01");
        assert_eq!(stands(strict, true, "2023-03-02", "2026-03-01"), "review 2025-03-02");
        assert_eq!(stands(Retention { review_after: u32::MAX, dispose_after: None }, true, "2023-03-02", "2026-03-01").split(' ').next(), Some("kept"));
    }
}
