//! What has been entered while a meeting is chaired: a file beside the meeting's, a line an entry, on disk before the next prompt.
//!
//! The meeting's own file is not touched until the meeting is finished. The journal holds the text of that file as it was when the
//! meeting began, so that what was entered can be carried over to whatever the file says by then. It is in plain sight on purpose:
//! whoever opens the folder on another computer can go on.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::list::{list, stem};
use super::{Files, save, text};
use crate::source::FileId;

/// The ending of a journal's name; before it stands the name of the meeting's file.
const ENDING: &str = "chair";
const FORM: &str = "marg/chair/1";

/// Why there is no journal, or an entry is not in it.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("there is no meeting `{0}`")]
    NoMeeting(String),
    #[error("the meeting `{0}` is being chaired already, in another window or on another computer")]
    Taken(String),
    #[error("`{}` is no record of a meeting in progress, or of a newer edition of marg; it was left as it is", .0.display())]
    Strange(PathBuf),
    #[error("`{}`: line {line} cannot be read; it was left as it is", .path.display())]
    Damaged { path: PathBuf, line: usize },
    #[error("`{}` cannot be written: {error}", .path.display())]
    Disk { path: PathBuf, error: io::Error },
}

impl JournalError {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoMeeting(_) => "`marg meetings` lists them",
            Self::Taken(_) => "go on there, or leave it there first",
            Self::Strange(_) => "move it out of the folder to begin anew",
            Self::Damaged { .. } => "somebody has changed it by hand: mend that line or take it away, and begin again",
            Self::Disk { .. } => "make room, or ask who may write there; what was entered before is safe",
        })
    }
}

/// The journal of a meeting that is being chaired, held by this program alone.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    /// The file of the meeting.
    meeting_file: PathBuf,
    file: File,
    meeting: String,
    base: String,
    entries: Vec<Value>,
    /// The fingerprint of the text that was about to be saved when the journal was left.
    finish: Option<String>,
    /// Where the last whole line ends.
    end: u64,
    /// Whether a line that failed may stand behind it by half.
    torn: bool,
}

impl Journal {
    /// Takes the journal of a meeting: the one that is there, to go on, or a new one. [`Self::entries`] says which.
    ///
    /// # Errors
    ///
    /// When another program has it, when it cannot be read, or the disk refuses.
    pub fn take(root: &Path, meeting: &str) -> Result<Self, JournalError> {
        let listed = list(root, "meetings").into_iter().find(|listed| listed.refused.is_none() && stem(&listed.path) == meeting);
        let listed = listed.ok_or_else(|| JournalError::NoMeeting(meeting.to_owned()))?;
        Self::take_of(root.join(&*listed.path), meeting)
    }

    /// The same for whoever knows the meeting's file already.
    ///
    /// # Errors
    ///
    /// As [`Self::take`].
    pub fn take_beside(files: &Files, file: FileId, meeting: &str) -> Result<Self, JournalError> {
        Self::take_of(files.on_disk(file), meeting)
    }

