//! Dates as people say them, in UK order, as of the day of the meeting.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

use crate::source::word_ends;

/// What the words are relative to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dates {
    /// The day of the meeting.
    pub(super) today: NaiveDate,
    pub(super) next_meeting: Option<NaiveDate>,
    pub(super) leans: Leans,
}

/// Where a day lies whose year is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leans {
    /// What is to be done: ahead, but for a slip of up to a month, which is asked about.
    Ahead,
    /// What was done: behind.
    Back,
}

const MONTHS: [&str; 12] = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const NUMBERS: [&str; 12] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
/// No date takes more words: `on the last day of the month` is not one.
const MOST_WORDS: usize = 6;

/// `Friday 17 April 2026`.
pub fn in_words(date: NaiveDate) -> String {
    format!("{} {} {} {}", title(DAYS[date.weekday().num_days_from_monday() as usize]), date.day(), title(MONTHS[date.month0() as usize]), date.year())
}

fn title(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Dates {
    /// The date that some words mean, all of them.
    pub(super) fn parse(self, text: &str) -> Result<NaiveDate, String> {
        let words: Vec<String> = text.trim().trim_end_matches(['.', ',', ';', ':']).to_lowercase().split_whitespace().map(str::to_owned).collect();
        let words: Vec<&str> = words.iter().map(|word| word.trim_end_matches(',')).collect();
        let words = match words.as_slice() {
            ["on" | "by" | "before", rest @ ..] => rest,
            all => all,
        };
        self.of(words)?.ok_or_else(|| format!("`{}` is no date that is known here: say `fri`, `26 march`, `26/3`, `in 2 weeks` or `2026-03-26`", text.trim()))
    }

    /// The date at the beginning of a text, the longest there is, and what stands behind it.
    pub(super) fn leading(self, text: &str) -> Result<(NaiveDate, &str), String> {
        let ends: Vec<usize> = word_ends(text).take(MOST_WORDS).collect();
        for end in ends.iter().rev() {
            if let Ok(date) = self.parse(&text[..*end]) {
                return Ok((date, &text[*end..]));
            }
        }
        let shown = ends.get(1).or(ends.first()).map_or("", |end| &text[..*end]);
        self.parse(shown).map(|date| (date, ""))
    }

    /// `Ok(None)` when it is no date at all; an error when it nearly is.
    fn of(self, words: &[&str]) -> Result<Option<NaiveDate>, String> {
        let today = self.today;
        Ok(match words {
            ["today" | "now"] => Some(today),
            ["tomorrow"] => after(today, 1),
            ["yesterday"] => today.checked_sub_days(Days::new(1)),
            ["next" | "the", "meeting"] | ["the", "next", "meeting"] => match self.next_meeting {
                Some(date) => Some(date),
                None => return Err("when the next meeting is has not been said: `next meeting 14 may` says it".to_owned()),
            },
            ["end", "of", rest @ ..] | ["the", "end", "of", rest @ ..] => self.end_of(rest)?,
            ["next", "month"] => today.checked_add_months(Months::new(1)),
            ["next", "week"] => after(today, 7),
            ["a" | "one", "week", "on", day] => weekday(day).and_then(|day| after(following(today, day)?, 7)),
            ["next", day] => weekday(day).and_then(|day| after(monday(today)?, 7 + u64::from(day.num_days_from_monday()))),
            ["this" | "coming", day] => weekday(day).and_then(|day| following(today, day)),
            ["in", rest @ ..] => span(today, rest),
            ["last", day] if weekday(day).is_some() => weekday(day).and_then(|day| last(today.pred_opt()?, day)),
            [day] if weekday(day).is_some() => weekday(day).and_then(|day| if self.leans == Leans::Back { last(today, day) } else { following(today, day) }),
            [single] if month(single).is_some() => return Err(format!("`{single}` alone is a whole month: say the day, such as `26 {single}`")),
            [day, rest @ ..] if weekday(day).is_some() => return self.of(rest).and_then(|date| fits(date, day)),
            [.., "time"] if words.len() == 3 => span(today, &words[..2]),
            _ => match span(today, words) {
                Some(date) => Some(date),
                None => self.calendar(words)?,
            },
        })
    }

    fn end_of(self, words: &[&str]) -> Result<Option<NaiveDate>, String> {
        let today = self.today;
        Ok(match words {
            ["the", "month"] | ["month"] | ["this", "month"] => last_of_month(today.year(), today.month()),
            ["next", "month"] => today.checked_add_months(Months::new(1)).and_then(|next| last_of_month(next.year(), next.month())),
            ["the", "week"] | ["week"] | ["this", "week"] => following(today, Weekday::Fri),
            ["next", "week"] => monday(today).and_then(|monday| after(monday, 11)),
            ["the", "year"] | ["year"] => NaiveDate::from_ymd_opt(today.year(), 12, 31),
            [name] => month(name).and_then(|month| last_of_month(today.year() + i32::from(month < today.month()), month)),
            [name, year] => month(name).zip(year_of(year)).and_then(|(month, year)| last_of_month(year, month)),
            _ => None,
        })
    }

    /// A day of the calendar: `26 march`, `march 26`, `26th of march 2026`, `26/3`, `26.3.`, `26/3/26`, `2026-03-26`.
    fn calendar(self, words: &[&str]) -> Result<Option<NaiveDate>, String> {
        let plain: Vec<&str> = words.iter().copied().filter(|word| !matches!(*word, "the" | "of")).collect();
        let (day, month_number, year) = match plain.as_slice() {
            [one] => match self.numbers(one) {
                Some(parts) => parts,
                None => return Ok(None),
            },
            [a, b] | [a, b, _] => {
                let year = match plain.get(2).map(|year| year_of(year)) {
                    Some(None) => return Ok(None),
                    year => year.flatten(),
                };
                match (day_of(a).zip(month(b))).or_else(|| day_of(b).zip(month(a))) {
                    Some((day, month)) => (day, month, year),
                    None => return Ok(None),
                }
            }
            _ => return Ok(None),
        };
        let wrong = || format!("there is no `{}` in the calendar", words.join(" "));
        match year {
            Some(year) => NaiveDate::from_ymd_opt(year, month_number, day).map(Some).ok_or_else(wrong),
            None => self.nearest_year(day, month_number).map(Some).ok_or_else(wrong),
        }
    }

    fn numbers(self, word: &str) -> Option<(u32, u32, Option<i32>)> {
        let number = |text: &str| (text.len() <= 4 && !text.is_empty()).then(|| text.parse::<u32>().ok()).flatten();
        let separator = ['/', '.', '-'].into_iter().find(|sign| word.contains(*sign))?;
        let parts: Vec<&str> = word.trim_end_matches('.').split(separator).collect();
        match parts.as_slice() {
            [year, month, day] if year.len() == 4 => Some((number(day)?, number(month)?, Some(year_of(year)?))),
            [day, month, year] => Some((number(day)?, number(month)?, Some(year_of(year)?))),
            [day, month] if separator != '-' => Some((number(day)?, number(month)?, None)),
            _ => None,
        }
    }

    /// The day in the year that is meant when none is said.
    fn nearest_year(self, day: u32, month: u32) -> Option<NaiveDate> {
        let of = |year| NaiveDate::from_ymd_opt(year, month, day);
        let year = self.today.year();
        match self.leans {
            Leans::Back => (year - 8..=year).rev().filter_map(of).find(|date| *date <= self.today),
            Leans::Ahead => {
                let earliest = self.today.checked_sub_months(Months::new(1))?;
                (year - 1..=year + 8).filter_map(of).find(|date| earliest <= *date)
            }
        }
    }
}

fn fits(date: Option<NaiveDate>, day: &str) -> Result<Option<NaiveDate>, String> {
    match (date, weekday(day)) {
        (Some(date), Some(wanted)) if date.weekday() != wanted => {
            Err(format!("{} is no {}", in_words(date), title(DAYS[wanted.num_days_from_monday() as usize])))
        }
        _ => Ok(date),
    }
}

/// `2 weeks`, `a week`, `10 days`, `3 months`.
fn span(today: NaiveDate, words: &[&str]) -> Option<NaiveDate> {
    let [count, unit] = words else { return None };
    let count = match *count {
        "a" | "an" => 1,
        word => word.parse::<u32>().ok().or_else(|| NUMBERS.iter().position(|number| *number == word).map(|at| at as u32 + 1))?,
    };
    let count = Some(count).filter(|count| *count <= 5_000)?;
    match unit.trim_end_matches('s') {
        "day" => after(today, u64::from(count)),
        "week" => after(today, 7 * u64::from(count)),
        "fortnight" => after(today, 14 * u64::from(count)),
        "month" => today.checked_add_months(Months::new(count)),
        "year" => today.checked_add_months(Months::new(12 * count)),
        _ => None,
    }
}

fn after(date: NaiveDate, days: u64) -> Option<NaiveDate> {
    date.checked_add_days(Days::new(days))
}

fn monday(date: NaiveDate) -> Option<NaiveDate> {
    date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))
}

