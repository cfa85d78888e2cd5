//! One program at a time changes the files of a workspace.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

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
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: Some(file) }),
                Err(TryLockError::WouldBlock) if begun.elapsed() < patience => sleep(Duration::from_millis(5)),
                Err(TryLockError::WouldBlock) => return Err(NoLock::Busy),
                // Some shared drives know no locks. Then what was read is compared once more before it is written over.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(Self { _file: None }),
                Err(TryLockError::Error(error)) => return Err(NoLock::Disk(error)),
            }
        }
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
