//! One program at a time changes the files of a workspace.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::private;

/// Held while files are changed; let go when it is dropped, also by a program that is killed.
pub(super) struct Lock {
    _held: Vec<File>,
}

/// Why there is no lock.
#[derive(Debug)]
pub(super) enum NoLock {
    /// Another program has held it all the time.
    Busy,
    Disk(io::Error),
}

impl Lock {
    /// A change takes a few milliseconds; who holds the lock longer than this is stuck.
    pub(super) const PATIENCE: Duration = Duration::from_secs(10);

    pub(super) fn take(root: &Path) -> Result<Self, NoLock> {
        Self::take_within(root, Self::PATIENCE)
    }

    /// The folder itself, where the system can hold one, and a file in `.marg/`, which is closed to everybody but who made it.
    pub(super) fn take_within(root: &Path, patience: Duration) -> Result<Self, NoLock> {
        let folder = if cfg!(unix) { File::open(root).ok() } else { None };
        let mut held: Vec<File> = match folder.map(|folder| hold(folder, patience)) {
            Some(Err(NoLock::Busy)) => return Err(NoLock::Busy),
            Some(Ok(folder)) => folder.into_iter().collect(),
            Some(Err(NoLock::Disk(_))) | None => Vec::new(),
        };
        let file = private::folder(root).and_then(|folder| OpenOptions::new().write(true).create(true).truncate(false).open(folder.join("lock")));
        match file {
            Ok(file) => held.extend(hold(file, patience)?),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && !held.is_empty() => {}
            Err(error) => return Err(NoLock::Disk(error)),
        }
        Ok(Self { _held: held })
    }
}

/// Holds a file, or nothing on shared drives that know no locks: then what was read is compared once more before it is written over.
fn hold(file: File, patience: Duration) -> Result<Option<File>, NoLock> {
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => queue(file, patience),
        Err(TryLockError::Error(error)) => unless_unknown(error),
    }
}

/// Stands in the queue, which the system keeps: somebody who asked again and again would come last for ever.
fn queue(file: File, patience: Duration) -> Result<Option<File>, NoLock> {
    let (give, got) = mpsc::channel();
    // Who has lost patience lets go of the file as soon as the thread gets it.
    thread::spawn(move || give.send(file.lock().map(|()| file)));
    match got.recv_timeout(patience) {
        Ok(Ok(file)) => Ok(Some(file)),
        Ok(Err(error)) => unless_unknown(error),
        Err(_) => Err(NoLock::Busy),
    }
}

fn unless_unknown(error: io::Error) -> Result<Option<File>, NoLock> {
    if error.kind() == io::ErrorKind::Unsupported { Ok(None) } else { Err(NoLock::Disk(error)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_holds_it_and_who_waits_too_long_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path()).unwrap_or_else(|_| panic!());
        assert!(matches!(Lock::take_within(folder.path(), Duration::from_millis(20)), Err(NoLock::Busy)));
        drop(first);
        assert!(Lock::take_within(folder.path(), Duration::from_millis(20)).is_ok());
    }
}
