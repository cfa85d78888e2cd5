//! `.marg`: the folder of what marg keeps for itself.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

pub(super) const FOLDER: &str = ".marg";

/// The folder, closed to others, and out of git's sight also where nobody has told git. It is made where there is none.
pub(super) fn folder(root: &Path) -> io::Result<PathBuf> {
    let folder = root.join(FOLDER);
    if folder.is_symlink() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a link to another place"));
    }
    if !folder.is_dir() {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(&folder) {
            // Another run made it at this moment.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => made?,
        }
        fs::write(folder.join(".gitignore"), "*\n")?;
    }
    #[cfg(unix)]
    close_to_others(&folder);
    Ok(folder)
}

/// A folder in it, made where there is none.
pub(super) fn subfolder(root: &Path, name: &str) -> io::Result<PathBuf> {
    let folder = folder(root)?.join(name);
    if folder.is_symlink() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a link to another place"));
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(&folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
        made => made?,
    }
    #[cfg(unix)]
    close_to_others(&folder);
    Ok(folder)
}

/// Somebody may have made the folder, or copied it, and left it open.
#[cfg(unix)]
fn close_to_others(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    if fs::metadata(folder).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0) {
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o700));
    }
}
