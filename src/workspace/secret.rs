//! Files that must not lie where others look: the people file and the keys. Outside any repository and any workspace, open to their owner
//! alone, saved whole or not at all, with a log of who opened them beside them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lock::{NoLock, hold};
use super::{GROUP_FILE, SaveError, save};
use crate::people::Zeroizing;

/// Why a secret file is not used.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    #[error("`{}` lies in a folder that git keeps: `{}`", .path.display(), .top.display())]
    InRepository { path: PathBuf, top: PathBuf },
    #[error("`{}` lies in a workspace: `{}`", .path.display(), .top.display())]
    InWorkspace { path: PathBuf, top: PathBuf },
    #[error("`{}` is a link, or no ordinary file", .0.display())]
    Link(PathBuf),
    #[error("`{}` has a second name somewhere (a hard link), where others may find it", .0.display())]
    SecondName(PathBuf),
    #[error("`{}` is open to others on this computer", .0.display())]
    Open(PathBuf),
    #[error("there is no file `{}`", .0.display())]
    NoFile(PathBuf),
    #[error("`{}` is too large to be one", .0.display())]
    TooLarge(PathBuf),
    #[error("another program is changing `{}`, and has not finished; nothing was written", .0.display())]
    Busy(PathBuf),
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl SecretError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::InRepository { .. } => Some("whatever git has once kept stays in its history: choose a folder outside any repository".to_owned()),
            Self::InWorkspace { .. } => Some("a workspace is shared and backed up: choose a folder of your own outside it".to_owned()),
            Self::Link(_) => Some("name the file itself".to_owned()),
            Self::SecondName(_) => Some("take the other name away, or copy the file and remove both".to_owned()),
            Self::Open(path) => Some(format!("`chmod 600 {}` closes it; ask who may have read it meanwhile", path.display())),
            Self::Busy(_) => Some("try again in a moment".to_owned()),
            Self::NoFile(_) | Self::TooLarge(_) | Self::Save(_) => None,
        }
    }

    fn disk(path: &Path, error: io::Error) -> Self {
        Self::Save(SaveError::Disk { path: path.to_path_buf(), error })
    }
}

const MOST: u64 = 16 << 20;
const PATIENCE: Duration = Duration::from_secs(10);

/// Refuses a place in a repository or a workspace: by the path as it is typed, and by where it truly leads.
///
/// # Errors
///
/// When it lies in one, or its folder is not there.
pub fn check_place(path: &Path) -> Result<(), SecretError> {
    let typed = std::path::absolute(path).map_err(|error| SecretError::disk(path, error))?;
    let folder = typed.parent().unwrap_or(&typed);
    let truly = folder.canonicalize().map_err(|error| SecretError::disk(folder, error))?;
    let file = typed.canonicalize().unwrap_or_else(|_| truly.clone());
    for above in [&typed, &truly, &file].into_iter().flat_map(|place| place.ancestors()) {
        if is_repository(above) {
            return Err(SecretError::InRepository { path: path.to_path_buf(), top: above.to_path_buf() });
        }
        if above.join(GROUP_FILE).is_file() {
            return Err(SecretError::InWorkspace { path: path.to_path_buf(), top: above.to_path_buf() });
        }
    }
    Ok(())
}

/// The top of a work tree, or what git keeps of one.
fn is_repository(folder: &Path) -> bool {
    let is_git_folder = || folder.join("HEAD").is_file() && folder.join("objects").is_dir() && folder.join("refs").is_dir();
    fs::symlink_metadata(folder.join(".git")).is_ok() || is_git_folder()
}

/// Reads a secret file, if it lies where it may and is closed to others.
///
/// # Errors
///
/// See [`SecretError`].
pub fn read_secret(path: &Path) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    check_place(path)?;
    let meta = fs::symlink_metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => SecretError::NoFile(path.to_path_buf()),
        _ => SecretError::disk(path, error),
    })?;
    check_file(path, &meta)?;
    if meta.len() > MOST {
        return Err(SecretError::TooLarge(path.to_path_buf()));
    }
    fs::read(path).map(Zeroizing::new).map_err(|error| SecretError::disk(path, error))
}

fn check_file(path: &Path, meta: &fs::Metadata) -> Result<(), SecretError> {
    if !meta.is_file() {
        return Err(SecretError::Link(path.to_path_buf()));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        if meta.nlink() > 1 {
            return Err(SecretError::SecondName(path.to_path_buf()));
        }
        if meta.mode() & 0o077 != 0 {
            return Err(SecretError::Open(path.to_path_buf()));
        }
    }
    Ok(())
}

/// Writes a secret file that is not there yet, closed to others from its first byte.
///
/// # Errors
///
/// When something is there, or it may not lie there.
pub fn create_secret(path: &Path, bytes: &[u8]) -> Result<(), SecretError> {
    check_place(path)?;
    create_secret_anywhere(path, bytes)
}

/// The same in whatever place the user names, for what they opened and have to put somewhere.
///
/// # Errors
///
/// When something is there, or the disk refuses.
pub fn create_secret_anywhere(path: &Path, bytes: &[u8]) -> Result<(), SecretError> {
    let mut file = closed().create_new(true).open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => SaveError::Exists(path.to_path_buf()).into(),
        _ => SecretError::disk(path, error),
    })?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| save::sync_folder(path));
    written.map_err(|error| {
        let _ = fs::remove_file(path);
        SecretError::disk(path, error)
    })
}

/// A file that only its owner can open.
fn closed() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A secret file while it is changed: nobody else changes it meanwhile.
pub struct SecretFile {
    path: PathBuf,
    _lock: Option<File>,
}

