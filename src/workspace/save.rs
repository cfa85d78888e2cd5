//! Writing: whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{FORGOTTEN, GROUP_FILE};

/// Why a file was not written. What stood there before stands there still.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("`{}` is there already, and was left as it is", .0.display())]
    Exists(PathBuf),
    #[error("`{}` is part of the workspace, and what people wrote there is never written over", .0.display())]
    Own(PathBuf),
    #[error("`{}` cannot be written: {error}", .path.display())]
    Disk { path: PathBuf, error: io::Error },
}

/// Where people's own files lie, and what marg keeps of them.
const OWN: [&str; 10] = [GROUP_FILE, FORGOTTEN, "meetings", "themes", "tagging", "plans", "templates", "schemas", "published", ".marg"];

/// Whether an answer may be written to a place that somebody names: not where it could take the place of what people wrote.
///
/// # Errors
///
/// When the place is `marg.yaml`, or lies in one of the workspace's own folders.
pub fn may_write(root: &Path, path: &Path) -> Result<(), SaveError> {
    let Ok(full) = std::path::absolute(path) else { return Ok(()) };
    // What is not there yet will be made below what is.
    let there = full.ancestors().find_map(|above| Some(above.canonicalize().ok()?.join(full.strip_prefix(above).ok()?)));
    let Some(there) = there else { return Ok(()) };
    let within = there.strip_prefix(root).ok().and_then(|within| within.components().next());
    match within {
        Some(first) if OWN.iter().any(|own| first.as_os_str() == *own) => Err(SaveError::Own(path.to_path_buf())),
        _ => Ok(()),
    }
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
    make_folder(path).map_err(|error| SaveError::Disk { path: path.to_path_buf(), error })?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| {
        // Half a file would be taken for a whole one; that there is none can be mended by trying again.
        let _ = fs::remove_file(path);
        failed(error)
    })
}

/// Writes a file that is not there yet: beside its place first, so that nobody ever meets half of it.
///
/// # Errors
///
/// As [`create_new`].
pub(super) fn create_whole(path: &Path, text: &str) -> Result<(), SaveError> {
    let disk = |error| SaveError::Disk { path: path.to_path_buf(), error };
    let beside = beside(path);
    let placed = make_folder(path).and_then(|()| write_synced(&beside, text.as_bytes(), None)).and_then(|()| match fs::hard_link(&beside, path) {
        // Some drives know no second name of a file.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.exists() && !path.is_symlink() => fs::rename(&beside, path),
        linked => linked,
    });
    let _ = fs::remove_file(&beside);
    match placed {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(SaveError::Exists(path.to_path_buf())),
        placed => placed.and_then(|()| sync_folder(path)).map_err(disk),
    }
}

/// The name of a file in the making: one that nobody reads.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

/// Writes a file that may be replaced: beside it first, then in its place, so that a reader sees the old one or the new one. A file
/// that was closed to others stays closed to them. A link is replaced, and never followed.
///
/// # Errors
///
/// When the disk refuses, or the file is write-protected; then the old file is still there.
pub fn replace(path: &Path, contents: impl AsRef<[u8]>) -> Result<(), SaveError> {
    let beside = beside(path);
    let before = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|meta| meta.permissions());
    let written = writable(before.as_ref())
        .and_then(|()| make_folder(path))
        .and_then(|()| write_synced(&beside, contents.as_ref(), before))
        .and_then(|()| patiently(|| fs::rename(&beside, path)));
    written.map_err(|error| {
        // Nothing useful can be done if the leftover cannot be removed either; the error that matters is the first.
        let _ = fs::remove_file(&beside);
        SaveError::Disk { path: path.to_path_buf(), error }
    })
}

/// Writes to a place that somebody named: a file as [`replace`] does, and through a link or into a device or pipe, which a file in its
/// place would be the end of.
///
/// # Errors
///
/// As [`replace`].
pub fn write_named(path: &Path, contents: &[u8]) -> Result<(), SaveError> {
    let is_plain = fs::symlink_metadata(path).map_or(true, |there| there.is_file() || there.is_dir());
    if is_plain {
        return replace(path, contents);
    }
    let written = OpenOptions::new().write(true).truncate(true).open(path).and_then(|mut file| file.write_all(contents));
    written.map_err(|error| SaveError::Disk { path: path.to_path_buf(), error })
}

/// Has the disk keep that a file has come into its folder. Systems that open no folders keep it by themselves.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(folder)?.sync_all() {
        // Some shared drives sync no folders.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}

/// On Windows a file that somebody has open cannot be replaced: a virus scanner or a shared drive lets go of it in a moment.
pub(super) fn patiently(mut rename: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    for pause in [20, 80, 320] {
        match rename() {
            Err(error) if cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied => std::thread::sleep(Duration::from_millis(pause)),
            done => return done,
        }
    }
    rename()
}

pub(super) fn writable(permissions: Option<&fs::Permissions>) -> io::Result<()> {
    match permissions {
        Some(permissions) if permissions.readonly() => Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is write-protected")),
        _ => Ok(()),
    }
}

pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

pub(super) fn write_synced(path: &Path, contents: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    // A file of this name can only be left over from a run that was killed, or be a trap: in either case it is not written through.
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
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
    fn what_people_wrote_is_no_place_for_an_answer() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("meetings/2026")).unwrap();
        for own in ["marg.yaml", "meetings/a.yaml", "meetings/2026/../b.csv", "themes/x.csv", "templates", ".marg/register"] {
            fs::create_dir_all(root.join(own).parent().unwrap()).unwrap();
            assert!(matches!(may_write(&root, &root.join(own)), Err(SaveError::Own(_))), "{own}");
        }
        for other in ["out/report.md", "barriers.csv", "../x.csv", "nowhere/at/all.csv"] {
            assert!(may_write(&root, &root.join(other)).is_ok(), "{other}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_who_may_read_it_and_that_nobody_may_write_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("actions.csv");
        replace(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, "two").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
        assert!(matches!(replace(&path, "three"), Err(SaveError::Disk { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let link = folder.path().join("link.csv");
        std::os::unix::fs::symlink(folder.path().join("real.csv"), &link).unwrap();
        fs::write(folder.path().join("real.csv"), "longer than before").unwrap();
        write_named(&link, b"new").unwrap();
        assert!(link.is_symlink() && fs::read_to_string(folder.path().join("real.csv")).unwrap() == "new");
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
