//! Changes of the codebook over files as different people lay them out: git sees only the lines that name the theme.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::layouts::laid_out;
use crate::harness::TestWorkspace;

/// A workspace of generated meetings, and a copy of it as it is.
fn workspace(seed: u64, meetings: u64) -> (TestWorkspace, TestWorkspace) {
    let theme = |title: &str| {
        format!("# ours: {title}\ntitle: {title}   # for now\nkind: need\ndefinition: What {title} means.\nindicators:\n  - {title} too   # heard\n")
    };
    let make = || {
        let themes = ["homeless", "settled", "unwell", "alone"];
        let workspace = themes.iter().fold(TestWorkspace::new(), |workspace, id| workspace.file(&format!("themes/{id}.yaml"), theme(id)));
        (0..meetings).fold(workspace, |workspace, n| workspace.file(&format!("meetings/m{n}.yaml"), laid_out(seed * 10 + n)))
    };
    (make(), make())
}

/// The lines that git says came and went, by file.
fn numstat(before: &Path, after: &Path, folder: &str) -> BTreeMap<String, (usize, usize)> {
    let output = Command::new("git")
        .args(["-c", "core.autocrlf=false", "diff", "--no-index", "--no-renames", "--numstat"])
        .args([before.join(folder), after.join(folder)])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = |line: &str| {
        let mut parts = line.split('\t');
        let (came, went) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let name = parts.next()?.rsplit('/').next()?.trim_end_matches('}').to_owned();
        Some((name, (came, went)))
    };
    text.lines().filter_map(line).collect()
}

fn read(workspace: &TestWorkspace) -> BTreeMap<String, String> {
    let entries = fs::read_dir(workspace.path("meetings")).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())).collect()
}

/// Remarks, each with its mark, in their order.
fn remarks(text: &str) -> Vec<&str> {
    let sign = |line: &str| line.find("# note m").or_else(|| line.find("# above m"));
    text.lines().filter_map(|line| sign(line).map(|at| line[at..].trim_end())).collect()
}

/// Runs a command on ten generated workspaces; `names` are the ids in the lines that may change.
fn ten_times(names: &[&str], command: impl Fn(&TestWorkspace)) -> usize {
    on_each((0..10).map(|seed| (seed, workspace(seed, 10))), names, command)
}

fn on_each(workspaces: impl Iterator<Item = (u64, (TestWorkspace, TestWorkspace))>, names: &[&str], command: impl Fn(&TestWorkspace)) -> usize {
    let mut changed = 0;
    for (seed, (workspace, copy)) in workspaces {
        command(&workspace);
        let (before, after) = (read(&copy), read(&workspace));
        let stat = numstat(&copy.path(""), &workspace.path(""), "meetings");
        for (name, text) in &before {
            let (came, went) = stat.get(name).copied().unwrap_or_default();
            let may = text.lines().filter(|line| names.iter().any(|name| line.contains(name))).count();
            assert!(came <= went && went <= may, "{seed}, {name}: {came} came, {went} went, {may} lines name it\n{text}\n{}", after[name]);
            assert_eq!(remarks(text), remarks(&after[name]), "{seed}, {name}");
            assert_eq!(text.contains("\r\n"), after[name].contains("\r\n"), "{seed}, {name}");
            changed += went;
        }
        let check = |workspace: &TestWorkspace| workspace.marg(&["check", "--format", "csv", "--wrong"]).stdout.lines().count();
        assert!(check(&workspace) <= check(&copy), "{seed}");
        workspace.marg(&["themes", "undo"]).answer();
        assert_eq!(read(&workspace), before, "{seed}");
    }
    changed
}

#[test]
fn a_rename_changes_only_the_lines_that_name_the_theme() {
    let changed = ten_times(&["unwell"], |workspace| drop(workspace.marg(&["themes", "rename", "unwell", "poorly"]).answer()));
    assert!(changed > 20, "{changed}");
}

#[test]
fn a_merge_changes_only_the_lines_that_name_one_of_the_themes() {
    let merge = |workspace: &TestWorkspace| {
        workspace.marg(&["themes", "merge", "unwell", "settled", "--into", "homeless"]).answer();
        let theme = workspace.read("themes/homeless.yaml");
        assert!(
            theme.starts_with("# ours: homeless\ntitle: homeless   # for now\n") && theme.contains("  - homeless too   # heard\n  - unwell too\n"),
            "{theme}"
        );
    };
    let changed = ten_times(&["unwell", "homeless"], merge);
    assert!(changed > 20, "{changed}");
}

#[test]
fn a_split_changes_only_the_places_that_were_chosen() {
    let split = |workspace: &TestWorkspace| {
        let ran = workspace.marg_fed(&["themes", "split", "unwell", "--into", "settled", "alone"], &"a\nk\nb\n".repeat(100));
        assert_eq!(ran.code, Some(0), "{ran}");
    };
    // Generated meetings repeat each other's ids, and what is wrong is not split: so each is one by itself, and some of them are sound.
    let sound = |(_, (workspace, _)): &(u64, (TestWorkspace, TestWorkspace))| {
        workspace.read("meetings/m0.yaml").contains("unwell") && workspace.marg(&["check", "--wrong"]).code == Some(0)
    };
    let workspaces: Vec<_> = (0..60).map(|seed| (seed, workspace(seed, 1))).filter(sound).take(10).collect();
    assert_eq!(workspaces.len(), 10);
    assert!(on_each(workspaces.into_iter(), &["unwell"], split) > 5);
}

#[test]
fn themes_that_come_or_are_retired_change_no_meeting() {
    let retire = |workspace: &TestWorkspace| {
        workspace.marg(&["themes", "retire", "unwell", "--use", "alone", "--why", "Too broad: all"]).answer();
        let theme = workspace.read("themes/unwell.yaml");
        assert!(theme.ends_with("unwell too   # heard\nretired: { on: 2026-03-26, why: \"Too broad: all\", use: alone }\n"), "{theme}");
    };
    assert_eq!(ten_times(&[], retire), 0);
    let add = ["themes", "add", "cold", "--kind", "need", "--title", "Cold", "--definition", "No heating."];
    assert_eq!(ten_times(&[], |workspace| drop(workspace.marg(&add).answer())), 0);
}
