//! Who may import whom. The table is the architecture; the test keeps it true.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::repository;

const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("personal", &["source"]),
    ("model", &["source"]),
    ("yaml", &["source", "model"]),
    ("people", &[]),
    ("search", &["source", "model"]),
    ("workspace", &["source", "personal", "model", "yaml", "people", "search"]),
    ("lint", &["source", "model"]),
    ("analysis", &["model"]),
    ("disclosure", &[]),
    ("release", &["model", "analysis", "disclosure"]),
    ("documents", &["source", "analysis", "release"]),
    ("export", &["analysis", "release"]),
    ("interchange", &["source", "model"]),
    ("session", &["source", "model"]),
    ("tagging", &["source", "model"]),
    ("terminal", &["source", "model", "session", "tagging"]),
];

#[test]
fn imports_point_down() {
    for (folder, allowed) in MAY_IMPORT {
        for file in rust_files(&repository().join("src").join(folder)) {
            let text = fs::read_to_string(&file).unwrap();
            for imported in imported_folders(&text) {
                assert!(imported == *folder || allowed.contains(&imported), "{} imports `{imported}`, which `{folder}` may not know", file.display());
            }
        }
    }
}

#[test]
fn every_folder_stands_in_the_table() {
    for entry in fs::read_dir(repository().join("src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = name == "cli" || name.ends_with(".rs") || MAY_IMPORT.iter().any(|(folder, _)| *folder == name);
        assert!(known, "src/{name} is in nobody's table: say in ARCHITECTURE.md and here what it is for");
    }
}

#[test]
fn only_the_yaml_folder_knows_the_reader_and_only_the_workspace_the_disk() {
    let knows = |word: &str, may: &[&str]| {
        for file in rust_files(&repository().join("src")) {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let folder = file.strip_prefix(repository().join("src")).unwrap().components().next().unwrap().as_os_str().to_str().unwrap().to_owned();
            assert!(may.contains(&folder.as_str()) || !code.contains(word), "{} uses `{word}`", file.display());
        }
    };
    knows("serde_yaml::", &["yaml"]);
    knows("granit_parser", &["yaml"]);
    knows("std::fs", &["workspace"]);
    knows("std::net", &[]);
    knows("textwrap", &["cli"]);
    knows("regex::", &["personal"]);
    knows("rust_xlsxwriter", &["cli"]);
    knows("use age::", &["people"]);
    knows("getrandom", &["people"]);
}

#[test]
fn files_and_functions_stay_small() {
    for file in rust_files(&repository().join("src")) {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        assert!(code.lines().count() <= 460, "{} has {} lines: is it one thing?", file.display(), code.lines().count());
        for (name, lines) in functions(code) {
            assert!(lines <= 80, "`{name}` in {} has {lines} lines", file.display());
        }
    }
}

/// The name and length of each function: from its signature to the brace that closes it in the same column.
fn functions(code: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((before, after)) = line.split_once("fn ") else { continue };
        let is_signature = before.trim().is_empty() || before.trim_start().starts_with("pub") || before.trim() == "const";
        if is_signature && !line.trim_end().ends_with(';') {
            let indent = line.len() - line.trim_start().len();
            let close = format!("{}}}", " ".repeat(indent));
            let length = lines[at..].iter().position(|line| *line == close).unwrap_or(0) + 1;
            found.push((after.split(['(', '<']).next().unwrap_or_default().to_owned(), length));
        }
    }
    found
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let is_tests = |path: &Path| path.file_name().is_some_and(|name| name == "tests.rs");
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_tests(&path) {
            files.push(path);
        }
    }
    files
}

/// The word after each `crate::`.
fn imported_folders(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
}
