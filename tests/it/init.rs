//! `marg init`

use crate::harness::TestWorkspace;

#[test]
fn what_it_writes_is_in_order_and_can_be_worked_with() {
    let workspace = TestWorkspace::empty();
    insta::assert_snapshot!(workspace.marg(&["init", "group"]), @r"
    group/marg.yaml                      the group: its agencies and services
    group/themes/                        a starter codebook of 22 themes
    group/meetings/2026-04-09-marg.yaml  a first meeting, planned
    group/schemas/                       for editors that help while you type, such as VS Code
    --- stderr
    What to do next:
    1. Open group/marg.yaml and put your own agencies and services in the place of the examples.
    2. Put the date of your first meeting into group/meetings/2026-04-09-marg.yaml, and into its name.
    3. `cd group`, then `marg check`: it says whether everything is in order.
    `marg help files` explains the files, and how to make the next meeting.
    ");
    let check = workspace.marg(&["-C", "group", "check", "--strict"]);
    assert_eq!((check.code, check.stderr.as_str()), (Some(0), "24 files checked: everything is in order.\n"));
    for command in [&["barriers"][..], &["actions"], &["themes"], &["meetings"], &["report"], &["guide", "waiting-list"]] {
        let ran = workspace.marg(&[&["-C", "group"], command].concat());
        assert_eq!(ran.code, Some(0), "{ran}");
    }
}

#[test]
fn the_commented_part_of_the_first_meeting_is_right_too() {
    let workspace = TestWorkspace::empty();
    let _ = workspace.marg(&["init"]);
    let meeting = workspace.read("meetings/2026-04-09-marg.yaml");
    let workspace = workspace.file("meetings/2026-04-09-marg.yaml", uncommented(&meeting));
    let wrong = workspace.marg(&["check", "--wrong"]);
    assert!(wrong.stdout.contains("unknown-action") && wrong.stderr.contains("1 wrong"), "only the gap for an earlier action's id is wrong: {wrong}");
    // A first meeting has no earlier actions, and the day it was held has come.
    let whole: String =
        uncommented(&meeting).lines().filter(|line| !line.contains("previous_actions") && !line.contains("id: …")).map(|line| line.to_owned() + "\n").collect();
    let workspace = workspace.file("meetings/2026-04-09-marg.yaml", whole);
    let found = workspace.marg(&["check", "--all", "--format", "csv", "--today", "2026-04-10"]).answer();
    // Nothing but what nobody has written yet, and the agency that sent an apology.
    let others: Vec<&str> = found.lines().skip(1).filter(|line| !line.contains(",placeholder,")).collect();
    assert!(matches!(others.as_slice(), [one] if one.contains(",required-agency-missing,")), "{found}");
    for gap in ["venue", "role: …", "agreement: …", "ABC-7KQ2", "reason: …", "consent: …", "says: \"…\"", "what: …", "worked: …"] {
        assert!(meeting.contains(gap), "{gap}");
    }
    assert_eq!(found.lines().filter(|line| line.contains(",placeholder,")).count(), 17, "{found}");
}

/// As the file says it: the sign and one space are taken away, and the meeting was held.
fn uncommented(meeting: &str) -> String {
    let (before, record) = meeting.split_once("# attendance:").unwrap();
    let before = before.replace("status: planned ", "status: held ").replace("# venue:", "venue:").replace("  # - { case", "  - { case");
    let record: String = format!("# attendance:{record}").lines().map(|line| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n").collect();
    before + &record
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let workspace = TestWorkspace::empty().file(".gitignore", "mine\n").file("themes/waiting-list.yaml", "title: Mine\nkind: barrier\n");
    let first = workspace.marg(&["init"]);
    assert!(first.stderr.contains("themes/waiting-list.yaml` is there already, and was left as it is"), "{first}");
    assert_eq!((workspace.read(".gitignore").as_str(), workspace.read("themes/waiting-list.yaml").as_str()), ("mine\n", "title: Mine\nkind: barrier\n"));
    insta::assert_snapshot!(workspace.marg(&["init"]), @r"
    --- stderr
    error: `.` is a workspace already, and was left as it is
    hint: `marg check` says whether everything in it is in order
    --- exit 3
    ");
}
