//! Days and times as people type them, and as a spreadsheet turns them round.

use chrono::{NaiveDate, NaiveTime};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `2026-04-16`, `16/04/2026`, `16.4.26`, `16 April 2026`, `Thursday 16th Apr 2026`. A day comes before its month, as in Britain.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches("00:00:00").trim();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let parts: Vec<&str> = text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | ',')).filter(|part| !part.is_empty()).collect();
    let parts = match parts.as_slice() {
        [weekday, rest @ ..] if rest.len() == 3 && weekday.chars().all(char::is_alphabetic) => rest,
        parts => parts,
    };
    let [day, month, year] = parts else { return None };
    let day: u32 = day.trim_end_matches(char::is_alphabetic).parse().ok()?;
    let month: u32 = match month.parse() {
        Ok(month) => month,
        Err(_) => MONTHS.iter().position(|known| month.to_lowercase().starts_with(known))? as u32 + 1,
    };
    let year: i32 = year.parse().ok()?;
    NaiveDate::from_ymd_opt(if year < 100 { 2000 + year } else { year }, month, day).filter(|day| (1900..=2100).contains(&chrono::Datelike::year(day)))
}

/// `13:30`, `13.30`, `1.30 pm`, `1pm`, `13:30:00`.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase().replace("noon", "pm");
    let (text, half) = match (text.strip_suffix("pm"), text.strip_suffix("am")) {
        (Some(rest), _) => (rest.trim(), Some(12)),
        (_, Some(rest)) => (rest.trim(), Some(0)),
        _ => (text.as_str(), None),
    };
    let parts: Vec<u32> = text.split([':', '.', 'h']).filter(|part| !part.is_empty()).map(str::parse).collect::<Result<_, _>>().ok()?;
    let (hour, minute) = match parts.as_slice() {
        [hour] if half.is_some() => (*hour, 0),
        [hour, minute] | [hour, minute, 0] => (*hour, *minute),
        _ => return None,
    };
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_typed_here() {
        for text in ["2026-04-16", "16/04/2026", "16.4.26", "16 April 2026", "Thursday 16th Apr 2026", "Thu, 16-Apr-26", " 2026-04-16 00:00:00"] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), Some("2026-04-16"), "{text}");
        }
        for text in ["", "soon", "31/02/2026", "16 Foo 2026", "2026", "16/04", "1/1/1066"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_as_they_are_typed_here() {
        for text in ["13:30", "13.30", "1.30 pm", "1:30PM", "13:30:00", "13h30"] {
            assert_eq!(time(text).map(|time| time.format("%H:%M").to_string()).as_deref(), Some("13:30"), "{text}");
        }
        assert_eq!(
            ["12 noon", "12pm", "12am", "9am"].map(|text| time(text).map(|time| time.format("%H").to_string())),
            ["12", "12", "00", "09"].map(|hour| Some(hour.to_owned()))
        );
        for text in ["", "25:00", "13", "half past", "13:30:15", "14pm"] {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
