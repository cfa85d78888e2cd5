//! On which days which group met.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::casebook::Casebook;
use super::meeting::Meeting;

/// The days of the meetings that took place, by group.
pub struct HeldDays<'a>(BTreeMap<(&'a str, &'a str), Vec<NaiveDate>>);

impl<'a> HeldDays<'a> {
    pub fn of(book: &'a Casebook) -> Self {
        let mut days: BTreeMap<_, Vec<NaiveDate>> = BTreeMap::new();
        for (_, meeting) in book.held_meetings() {
            days.entry((meeting.kind.as_str(), meeting.name())).or_default().push(meeting.date);
        }
        Self(days)
    }

    /// How many meetings of its group took place since this one.
    pub fn since(&self, meeting: &Meeting) -> usize {
        let days = self.0.get(&(meeting.kind.as_str(), meeting.name())).map_or(&[][..], Vec::as_slice);
        days.len() - days.partition_point(|day| *day <= meeting.date)
    }
}
