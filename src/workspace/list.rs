//! Which files there are.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::source::{At, FileId, Finding};
use crate::yaml::codes;

/// One file of a workspace: its path, or what keeps it from being read.
pub(super) struct Listed {
    pub(super) path: String,
    pub(super) refused: Option<(&'static crate::source::Code, String, &'static str)>,
}

/// The files under `folder` that are read, or that somebody may think are read; in order of path.
pub(super) fn list(root: &Path, folder: &str) -> Vec<Listed> {
    let mut found = Vec::new();
    if let Some(refused) = link_refused(&root.join(folder), folder) {
        found.push(refused);
    } else {
        descend(root, folder, 0, &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Subfolders are welcome; more than this many levels of them are a slip.
const MAX_FOLDERS: usize = 12;

fn descend(root: &Path, folder: &str, depth: usize, found: &mut Vec<Listed>) {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        // A workspace may have no meetings yet; a folder that is there and cannot be read must not pass for an empty one.
        Err(error) if error.kind() == ErrorKind::NotFound => return,
        Err(error) => {
            let why = format!("what stands in this folder cannot be read: {error}");
            found.push(Listed { path: folder.to_owned(), refused: Some((&codes::UNREADABLE, why, "ask who may open it, or whether it is a folder at all")) });
            return;
        }
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{folder}/{name}");
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if depth < MAX_FOLDERS {
                descend(root, &path, depth + 1, found);
            } else {
                let why = format!("the folder lies {MAX_FOLDERS} folders deep, and is not read");
                found.push(Listed { path, refused: Some((&codes::UNREADABLE, why, "move it further up")) });
            }
        } else if let Some(refused) = link_refused(&entry.path(), &path) {
            found.push(refused);
        } else if is_yaml(&name) {
            let refused = name_refused(&name);
            found.push(Listed { path, refused });
        } else if seems_yaml(&name) {
            let why = format!("`{name}` is not read: its name does not end in `.yaml`");
            found.push(Listed { path, refused: Some((&codes::FILE_ENDING, why, "give it the ending `.yaml`, or move it out of the folder")) });
        }
    }
}

fn link_refused(on_disk: &Path, path: &str) -> Option<Listed> {
    let link = fs::symlink_metadata(on_disk).is_ok_and(|meta| meta.file_type().is_symlink());
    link.then(|| Listed {
        path: path.to_owned(),
        refused: Some((&codes::LINK, "this is a link to another place, and is not followed".to_owned(), "put the file itself here")),
    })
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml")
}

fn seems_yaml(name: &str) -> bool {
    let name = name.to_lowercase();
    !name.ends_with('~') && (name.contains(".yaml") || name.ends_with(".yml"))
}

fn name_refused(name: &str) -> Option<(&'static crate::source::Code, String, &'static str)> {
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
