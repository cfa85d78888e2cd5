//! A file on its way into the index, and back: what it says, text by text.

use chrono::NaiveDate;

use crate::model::{Meeting, Names, Theme, ThemeKey};
use crate::search::{Builder, FileFacts, Health, Text, day_number, texts_of_meeting, texts_of_theme, write_deeds};
use crate::source::{FileId, Finding, Severity};
use crate::workspace::list::stem;
use crate::workspace::progress::Count;
use crate::workspace::{Files, text};
use crate::yaml::{self, Vocabulary};

pub(super) struct Reader<'a> {
    pub(super) files: &'a Files,
    pub(super) names: Names<'a>,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) today: NaiveDate,
    /// Told of each file that is read to bring the index up to date.
    pub(super) count: Option<&'a Count<'a>>,
}

/// What a file turned out to be.
pub(super) enum Read {
    Meeting(Box<Meeting>),
    Theme(Box<Theme>, ThemeKey),
}

impl Reader<'_> {
    pub(super) fn text(&self, file: FileId) -> Option<String> {
        text::read(file, &self.files.on_disk(file)).ok()
    }

    /// Reads a file as far as it can be read; and how far that was.
    pub(super) fn read(&self, file: FileId, text: &str) -> (Option<Read>, Health) {
        let path = self.files.path(file);
        let (read, findings) = if path.starts_with("themes/") { self.read_theme(file, text) } else { self.read_meeting(file, text) };
        let wrong = findings.iter().any(|finding| finding.code.severity == Severity::Wrong);
        let health = match &read {
            None => Health::Unread,
            Some(_) if wrong => Health::Partly,
            Some(_) => Health::Whole,
        };
        (read, health)
    }

    fn read_theme(&self, file: FileId, text: &str) -> (Option<Read>, Vec<Finding>) {
        let id = stem(self.files.path(file));
        let (raw, findings) = yaml::read_theme(file, text);
        let Some(raw) = raw else { return (None, findings) };
        let checked = yaml::check_theme(file, id, raw, findings);
        // Of two themes with one id, the other is the one that counts.
        let key = self.names.themes.iter().position(|theme| theme.id == id && theme.file == file).map(|at| ThemeKey(at as u32));
        (checked.value.zip(key).map(|(theme, key)| Read::Theme(Box::new(theme), key)), checked.findings)
    }

    fn read_meeting(&self, file: FileId, text: &str) -> (Option<Read>, Vec<Finding>) {
        let (raw, findings) = yaml::read_meeting(file, text);
        let Some(raw) = raw else { return (None, findings) };
        let checked = yaml::check_meeting(file, stem(self.files.path(file)), raw, findings, self.vocabulary, self.today);
        (checked.value.map(|meeting| Read::Meeting(Box::new(meeting))), checked.findings)
    }

    /// Puts a file into a shard.
    pub(super) fn index(&self, file: FileId, path: &str, mark: Vec<u8>, text: &str, builder: &mut Builder) {
        let (read, health) = self.read(file, text);
        let day = match &read {
            Some(Read::Meeting(meeting)) => day_number(meeting.date),
            _ => 0,
        };
        let texts = read.as_ref().map_or_else(Vec::new, Read::texts);
        let more = match &read {
            Some(Read::Meeting(meeting)) => write_deeds(meeting, &texts).unwrap_or_default(),
            _ => Vec::new(),
        };
        builder.file(FileFacts { path: path.to_owned(), mark, health, day, more });
        for text in &texts {
            builder.text(text, read.as_ref().and_then(|read| read.case_of(text)), self.names);
        }
    }
}

impl Read {
    pub(super) fn texts(&self) -> Vec<Text<'_>> {
        match self {
            Self::Meeting(meeting) => texts_of_meeting(meeting),
            Self::Theme(theme, key) => texts_of_theme(theme, *key),
        }
    }

    pub(super) fn case_of(&self, text: &Text<'_>) -> Option<&str> {
        match self {
            Self::Meeting(meeting) => text.discussion.map(|at| meeting.cases[at].case.as_str()),
            Self::Theme(..) => None,
        }
    }
}
