//! Many files at once: all of them change, or none does.
//!
//! The new texts are put aside in `.marg/staged/`, synced. Then one record, `.marg/change`, says which goes where; from that moment on the
//! change is made. Whoever opens the workspace finds a record that is left over, and does the rest; texts without a record are thrown away.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::FileChange;
use crate::source::FileId;
use crate::workspace::lock::{Lock, NoLock};
use crate::workspace::{GROUP_FILE, SaveError, private, save, text};

const FORM: &str = "marg/change/1";
const RECORD: &str = "change";
const STAGED: &str = "staged";
/// What the change before the present one can be taken back by.
pub(in crate::workspace) const UNDO: &str = "undo";

/// What is to be done, as it stands on disk.
#[derive(Serialize, Deserialize)]
struct Record {
    form: String,
    files: Vec<Move>,
    /// Whether a new way back lies among the texts; otherwise there is none any more.
    undo: bool,
}

#[derive(Serialize, Deserialize)]
struct Move {
    path: String,
    /// The number of its new text; nothing for a file that goes.
    staged: Option<usize>,
    /// What the file said before: whoever has changed it since then by hand keeps what they wrote.
    before: Option<String>,
}

/// Why not all was done.
#[derive(Debug)]
pub(super) enum Failed {
    /// Nothing has changed.
    Before(SaveError),
    /// Somebody changed a file at this moment; nothing has changed.
    Busy,
    /// The change is on record, and whoever opens the workspace next does the rest.
    Halfway(SaveError),
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> SaveError {
    let path = path.to_path_buf();
    move |error| SaveError::Disk { path, error }
}

/// Makes all changes; the lock is held. `undo` is the way back, if there is one.
pub(super) fn commit(root: &Path, changes: &[FileChange], undo: Option<&str>) -> Result<(), Failed> {
    let marg = private::folder(root).map_err(disk(&root.join(private::FOLDER))).map_err(Failed::Before)?;
    let record = prepare(root, &marg, changes, undo).inspect_err(|_| throw_away(&marg))?;
    let path = marg.join(RECORD);
    let written = save::replace(&path, &record).and_then(|()| save::sync_folder(&path).map_err(disk(&path)));
    if let Err(error) = written {
        // A record that may have come to the disk and may not must go before anybody acts by it.
        return match fs::remove_file(&path) {
            Err(gone) if gone.kind() != ErrorKind::NotFound => Err(Failed::Halfway(error)),
            _ => {
                throw_away(&marg);
                Err(Failed::Before(error))
            }
        };
    }
    roll_forward(root, &marg).map(|_| ()).map_err(Failed::Halfway)
}

/// Puts the new texts aside, and says what is to be done with them.
fn prepare(root: &Path, marg: &Path, changes: &[FileChange], undo: Option<&str>) -> Result<Vec<u8>, Failed> {
    throw_away(marg);
    if let Some(change) = changes.iter().find(|change| !is_ours(root, &change.path)) {
        return Err(Failed::Before(SaveError::Own(root.join(&change.path))));
    }
    let staged = marg.join(STAGED);
    let failed = |path: &Path, error| Failed::Before(SaveError::Disk { path: path.to_path_buf(), error });
    fs::create_dir(&staged).map_err(|error| failed(&staged, error))?;
    changes.par_iter().enumerate().try_for_each(|(n, change)| {
        let path = root.join(&change.path);
        let there = fs::symlink_metadata(&path).ok().map(|meta| meta.permissions());
        save::writable(there.as_ref()).map_err(|error| failed(&path, error))?;
        change
            .after
            .as_ref()
            .map_or(Ok(()), |text| save::write_synced(&staged.join(n.to_string()), text.as_bytes(), there))
            .map_err(|error| failed(&path, error))
    })?;
    if let Some(undo) = undo {
        save::write_synced(&staged.join(UNDO), undo.as_bytes(), None).map_err(|error| failed(&staged, error))?;
    }
    let synced = save::sync_folder(&staged.join(UNDO)).and_then(|()| save::sync_folder(&staged));
    synced.map_err(|error| failed(&staged, error))?;
    // Not everybody asks for the lock: an editor does not.
    if !changes.par_iter().all(|change| now(root, &change.path) == change.before) {
        return Err(Failed::Busy);
    }
    let files = changes.iter().enumerate().map(|(n, change)| Move {
        path: change.path.clone(),
        staged: change.after.as_ref().map(|_| n),
        before: change.before.as_deref().map(text::fingerprint),
    });
    let record = Record { form: FORM.to_owned(), files: files.collect(), undo: undo.is_some() };
    serde_json::to_vec(&record).map_err(|error| failed(&staged, error.into()))
}

/// What a file says at this moment; nothing where there is none.
fn now(root: &Path, path: &str) -> Option<String> {
    text::read(FileId(0), &root.join(path)).ok()
}

fn throw_away(marg: &Path) {
    let _ = fs::remove_dir_all(marg.join(STAGED));
}

/// Does what a record says and was not done yet. Says which files were left alone, since somebody has changed them since.
fn roll_forward(root: &Path, marg: &Path) -> Result<Vec<String>, SaveError> {
    let at = marg.join(RECORD);
    let bytes = fs::read(&at).map_err(disk(&at))?;
    let record: Record = serde_json::from_slice(&bytes).map_err(|error| disk(&at)(error.into()))?;
    if record.form != FORM || record.files.iter().any(|file| !is_ours(root, &file.path)) {
        return Err(disk(&at)(io::Error::new(ErrorKind::InvalidData, "it is no record of a change that this version of marg has made")));
    }
    let staged = marg.join(STAGED);
    // What comes first, then what goes: a theme is never without a file.
    let (come, go): (Vec<&Move>, Vec<&Move>) = record.files.iter().partition(|file| file.staged.is_some());
    let mut left = Vec::new();
    for file in come.into_iter().chain(go) {
        if !do_one(root, &staged, file)? {
            left.push(file.path.clone());
        }
    }
    let folders: BTreeSet<PathBuf> = record.files.iter().filter_map(|file| root.join(&file.path).parent().map(Path::to_path_buf)).collect();
    for folder in folders {
        save::sync_folder(&folder.join("x")).map_err(disk(&folder))?;
    }
    let undo = marg.join(UNDO);
    if record.undo && staged.join(UNDO).exists() {
        place(&staged.join(UNDO), &undo).map_err(disk(&undo))?;
    } else if !record.undo {
        gone(&undo).map_err(disk(&undo))?;
    }
    save::sync_folder(&undo).map_err(disk(&undo))?;
    gone(&at).map_err(disk(&at))?;
    throw_away(marg);
    Ok(left)
}

/// Puts one text into its place, or takes one file away, if that was not done before. False where somebody has changed the file since.
fn do_one(root: &Path, staged: &Path, file: &Move) -> Result<bool, SaveError> {
    let path = root.join(&file.path);
    let text = file.staged.map(|n| staged.join(n.to_string()));
    if text.as_ref().is_some_and(|text| !text.exists()) {
        return Ok(true);
    }
    let now = now(root, &file.path);
    if text.is_none() && now.is_none() {
        return Ok(true);
    }
    if now.as_deref().map(text::fingerprint) != file.before {
        return Ok(false);
    }
    let done = match &text {
        Some(text) => place(text, &path),
        None => gone(&path),
    };
    done.map(|()| true).map_err(disk(&path))
}

fn place(staged: &Path, path: &Path) -> io::Result<()> {
    save::make_folder(path)?;
    match save::patiently(|| fs::rename(staged, path)) {
        // A folder on another drive.
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            save::replace(path, fs::read(staged)?).map_err(|error| io::Error::other(error.to_string()))?;
            fs::remove_file(staged)
        }
        placed => placed,
    }
}

