//! What was published: the record of an edition, as it lies in `published/`.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, NaiveDate};

use super::period::Quarter;

/// One edition that left the group. It holds nothing that its readers did not see, but for which numbers were hidden for the sake of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The name of its record, such as `2026-03-26-public`.
    pub id: String,
    /// `board` or `public`.
    pub audience: String,
    pub on: NaiveDate,
    /// Whole quarters.
    pub since: Quarter,
    pub until: Quarter,
    pub division: Division,
    pub hide_up_to: usize,
    pub round_to: usize,
    pub signed_off_by: Vec<String>,
    pub tables: Vec<PublishedTable>,
    /// Numbers that stand alone, by name.
    pub figures: Vec<(String, PublishedCount)>,
    /// Every line that left, page by page.
    pub pages: Vec<(String, Vec<String>)>,
    /// Each file with the SHA-256 of its bytes.
    pub files: Vec<(String, String)>,
}

/// A table as it was published; the last row and the last column are totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedTable {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<PublishedCount>)>,
}

/// A number as it was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishedCount {
    Shown(usize),
    /// Hidden because it is small.
    Small,
    /// Hidden for the sake of others.
    HeldBack,
}

/// Into which stretches the time of an edition is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    Quarter,
    Year,
}

impl Division {
    pub fn word(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

impl FromStr for Division {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "quarter" => Ok(Self::Quarter),
            "year" => Ok(Self::Year),
            _ => Err(()),
        }
    }
}

impl fmt::Display for PublishedCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shown(n) => write!(f, "{n}"),
            Self::Small => f.write_str("c"),
            Self::HeldBack => f.write_str("held"),
        }
    }
}

impl FromStr for PublishedCount {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "c" => Ok(Self::Small),
            "held" => Ok(Self::HeldBack),
            number => number.parse().map(Self::Shown).map_err(|_| ()),
        }
    }
}

impl FromStr for Quarter {
    type Err = ();

    /// As it is written: `2025-Q3`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, number) = text.split_once("-Q").ok_or(())?;
        let quarter = Self { year: year.parse().map_err(|_| ())?, number: number.parse().map_err(|_| ())? };
        ((1..=4).contains(&quarter.number) && (1900..=2100).contains(&quarter.year)).then_some(quarter).ok_or(())
    }
}

impl Quarter {
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.number * 3 - 2, 1).unwrap_or_default()
    }

    pub fn last_day(self) -> NaiveDate {
        self.next().first_day() - Days::new(1)
    }

    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.first_day() - Days::new(1))
    }
}

impl Published {
    pub fn table(&self, name: &str) -> Option<&PublishedTable> {
        self.tables.iter().find(|table| table.name == name)
    }

    pub fn figure(&self, name: &str) -> Option<PublishedCount> {
        self.figures.iter().find(|(known, _)| known == name).map(|(_, count)| *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_read_as_it_is_written() {
        let quarter: Quarter = "2025-Q4".parse().unwrap();
        assert_eq!(
            (quarter.to_string().as_str(), quarter.first_day().to_string(), quarter.last_day().to_string()),
            ("2025-Q4", "2025-10-01".into(), "2025-12-31".into())
        );
        assert_eq!(quarter.before().next(), quarter);
        assert!("2025-Q5".parse::<Quarter>().is_err() && "2025".parse::<Quarter>().is_err());
    }
}
