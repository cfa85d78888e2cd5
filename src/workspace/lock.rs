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
    _file: Option<File>,
}

/// Why there is no lock.
#[derive(Debug)]
pub(super) enum NoLock {
    /// Another program has held it all the time.
    Busy,
    Disk(io::Error),
}

/// A change takes a few milliseconds; who holds the lock longer than this is stuck.
const PATIENCE: Duration = Duration::from_secs(10);

impl Lock {
    pub(super) fn take(root: &Path) -> Result<Self, NoLock> {
        Self::take_within(root, PATIENCE)
    }

    fn take_within(root: &Path, patience: Duration) -> Result<Self, NoLock> {
        let folder = private::folder(root).map_err(NoLock::Disk)?;
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(folder.join("lock")).map_err(NoLock::Disk)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Self::wait(file, patience),
            Err(TryLockError::Error(error)) => Self::without(error),
        }
    }

    /// Stands in the queue, which the system keeps: somebody who asked again and again would come last for ever.
    fn wait(file: File, patience: Duration) -> Result<Self, NoLock> {
        let (give, got) = mpsc::channel();
        // Who has lost patience lets go of the file as soon as the thread gets it.
        thread::spawn(move || give.send(file.lock().map(|()| file)));
        match got.recv_timeout(patience) {
            Ok(Ok(file)) => Ok(Self { _file: Some(file) }),
            Ok(Err(error)) => Self::without(error),
            Err(_) => Err(NoLock::Busy),
        }
    }

    /// Some shared drives know no locks. Then what was read is compared once more before it is written over.
    fn without(error: io::Error) -> Result<Self, NoLock> {
        if error.kind() == io::ErrorKind::Unsupported { Ok(Self { _file: None }) } else { Err(NoLock::Disk(error)) }
    }
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