fn gone(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether a change may be made there: a record that came with a folder from somewhere else must not reach out of it.
fn is_ours(root: &Path, path: &str) -> bool {
    let mut parts = Path::new(path).components();
    let folder = path == GROUP_FILE || ["meetings", "themes", "tagging"].iter().any(|folder| path.starts_with(&format!("{folder}/")));
    let plain = parts.all(|part| matches!(part, Component::Normal(name) if !name.to_string_lossy().starts_with('.')));
    let is_link = Path::new(path).ancestors().skip(1).any(|folder| !folder.as_os_str().is_empty() && root.join(folder).is_symlink());
    folder && plain && path.ends_with(".yaml") && !is_link
}

/// Does the rest of a change that was interrupted, or throws away what was put aside for one that was never begun. Says which files were
/// left alone, since somebody has changed them by hand in the meantime.
///
/// # Errors
///
/// When another program is at it, or the disk refuses.
pub fn finish_change(root: &Path) -> Result<Vec<String>, SaveError> {
    let marg = root.join(private::FOLDER);
    let (record, staged) = (marg.join(RECORD), marg.join(STAGED));
    if marg.is_symlink() || !(record.exists() || staged.exists()) {
        return Ok(Vec::new());
    }
    // Texts without a record may be those of a program that is about to write it: they can wait.
    let patience = if record.exists() { Lock::PATIENCE } else { Duration::ZERO };
    match Lock::take_within(root, patience) {
        Ok(_lock) => finish_under_lock(root),
        Err(_) if !record.exists() => Ok(Vec::new()),
        Err(NoLock::Busy) => Err(disk(&record)(io::Error::new(ErrorKind::WouldBlock, "another program is changing files, and has not finished"))),
        Err(NoLock::Disk(error)) => Err(disk(&record)(error)),
    }
}

/// The same, for whoever holds the lock.
pub(in crate::workspace) fn finish_under_lock(root: &Path) -> Result<Vec<String>, SaveError> {
    let marg = root.join(private::FOLDER);
    if marg.join(RECORD).exists() {
        return roll_forward(root, &marg);
    }
    throw_away(&marg);
    Ok(Vec::new())
}
