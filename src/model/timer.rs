//! Time in words: what a clock says must be readable without its colour.

/// Time spent on something, and planned for it where it is; in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timer {
    pub spent: u32,
    pub planned: Option<u32>,
}

/// How far an item of an agenda is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Past,
    Now,
    ToCome,
}

/// How long a time is: `45 min`, `1 h 32 min`.
pub fn in_minutes(seconds: u32) -> String {
    let minutes = seconds / 60;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

impl Timer {
    pub fn is_over(self) -> bool {
        self.planned.is_some_and(|planned| self.spent > planned)
    }

    /// What is left, or by how much it is over: `4 min left`, `2 min over`. A minute that has begun is still left.
    pub fn left(self) -> String {
        let Some(planned) = self.planned else { return format!("{} so far", in_minutes(self.spent)) };
        match (planned.saturating_sub(self.spent), self.spent.saturating_sub(planned)) {
            (0, 0) => "time is up".to_owned(),
            (0, over @ 1..60) => format!("{over} s over"),
            (0, over) => format!("{} over", in_minutes(over)),
            (left @ 1..60, _) => format!("{left} s left"),
            (left, _) => format!("{} left", in_minutes(left.next_multiple_of(60))),
        }
    }

    /// The same, and of how much.
    pub fn left_of(self) -> String {
        let of = if self.is_over() { "over the" } else { "of" };
        self.planned.map_or_else(|| self.left(), |planned| format!("{} {of} {}", self.left().trim_end_matches(" over"), in_minutes(planned)))
    }
}

/// By how many seconds the meeting is behind its agenda (or before it, when less than nothing): what was spent on the items that are
/// over against what was planned for them, and what the present one takes too long.
pub fn behind(stops: impl Iterator<Item = (Progress, Timer)>) -> i64 {
    let of = |(state, time): (Progress, Timer)| {
        let over = i64::from(time.spent) - i64::from(time.planned.unwrap_or(time.spent));
        match state {
            Progress::Past => over,
            Progress::Now => over.max(0),
            Progress::ToCome => i64::from(time.spent),
        }
    };
    stops.map(of).sum()
}

/// The same in words: `on time`, `6 min late`, `3 min early`.
pub fn behind_in_words(seconds: i64) -> String {
    let size = in_minutes(u32::try_from(seconds.unsigned_abs()).unwrap_or(u32::MAX));
    match seconds {
        60.. => format!("{size} late"),
        ..=-60 => format!("{size} early"),
        _ => "on time".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_said_in_words() {
        let left = |spent, planned| Timer { spent, planned: Some(planned) }.left();
        assert_eq!(left(0, 900), "15 min left");
        assert_eq!(left(841, 900), "59 s left");
        assert_eq!(left(661, 900), "4 min left");
        assert_eq!(left(900, 900), "time is up");
        assert_eq!(left(930, 900), "30 s over");
        assert_eq!(left(1_020, 900), "2 min over");
        assert_eq!(left(60, 7_200), "1 h 59 min left");
        assert_eq!(Timer { spent: 130, planned: None }.left_of(), "2 min so far");
        assert_eq!(Timer { spent: 660, planned: Some(900) }.left_of(), "4 min left of 15 min");
        assert_eq!(Timer { spent: 1_020, planned: Some(900) }.left_of(), "2 min over the 15 min");
    }

    #[test]
    fn late_is_what_the_items_before_took_too_long() {
        let time = |spent, planned| Timer { spent, planned: Some(planned) };
        let stops = [(Progress::Past, time(600, 300)), (Progress::Now, time(60, 900)), (Progress::ToCome, time(0, 600))];
        assert_eq!(behind_in_words(behind(stops.into_iter())), "5 min late");
        assert_eq!(behind_in_words(-200), "3 min early");
        assert_eq!(behind_in_words(30), "on time");
    }
}
