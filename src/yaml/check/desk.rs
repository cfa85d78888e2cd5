//! Where single values are looked at: the same few questions for every file.

use chrono::{NaiveDate, NaiveTime};

use super::Vocabulary;
use crate::model::{AgencyKey, CaseRef, ServiceKey, ThemeKey, ThemeKind, Word};
use crate::source::{Code, FileId, Finding, Path, Place, Step, list_of, nearest};
use crate::yaml::codes;
use crate::yaml::fields::Texts;

/// A place in the file, as a chain on the stack: it costs nothing until somebody asks for it.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    up: Option<&'a Self>,
    step: Option<Step>,
}

impl<'a> Here<'a> {
    pub(super) fn top() -> Self {
        Self { up: None, step: None }
    }

    pub(super) fn field(&'a self, name: &'static str) -> Self {
        Self { up: Some(self), step: Some(Step::Field(name)) }
    }

    pub(super) fn entry(&'a self, index: usize) -> Self {
        Self { up: Some(self), step: Some(Step::Entry(index)) }
    }

    fn path(&self) -> Path {
        let above = self.up.map_or_else(Path::top, Here::path);
        self.step.map_or(above.clone(), |step| above.then(step))
    }
}

/// Takes values, looks them up, and keeps a list of what is wrong.
pub(super) struct Desk<'a> {
    file: FileId,
    names: &'a Vocabulary,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(file: FileId, names: &'a Vocabulary, findings: Vec<Finding>) -> Self {
        Self { file, names, findings }
    }

    pub(super) fn wrong(&mut self, code: &'static Code, here: Here<'_>, message: impl Into<String>, hint: impl Into<String>) {
        let place = Place { file: self.file, path: here.path() };
        self.findings.push(Finding::value(code, place, message).hint(hint));
    }

    /// A text that must be there. When it is not, the reader is told, and gets an empty one to go on with.
    pub(super) fn needed(&mut self, text: Option<String>, here: Here<'_>, field: &'static str, hint: &str) -> String {
        match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => text,
            None => {
                let message = format!("`{field}` is missing here");
                // Shown at what lacks it: the field itself has no place.
                self.wrong(&codes::MISSING_FIELD, here, message, hint);
                String::new()
            }
        }
    }

    pub(super) fn date(&mut self, text: Option<String>, here: Here<'_>) -> Option<NaiveDate> {
        let text = text.filter(|text| !text.is_empty())?;
        match read_date(&text) {
            Ok(date) => Some(date),
            Err((why, hint)) => {
                self.wrong(&codes::BAD_DATE, here, format!("`{text}` is not a date: {why}"), hint);
                None
            }
        }
    }

    pub(super) fn time(&mut self, text: Option<String>, here: Here<'_>) -> Option<NaiveTime> {
        let text = text.filter(|text| !text.is_empty())?;
        let time = NaiveTime::parse_from_str(&text, "%H:%M").ok();
        if time.is_none() {
            let hint = match meant_time(&text) {
                Some(time) => format!("write it with a colon, in quotes: \"{}\"", time.format("%H:%M")),
                None => "write hours and minutes with four digits: \"13:30\"".to_owned(),
            };
            self.wrong(&codes::BAD_TIME, here, format!("`{text}` is not a time of day"), hint);
        }
        time
    }

    /// One of a few fixed words that figures are counted over.
    pub(super) fn word<W: Word>(&mut self, text: Option<&str>, here: Here<'_>) -> Option<W> {
        let text = text.filter(|text| !text.is_empty())?;
        let word = W::parse(text);
        if word.is_none() {
            let hint = match nearest(text, W::WORDS.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? it can be {}", list_of(W::WORDS, "or")),
                None => format!("it can be {}", list_of(W::WORDS, "or")),
            };
            let field = here.step.map(|step| Path::top().then(step).to_string()).unwrap_or_default();
            self.wrong(&codes::UNKNOWN_WORD, here, format!("`{text}` is no `{field}`"), hint);
        }
        word
    }

    pub(super) fn needed_word<W: Word>(&mut self, text: Option<&str>, here: &Here<'_>, field: &'static str) -> Option<W> {
        if text.is_none_or(str::is_empty) {
            self.wrong(&codes::MISSING_FIELD, *here, format!("`{field}` is missing here"), format!("it can be {}", list_of(W::WORDS, "or")));
        }
        self.word(text, here.field(field))
    }

    pub(super) fn yes_no(&mut self, text: Option<&str>, here: Here<'_>) -> bool {
        match text {
            Some("yes" | "true" | "Yes" | "True" | "y") => true,
            None | Some("no" | "false" | "No" | "False" | "n" | "") => false,
            Some(other) => {
                self.wrong(
                    &codes::BAD_YES_NO,
                    here,
                    format!("`{other}` is neither yes nor no"),
                    "write `yes` or `no`; leave it out where nobody has decided yet",
                );
                false
            }
        }
    }

    pub(super) fn case(&mut self, text: Option<String>, here: &Here<'_>, field: &'static str) -> Option<CaseRef> {
        let text = self.needed(text, *here, field, "a case is known by its ref, such as `QLM-7KQ2`");
        if text.is_empty() {
            return None;
        }
        if !CaseRef::is_valid(&text) {
            self.wrong(
                &codes::BAD_REF,
                here.field(field),
                format!("`{text}` cannot be a case ref"),
                "a ref is 3 to 24 capitals, digits and hyphens, such as `QLM-7KQ2`",
            );
            return None;
        }
        Some(CaseRef(text))
    }

    pub(super) fn id(&mut self, text: Option<String>, here: &Here<'_>) -> Option<String> {
        let text = text.filter(|text| !text.is_empty())?;
        if is_id(&text) {
            return Some(text);
        }
        self.wrong(&codes::BAD_ID, here.field("id"), format!("`{text}` cannot be an id"), "an id is small letters, digits and hyphens, such as `k7q2`");
        None
    }

    pub(super) fn agency(&mut self, text: Option<&str>, here: Here<'_>) -> Option<AgencyKey> {
        let text = text.filter(|text| !text.is_empty())?;
        let found = self.names.agencies.get(text).copied();
        if found.is_none() && self.names.group_known {
            let hint = did_you_mean(text, self.names.agencies.keys(), "add it to `agencies` in marg.yaml, or use one that is there");
            self.wrong(&codes::UNKNOWN_AGENCY, here, format!("unknown agency `{text}`"), hint);
        }
        found
    }

    pub(super) fn agencies(&mut self, texts: &Texts, here: &Here<'_>) -> Vec<AgencyKey> {
        texts.0.iter().enumerate().filter_map(|(n, text)| self.agency(Some(text), here.entry(n))).collect()
    }

    pub(super) fn service(&mut self, text: Option<&str>, here: Here<'_>) -> Option<ServiceKey> {
        let text = text.filter(|text| !text.is_empty())?;
        let found = self.names.services.get(text).copied();
        if found.is_none() && self.names.group_known {
            let hint = did_you_mean(text, self.names.services.keys(), "add it to `services` in marg.yaml, or use one that is there");
            self.wrong(&codes::UNKNOWN_SERVICE, here, format!("unknown service `{text}`"), hint);
        }
        found
    }

    /// A theme of the codebook; where only one kind belongs, of that kind.
    pub(super) fn theme(&mut self, text: Option<&str>, kind: Option<ThemeKind>, here: Here<'_>) -> Option<ThemeKey> {
        let text = text.filter(|text| !text.is_empty())?;
        let Some((key, found)) = self.names.themes.get(text).copied() else {
            if !self.names.broken_themes.contains(text) && !self.names.themes_unread {
                let hint =
                    did_you_mean(text, self.names.themes.keys(), &format!("no file `themes/{text}.yaml` describes it; write it, or use a theme that is there"));
                self.wrong(&codes::UNKNOWN_THEME, here, format!("unknown theme `{text}`"), hint);
            }
            return None;
        };
        if let Some(kind) = kind.filter(|kind| *kind != found) {
            let belongs = match found {
                ThemeKind::Barrier => "what the system does stands under `barriers`",
                ThemeKind::Need => "what the person lives with stands under `needs`",
                ThemeKind::Enabler => "what helped stands under `themes` of a learning point",
            };
            self.wrong(&codes::WRONG_KIND, here, format!("`{text}` is a theme of kind {found}, and here belongs one of kind {kind}"), belongs);
            return None;
        }
        Some(key)
    }

    pub(super) fn themes(&mut self, texts: &Texts, kind: Option<ThemeKind>, here: &Here<'_>) -> Vec<ThemeKey> {
        texts.0.iter().enumerate().filter_map(|(n, text)| self.theme(Some(text), kind, here.entry(n))).collect()
    }
}

