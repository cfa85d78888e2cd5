//! A problem as a value; how it is shown is somebody else's affair.

use super::place::{At, FileId, Place, Span};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used as it is. Commands that answer questions refuse until it is mended.
    Wrong,
    /// Valid, but a careful coordinator would want to know.
    Unwise,
}

impl Severity {
    pub fn word(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Unwise => "unwise",
        }
    }
}

/// A kind of finding: what `marg check --explain` teaches. Every kind stands once, in the table of the folder that finds it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// What it is called, everywhere: small letters and hyphens.
    pub id: &'static str,
    pub severity: Severity,
    /// One line: what it says of a file.
    pub summary: &'static str,
    /// Why it matters and what to do, in plain words, as Markdown.
    pub explain: &'static str,
}

/// One problem at one place.
#[derive(Clone, Debug)]
pub struct Finding {
    pub code: &'static Code,
    pub at: At,
    /// A fragment in small letters, names in backticks, no full stop.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Finding {
    pub fn new(code: &'static Code, at: At, message: impl Into<String>) -> Self {
        Self { code, at, message: message.into(), hints: Vec::new() }
    }

    pub fn value(code: &'static Code, place: Place, message: impl Into<String>) -> Self {
        Self::new(code, At::Value(place), message)
    }

    pub fn text(code: &'static Code, file: FileId, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, At::Text(file, span), message)
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    #[must_use]
    pub fn maybe_hint(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }
}
