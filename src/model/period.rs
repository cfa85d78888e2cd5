//! Stretches of the calendar.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// From one day to another, both included; an open end has no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub since: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Period {
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A quarter of the calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    pub year: i32,
    /// 1 to 4.
    pub number: u32,
}

impl Quarter {
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), number: day.month0() / 3 + 1 }
    }

    #[must_use]
    pub fn next(self) -> Self {
        match self.number {
            4 => Self { year: self.year + 1, number: 1 },
            n => Self { year: self.year, number: n + 1 },
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_has_both_ends_included() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let period = Period { since: Some(day("2025-04-01")), until: Some(day("2025-04-30")) };
        assert!(period.contains(day("2025-04-01")) && period.contains(day("2025-04-30")));
        assert!(!period.contains(day("2025-05-01")));
        assert_eq!(Quarter::of(day("2025-12-31")).next().to_string(), "2026-Q1");
    }
}
