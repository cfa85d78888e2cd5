//! The capture sheet of a session: made to be printed or filled in, and read back.
//!
//! One table of words says what a sheet has; writing and reading both take it, as rows for a spreadsheet and as tables for Word. Reading
//! loses nothing: what has no place is said, with its row and column, and so is everything else that is wrong, all at once.

mod fill;
mod sheet;
mod table;
mod when;
mod word;

use chrono::{NaiveDate, NaiveTime};

pub use fill::{Captured, fill};
pub use sheet::{MARKING, Sheet, sheet_csv, sheet_markdown};
pub use table::read_capture_csv;
pub use word::read_capture_word;

/// What a row of a sheet is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic {
    Theme,
    Day,
    Starts,
    Ends,
    Venue,
    Facilitator,
    Lead,
    MinuteTaker,
    Statement,
    People,
    WithExperience,
    Story,
    StoryConsent,
    NextSession,
    Came,
    Question,
    Issue,
    Practice,
    Recommendation,
    Value(Cycle),
    Note,
}

/// A cycle of value creation (Wenger, Trayner and de Laat 2011).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cycle {
    Immediate,
    Potential,
    Applied,
    Realised,
    Reframing,
}

impl Cycle {
    pub(super) const ALL: [Self; 5] = [Self::Immediate, Self::Potential, Self::Applied, Self::Realised, Self::Reframing];

    fn word(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::Potential => "potential",
            Self::Applied => "applied",
            Self::Realised => "realised",
            Self::Reframing => "reframing",
        }
    }

    fn explained(self) -> &'static str {
        match self {
            Self::Immediate => "what the session itself was like",
            Self::Potential => "what people took with them: a contact, a form, an idea",
            Self::Applied => "what somebody has done otherwise since",
            Self::Realised => "what came of that for people",
            Self::Reframing => "what we now see otherwise",
        }
    }
}

/// What the sheet calls its rows. The first word is the one that is written, the others are understood as well.
const TOPICS: &[(Topic, &[&str])] = &[
    (Topic::Theme, &["Theme"]),
    (Topic::Day, &["Day", "Date"]),
    (Topic::Starts, &["Starts", "Start", "From"]),
    (Topic::Ends, &["Ends", "End", "Until"]),
    (Topic::Venue, &["Where", "Venue", "Place"]),
    (Topic::Facilitator, &["Facilitator"]),
    (Topic::Lead, &["Lived experience lead", "Lead with lived experience"]),
    (Topic::MinuteTaker, &["Who writes this", "Minute taker"]),
    (Topic::Statement, &["Who read the statement"]),
    (Topic::People, &["People who came", "How many came", "People"]),
    (Topic::WithExperience, &["Of them with lived experience", "With lived experience"]),
    (Topic::Story, &["The story, as agreed", "The story", "Story"]),
    (Topic::StoryConsent, &["What was agreed about the story", "Consent for the story"]),
    (Topic::NextSession, &["Next session", "Next meeting"]),
    (Topic::Came, &["Came", "Attendance", "Who came"]),
    (Topic::Question, &["Question", "Question that was asked"]),
    (Topic::Issue, &["Still stuck", "Issue"]),
    (Topic::Practice, &["Already works", "Positive practice"]),
    (Topic::Recommendation, &["We ask", "What we ask", "Recommendation"]),
    (Topic::Value(Cycle::Immediate), &["Worth: immediate", "immediate"]),
    (Topic::Value(Cycle::Potential), &["Worth: potential", "potential"]),
    (Topic::Value(Cycle::Applied), &["Worth: applied", "applied"]),
    (Topic::Value(Cycle::Realised), &["Worth: realised", "realised"]),
    (Topic::Value(Cycle::Reframing), &["Worth: reframing", "reframing"]),
    (Topic::Note, &["Anything else", "Note"]),
];

impl Topic {
    /// What the sheet calls it.
    fn word(self) -> &'static str {
        TOPICS.iter().find(|(topic, _)| *topic == self).map_or("", |(_, words)| words[0])
    }

    /// As somebody wrote it: capitals, blanks and what is explained after a dash do not matter.
    fn parse(text: &str) -> Option<Self> {
        let said = plain(text.split(" – ").next().unwrap_or(text));
        TOPICS.iter().find(|(_, words)| words.iter().any(|word| plain(word) == said)).map(|(topic, _)| *topic)
    }
}

/// Small letters and digits, with one blank between words.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A row that somebody filled in, whatever kind of file it stood in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands, such as `row 12` or `table “What we ask”, row 3`.
    place: String,
    topic: Topic,
    text: String,
    who: String,
    more: String,
}

/// What keeps a sheet from being recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, as people find it; empty where it is about the whole.
    pub place: String,
    pub message: String,
    pub hint: String,
}

impl Problem {
    fn new(place: impl Into<String>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into(), hint: hint.into() }
    }
}

/// What one file holds: its rows, and what in it could not be taken.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub lines: Vec<Line>,
    pub problems: Vec<Problem>,
}

/// When the session was held, and when the next one will be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    pub date: Option<NaiveDate>,
    pub starts: Option<NaiveTime>,
    pub ends: Option<NaiveTime>,
    pub next: Option<NaiveDate>,
}
