//! Barriers through the quarters of a period, and which of these quarters are whole.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::barriers::{BarrierQuery, BarrierReport, By, barriers};
use crate::model::{Casebook, Period, Quarter};

/// The quarters of a period, and the most frequent barriers through them; people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThroughQuarters {
    pub quarters: Vec<QuarterOf>,
    pub lines: Vec<QuarterLine>,
    /// People with any barrier, a quarter.
    pub any: Vec<usize>,
    /// Occurrences in the whole quarters: enough of them, or it is too early to speak of a change.
    pub occurrences: usize,
}

/// A quarter, and what the period cuts off from it: such a quarter is compared with no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuarterOf {
    pub quarter: Quarter,
    /// The first day that counts, where meetings of the quarter were held before it.
    pub from: Option<NaiveDate>,
    /// The last day that counts, where the quarter goes on after it.
    pub until: Option<NaiveDate>,
}

impl QuarterOf {
    pub fn is_whole(self) -> bool {
        self.from.is_none() && self.until.is_none()
    }
}

/// One barrier through the quarters: people in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarterLine {
    pub id: String,
    pub title: String,
    pub people: Vec<usize>,
}

/// How many barriers are followed through the quarters.
const FOLLOWED: usize = 10;
/// How many quarters a page can hold: the newest.
const QUARTERS: usize = 10;

/// From the first to the last quarter in which somebody met a barrier, since a period that was asked for may be longer.
pub(super) fn through_quarters(book: &Casebook, period: Period, as_of: Option<NaiveDate>, report: &BarrierReport) -> ThroughQuarters {
    let mut days = book.occurrences(period).map(|(meeting, _, _)| meeting.date);
    let Some(since) = days.next() else { return ThroughQuarters::default() };
    let last = Quarter::of(days.last().unwrap_or(since));
    let mut quarters: Vec<Quarter> = std::iter::successors(Some(Quarter::of(since)), |quarter| (*quarter < last).then(|| quarter.next())).collect();
    quarters.drain(..quarters.len().saturating_sub(QUARTERS));
    let split = barriers(book.names(), book.register(), &BarrierQuery { period, by: Some(By::Quarter), ..BarrierQuery::default() });
    let in_quarter = |id: &str, quarter: &Quarter| {
        let name = quarter.to_string();
        split.rows.iter().find(|row| row.id == id && row.group.as_deref() == Some(&name)).map_or(0, |row| row.people)
    };
    let line = |row: &super::BarrierRow| QuarterLine {
        id: row.id.clone(),
        title: row.title.clone(),
        people: quarters.iter().map(|quarter| in_quarter(&row.id, quarter)).collect(),
    };
    let any = |quarter: &Quarter| {
        let with = book.occurrences(period).filter(|(meeting, _, _)| Quarter::of(meeting.date) == *quarter);
        with.map(|(_, case, _)| case.case.as_str()).collect::<BTreeSet<_>>().len()
    };
    let of: Vec<QuarterOf> = quarters.iter().map(|quarter| cut(book, period, as_of, *quarter)).collect();
    let whole = |day| of.iter().any(|quarter| quarter.quarter == Quarter::of(day) && quarter.is_whole());
    ThroughQuarters {
        lines: report.rows.iter().take(FOLLOWED).map(line).collect(),
        any: quarters.iter().map(any).collect(),
        occurrences: book.occurrences(period).filter(|(meeting, _, _)| whole(meeting.date)).count(),
        quarters: of,
    }
}

/// A quarter is whole when no meeting of it was held before the period, and the figures know of its last day.
fn cut(book: &Casebook, period: Period, as_of: Option<NaiveDate>, quarter: Quarter) -> QuarterOf {
    let earlier = |since: &NaiveDate| book.held_meetings().any(|(_, meeting)| Quarter::of(meeting.date) == quarter && meeting.date < *since);
    QuarterOf {
        quarter,
        from: period.since.filter(|since| Quarter::of(*since) == quarter && earlier(since)),
        until: as_of.filter(|day| Quarter::of(*day) == quarter && day.succ_opt().is_some_and(|next| Quarter::of(next) == quarter)),
    }
}
