//! Which files there are.

use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::stamp::Stamp;
use crate::source::{At, Code, FileId, Finding};
use crate::yaml::codes;

/// One file of a workspace: its path, or what keeps it from being read.
pub(super) struct Listed {
    pub(super) path: Arc<str>,
    pub(super) refused: Option<(&'static Code, String, &'static str)>,
    /// What the disk says of it; nothing for what is refused, or has gone in the meantime.
    pub(super) stamp: Option<Stamp>,
}

/// The files under `folder` that are read, or that somebody may think are read; in order of path.
pub(super) fn list(root: &Path, folder: &str) -> Vec<Listed> {
    if root.join(folder).is_symlink() {
        return vec![link(folder)];
    }
    let mut found = Vec::new();
    descend(root, folder, 0, &mut found);
    let stamped = |(listed, entry): (Listed, Option<DirEntry>)| {
        let stamp = entry.and_then(|entry| entry.metadata().ok()).map(|meta| Stamp::of(&meta));
        Listed { stamp, ..listed }
    };
    let mut found: Vec<Listed> = found.into_par_iter().map(stamped).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn refuse(path: &str, code: &'static Code, why: String, hint: &'static str) -> Listed {
    Listed { path: path.into(), refused: Some((code, why, hint)), stamp: None }
}

fn link(path: &str) -> Listed {
    refuse(path, &codes::LINK, "this is a link to another place, and is not followed".to_owned(), "put the file itself here")
}

/// Subfolders are welcome; more than this many levels of them are a slip.
const MAX_FOLDERS: usize = 12;

/// Finds the files, each with its entry in the folder if it is to be read.
fn descend(root: &Path, folder: &str, depth: usize, found: &mut Vec<(Listed, Option<DirEntry>)>) {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        // A workspace may have no meetings yet; a folder that is there and cannot be read must not pass for an empty one.
        Err(error) if error.kind() == ErrorKind::NotFound => return,
        Err(error) => {
            let why = format!("what stands in this folder cannot be read: {error}");
            found.push((refuse(folder, &codes::UNREADABLE, why, "ask who may open it, or whether it is a folder at all"), None));
            return;
        }
    };
    let mut entries: Vec<(String, DirEntry)> = entries.flatten().map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry)).collect();
    // Nearly in order of path already, which the sort of the whole is glad of.
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    for (name, entry) in entries.into_iter().filter(|(name, _)| !name.starts_with('.')) {
        let path = format!("{folder}/{name}");
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if depth < MAX_FOLDERS {
                descend(root, &path, depth + 1, found);
            } else {
                let why = format!("the folder lies {MAX_FOLDERS} folders deep, and is not read");
                found.push((refuse(&path, &codes::UNREADABLE, why, "move it further up"), None));
            }
        } else if kind.is_symlink() {
            found.push((link(&path), None));
        } else if is_yaml(&name) {
            let refused = name_refused(&name);
            found.push((Listed { path: path.into(), refused, stamp: None }, Some(entry)));
        } else if seems_yaml(&name) {
            let why = format!("`{name}` is not read: its name does not end in `.yaml`");
            found.push((refuse(&path, &codes::FILE_ENDING, why, "give it the ending `.yaml`, or move it out of the folder"), None));
        }
    }
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml")
}

fn seems_yaml(name: &str) -> bool {
    let name = name.to_lowercase();
    !name.ends_with('~') && (name.contains(".yaml") || name.ends_with(".yml"))
}

pub(super) fn name_refused(name: &str) -> Option<(&'static Code, String, &'static str)> {
    let id = stem(name);
    let fits = id.len() <= 100
        && id.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    (!fits).then(|| {
        let why = format!("the name `{id}` cannot be an id");
        (&codes::FILE_NAME, why, "use letters, digits and hyphens, and begin with a letter or digit, such as `2026-03-12-marg.yaml`")
    })
}

/// The id that a file's name gives.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".yaml").unwrap_or(name)
}

impl Listed {
    pub(super) fn finding(&self, file: FileId) -> Option<Finding> {
        let (code, why, hint) = self.refused.as_ref()?;
        Some(Finding::new(code, At::File(file), why.clone()).hint(*hint))
    }
}
