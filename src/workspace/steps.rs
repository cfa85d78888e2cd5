//! The last changes that can be taken back: what stood where in a file, kept in `.marg` and good for as long as nobody changes the file.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::lock::{Lock, NoLock};
use super::{SaveError, private, save, text};
use crate::source::FileId;

/// So many can be taken back, one after another.
const KEPT: usize = 100;
const FILE: &str = "undo.jsonl";

/// One change: where two texts of a file differ, from the first byte that does to the last.
#[derive(Debug, Serialize, Deserialize)]
struct Step {
    path: String,
    at: usize,
    was: String,
    /// How many bytes stand there now.
    is: usize,
    /// The hash of the whole text after the change.
    hash: String,
}

/// Why nothing was taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    #[error("there is nothing to take back")]
    Nothing,
    #[error("`{0}` has been changed since, so that nothing was taken back")]
    Changed(String),
    #[error("another program is changing files of this workspace, and has not finished; nothing was written")]
    Busy,
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// What was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// Relative to the workspace, with `/`.
    pub path: String,
    pub before: String,
    pub after: String,
}

/// Notes how to come back from a text that is about to be written. Should it not be written after all, the note fits nothing, and harms
/// nobody.
pub(super) fn remember(root: &Path, path: &str, before: &str, after: &str) -> Result<(), SaveError> {
    let mut steps = steps(root);
    steps.push(Step::between(path, before, after));
    let extra = steps.len().saturating_sub(KEPT);
    write(root, &steps[extra..])
}

/// Takes the last change back that was made by [`super::try_change`].
///
/// # Errors
///
/// When there is none, or somebody has changed the file since; then nothing is written.
pub fn undo_step(root: &Path) -> Result<TakenBack, UndoError> {
    let _lock = Lock::take(root).map_err(|why| match why {
        NoLock::Busy => UndoError::Busy,
        NoLock::Disk(error) => SaveError::Disk { path: root.join(".marg/lock"), error }.into(),
    })?;
    let mut steps = steps(root);
    let step = steps.pop().ok_or(UndoError::Nothing)?;
    let path = root.join(&step.path);
    let is_within = ["meetings/", "tagging/"].iter().any(|own| step.path.starts_with(own)) && !step.path.contains("..") && !path.is_symlink();
    let now = text::read(FileId(0), &path).ok().filter(|now| is_within && hash(now) == step.hash);
    let now = now.ok_or_else(|| UndoError::Changed(step.path.clone()))?;
    let before = step.back(&now).ok_or_else(|| UndoError::Changed(step.path.clone()))?;
    save::replace(&path, &before)?;
    write(root, &steps)?;
    Ok(TakenBack { path: step.path, before: now, after: before })
}

impl Step {
    fn between(path: &str, before: &str, after: &str) -> Self {
        let same = |(a, b): &(u8, u8)| a == b;
        let at = before.bytes().zip(after.bytes()).take_while(same).count();
        let at = (0..=at).rev().find(|at| before.is_char_boundary(*at) && after.is_char_boundary(*at)).unwrap_or(0);
        let end = before[at..].bytes().rev().zip(after[at..].bytes().rev()).take_while(same).count();
        let fits = |end: &usize| before.is_char_boundary(before.len() - end) && after.is_char_boundary(after.len() - end);
        let end = (0..=end).rev().find(fits).unwrap_or(0);
        Self { path: path.to_owned(), at, was: before[at..before.len() - end].to_owned(), is: after.len() - end - at, hash: hash(after) }
    }

    /// The text before the change.
    fn back(&self, now: &str) -> Option<String> {
        Some([now.get(..self.at)?, &self.was, now.get(self.at + self.is..)?].concat())
    }
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    })
}

fn place(root: &Path) -> Result<PathBuf, SaveError> {
    let folder = private::folder(root).map_err(|error| SaveError::Disk { path: root.join(private::FOLDER), error })?;
    Ok(folder.join(FILE))
}

/// What is kept. A line that says nothing, since somebody has written to the file, is none.
fn steps(root: &Path) -> Vec<Step> {
    let kept = fs::read_to_string(root.join(private::FOLDER).join(FILE)).unwrap_or_default();
    kept.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn write(root: &Path, steps: &[Step]) -> Result<(), SaveError> {
    let lines: Vec<String> = steps.iter().filter_map(|step| serde_json::to_string(step).ok()).map(|line| line + "\n").collect();
    save::replace(&place(root)?, lines.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_leads_back_whatever_changed() {
        let texts = ["", "a: 1\n", "a: 1\nb: é\n", "a: è\nb: é\n", "a: 1\na: 1\na: 1\n", "b\n"];
        for (before, after) in texts.iter().flat_map(|before| texts.iter().map(move |after| (before, after))) {
            assert_eq!(Step::between("x", before, after).back(after).as_deref(), Some(*before), "{before:?} {after:?}");
        }
    }

    #[test]
    fn the_last_change_goes_first_and_a_file_that_somebody_changed_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (root, path) = (folder.path(), folder.path().join("meetings/m.yaml"));
        fs::create_dir(root.join("meetings")).unwrap();
        for (before, after) in [("one\n", "one, two\n"), ("one, two\n", "one, two, three\n")] {
            remember(root, "meetings/m.yaml", before, after).unwrap();
            fs::write(&path, after).unwrap();
        }
        undo_step(root).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one, two\n");
        fs::write(&path, "one, deux\n").unwrap();
        assert!(matches!(undo_step(root), Err(UndoError::Changed(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one, deux\n");
        fs::write(&path, "one, two\n").unwrap();
        undo_step(root).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\n");
        assert!(matches!(undo_step(root), Err(UndoError::Nothing)));
    }
}
