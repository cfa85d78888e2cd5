//! Templates of the workspace's own.

use std::fs;
use std::path::Path;

use super::text;

/// Name and text of each file in `templates/`, in order of name. Links, and what cannot be read, are left out.
pub fn own_templates(root: &Path) -> Vec<(String, String)> {
    if root.join("templates").is_symlink() {
        return Vec::new();
    }
    let Ok(entries) = fs::read_dir(root.join("templates")) else { return Vec::new() };
    let mut templates: Vec<(String, String)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_string_lossy().into_owned(), text::read_lossy(&entry.path())?)))
        .filter(|(name, _)| [".html", ".md", ".css"].iter().any(|ending| name.ends_with(ending)))
        .collect();
    templates.sort();
    templates
}