/// Small letters, digits and hyphens, up to 64.
pub(super) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn did_you_mean<'k>(text: &str, known: impl Iterator<Item = &'k String>, otherwise: &str) -> String {
    match nearest(text, known.map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_owned(),
    }
}

/// Year, month and day with hyphens; otherwise why not, and what to write.
fn read_date(text: &str) -> Result<NaiveDate, (String, String)> {
    const FORM: &str = "write year, month and day, like 2026-03-12";
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ']).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok().filter(|_| !part.starts_with('+'))).collect();
    match numbers.as_deref() {
        Some([year, month, day]) if parts[0].len() == 4 => {
            let iso = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
            match NaiveDate::from_ymd_opt(*year as i32, *month, *day) {
                Some(_) if !(1900..=2100).contains(year) => Err((format!("the year {year} is far away"), FORM.to_owned())),
                Some(date) if iso => Ok(date),
                Some(date) => Err(("it is written in another way".to_owned(), format!("write it as {date}"))),
                None if *month == 0 || *month > 12 => Err((format!("there is no month {month}"), FORM.to_owned())),
                None => Err((format!("that month has no day {day}"), FORM.to_owned())),
            }
        }
        Some([day, month, year]) if parts[2].len() == 4 => match NaiveDate::from_ymd_opt(*year as i32, *month, *day) {
            Some(date) => Err(("the day stands first".to_owned(), format!("if {day} is the day and {month} the month, write it as {date}"))),
            None => Err(("the day stands first".to_owned(), FORM.to_owned())),
        },
        Some([day, _, _]) if parts[0].len() <= 2 && parts[2].len() == 2 && *day > 0 => {
            Err(("the year has two digits, and it cannot be seen which number is the day".to_owned(), FORM.to_owned()))
        }
        _ => match date_in_words(text) {
            Some(date) => Err(("the month is written as a word".to_owned(), format!("write it as {date}"))),
            None => Err(("it has another form".to_owned(), FORM.to_owned())),
        },
    }
}

