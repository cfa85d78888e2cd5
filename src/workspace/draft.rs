//! A file of `.marg` in the making: beside the old one, whose place it takes when it is whole. Two runs make two.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::stamp::Stamp;

pub(super) struct Draft {
    file: File,
    path: PathBuf,
    target: PathBuf,
    /// When it was begun, by the clock of the disk. A file that was quiet before this cannot change unseen afterwards.
    pub(super) begun: Stamp,
    in_place: bool,
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.in_place {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Draft {
    /// Begins one in a folder that [`super::private`] has made. Where that cannot be, there is none, and nobody is told: the answer is the
    /// same without.
    pub(super) fn begin(folder: &Path, name: &str) -> Option<Self> {
        let path = folder.join(format!("{name}.{}.part", std::process::id()));
        // Left over by a run that was killed, or a trap: in either case it is not written through.
        let _ = fs::remove_file(&path);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).ok()?;
        let begun = Stamp::of(&file.metadata().ok()?);
        sweep(folder, name, &begun);
        Some(Self { file, path, target: folder.join(name), begun, in_place: false })
    }

    /// Writes it and puts it in place. When the disk refuses, the old one stays.
    pub(super) fn finish(mut self, bytes: &[u8]) {
        self.in_place = self.file.write_all(bytes).is_ok() && fs::rename(&self.path, &self.target).is_ok();
    }
}

/// Takes away drafts of runs that were killed. One that another run is still writing is younger.
fn sweep(folder: &Path, name: &str, now: &Stamp) {
    const HOUR: i64 = 3_600;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let is_draft = file.to_str().is_some_and(|file| file.starts_with(name) && file.ends_with(".part"));
        if is_draft && entry.metadata().is_ok_and(|meta| Stamp::of(&meta).written.0 + HOUR < now.written.0) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
