//! `marg themes history`: a theme's life from git, in a repository made for the test. Needs the program `git`, as `.ci/run` does.

use std::path::Path;
use std::process::Command;

use crate::harness::{Ran, TestWorkspace, run, run_with};

/// Git on a folder, with days and people that are always the same.
fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let when = format!("{day}T12:00:00+00:00");
    let output = Command::new("git")
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .envs([("GIT_AUTHOR_DATE", when.as_str()), ("GIT_COMMITTER_DATE", &when), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .envs([("GIT_AUTHOR_NAME", "Kim"), ("GIT_AUTHOR_EMAIL", "kim@example.org"), ("GIT_COMMITTER_NAME", "Kim"), ("GIT_COMMITTER_EMAIL", "kim@example.org")])
        .args(["-c", "init.defaultBranch=main"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(folder: &Path, day: &str) {
    git(folder, day, &["add", "-A"]);
    git(folder, day, &["commit", "-q", "-m", "x"]);
}

const FIRST: &str =
    "title: Fire history blocks housing\nkind: barrier\ndefinition: >-\n  An old fire decides, whatever has\n  changed since.\nindicators: [arson on record]\n";

/// A theme that was created, defined otherwise, renamed, and moved on; the workspace is a folder of the repository.
fn told() -> TestWorkspace {
    let workspace = TestWorkspace::empty().file("quillmere/marg.yaml", "name: G\n").file("quillmere/themes/fire.yaml", FIRST);
    let top = workspace.path(".");
    git(&top, "2026-01-08", &["init", "-q"]);
    commit(&top, "2026-01-08");
    let defined =
        FIRST.replace("An old fire decides", "A fire in somebody's notes decides").replace("[arson on record]", "[arson on record, fire marker, tick box]");
    let workspace = workspace.file("quillmere/themes/fire.yaml", &defined);
    commit(&top, "2026-03-12");
    // Other lines and a comment are no change that anybody would see.
    let defined = format!("# kept\n{}", defined.replace(">-\n  A fire in", "A fire in").replace("has\n  changed", "has changed"));
    let workspace = workspace.file("quillmere/themes/fire.yaml", &defined);
    commit(&top, "2026-03-13");
    git(&top, "2026-04-01", &["mv", "quillmere/themes/fire.yaml", "quillmere/themes/fire-history.yaml"]);
    let workspace = workspace.file("quillmere/themes/fire-history.yaml", format!("{defined}also_known_as: [fire]\n"));
    commit(&top, "2026-04-01");
    let workspace =
        workspace.file("quillmere/themes/fire-history.yaml", format!("{}also_known_as: [fire]\nstage: workshop\n", defined.replace(", tick box", "")));
    commit(&top, "2026-05-02");
    workspace
}

fn history(folder: &Path, more: &[&str]) -> Ran {
    run_with(folder, &[&["themes", "history", "fire-history"], more].concat(), &[("PATH", &std::env::var("PATH").unwrap_or_default()), ("COLUMNS", "200")])
}

#[test]
fn a_life_in_sentences_through_a_rename() {
    insta::assert_snapshot!(history(&told().path("quillmere"), &[]), @r###"
    On 8 January 2026 the theme was created, as a barrier: “Fire history blocks housing”. (Kim)
    On 12 March 2026 the definition was changed: “An old fire decides, whatever has …” became “A fire in somebody's notes decides, whatever has
    …”; 2 indicators were added: `fire marker`, `tick box`. (Kim)
    On 1 April 2026 it was renamed from `fire` to `fire-history`; 1 other name was added: `fire`. (Kim)
    On 2 May 2026 1 indicator was taken out: `tick box`; it came to the stage workshop. (Kim)
    --- stderr
    4 changes of `fire-history`.
    "###);
}

#[test]
fn an_earlier_name_finds_it_and_programs_get_a_row_a_change() {
    let workspace = told();
    let path = std::env::var("PATH").unwrap_or_default();
    let found = run_with(&workspace.path("quillmere"), &["themes", "history", "fire", "--format", "json"], &[("PATH", &path)]).json();
    assert_eq!((&found["theme"], &found["complete"]), (&"fire-history".into(), &true.into()));
    let rows = found["history"].as_array().unwrap();
    assert_eq!(rows.len(), 7);
    assert_eq!((&rows[3]["on"], &rows[3]["what"]), (&"2026-04-01".into(), &"it was renamed from `fire` to `fire-history`".into()));
}

#[test]
fn what_is_not_committed_is_told_last() {
    let workspace = told();
    let text = workspace.read("quillmere/themes/fire-history.yaml").replace("stage: workshop", "stage: guide-draft");
    let ran = history(&workspace.file("quillmere/themes/fire-history.yaml", text).path("quillmere"), &[]).answer();
    assert!(ran.ends_with("Not committed yet: it moved from workshop to guide-draft.\n"), "{ran}");
}

#[test]
fn a_shallow_copy_says_what_it_lacks() {
    let workspace = told();
    let copy = tempfile::tempdir().unwrap();
    let from = format!("file://{}", workspace.path(".").canonicalize().unwrap().display());
    git(copy.path(), "2026-05-03", &["clone", "-q", "--depth", "2", &from, "copy"]);
    let ran = history(&copy.path().join("copy/quillmere"), &[]);
    assert!(
        ran.stdout
            .starts_with("On 1 April 2026 the theme was there, as a barrier: “Fire history blocks housing”; what came before is not in this copy. (Kim)\n"),
        "{ran}"
    );
    assert!(ran.stdout.contains("On 2 May 2026") && ran.stderr.contains("a shallow one"), "{ran}");
}

#[test]
fn where_there_is_no_history_the_reason_is_said() {
    let plain = TestWorkspace::new();
    let path = std::env::var("PATH").unwrap_or_default();
    insta::assert_snapshot!(history(&plain.path("."), &[]), @r###"
    --- stderr
    error: there is no history to tell: the workspace is not kept in git
    hint: a theme's history is what was committed: `git init` in the workspace begins one, for what is changed from then on
    --- exit 3
    "###);
    insta::assert_snapshot!(run_with(&plain.path("."), &["themes", "history", "fire-history"], &[("PATH", "/nowhere")]), @r###"
    --- stderr
    error: there is no history to tell: the program `git` is not on this computer
    hint: ask whoever looks after this computer for git, or look where the workspace is kept in git
    --- exit 3
    "###);
    git(&plain.path("."), "2026-01-08", &["init", "-q"]);
    insta::assert_snapshot!(history(&plain.path("."), &[]), @r###"
    --- stderr
    error: there is no history to tell: `themes/fire-history.yaml` has never been committed
    hint: it has a history from its first commit on
    --- exit 3
    "###);
    insta::assert_snapshot!(run_with(&plain.path("."), &["themes", "history", "fire-histroy"], &[("PATH", &path)]), @r###"
    --- stderr
    error: there is no theme `fire-histroy`
    hint: did you mean `fire-history`? `marg themes` lists them all
    --- exit 2
    "###);
}

/// Settings that name programs, in a repository that came from somebody else: none of them runs.
#[cfg(unix)]
#[test]
fn a_hostile_repository_runs_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let workspace = told();
    let top = workspace.path(".").canonicalize().unwrap();
    let ran = top.join("ran");
    let trap = top.join("trap");
    std::fs::write(&trap, format!("#!/bin/sh\necho \"$0 $*\" >> {}\n", ran.display())).unwrap();
    std::fs::set_permissions(&trap, std::fs::Permissions::from_mode(0o755)).unwrap();
    let trap = trap.to_str().unwrap();
    let settings = [
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "diff.external",
        "core.sshCommand",
        "core.editor",
        "gpg.program",
        "core.alternateRefsCommand",
        "diff.trap.textconv",
        "diff.trap.command",
        "filter.trap.smudge",
        "filter.trap.clean",
        "credential.helper",
    ];
    settings.iter().for_each(|name| git(&top, "2026-05-03", &["config", name, trap]));
    git(&top, "2026-05-03", &["config", "log.showSignature", "true"]);
    git(&top, "2026-05-03", &["config", "core.hooksPath", top.to_str().unwrap()]);
    std::fs::write(top.join(".git/info/attributes"), "* diff=trap filter=trap\n").unwrap();
    let told = history(&top.join("quillmere"), &[]).answer();
    assert!(told.contains("On 8 January 2026"), "{told}");
    assert!(!ran.exists(), "{}", std::fs::read_to_string(&ran).unwrap());
    // The trap works: git alone falls into it.
    let alone = Command::new("git").current_dir(&top).args(["diff", "HEAD~1"]).output().unwrap();
    assert!(ran.exists(), "{alone:?}");
}

/// Variables of a hook that marg runs in name another repository; it asks about the workspace it is in.
#[test]
fn the_environment_of_a_hook_does_not_lead_astray() {
    let workspace = told();
    let elsewhere = tempfile::tempdir().unwrap();
    git(elsewhere.path(), "2026-01-08", &["init", "-q"]);
    let other = elsewhere.path().join(".git");
    let path = std::env::var("PATH").unwrap_or_default();
    let environment = [("GIT_DIR", other.to_str().unwrap()), ("GIT_WORK_TREE", elsewhere.path().to_str().unwrap()), ("PATH", &path)];
    let ran = run_with(&workspace.path("quillmere"), &["themes", "history", "fire-history"], &environment).answer();
    assert!(ran.contains("On 8 January 2026"), "{ran}");
    let help = run(&workspace.path("quillmere"), &["themes", "--kind", "need", "history", "fire-history"]);
    assert_eq!(help.code, Some(2), "{help}");
}
