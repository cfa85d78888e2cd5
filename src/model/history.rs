//! What became of a theme's file over time.

use chrono::NaiveDate;

use super::theme::Theme;

/// A theme as one version of its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeThen {
    /// There was no file.
    Absent,
    /// There was one, by this id, and nobody can tell what stood in it.
    Unread(String),
    There(Box<Theme>),
}

/// One change of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeChange {
    pub on: NaiveDate,
    /// Who made it, as git knows them.
    pub by: String,
    /// By which git knows it.
    pub commit: String,
    pub before: ThemeThen,
    pub after: ThemeThen,
}

/// All changes that are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeHistory {
    /// Oldest first.
    pub changes: Vec<ThemeChange>,
    /// Whether there may be older ones, which this copy of the workspace lacks.
    pub is_cut: bool,
}
