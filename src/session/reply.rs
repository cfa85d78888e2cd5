//! What is said to a meeting that is being chaired, and what it answers.

/// A line, and when it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Seconds of meeting time.
    pub at: u32,
    pub line: String,
}

impl Entry {
    pub fn new(at: u32, line: impl Into<String>) -> Self {
        Self { at, line: line.into() }
    }
}

/// How the meeting ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The record is saved and the minutes are written.
    Finished,
    /// It goes on another time.
    Left,
}

/// The answer to a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Whether the line is done with. Otherwise it stays, to be mended, and [`Self::refused`] says why.
    pub taken: bool,
    /// What has to be kept on disk before anything else is said, if the line changed something.
    pub keep: Option<Entry>,
    /// What was recorded, in words.
    pub echo: Vec<String>,
    /// Where the meeting is now, if the line moved it: not recorded, and no part of the log.
    pub arrived: Option<String>,
    /// What is asked. The line was taken; saying it again, or `anyway REASON`, goes on.
    pub questions: Vec<String>,
    /// Why it was not taken, and what to do.
    pub refused: Vec<String>,
    /// What there is to read: a definition, what was learned before, help.
    pub shows: Vec<String>,
    /// The item that is on the table now, if the line changed that.
    pub moved: Option<usize>,
    pub ending: Option<Ending>,
}

impl Reply {
    pub(super) fn echo(text: impl Into<String>) -> Self {
        Self { taken: true, echo: vec![text.into()], ..Self::default() }
    }

    pub(super) fn showing(shows: Vec<String>) -> Self {
        Self { taken: true, shows, ..Self::default() }
    }

    pub(super) fn asking(questions: Vec<String>) -> Self {
        Self { taken: true, questions, ..Self::default() }
    }

    pub(super) fn refusing(why: impl Into<String>) -> Self {
        Self { refused: vec![why.into()], ..Self::default() }
    }

    /// Whether nothing but a question came of it.
    pub(super) fn only_asks(&self) -> bool {
        self.taken && self.echo.is_empty() && !self.questions.is_empty()
    }
}

/// What is known of a barrier from before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recollection {
    /// In how many people's way it was.
    pub people: usize,
    /// What helped, the newest first.
    pub helped: Vec<String>,
}

impl Recollection {
    /// `Seen in 7 people before. What helped: …`
    pub fn in_words(&self) -> Vec<String> {
        if self.people == 0 {
            return vec!["Not seen before at this group.".to_owned()];
        }
        let seen = format!("Seen in {} before.", crate::source::n_of(self.people, "person", "people"));
        if self.helped.is_empty() {
            return vec![format!("{seen} Nothing is recorded that helped.")];
        }
        std::iter::once(format!("{seen} What helped:")).chain(self.helped.iter().map(|what| format!("- {what}"))).collect()
    }
}

/// What the session has to know of other meetings and cannot find in a part of them.
pub trait Past {
    fn barrier(&self, theme: crate::model::ThemeKey) -> Recollection;
    /// Whether an id is used anywhere.
    fn is_taken(&self, id: &str) -> bool;
}
