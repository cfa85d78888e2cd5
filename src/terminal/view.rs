//! All that the full screen of `chair` shows, as words and numbers. What is drawn from it is a function of it and of the size alone.

use std::ops::Range;

use crate::model::{Progress, Timer, in_minutes};

/// The whole screen.
#[derive(Clone, Debug, Default)]
pub(super) struct Screen {
    /// What meeting it is, such as `MaRG, Thursday 9 April 2026, Civic Hall, room 5`.
    pub(super) meeting: String,
    /// Who is there, in few words: `9 present, 2 apologies`.
    pub(super) attendance: String,
    pub(super) item: Timer,
    pub(super) whole: Timer,
    /// What stands in the place of the clocks, where nothing is timed: at the left and at the right.
    pub(super) headline: Option<(String, String)>,
    pub(super) paused: bool,
    pub(super) agenda: Vec<Stop>,
    /// The place of the current one among them.
    pub(super) current: usize,
    pub(super) table: Table,
    /// All that has been recorded, in order.
    pub(super) log: Vec<Logged>,
    /// The answer to the last line.
    pub(super) reply: Vec<Point>,
    /// What stays on the screen until it is mended, such as a disk that is full.
    pub(super) trouble: Option<String>,
    pub(super) input: InputLine,
    pub(super) popup: Option<Popup>,
    /// What lies over everything else.
    pub(super) over: Option<Over>,
}

/// An item of the agenda.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    pub(super) label: String,
    pub(super) time: Timer,
    pub(super) state: StopState,
}

impl Stop {
    /// Where it stands, in words: `now, 4 min left`.
    pub(super) fn in_words(&self) -> String {
        let planned = self.time.planned.map(in_minutes);
        match (self.state, planned) {
            (StopState::Done, _) if self.time.spent >= 60 => format!("done, {}", in_minutes(self.time.spent)),
            (StopState::Now, _) => format!("now, {}", self.time.left()),
            (StopState::Next, Some(planned)) => format!("next, {planned}"),
            (StopState::ToCome, Some(planned)) => planned,
            _ => self.in_a_word(),
        }
    }

    /// The same where there is little room.
    pub(super) fn in_a_word(&self) -> String {
        let word = match self.state {
            StopState::Done => "done",
            StopState::Now => "now",
            StopState::Next => "next",
            StopState::ToCome => return self.time.planned.map(in_minutes).unwrap_or_default(),
            StopState::Deferred => "deferred",
        };
        word.to_owned()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StopState {
    Done,
    Now,
    /// The one after this.
    Next,
    ToCome,
    Deferred,
}

impl StopState {
    pub(super) fn progress(self) -> Progress {
        match self {
            Self::Done | Self::Deferred => Progress::Past,
            Self::Now => Progress::Now,
            Self::Next | Self::ToCome => Progress::ToCome,
        }
    }
}

/// What is on the table: last time beside now.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) title: String,
    pub(super) before: Vec<Section>,
    pub(super) now: Vec<Section>,
}

/// Lines under a heading.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) points: Vec<Point>,
    /// Where there is no room for all of it, the newest are kept, which stand last.
    pub(super) newest_last: bool,
}

impl Section {
    pub(super) fn new(heading: impl Into<String>, points: Vec<Point>) -> Self {
        Self { heading: heading.into(), points, newest_last: false }
    }
}

/// A text with a sign before it, folded under itself.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) mark: Mark,
    pub(super) text: String,
    pub(super) tone: Tone,
}

impl Point {
    pub(super) fn new(mark: Mark, tone: Tone, text: impl Into<String>) -> Self {
        Self { mark, tone, text: text.into() }
    }

    pub(super) fn bullet(text: impl Into<String>) -> Self {
        Self::new(Mark::Bullet, Tone::Plain, text)
    }

    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::new(Mark::None, Tone::Plain, text)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    Bullet,
    /// What somebody said.
    Quote,
    /// It has been recorded.
    Recorded,
    /// It waits for an answer.
    Question,
    /// It went wrong, or is late.
    Alert,
}

/// What a text is; never said by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Soft,
    Question,
    Alert,
}

#[derive(Clone, Debug)]
pub(super) struct Logged {
    /// The item it belongs to, such as `QLM-5WSH`.
    pub(super) at: String,
    pub(super) text: String,
}

/// The line that is being typed.
#[derive(Clone, Debug, Default)]
pub(super) struct InputLine {
    pub(super) text: String,
    /// In bytes, at the beginning of a character.
    pub(super) cursor: usize,
}

/// What could be meant by what is being typed.
#[derive(Clone, Debug)]
pub(super) struct Popup {
    /// The part of the line that an accepted candidate replaces.
    pub(super) replaces: Range<usize>,
    pub(super) candidates: Vec<Choice>,
    pub(super) chosen: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) insert: String,
    pub(super) label: String,
    /// The definition, or a word of explanation.
    pub(super) detail: String,
}

#[derive(Clone, Debug)]
pub(super) enum Over {
    /// A text that fills the screen and can be moved through.
    Page { title: String, sections: Vec<Section>, from: usize },
    /// A question that wants one key.
    Ask { title: String, points: Vec<Point> },
}
