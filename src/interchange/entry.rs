//! One entry of a codebook, as it travels: all of a theme but the text of its guide.

use crate::model::{Stage, Theme, ThemeKind};
use crate::source::{FileId, line_col};

/// A codebook of a few hundred entries has some hundred KB.
pub const MAX_BYTES: u64 = 4 << 20;
pub const MAX_ENTRIES: usize = 5_000;

/// An entry; texts without what surrounds them, titles, headings and phrases on one line, an empty text as none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub id: Option<String>,
    pub title: String,
    pub kind: Option<ThemeKind>,
    pub parent: Option<String>,
    pub definition: Option<String>,
    pub include: Option<String>,
    pub exclude: Option<String>,
    pub example: Option<String>,
    pub indicators: Vec<String>,
    pub also_known_as: Vec<String>,
    pub stage: Option<Stage>,
}

/// Why a file of another program cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// From 1, if it is about a line.
    pub line: Option<usize>,
    /// A fragment, as in findings.
    pub message: String,
    pub hint: String,
}

impl Trouble {
    pub(super) fn new(line: Option<usize>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line, message: message.into(), hint: hint.into() }
    }

    pub(super) fn too_many() -> Self {
        Self::new(None, format!("the file has more than {MAX_ENTRIES} entries"), "a codebook has some dozens; take out what is not part of it")
    }
}

impl Entry {
    pub fn of(theme: &Theme) -> Self {
        Self {
            id: Some(theme.id.clone()),
            title: one_line(&theme.title),
            kind: Some(theme.kind),
            parent: line(theme.parent.as_deref()),
            definition: text(theme.definition.as_deref()),
            include: text(theme.include.as_deref()),
            exclude: text(theme.exclude.as_deref()),
            example: text(theme.example.as_deref()),
            indicators: theme.indicators.iter().filter_map(|phrase| line(Some(phrase))).collect(),
            also_known_as: theme.also_known_as.iter().filter_map(|id| line(Some(id))).collect(),
            stage: theme.stage,
        }
    }

    /// The theme that it would be under this id.
    pub fn theme(&self, id: &str, kind: ThemeKind) -> Theme {
        Theme {
            id: id.to_owned(),
            file: FileId(0),
            title: self.title.clone(),
            kind,
            parent: self.parent.clone(),
            definition: self.definition.clone(),
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            example: self.example.clone(),
            indicators: self.indicators.clone(),
            also_known_as: self.also_known_as.clone(),
            stage: self.stage,
            retired: None,
            guide: None,
        }
    }
}

/// A text without what surrounds it, and without characters that other formats cannot hold; nothing if nothing is left.
pub(super) fn text(given: Option<&str>) -> Option<String> {
    let even = given?.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = even.chars().filter(|c| can_travel(*c)).collect();
    Some(kept.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The same on one line.
pub(super) fn line(given: Option<&str>) -> Option<String> {
    Some(one_line(&text(given)?)).filter(|text| !text.is_empty())
}

pub(super) fn one_line(given: &str) -> String {
    let words = given.split_whitespace().map(|word| word.chars().filter(|c| can_travel(*c)).collect::<String>());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// XML 1.0 has no sign for most control characters, nor for two that stand for no character; files of the workspace take none of them.
fn can_travel(c: char) -> bool {
    matches!(c, '\t' | '\n') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// The text of a file: UTF-8, or UTF-16 with its mark.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Trouble> {
    let wide = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| Trouble::new(None, "the file is not whole: it is said to be UTF-16, and is not", "save it again as UTF-8"))
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_owned()),
            Err(error) => {
                let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                let line = line_col(&before, before.len()).line;
                let hint = "save it again as UTF-8; in Excel, choose \"CSV UTF-8\" under Save as";
                Err(Trouble::new(Some(line), "a letter here is not stored as UTF-8", hint))
            }
        },
    }
}
