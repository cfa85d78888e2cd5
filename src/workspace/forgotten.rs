//! People who were forgotten: the stones that mark it, and where the ref still stands.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::lock::Lock;
use super::{AmendError, SaveError, many, private, save, steps};

/// Where the stones lie.
pub const FORGOTTEN: &str = "forgotten";

/// The refs of people who were forgotten.
pub fn forgotten(root: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(root.join(FORGOTTEN)).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".yaml").map(str::to_owned)).collect()
}

/// Writes the list of what is left to do about a ref, and the stone beside it; a stone that stays as it is is not given.
///
/// # Errors
///
/// When the disk refuses.
pub fn write_forgotten(root: &Path, case: &str, stone: Option<&str>, checklist: &str) -> Result<String, SaveError> {
    let folder = root.join(FORGOTTEN);
    if folder.is_symlink() {
        return Err(SaveError::Own(folder));
    }
    save::replace(&folder.join(format!("{case}-to-do.md")), checklist)?;
    if let Some(stone) = stone {
        save::replace(&folder.join(format!("{case}.yaml")), stone)?;
    }
    Ok(format!("{FORGOTTEN}/{case}.yaml"))
}

/// Throws away what changes of tags and of the codebook could be taken back by, and the words of the index: they hold what the files said
/// before.
///
/// # Errors
///
/// When the disk refuses, or another program changes files just now.
pub fn forget_ways_back(root: &Path) -> Result<(), AmendError> {
    let _lock = Lock::for_changes(root)?;
    for file in [steps::FILE, many::UNDO] {
        let path = root.join(private::FOLDER).join(file);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(SaveError::Disk { path, error }.into()),
            _ => {}
        }
    }
    super::search::forget_index(root).map_err(|error| SaveError::Disk { path: root.join(private::FOLDER), error }.into())
}

/// What was found when the files of a workspace were looked through for a ref.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Files that hold it, each with how often; relative to the root.
    pub found: Vec<(String, usize)>,
    /// Files that are packed, and were not looked into.
    pub unsearched: Vec<String>,
}

/// Looks for a ref in all files below the root but git's own.
pub fn mentions(root: &Path, case: &str) -> Mentions {
    let mut mentions = Mentions::default();
    look(root, root, case, 0, &mut mentions);
    mentions.found.sort();
    mentions.unsearched.sort();
    mentions
}

fn look(root: &Path, folder: &Path, case: &str, depth: usize, mentions: &mut Mentions) {
    const DEEPEST: usize = 16;
    const MOST: u64 = 64 << 20;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
        let shown = || path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if kind.is_dir() {
            if entry.file_name() != ".git" && depth < DEEPEST {
                look(root, &path, case, depth + 1, mentions);
            }
            continue;
        }
        let packed = path.extension().is_some_and(|ending| ["docx", "xlsx", "qdpx", "pdf", "zip", "age"].iter().any(|packed| ending == *packed));
        if packed || entry.metadata().is_ok_and(|meta| meta.len() > MOST) {
            mentions.unsearched.push(shown());
        } else if kind.is_file()
            && let Ok(bytes) = fs::read(&path)
        {
            let times = bytes.windows(case.len()).filter(|part| part.eq_ignore_ascii_case(case.as_bytes())).count();
            if times > 0 {
                mentions.found.push((shown(), times));
            }
        }
    }
}
