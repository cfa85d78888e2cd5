//! `marg init`

use crate::harness::TestWorkspace;

#[test]
fn what_it_writes_is_in_order_and_can_be_worked_with() {
    let workspace = TestWorkspace::empty();
    insta::assert_snapshot!(workspace.marg(&["init", "group"]), @r"
    group/marg.yaml      the group: put your agencies and services in
    group/themes/        a starter codebook of 22 themes
    group/meetings/2026-04-09-marg.yaml   a first meeting, planned
    group/schemas/       for editors that help while you type, such as VS Code
    --- stderr
    Next: look at marg.yaml, then run `marg check` in the folder.
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
    let (agenda, record) = meeting.split_once("# attendance:").unwrap();
    let record: String = record.lines().map(|line| line.strip_prefix("# ").unwrap_or(line).to_owned() + "\n").collect();
    let whole = format!("{}attendance:{record}", agenda.replace("status: planned ", "status: held "));
    let workspace = workspace.file("meetings/2026-04-09-marg.yaml", whole);
    assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0), "{}", workspace.marg(&["check", "--wrong"]));
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