impl SecretFile {
    /// Waits until nobody else is changing it, for ten seconds.
    ///
    /// # Errors
    ///
    /// When it may not lie there, or somebody else does not finish.
    pub fn take(path: &Path) -> Result<Self, SecretError> {
        check_place(path)?;
        let beside = beside(path, ".lock");
        refuse_link(&beside)?;
        let file = closed().create(true).truncate(false).open(&beside).map_err(|error| SecretError::disk(&beside, error))?;
        let lock = hold(file, PATIENCE).map_err(|why| match why {
            NoLock::Busy => SecretError::Busy(path.to_path_buf()),
            NoLock::Disk(error) => SecretError::disk(&beside, error),
        })?;
        Ok(Self { path: path.to_path_buf(), _lock: lock })
    }

    /// What it holds now.
    ///
    /// # Errors
    ///
    /// As [`read_secret`].
    pub fn read(&self) -> Result<Zeroizing<Vec<u8>>, SecretError> {
        read_secret(&self.path)
    }

    /// Puts new contents in its place, which must be sealed: they lie beside it for a moment, and what a killed run left there is swept.
    ///
    /// # Errors
    ///
    /// When the disk refuses; then the old contents are still there.
    pub fn replace(&self, sealed: &[u8]) -> Result<(), SecretError> {
        let part = beside(&self.path, ".part");
        let _ = fs::remove_file(&part);
        let written = closed().create_new(true).open(&part).and_then(|mut file| {
            file.write_all(sealed)?;
            file.sync_all()
        });
        written.and_then(|()| fs::rename(&part, &self.path)).and_then(|()| save::sync_folder(&self.path)).map_err(|error| {
            let _ = fs::remove_file(&part);
            SecretError::disk(&self.path, error)
        })
    }
}

/// Adds a line to the log beside a secret file. What was to be logged is not done when this fails.
///
/// # Errors
///
/// When the log is no ordinary file of its owner's, or the disk refuses.
pub fn log_access(path: &Path, line: &str) -> Result<(), SecretError> {
    let log = log_of(path);
    refuse_link(&log)?;
    let one_line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut options = closed();
    let added = options.append(true).create(true).open(&log).and_then(|mut file| {
        // One write, so that the lines of two programs do not mix.
        file.write_all(format!("{one_line}\n").as_bytes())?;
        file.sync_data()
    });
    added.map_err(|error| SecretError::disk(&log, error))
}

/// Where the log of a secret file lies: `people.age.log` beside `people.age`.
pub fn log_of(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{name}.log"))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}{ending}"))
}

fn refuse_link(path: &Path) -> Result<(), SecretError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if !meta.is_file() => Err(SecretError::Link(path.to_path_buf())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_no_place_for_it_however_one_gets_there() {
        let outside = tempfile::tempdir().unwrap();
        let path = |name: &str| outside.path().join(name);
        fs::create_dir_all(path("tree/.git")).unwrap();
        fs::create_dir_all(path("tree/deep/er")).unwrap();
        fs::create_dir_all(path("linked/x")).unwrap();
        fs::write(path("linked/.git"), "gitdir: elsewhere\n").unwrap();
        fs::create_dir_all(path("work/out")).unwrap();
        fs::write(path("work/marg.yaml"), "name: G\n").unwrap();
        for folder in ["bare/objects", "bare/refs", "safe"] {
            fs::create_dir_all(path(folder)).unwrap();
        }
        fs::write(path("bare/HEAD"), "ref: x\n").unwrap();
        for refused in
            ["tree/p.age", "tree/deep/er/p.age", "safe/../tree/p.age", "tree/../safe/../tree/deep/p.age", "linked/x/p.age", "bare/p.age", "work/out/p.age"]
        {
            assert!(check_place(&path(refused)).is_err(), "{refused}");
        }
        assert!(check_place(&path("safe/p.age")).is_ok());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(path("tree/deep"), path("safe/door")).unwrap();
            std::os::unix::fs::symlink(path("safe"), path("tree/out")).unwrap();
            fs::write(path("tree/p.age"), "x").unwrap();
            std::os::unix::fs::symlink(path("tree/p.age"), path("safe/p.age")).unwrap();
            fs::hard_link(path("tree/p.age"), path("safe/hard.age")).unwrap();
            for refused in ["safe/door/p.age", "safe/door/er/p.age", "tree/out/p.age", "safe/p.age"] {
                assert!(matches!(check_place(&path(refused)), Err(SecretError::InRepository { .. })), "{refused}");
            }
            assert!(matches!(read_secret(&path("safe/hard.age")), Err(SecretError::SecondName(_))));
        }
    }

    #[cfg(unix)]
    #[test]
    fn it_is_closed_to_others_from_the_start_and_looked_at_each_time() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("p.age");
        create_secret(&path, b"one").unwrap();
        let file = SecretFile::take(&path).unwrap();
        file.replace(b"two").unwrap();
        log_access(&path, "who\nwhat").unwrap();
        log_access(&path, "again").unwrap();
        assert_eq!(fs::read_to_string(log_of(&path)).unwrap(), "who what\nagain\n");
        for entry in fs::read_dir(folder.path()).unwrap() {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
        }
        assert_eq!(**file.read().unwrap(), *b"two");
        for open in [0o640, 0o604, 0o660] {
            fs::set_permissions(&path, fs::Permissions::from_mode(open)).unwrap();
            assert!(matches!(file.read(), Err(SecretError::Open(_))), "{open:o}");
        }
        assert!(matches!(create_secret(&path, b"three"), Err(SecretError::Save(SaveError::Exists(_)))));
        std::os::unix::fs::symlink("/dev/null", log_of(&folder.path().join("q.age"))).unwrap();
        assert!(matches!(log_access(&folder.path().join("q.age"), "x"), Err(SecretError::Link(_))));
    }
}
