//! A theme's life, from what git keeps.

use std::path::Path;

use super::git::{FileChange, Git, GitError, Version};
use super::list::stem;
use crate::model::{ThemeChange, ThemeHistory, ThemeThen};
use crate::source::FileId;
use crate::yaml;

/// Every change of a theme's file that git knows, through its renames. `path` counts from the root of the workspace.
///
/// # Errors
///
/// When the workspace is not kept in git, or git cannot be asked.
pub fn theme_history(root: &Path, path: &str) -> Result<ThemeHistory, GitError> {
    let git = Git::at(root)?;
    let mut changes: Vec<ThemeChange> = git.changes(path)?.into_iter().map(change).collect();
    changes.reverse();
    Ok(ThemeHistory { changes, is_cut: git.is_shallow })
}

fn change(change: FileChange) -> ThemeChange {
    ThemeChange { on: change.on, by: change.by, commit: change.commit, before: then(change.before), after: then(change.after) }
}

fn then(version: Option<Version>) -> ThemeThen {
    let Some(version) = version else { return ThemeThen::Absent };
    let id = stem(&version.path);
    // Findings of old versions are nobody's business now.
    let theme = version.text.and_then(|text| {
        let raw = yaml::read_theme(FileId(0), &text).0?;
        yaml::check_theme(FileId(0), id, raw, Vec::new()).value
    });
    theme.map_or_else(|| ThemeThen::Unread(id.to_owned()), |theme| ThemeThen::There(Box::new(theme)))
}
