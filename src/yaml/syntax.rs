//! What is wrong with a text that is not YAML, in the words of somebody who has never heard of YAML.

use super::codes;
use super::tree::{Refusal, Why};
use crate::source::{FileId, Finding};

/// A finding for a text that could not be read at all.
pub(super) fn explain(file: FileId, _text: &str, refusal: &Refusal) -> Finding {
    match &refusal.why {
        Why::Syntax(words) => Finding::text(&codes::NOT_YAML, file, refusal.span, words.clone()),
        other => Finding::text(&codes::NOT_YAML, file, refusal.span, format!("{other:?}")),
    }
}

/// Texts that a `#` cut short.
pub(super) fn lost_after_hash(_file: FileId, _text: &str) -> Vec<Finding> {
    Vec::new()
}
