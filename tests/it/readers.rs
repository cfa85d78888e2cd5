//! Our reading of a file against another reader's: the YAML organisation's continuation of serde_yaml, on the same structs.

use std::path::{Path, PathBuf};

use marg::source::FileId;
use marg::yaml::{RawMeeting, RawTheme, read_meeting, read_theme};

use crate::generator::generate;
use crate::harness::repository;

pub(crate) fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            files.push(path);
        }
    }
    files
}

/// Reads every meeting and theme of a workspace twice; returns how many.
pub(crate) fn assert_readers_agree(root: &Path) -> usize {
    let meetings = yaml_files(&root.join("meetings"));
    for path in &meetings {
        let text = std::fs::read_to_string(path).unwrap();
        let theirs: RawMeeting = yaml_serde::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(read_meeting(FileId(0), &text).0, Some(theirs), "{}", path.display());
    }
    let themes = yaml_files(&root.join("themes"));
    for path in &themes {
        let text = std::fs::read_to_string(path).unwrap();
        let theirs: RawTheme = yaml_serde::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(read_theme(FileId(0), &text).0, Some(theirs), "{}", path.display());
    }
    meetings.len() + themes.len()
}

#[test]
fn two_readers_agree_on_the_sample_and_on_generated_files() {
    assert!(assert_readers_agree(repository()) > 60);
    for seed in 0..10 {
        let workspace = generate(seed, 10).write();
        assert_readers_agree(&workspace.path(""));
    }
}