/// The next such day after today; the same day of the week is a week ahead.
fn following(today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    let ahead = (7 + day.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
    after(today, u64::from(if ahead == 0 { 7 } else { ahead }))
}

/// The last such day, which may be today.
fn last(today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    let behind = (7 + today.weekday().num_days_from_monday() - day.num_days_from_monday()) % 7;
    today.checked_sub_days(Days::new(u64::from(behind)))
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

fn weekday(word: &str) -> Option<Weekday> {
    let at = DAYS.iter().position(|day| word.len() >= 3 && day.starts_with(word) || *word == format!("{day}s"))?;
    Weekday::try_from(at as u8).ok()
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    MONTHS.iter().position(|month| (word.len() >= 3 && month.starts_with(word)) || word == "sept").map(|at| if word == "sept" { 9 } else { at as u32 + 1 })
}

/// `26`, `26th`, `1st`.
fn day_of(word: &str) -> Option<u32> {
    let number = word.trim_end_matches('.').trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &word[number.len()..];
    let tail = tail.trim_end_matches('.');
    (number.len() <= 2 && matches!(tail, "" | "st" | "nd" | "rd" | "th")).then(|| number.parse().ok()).flatten()
}

fn year_of(word: &str) -> Option<i32> {
    match (word.len(), word.parse::<u16>().ok()?) {
        (2, year) => Some(2000 + i32::from(year)),
        (4, year @ 1900..=2200) => Some(i32::from(year)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Thursday 9 April 2026, with the next meeting on 14 May.
    fn dates() -> Dates {
        Dates { today: day("2026-04-09"), next_meeting: Some(day("2026-05-14")), leans: Leans::Ahead }
    }

    #[test]
    fn dates_are_understood_as_people_say_them() {
        for (said, meant) in [
            ("fri", "2026-04-10"),
            ("by Friday", "2026-04-10"),
            ("thursday", "2026-04-16"),
            ("next friday", "2026-04-17"),
            ("tomorrow", "2026-04-10"),
            ("26 april", "2026-04-26"),
            ("April 26", "2026-04-26"),
            ("26th of April", "2026-04-26"),
            ("friday 17 april", "2026-04-17"),
            ("17 apr 2027", "2027-04-17"),
            ("2 march", "2027-03-02"),
            ("2 april", "2026-04-02"),
            ("5 january", "2027-01-05"),
            ("26/4", "2026-04-26"),
            ("26.4.", "2026-04-26"),
            ("3/4/26", "2026-04-03"),
            ("2026-03-26", "2026-03-26"),
            ("in 2 weeks", "2026-04-23"),
            ("two weeks", "2026-04-23"),
            ("a week", "2026-04-16"),
            ("2 weeks time", "2026-04-23"),
            ("10 days", "2026-04-19"),
            ("a week on monday", "2026-04-20"),
            ("end of april", "2026-04-30"),
            ("end of february", "2027-02-28"),
            ("end of the month", "2026-04-30"),
            ("end of the week", "2026-04-10"),
            ("next meeting", "2026-05-14"),
            ("29 february", "2028-02-29"),
        ] {
            assert_eq!(dates().parse(said).map(|date| date.to_string()), Ok(meant.to_owned()), "{said}");
        }
    }

    #[test]
    fn what_was_done_lies_behind() {
        let back = Dates { leans: Leans::Back, ..dates() };
        for (said, meant) in [
            ("2 march", "2026-03-02"),
            ("9 april", "2026-04-09"),
            ("10 april", "2025-04-10"),
            ("fri", "2026-04-03"),
            ("thursday", "2026-04-09"),
            ("last thursday", "2026-04-02"),
            ("29 february", "2024-02-29"),
        ] {
            assert_eq!(back.parse(said).map(|date| date.to_string()), Ok(meant.to_owned()), "{said}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_in_words() {
        for (said, why) in [
            ("april", "whole month"),
            ("31 april", "no `31 april` in the calendar"),
            ("monday 17 april", "is no Monday"),
            ("soon", "no date that is known"),
            ("26-4", "no date that is known"),
            ("99999999999 weeks", "no date"),
            ("", "no date"),
        ] {
            let refused = dates().parse(said).unwrap_err();
            assert!(refused.contains(why), "{said}: {refused}");
        }
        assert!(Dates { next_meeting: None, ..dates() }.parse("next meeting").unwrap_err().contains("has not been said"));
    }

    #[test]
    fn a_date_at_the_beginning_ends_where_it_ends() {
        assert_eq!(dates().leading("fri Ring the landlord").unwrap(), (day("2026-04-10"), " Ring the landlord"));
        assert_eq!(dates().leading("26 april worked").unwrap(), (day("2026-04-26"), " worked"));
        assert_eq!(in_words(day("2026-04-17")), "Friday 17 April 2026");
    }
}
