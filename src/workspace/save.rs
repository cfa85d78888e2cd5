//! Writing: whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why a file was not written. What stood there before stands there still.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("`{}` is there already, and was left as it is", .0.display())]
    Exists(PathBuf),
    #[error("`{}` cannot be written: {error}", .path.display())]
    Disk { path: PathBuf, error: io::Error },
}

/// Writes a file that is not there yet.
///
/// # Errors
///
/// When the file is there already, or the disk refuses.
pub fn create_new(path: &Path, text: &str) -> Result<(), SaveError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => SaveError::Exists(path.to_path_buf()),
        _ => SaveError::Disk { path: path.to_path_buf(), error },
    };
    make_folder(path).map_err(failed)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

/// Writes a file that may be replaced: beside it first, then in its place, so that a reader sees the old one or the new one.
///
/// # Errors
///
/// When the disk refuses; then the old file is still there.
pub fn replace(path: &Path, contents: impl AsRef<[u8]>) -> Result<(), SaveError> {
    let contents = contents.as_ref();
    // A device or a pipe that somebody names is written to; a file in its place would be the end of it.
    if fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let written = OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(contents));
        return written.map_err(|error| SaveError::Disk { path: path.to_path_buf(), error });
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = make_folder(path).and_then(|()| write_synced(&beside, contents)).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // Nothing useful can be done if the leftover cannot be removed either; the error that matters is the first.
        let _ = fs::remove_file(&beside);
        SaveError::Disk { path: path.to_path_buf(), error }
    })
}

fn make_folder(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

fn write_synced(path: &Path, contents: &[u8]) -> io::Result<()> {
    // A file of this name can only be left over from a run that was killed, or be a trap: in either case it is not written through.
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(contents)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_never_overwritten_by_a_new_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.yaml");
        create_new(&path, "mine").unwrap();
        assert!(matches!(create_new(&path, "yours"), Err(SaveError::Exists(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }

    #[test]
    fn a_replaced_file_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.md");
        replace(&path, "one").unwrap();
        replace(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
