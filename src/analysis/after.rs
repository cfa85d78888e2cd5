//! Did a guide help? How it went for people who met its barrier before the guide was there, and since.
//!
//! Both stretches are of the same length, and of each only what had happened by its own end counts: otherwise those who came first would look
//! better for no other reason than that they have had longer.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::edition::column;
use crate::model::{Answer, BarrierStatus, Casebook, Ledger, MeetingKey, Period, ThemeKey};

/// Fewer people than these, and a difference is as likely chance as the guide's doing.
pub const FEW_PEOPLE: usize = 10;

/// The two stretches side by side, and the cases in which the guide was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideAfter {
    pub since: NaiveDate,
    /// Days in each stretch.
    pub days: i64,
    pub before: Stretch,
    pub after: Stretch,
    /// In order of day and case.
    pub used: Vec<GuideUsed>,
}

/// People who first met the barrier in some stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub people: usize,
    /// For each whom it stopped keeping out by the end of the stretch: days from the first record of it. The shortest first.
    pub days_to_ease: Vec<i64>,
    /// People for whom somebody was asked to move it, by what came of that: flexed once, changed for all, refused, no reply, waiting.
    pub answers: [usize; 5],
}

impl Stretch {
    pub fn asked(&self) -> usize {
        self.answers.iter().sum()
    }

    /// Half of those for whom it eased had waited no longer.
    pub fn half_within(&self) -> Option<i64> {
        self.days_to_ease.get(self.days_to_ease.len().saturating_sub(1) / 2).copied()
    }
}

/// A case in which the guide was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideUsed {
    pub case: String,
    pub date: NaiveDate,
    /// What the last record says of the barrier; nothing where the case never met it.
    pub now: Option<BarrierStatus>,
    /// The discussion that says so, by its place among those of the meeting.
    pub at: (MeetingKey, usize),
}

/// Looks at a guide that was there from a day on.
pub fn guide_after(book: &Casebook, theme: ThemeKey, since: NaiveDate) -> GuideAfter {
    let days = (book.today - since).num_days() + 1;
    let first = since.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(since);
    let before = stretch(book, theme, first, since.pred_opt().unwrap_or(since));
    GuideAfter { since, days, before, after: stretch(book, theme, since, book.today), used: used(book, theme, since) }
}

/// One person from the first record of the barrier on.
struct Met {
    first: NaiveDate,
    eased: Option<NaiveDate>,
    is_asked: bool,
    answer: Option<Answer>,
}

fn stretch(book: &Casebook, theme: ThemeKey, first: NaiveDate, last: NaiveDate) -> Stretch {
    let mut met: BTreeMap<&str, Met> = BTreeMap::new();
    let until = Period { since: None, until: Some(last) };
    for (meeting, case, barrier) in book.occurrences(until).filter(|(_, _, barrier)| barrier.theme == theme) {
        let one = met.entry(case.case.as_str()).or_insert(Met { first: meeting.date, eased: None, is_asked: false, answer: None });
        if barrier.status != BarrierStatus::Live {
            one.eased = one.eased.or(Some(meeting.date));
        }
        one.is_asked |= barrier.asked.is_some() || barrier.answer.is_some();
        one.answer = barrier.answer.or(one.answer);
    }
    let met: Vec<Met> = met.into_values().filter(|one| one.first >= first).collect();
    let mut days_to_ease: Vec<i64> = met.iter().filter_map(|one| Some((one.eased? - one.first).num_days())).collect();
    days_to_ease.sort_unstable();
    let mut answers = [0; 5];
    for one in met.iter().filter(|one| one.is_asked) {
        answers[column(one.answer)] += 1;
    }
    Stretch { first, last, people: met.len(), days_to_ease, answers }
}

fn used(book: &Casebook, theme: ThemeKey, since: NaiveDate) -> Vec<GuideUsed> {
    let ledger = Ledger::fold(book);
    let now = |case: &str| {
        let threads = ledger.case(case)?.barriers();
        // Where it stands at several places, one at which it is live keeps the person out.
        threads.iter().filter(|thread| thread.theme == theme).map(crate::model::BarrierThread::status).min()
    };
    let held = book.held_meetings().filter(|(_, meeting)| meeting.date >= since);
    let cases = held.flat_map(|(key, meeting)| meeting.cases.iter().enumerate().map(move |(n, case)| ((key, n), meeting.date, case)));
    let using = cases.filter(|(_, _, case)| case.guides_used.contains(&theme));
    using.map(|(at, date, case)| GuideUsed { case: case.case.as_str().to_owned(), date, now: now(case.case.as_str()), at }).collect()
}
