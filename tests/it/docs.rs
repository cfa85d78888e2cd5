//! Documentation that can be generated is generated, by these tests: `BLESS=1 cargo test docs` accepts what has changed. And what the
//! README shows is what the program says.

use std::fmt::Write as _;
use std::fs;

use crate::harness::{TestWorkspace, each_command, repository, run};

fn keep_true(path: &str, now: &str) {
    let path = repository().join(path);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, now).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == now, "{} has fallen behind: run `BLESS=1 cargo test docs`", path.display());
}

#[test]
fn the_reference_of_commands() {
    let mut text = "# Commands\n\nWritten by a test from the program's own help.\n".to_owned();
    each_command(&marg::cli::command_line(100), &mut |name, command| {
        let _ = write!(text, "\n## `{name}`\n\n```text\n{}\n```\n", command.clone().render_long_help().to_string().trim_end());
    });
    let tidy: String = text.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    keep_true("docs/commands.md", &tidy);
}

#[test]
fn the_reference_of_findings() {
    let intro = "# What `marg check` finds\n\nWritten by a test from the program's own tables. `marg check --explain CODE` says the same.\n\n";
    keep_true("docs/findings.md", &(intro.to_owned() + &marg::cli::findings_reference()));
}

#[test]
fn the_reference_of_fields() {
    let intro = "# Every field of every file\n\nWritten by a test from the structs that read the files. [How the files are typed](files.md) stands on a page of its own.\n\n";
    keep_true("docs/fields.md", &(intro.to_owned() + &marg::yaml::field_reference()));
}

#[test]
fn the_words_that_are_said_at_a_meeting() {
    let mark = "Written by a test from the program's own table, which `help` and the Tab key show too.\n\n";
    let page = fs::read_to_string(repository().join("docs/chairing.md")).unwrap();
    let (by_hand, _) = page.split_once(mark).expect("the words stand behind a line that says where they come from");
    keep_true("docs/chairing.md", &format!("{by_hand}{mark}{}", marg::session::reference()));
}

/// Every `$ marg …` of the README, with what stands below it; a line `…` stands for any lines.
#[test]
fn the_readme_shows_real_output() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    assert!(readme.lines().count() < 150);
    let mut shown = 0;
    for block in readme.split("```").skip(1).step_by(2) {
        let Some(session) = block.strip_prefix("console\n") else { continue };
        for part in session.split("$ marg ").skip(1) {
            let (command, expected) = part.split_once('\n').unwrap();
            let arguments: Vec<&str> = command.split_whitespace().collect();
            let ran = run(repository(), &arguments);
            let said = format!("{}{}", ran.stdout, ran.stderr).replace(&format!("{}/", repository().display()), "");
            let mut rest = said.as_str();
            for piece in expected.split("…\n") {
                let at = rest.find(piece).unwrap_or_else(|| panic!("`marg {command}` does not say\n{piece}\nbut\n{said}"));
                rest = &rest[at + piece.len()..];
            }
            shown += 1;
        }
    }
    assert!(shown >= 3, "the README shows the program at work");
}

/// The slip that the README shows is made in the sample, and shown as the README has it.
#[test]
fn the_readme_shows_a_real_slip() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).and_then(|block| block.split("```").next()).unwrap();
    let mut workspace = TestWorkspace::empty().file("marg.yaml", fs::read(repository().join("marg.yaml")).unwrap());
    for folder in ["themes", "meetings"] {
        for entry in fs::read_dir(repository().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            workspace = workspace.file(&format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap());
        }
    }
    let meeting = "meetings/2026-03-12-marg.yaml";
    let text = workspace.read(meeting);
    let workspace = workspace.file(meeting, text.replacen("theme: arson-blocks-housing", "theme: arson-block-housing", 1));
    let ran = workspace.marg(&["check", "--wrong"]);
    assert!(ran.stdout.trim_end() == shown.trim_end(), "{ran}");
}

#[test]
fn every_promise_names_a_test_that_is_there() {
    fn sources(folder: &std::path::Path, text: &mut String) {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                sources(&path, text);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                text.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut text = String::new();
    ["src", "tests"].iter().for_each(|folder| sources(&repository().join(folder), &mut text));
    let promises = fs::read_to_string(repository().join("docs/promises.md")).unwrap();
    let rows = promises.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| hazard") && !line.starts_with("| ---"));
    let mut named = 0;
    for row in rows {
        let last = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        for test in last.split(", ").map(|name| name.trim_matches('`')) {
            assert!(text.contains(&format!("fn {test}()")), "there is no test `{test}`");
            named += 1;
        }
    }
    assert!(named > 25, "{named}");
}