/// `Wednesday, 23rd December 2026` or `December 23, 2026`; a name of a day is passed over.
fn date_in_words(text: &str) -> Option<NaiveDate> {
    let (mut day, mut month, mut year) = (None, None, None);
    for word in text.split([' ', ',', '-', '/', '.']).filter(|word| !word.is_empty()) {
        let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
        match number {
            Some(number) if number > 31 => year = year.or(i32::try_from(number).ok()),
            Some(number) => day = day.or(Some(number)),
            None if word.parse::<chrono::Weekday>().is_ok() || word.eq_ignore_ascii_case("of") || word.eq_ignore_ascii_case("the") => {}
            None => month = Some(word.parse::<chrono::Month>().ok()?.number_from_month()),
        }
    }
    NaiveDate::from_ymd_opt(year.filter(|year| (1900..=2100).contains(year))?, month?, day?)
}

/// The time that `13.30`, `1330`, `9:30` or `1.30pm` is meant to be.
fn meant_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase().replace(' ', "");
    let (digits, later) = match (text.strip_suffix("pm"), text.strip_suffix("am")) {
        (Some(rest), _) => (rest, Some(12)),
        (_, Some(rest)) => (rest, Some(0)),
        _ => (text.as_str(), None),
    };
    let (hours, minutes) = match digits.split_once(['.', ':', 'h', '-', ',']) {
        Some((hours, minutes)) => (hours, if minutes.is_empty() { "0" } else { minutes }),
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None if later.is_some() => (digits, "0"),
        None => return None,
    };
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    match later {
        Some(later) if (1..=12).contains(&hours) => NaiveTime::from_hms_opt(hours % 12 + later, minutes, 0),
        Some(_) => None,
        None => NaiveTime::from_hms_opt(hours, minutes, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_is_none_says_why() {
        let why = |text| read_date(text).unwrap_err();
        assert!(read_date("2026-03-12").is_ok());
        assert_eq!(why("2026-13-45").0, "there is no month 13");
        assert_eq!(why("2026-02-30").0, "that month has no day 30");
        assert_eq!(why("12/03/2026").1, "if 12 is the day and 3 the month, write it as 2026-03-12");
        assert_eq!(why("2026-3-1").1, "write it as 2026-03-01");
        assert_eq!(why("next Friday").0, "it has another form");
        for same in ["23 December 2026", "Wed 23 Dec 2026", "Wednesday, 23rd December 2026", "December 23, 2026", "23-Dec-2026"] {
            assert_eq!(why(same).1, "write it as 2026-12-23", "{same}");
        }
        assert_eq!(why("31 November 2026").0, "it has another form");
        assert_eq!(why("23/12/26").0, "the year has two digits, and it cannot be seen which number is the day");
        assert_eq!(why("0026-03-12").0, "the year 26 is far away");
    }

    #[test]
    fn a_time_that_is_none_is_guessed() {
        let meant = |text| meant_time(text).map(|time| time.format("%H:%M").to_string());
        for same in ["13.30", "1330", "13h30", "1.30pm", "1:30 pm", "13-30"] {
            assert_eq!(meant(same).as_deref(), Some("13:30"), "{same}");
        }
        assert_eq!((meant("9:30").as_deref(), meant("9am").as_deref(), meant("12 am").as_deref()), (Some("09:30"), Some("09:00"), Some("00:00")));
        assert!(["noon", "25.30", "13.75", "13pm", "", "é:3", "9"].iter().all(|text| meant(text).is_none()));
    }
}
