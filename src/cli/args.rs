//! Arguments that several commands share.

use std::path::PathBuf;

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveTime};
use clap::{Args, ColorChoice};

use super::error::CommandError;
use crate::model::Period;

#[derive(Args, Debug)]
pub(super) struct GlobalArgs {
    /// The workspace, if it is not here or above; otherwise the variable MARG_DIR says
    #[arg(short = 'C', long = "dir", value_name = "DIR", global = true, help_heading = "Everywhere")]
    pub(super) dir: Option<PathBuf>,

    /// The day to take as today, like 2026-03-26; otherwise the variable MARG_TODAY says
    #[arg(long, value_name = "DAY", global = true, value_parser = day, help_heading = "Everywhere")]
    pub(super) today: Option<NaiveDate>,

    /// Neither use nor keep what earlier runs found out (the folder .marg/)
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub(super) no_cache: bool,

    /// When to use colour
    #[arg(long, value_name = "WHEN", global = true, default_value_t = ColorChoice::Auto, help_heading = "Everywhere")]
    pub(super) color: ColorChoice,
}

#[derive(Args, Debug)]
pub(super) struct PeriodArgs {
    /// First day of the period: 2025-04-01, or a month, quarter or year such as 2025-04, 2025-Q2, 2025
    #[arg(long, value_name = "DAY", value_parser = first_day, help_heading = "Period")]
    since: Option<NaiveDate>,

    /// Last day of the period, included; a month, quarter or year means its last day
    #[arg(long, value_name = "DAY", value_parser = last_day, help_heading = "Period")]
    until: Option<NaiveDate>,
}

impl PeriodArgs {
    pub(super) fn period(&self) -> Result<Period, CommandError> {
        if let (Some(since), Some(until)) = (self.since, self.until)
            && until < since
        {
            return Err(CommandError::usage(format!("the period ends on {until}, before it begins on {since}")).hint("give the earlier day to `--since`"));
        }
        Ok(Period { since: self.since, until: self.until })
    }
}

/// A day of the years that files may name.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse().ok().filter(|day: &NaiveDate| (1900..=2100).contains(&day.year()));
    day.ok_or_else(|| format!("`{text}` is not a day; write it like 2026-03-26"))
}

/// A time of day.
pub(super) fn time(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| format!("`{text}` is not a time; write it like 13:30"))
}

pub(super) fn first_day(text: &str) -> Result<NaiveDate, String> {
    stretch(text).map(|(first, _)| first)
}

pub(super) fn last_day(text: &str) -> Result<NaiveDate, String> {
    stretch(text).map(|(_, last)| last)
}

/// The first and last day of a day, month, quarter or year.
fn stretch(text: &str) -> Result<(NaiveDate, NaiveDate), String> {
    let wrong = || format!("`{text}` is neither a day nor a month, quarter or year; write 2025-04-01, 2025-04, 2025-Q2 or 2025");
    if let Some(day) = text.parse::<NaiveDate>().ok().filter(|day| (1900..=2100).contains(&day.year())) {
        return Ok((day, day));
    }
    if !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'Q' | b'q')) {
        return Err(wrong());
    }
    let (year, rest) = text.split_at_checked(4).ok_or_else(wrong)?;
    let year: i32 = year.parse().ok().filter(|year| (1900..=2100).contains(year)).ok_or_else(wrong)?;
    let (month, months) = match rest.strip_prefix('-') {
        None if rest.is_empty() => (1, 12),
        Some(quarter) if quarter.starts_with(['Q', 'q']) => {
            let number: u32 = quarter[1..].parse().ok().filter(|number| (1..=4).contains(number)).ok_or_else(wrong)?;
            (number * 3 - 2, 3)
        }
        Some(month) => (month.parse().map_err(|_| wrong())?, 1),
        None => return Err(wrong()),
    };
    let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(wrong)?;
    let last = first.checked_add_months(Months::new(months)).and_then(|next| next.checked_sub_days(Days::new(1))).ok_or_else(wrong)?;
    debug_assert_eq!(first.day(), 1);
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_or_quarter_means_its_first_and_last_day() {
        let text = |stretch: (NaiveDate, NaiveDate)| format!("{} {}", stretch.0, stretch.1);
        assert_eq!(text(stretch("2026-02").unwrap()), "2026-02-01 2026-02-28");
        assert_eq!(text(stretch("2025-Q4").unwrap()), "2025-10-01 2025-12-31");
        assert_eq!(text(stretch("2025").unwrap()), "2025-01-01 2025-12-31");
        assert!(stretch("2025-13").is_err() && stretch("spring").is_err() && stretch("2025-Q5").is_err() && stretch("").is_err() && stretch("é").is_err());
    }
}
