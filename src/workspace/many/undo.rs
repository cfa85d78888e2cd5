//! The way back from the last change of many files.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::commit::{UNDO, commit, fingerprint};
use super::{FileChange, Many, check, made};
use crate::source::FileId;
use crate::workspace::amend::Door;
use crate::workspace::{AmendError, Clock, SaveError, private, text};

const FORM: &str = "marg/undo/1";

#[derive(Serialize, Deserialize)]
struct Way {
    form: String,
    what: String,
    files: Vec<Step>,
}

#[derive(Serialize, Deserialize)]
struct Step {
    path: String,
    /// The text that comes back; nothing for a file that goes again.
    text: Option<String>,
    /// The fingerprint of what the change made of it; nothing for a file that it took away.
    now: Option<String>,
}

pub(super) fn way_back(what: &str, files: &[FileChange]) -> String {
    let step = |file: &FileChange| Step { path: file.path.clone(), text: file.before.clone(), now: file.after.as_deref().map(fingerprint) };
    let way = Way { form: FORM.to_owned(), what: what.to_owned(), files: files.iter().map(step).collect() };
    serde_json::to_string(&way).unwrap_or_default()
}

/// Takes the last change of many files back, if `write` says so, and says what it was. It can be taken back once, and only while no file
/// of it has been changed since.
///
/// # Errors
///
/// When there is none, or a file has changed since then; then nothing is written.
pub fn take_back(root: &Path, clock: Clock, write: bool) -> Result<Many<String>, AmendError> {
    let door = Door::open(root, clock)?;
    let at = root.join(private::FOLDER).join(UNDO);
    let bytes = fs::read(&at).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            AmendError::Refused("there is no change of themes that could be taken back".to_owned(), vec!["only the last one can be, and only once".to_owned()])
        }
        _ => SaveError::Disk { path: at.clone(), error }.into(),
    })?;
    let way: Way = serde_json::from_slice(&bytes)
        .ok()
        .filter(|way: &Way| way.form == FORM)
        .ok_or_else(|| AmendError::Refused(format!("`{}` is no way back that this version of marg knows", at.display()), Vec::new()))?;
    let now = |step: &Step| text::read(FileId(0), &root.join(&step.path)).ok();
    let files: Vec<(bool, FileChange)> = way
        .files
        .into_iter()
        .map(|step| {
            let now = now(&step);
            (now.as_deref().map(fingerprint) == step.now, FileChange { path: step.path, before: now, after: step.text })
        })
        .collect();
    let changed: Vec<String> = files.iter().filter(|(same, _)| !same).map(|(_, file)| format!("`{}`", file.path)).collect();
    if let Some(first) = changed.first() {
        let more = if changed.len() > 1 { format!(" and {} more", changed.len() - 1) } else { String::new() };
        let message = format!("{first}{more} changed since, so it cannot be taken back: {}", way.what);
        return Err(AmendError::Refused(message, vec!["git can show what each file said before".to_owned()]));
    }
    let files: Vec<FileChange> = files.into_iter().map(|(_, file)| file).collect();
    check(&door, &files)?;
    if write {
        made(commit(root, &files, None))?;
    }
    Ok(Many { files, told: way.what })
}
