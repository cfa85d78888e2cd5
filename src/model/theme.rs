//! The codebook: what a word means, so that two people use it alike, and the text of the guide that may grow from it.

use chrono::NaiveDate;

use super::words::{Picture, Stage, ThemeKind};
use crate::source::{FileId, Place};

/// A theme, by its place in [`super::Casebook::themes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThemeKey(pub u32);

/// One theme: a file in `themes/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The name of its file.
    pub id: String,
    pub file: FileId,
    pub title: String,
    pub kind: ThemeKind,
    /// A heading to group by, not a theme.
    pub parent: Option<String>,
    pub definition: Option<String>,
    pub include: Option<String>,
    pub exclude: Option<String>,
    pub example: Option<String>,
    /// Phrases in notes that suggest it.
    pub indicators: Vec<String>,
    /// Earlier ids, kept after a rename or a merge.
    pub also_known_as: Vec<String>,
    pub stage: Option<Stage>,
    /// It stays in the records that name it, and is offered no more.
    pub retired: Option<Retired>,
    pub guide: Option<Guide>,
}

/// Since when a theme is used no more, and what instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retired {
    pub on: Option<NaiveDate>,
    pub why: Option<String>,
    /// The id of the theme to use instead.
    pub instead: Option<String>,
}

/// What people have written for the guide. Every text is Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    pub audience: Vec<String>,
    pub made_by: Vec<String>,
    pub legal_check: Option<LegalCheck>,
    pub approved_by: Option<String>,
    pub edition: Option<String>,
    pub published_on: Option<NaiveDate>,
    pub review_date: Option<NaiveDate>,
    pub why_this_guide: Option<String>,
    pub what_people_told_us: Option<String>,
    pub what_the_law_says: Option<String>,
    pub managing_the_risk: Option<String>,
    pub questions_to_ask: Option<String>,
    pub information_sharing: Option<String>,
    pub when_to_escalate: Option<String>,
    /// A composite of at least three people.
    pub example: Option<String>,
    /// Of how many people it is put together.
    pub example_people: Option<u32>,
    pub contacts: Option<String>,
    pub how_it_was_made: Option<String>,
    pub statements: Vec<Statement>,
    /// The short version with pictures: one idea each.
    pub short: Vec<ShortLine>,
    /// Who of the people it is for has read the short version and said that it is easy to read.
    pub short_signed_off_by: Option<String>,
}

impl Guide {
    /// What people wrote for it in Markdown, by the names of the fields, in the order of the guide.
    pub fn texts(&self) -> [(&'static str, Option<&str>); 10] {
        [
            ("why_this_guide", &self.why_this_guide),
            ("what_people_told_us", &self.what_people_told_us),
            ("what_the_law_says", &self.what_the_law_says),
            ("managing_the_risk", &self.managing_the_risk),
            ("questions_to_ask", &self.questions_to_ask),
            ("information_sharing", &self.information_sharing),
            ("when_to_escalate", &self.when_to_escalate),
            ("example", &self.example),
            ("contacts", &self.contacts),
            ("how_it_was_made", &self.how_it_was_made),
        ]
        .map(|(name, text)| (name, text.as_deref()))
    }
}

/// One sentence of a short version, with a picture beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortLine {
    pub says: String,
    pub picture: Option<Picture>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegalCheck {
    pub by: Option<String>,
    pub on: Option<NaiveDate>,
}

/// One sentence of the guide, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Which entry of the list it is, from 0.
    pub nth: usize,
    pub id: Option<String>,
    pub section: String,
    pub says: String,
    pub who: Vec<String>,
    /// Ids of learning points, barriers or actions.
    pub evidence: Vec<String>,
    pub reviewed: Option<Reviewed>,
}

/// When a person last read a statement against its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    pub on: Option<NaiveDate>,
    pub by: Option<String>,
    /// The first 8 hex digits of SHA-256 over what the evidence said then.
    pub against: Option<String>,
}

impl Theme {
    pub fn place(&self) -> Place {
        Place::top(self.file)
    }

    /// What it means, what belongs to it, and what does not: a line each. `lead` stands before the definition.
    pub fn meaning(&self, lead: &str) -> Vec<String> {
        let line = |label: &str, text: &Option<String>| text.as_ref().map(|text| format!("{label}{}", text.split_whitespace().collect::<Vec<_>>().join(" ")));
        let lines = [line(lead, &self.definition), line("It is: ", &self.include), line("It is not: ", &self.exclude)];
        lines.into_iter().flatten().collect()
    }
}

impl Statement {
    /// How it is called where it has to be told from the others: by its id, or by its place in the list, from 1.
    pub fn name(&self) -> String {
        self.id.clone().unwrap_or_else(|| format!("no {}", self.nth + 1))
    }
}