    fn take_of(file: PathBuf, meeting: &str) -> Result<Self, JournalError> {
        let path = file.with_extension(ENDING);
        let disk = |error| JournalError::Disk { path: path.clone(), error };
        if path.is_symlink() {
            return Err(JournalError::Strange(path));
        }
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        let handle = options.open(&path).map_err(disk)?;
        match handle.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(JournalError::Taken(meeting.to_owned())),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(disk(error)),
        }
        let mut journal = Self {
            path,
            meeting_file: file,
            file: handle,
            meeting: meeting.to_owned(),
            base: String::new(),
            entries: Vec::new(),
            finish: None,
            end: 0,
            torn: false,
        };
        if !journal.read()? {
            let base = text::read(FileId(0), &journal.meeting_file).map_err(|finding| journal.disk(io::Error::other(finding.message)))?;
            journal.begin(base)?;
        }
        Ok(journal)
    }

    /// The text of the meeting's file when the meeting began.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What has been entered, in order.
    pub fn entries(&self) -> &[Value] {
        &self.entries
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file of the meeting has been saved with everything that is entered here, and only this journal is left over: then
    /// there is nothing to do but to [`Self::remove`] it.
    pub fn is_finished(&self) -> bool {
        let text = text::read(FileId(0), &self.meeting_file).ok();
        self.finish.is_some() && self.finish == text.as_deref().map(text::fingerprint)
    }

    /// Adds an entry. It is on disk when this returns.
    ///
    /// # Errors
    ///
    /// When the disk refuses: then it may not be there after a crash, and the caller keeps what was entered. Nothing of it is left in
    /// the journal, so that it can be added again.
    pub fn append(&mut self, entry: Value) -> Result<(), JournalError> {
        self.write(&json!({ "entry": entry }))?;
        self.entries.push(entry);
        // Who goes on has not finished.
        self.finish = None;
        Ok(())
    }

    /// Notes what the meeting's file is about to say. Should the computer stop before the journal is removed, it is not carried over twice.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn about_to_finish(&mut self, text: &str) -> Result<(), JournalError> {
        let print = text::fingerprint(text);
        self.write(&json!({ "finish": print }))?;
        self.finish = Some(print);
        Ok(())
    }

    /// Takes the journal away, when the meeting's file says everything.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn remove(self) -> Result<(), JournalError> {
        let Self { path, file, .. } = self;
        // Some systems do not remove what is open.
        drop(file);
        fs::remove_file(&path).and_then(|()| save::sync_folder(&path)).map_err(|error| JournalError::Disk { path, error })
    }

    fn disk(&self, error: io::Error) -> JournalError {
        JournalError::Disk { path: self.path.clone(), error }
    }

    fn begin(&mut self, base: String) -> Result<(), JournalError> {
        let head = json!({ "form": FORM, "meeting": self.meeting, "sha256": text::fingerprint(&base), "text": base });
        self.write(&head).and_then(|()| save::sync_folder(&self.path).map_err(|error| self.disk(error))).inspect_err(|_| {
            // An empty journal would look like a meeting in progress.
            let _ = fs::remove_file(&self.path);
        })?;
        self.base = base;
        Ok(())
    }

    /// A line, whole and on disk, or nothing of it.
    fn write(&mut self, line: &Value) -> Result<(), JournalError> {
        let line = format!("{line}\n");
        // Behind half a line nothing could be read again.
        let clean = if self.torn { self.file.set_len(self.end) } else { Ok(()) };
        let written = clean.and_then(|()| self.file.write_all(line.as_bytes())).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            self.torn = self.file.set_len(self.end).is_err();
            return Err(self.disk(error));
        }
        self.torn = false;
        self.end += line.len() as u64;
        Ok(())
    }

    /// Reads what is there; whether there is anything. A line that was only half written when the computer stopped was never
    /// acknowledged, and is cut off.
    fn read(&mut self) -> Result<bool, JournalError> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.read_to_end(&mut bytes)).map_err(|error| self.disk(error))?;
        let whole = whole_lines(&bytes);
        let text = str::from_utf8(&bytes[..whole]).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            JournalError::Damaged { path: self.path.clone(), line }
        })?;
        for (n, line) in text.lines().enumerate() {
            let damaged = || JournalError::Damaged { path: self.path.clone(), line: n + 1 };
            let line: Value = serde_json::from_str(line).map_err(|_| damaged())?;
            if n == 0 {
                self.read_head(&line)?;
            } else if let Some(entry) = line.get("entry") {
                self.entries.push(entry.clone());
                self.finish = None;
            } else {
                self.finish = Some(line.get("finish").and_then(Value::as_str).ok_or_else(damaged)?.to_owned());
            }
        }
        if whole < bytes.len() {
            self.file.set_len(whole as u64).and_then(|()| self.file.sync_data()).map_err(|error| self.disk(error))?;
        }
        self.end = whole as u64;
        Ok(whole > 0)
    }

    fn read_head(&mut self, head: &Value) -> Result<(), JournalError> {
        let word = |name: &str| head.get(name).and_then(Value::as_str);
        let strange = || JournalError::Strange(self.path.clone());
        let base = word("text").ok_or_else(strange)?;
        if word("form") != Some(FORM) || word("meeting") != Some(&self.meeting) || word("sha256") != Some(&text::fingerprint(base)) {
            return Err(strange());
        }
        self.base = base.to_owned();
        Ok(())
    }
}

