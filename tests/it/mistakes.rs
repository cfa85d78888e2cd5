//! The typical slips of people who write these files: each fixture, in a workspace of its own, as a coordinator would meet it.

use std::fs;

use crate::harness::{Ran, TestWorkspace, repository};

/// Unwise, and about what was typed rather than about what is missing.
const OF_THE_TEXT: &[&str] = &["lost-after-hash", "record-changed", "label-without-context", "word-that-judges"];

fn fixtures(wanted: impl Fn(&str) -> bool) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = fs::read_dir(repository().join("tests/mistakes"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .filter(|(name, _)| wanted(name))
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

/// The sample's group and codebook, with one meeting.
fn check(name: &str, text: &[u8]) -> Ran {
    let mut workspace = TestWorkspace::empty().file("marg.yaml", fs::read(repository().join("marg.yaml")).unwrap());
    for entry in fs::read_dir(repository().join("themes")).unwrap() {
        let path = entry.unwrap().path();
        let theme = fs::read_to_string(&path).unwrap();
        // A guide rests on meetings that are not here.
        let codebook = theme.split("\nguide:").next().unwrap().to_owned() + "\n";
        workspace = workspace.file(&format!("themes/{}", path.file_name().unwrap().to_str().unwrap()), codebook);
    }
    // Words that other readers of YAML take for truth values are names like any other.
    for word in ["no", "on", "yes", "y"] {
        workspace = workspace.file(&format!("themes/{word}.yaml"), "title: A word\nkind: need\ndefinition: A word.\n");
    }
    workspace.file(&format!("meetings/{name}"), text).marg(&["check", "--all", "--format", "json"])
}

#[test]
fn each_is_shown_at_the_line_that_has_to_change() {
    let mut shown = String::new();
    for (name, text) in fixtures(|name| !name.starts_with("accept")) {
        let ran = check(&name, &text);
        let found: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{name}: {ran}"));
        let told: Vec<_> = found["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] == "wrong" || OF_THE_TEXT.contains(&finding["code"].as_str().unwrap()))
            .collect();
        for finding in &told {
            let hint = finding["hints"].as_array().unwrap().iter().map(|hint| hint.as_str().unwrap()).collect::<Vec<_>>().join(" / ");
            shown += &format!("{name}:{} {}: {}\n    {hint}\n", finding["line"], finding["code"].as_str().unwrap(), finding["message"].as_str().unwrap());
        }
        if told.is_empty() {
            shown += &format!("{name}: nothing wrong\n");
        }
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn what_people_may_write_is_accepted_without_a_word() {
    for (name, text) in fixtures(|name| name.starts_with("accept")) {
        let ran = check(&name, &text);
        assert_eq!(ran.code, Some(0), "{name}: {ran}");
        assert!(OF_THE_TEXT.iter().all(|code| !ran.stdout.contains(code)), "{name}: {ran}");
    }
}
