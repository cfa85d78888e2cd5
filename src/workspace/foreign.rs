//! Files that are no part of the workspace.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// A file that somebody names, up to a size.
///
/// # Errors
///
/// When it cannot be opened, or is larger.
pub fn read_foreign(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MB", most >> 20)));
    }
    Ok(bytes)
}

/// Whether a file of what was said of people may lie there: anywhere but in the workspace, which is shared with git and backed up.
pub fn may_hold_cases(root: &Path, path: &Path) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A folder that is not there yet lies where the part of it lies that is.
    let there = path
        .canonicalize()
        .ok()
        .or_else(|| folder.ancestors().find_map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.canonicalize().ok()));
    there.is_some_and(|there| !there.starts_with(root))
}
