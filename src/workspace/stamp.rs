//! What the disk says of a file without opening it: when any of it changes, so may the file have.

use std::fs::Metadata;

/// Size, times and identity of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) size: u64,
    /// When its content was written: seconds since 1970, and nanoseconds.
    pub(super) written: (i64, u32),
    /// When anything about it changed, a time nobody can set back. As `written` where the system keeps none.
    pub(super) changed: (i64, u32),
    /// The number of the file on its disk; 0 where the system gives none.
    pub(super) inode: u64,
}

impl Stamp {
    #[cfg(unix)]
    pub(super) fn of(meta: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let nanos = |n: i64| u32::try_from(n).unwrap_or_default();
        Self { size: meta.len(), written: (meta.mtime(), nanos(meta.mtime_nsec())), changed: (meta.ctime(), nanos(meta.ctime_nsec())), inode: meta.ino() }
    }

    #[cfg(not(unix))]
    pub(super) fn of(meta: &Metadata) -> Self {
        let since = meta.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok()).unwrap_or_default();
        let written = (i64::try_from(since.as_secs()).unwrap_or_default(), since.subsec_nanos());
        Self { size: meta.len(), written, changed: written, inode: 0 }
    }

    /// Whether the file was quiet for a while before another was written: then a later change shows in its times. The clock of a disk
    /// may tick as seldom as every two seconds.
    pub(super) fn is_older_than(&self, other: &Self) -> bool {
        self.written.0.max(self.changed.0).saturating_add(2) < other.written.0
    }
}
