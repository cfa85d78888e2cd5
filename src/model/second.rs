//! What a second person tagged without looking at the record: kept apart from it, and compared with it.

use super::casebook::MeetingKey;
use super::theme::ThemeKey;
use crate::source::FileId;

/// One person's own tags of one meeting: a file in `tagging/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondTags {
    pub file: FileId,
    /// Who tagged: the name of the folder.
    pub tagger: String,
    pub meeting: MeetingKey,
    pub looks: Vec<SecondLook>,
}

/// A case that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondLook {
    pub nth: usize,
    /// Place of the discussion in the meeting's `cases`.
    pub discussion: usize,
    /// Empty where the person found none.
    pub themes: Vec<ThemeKey>,
}
