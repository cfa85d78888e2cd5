//! How long an item takes, learnt from how long such items took before.
//!
//! What was measured (`took`) goes before what was planned (`minutes`). The median of the last ten stands for all: one case that took an
//! hour is no reason to give every case an hour.

use crate::model::{AgendaItem, AgendaSubject, CaseRef, DiscussionKind, Meeting};

/// How many earlier items are looked at.
const LAST: usize = 10;

/// The items that every meeting has, in their order; the cases come before the last two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Welcome,
    Apologies,
    Confidentiality,
    Conflicts,
    Minutes,
    Actions,
    OtherBusiness,
    NextMeeting,
}

impl Standing {
    pub const BEFORE_CASES: [Self; 6] = [Self::Welcome, Self::Apologies, Self::Confidentiality, Self::Conflicts, Self::Minutes, Self::Actions];
    pub const AFTER_CASES: [Self; 2] = [Self::OtherBusiness, Self::NextMeeting];
    const ALL: [Self; 8] =
        [Self::Welcome, Self::Apologies, Self::Confidentiality, Self::Conflicts, Self::Minutes, Self::Actions, Self::OtherBusiness, Self::NextMeeting];

    /// By which words it is known on an agenda, in small letters.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Welcome => &["welcome", "introduction"],
            Self::Apologies => &["apolog"],
            Self::Confidentiality => &["confidential", "statement"],
            Self::Conflicts => &["conflict"],
            Self::Minutes => &["minutes"],
            Self::Actions => &["action"],
            Self::OtherBusiness => &["other business", "aob"],
            Self::NextMeeting => &["next meeting"],
        }
    }

    /// Minutes where nothing is known.
    fn usual(self) -> u32 {
        match self {
            Self::Welcome | Self::Confidentiality => 2,
            Self::Apologies | Self::Conflicts | Self::NextMeeting => 1,
            Self::Minutes | Self::OtherBusiness => 5,
            Self::Actions => 10,
        }
    }

    /// Whether a line of an agenda is about it.
    pub fn is_meant_by(self, item: &str) -> bool {
        let item = item.to_lowercase();
        self.words().iter().any(|word| item.contains(word))
    }
}

/// What a number of minutes rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Nothing: a usual value.
    Usual,
    /// So many earlier items of the kind.
    Items(usize),
    /// So many earlier discussions of this very case.
    Own(usize),
}

/// Minutes for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    pub minutes: u32,
    pub basis: Basis,
}

/// The meetings to learn from.
pub struct Pace<'a> {
    /// Newest first; all took place.
    held: Vec<&'a Meeting>,
}

impl<'a> Pace<'a> {
    /// `held` are the earlier meetings of the group, oldest first.
    pub fn of(held: impl DoubleEndedIterator<Item = &'a Meeting>) -> Self {
        Self { held: held.rev().collect() }
    }

    /// Minutes for an item that every meeting has. A line that stood for several of them is shared among them.
    pub fn standing(&self, wanted: Standing) -> Guess {
        let lines = self.items().filter_map(|(_, item)| match &item.subject {
            AgendaSubject::Item(words) if wanted.is_meant_by(words) => {
                let shared = Standing::ALL.iter().filter(|other| other.is_meant_by(words)).count();
                Some(f64::from(minutes(item)?) / shared as f64)
            }
            _ => None,
        });
        let times: Vec<f64> = lines.take(LAST).collect();
        median(&times).map_or(Guess { minutes: wanted.usual(), basis: Basis::Usual }, |m| Guess { minutes: rounded(m), basis: Basis::Items(times.len()) })
    }

    /// Minutes for a case: by its own discussions of this kind, or else by those of others.
    pub fn case(&self, case: &CaseRef, kind: DiscussionKind) -> Guess {
        let usual = if kind == DiscussionKind::Review { 10 } else { 20 };
        let times = |of: Option<&CaseRef>| -> Vec<f64> {
            let cases = self.items().filter_map(|(meeting, item)| {
                let AgendaSubject::Case(found) = &item.subject else { return None };
                let wanted = of.is_none_or(|case| case == found) && kind_at(meeting, found) == Some(kind);
                minutes(item).filter(|_| wanted).map(f64::from)
            });
            cases.take(LAST).collect()
        };
        let guess = |times: &[f64], basis| median(times).map(|m| Guess { minutes: rounded(m), basis });
        let own = times(Some(case));
        let own = guess(&own, Basis::Own(own.len()));
        let all = || {
            let all = times(None);
            guess(&all, Basis::Items(all.len()))
        };
        own.or_else(all).unwrap_or(Guess { minutes: usual, basis: Basis::Usual })
    }

    /// Every line of their agendas that was taken, newest meeting first.
    fn items(&self) -> impl Iterator<Item = (&'a Meeting, &'a AgendaItem)> {
        self.held.iter().flat_map(|meeting| meeting.agenda.iter().map(move |item| (*meeting, item))).filter(|(_, item)| item.deferred.is_none())
    }
}

fn minutes(item: &AgendaItem) -> Option<u32> {
    item.took.or(item.minutes).filter(|minutes| *minutes > 0)
}

fn kind_at(meeting: &Meeting, case: &CaseRef) -> Option<DiscussionKind> {
    meeting.cases.iter().find(|discussion| discussion.case == *case)?.kind
}

fn median(times: &[f64]) -> Option<f64> {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

/// Whole minutes up to five, and then steps of five: nobody plans 13 minutes.
fn rounded(minutes: f64) -> u32 {
    let whole = if minutes <= 5.0 { minutes.round() } else { (minutes / 5.0).round() * 5.0 };
    (whole as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_items_are_planned_to_the_minute_and_long_ones_to_five() {
        assert_eq!([0.4, 1.67, 2.5, 5.0, 7.4, 7.5, 13.0, 62.0].map(rounded), [1, 2, 3, 5, 5, 10, 15, 60]);
    }

    #[test]
    fn the_median_is_not_moved_by_one_long_afternoon() {
        assert_eq!(median(&[10.0, 12.0, 90.0]), Some(12.0));
        assert_eq!(median(&[10.0, 20.0]), Some(15.0));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn an_item_is_known_by_its_words() {
        assert!(Standing::Welcome.is_meant_by("Welcome, statement, minutes of March") && Standing::Minutes.is_meant_by("Welcome, statement, minutes of March"));
        assert!(Standing::OtherBusiness.is_meant_by("AOB") && !Standing::OtherBusiness.is_meant_by("Previous actions"));
    }
}