/// How much of it are whole lines. The last may be torn also inside: space that was set aside and never filled reads as zeros.
fn whole_lines(bytes: &[u8]) -> usize {
    let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let start = bytes[..end.saturating_sub(1)].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if serde_json::from_slice::<Value>(&bytes[start..end]).is_ok() { end } else { start }
}

/// The meetings that are being chaired, or were when a computer stopped: each with how much has been entered.
pub fn unfinished(root: &Path) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    journals(&root.join("meetings"), 0, &mut found);
    found.sort();
    found
}

fn journals(folder: &Path, depth: usize, found: &mut Vec<(String, usize)>) {
    const MAX_FOLDERS: usize = 12;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
        if kind.is_dir() && depth < MAX_FOLDERS {
            journals(&path, depth + 1, found);
        } else if kind.is_file() && path.extension().is_some_and(|ending| ending == ENDING) {
            // Who chairs it may not let others read it.
            let bytes = fs::read(&path).unwrap_or_default();
            let lines = bytes.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"{\"entry\":")).count();
            found.push((path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), lines));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("meetings")).unwrap();
        fs::write(folder.path().join("meetings/m.yaml"), "meeting: marg\ndate: 2026-03-12\n").unwrap();
        folder
    }

    #[test]
    fn what_was_entered_is_there_again_and_a_torn_line_is_cut_off() {
        let folder = workspace();
        let mut journal = Journal::take(folder.path(), "m").unwrap();
        assert!(matches!(Journal::take(folder.path(), "m"), Err(JournalError::Taken(_))));
        journal.append(json!("decision yes")).unwrap();
        journal.append(json!({ "line": "ä\n\u{2028}" })).unwrap();
        let path = journal.path().to_path_buf();
        drop(journal);
        assert_eq!(unfinished(folder.path()), [("m".to_owned(), 2)]);
        for torn in ["{\"entry\":\"hal", "{\"entry\":\"h\0\0\0\n", "\0\0\0\0"] {
            let before = fs::read(&path).unwrap();
            fs::write(&path, [&before, torn.as_bytes()].concat()).unwrap();
            let journal = Journal::take(folder.path(), "m").unwrap();
            assert_eq!(journal.entries(), [json!("decision yes"), json!({ "line": "ä\n\u{2028}" })], "{torn:?}");
            assert_eq!(fs::read(&path).unwrap(), before);
        }
        let mut journal = Journal::take(folder.path(), "m").unwrap();
        assert_eq!(journal.base(), "meeting: marg\ndate: 2026-03-12\n");
        journal.append(json!(3)).unwrap();
        drop(journal);
        let mut bytes = fs::read(&path).unwrap();
        let at = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 3;
        bytes[at] = b'\n';
        fs::write(&path, &bytes).unwrap();
        assert!(matches!(Journal::take(folder.path(), "m"), Err(JournalError::Damaged { line: 2, .. })));
        assert_eq!(fs::read(&path).unwrap(), bytes, "it was left as it is");
    }

    #[test]
    fn what_was_saved_is_not_carried_over_twice() {
        let folder = workspace();
        let mut journal = Journal::take(folder.path(), "m").unwrap();
        journal.append(json!("close")).unwrap();
        journal.about_to_finish("new text").unwrap();
        drop(journal);
        let mut journal = Journal::take(folder.path(), "m").unwrap();
        assert!(!journal.is_finished(), "the computer stopped before it was saved");
        fs::write(folder.path().join("meetings/m.yaml"), "new text").unwrap();
        assert!(journal.is_finished());
        journal.append(json!("more")).unwrap();
        assert!(!journal.is_finished());
        journal.remove().unwrap();
        assert_eq!(unfinished(folder.path()), []);
        assert!(Journal::take(folder.path(), "m").unwrap().entries().is_empty());
    }

    #[test]
    fn what_is_no_journal_is_left_alone() {
        let folder = workspace();
        let path = folder.path().join("meetings/m.chair");
        fs::write(&path, "{\"form\":\"marg/chair/9\",\"meeting\":\"m\"}\n").unwrap();
        assert!(matches!(Journal::take(folder.path(), "m"), Err(JournalError::Strange(_))));
        assert!(matches!(Journal::take(folder.path(), "x"), Err(JournalError::NoMeeting(_))));
        assert!(fs::metadata(&path).unwrap().len() > 0);
    }
}
