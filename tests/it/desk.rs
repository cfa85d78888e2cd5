//! `marg case`, `marg actions`, `marg themes`, `marg meetings`, and the manners they share.

use crate::harness::{TestWorkspace, repository, run};

const FIRST: &str = "\
meeting: marg
date: 2026-01-08
status: agreed
cases:
  - ref: QLM-7KQ2
    type: new
    update: Turned away twice.
    views: [{ whose: person, says: I want my own front door., wants: [a tenancy] }]
    barriers: [{ theme: fire-history, blocks: hostel, at: housing, status: live, asked: { of: housing, on: 2026-01-10 } }]
    actions:
      - { id: k7q2, what: Ask the insurer, owner: housing, due: 2026-01-20 }
      - { id: m3x9, what: Visit, owner: police, due: 2026-02-01 }
    next_review: 2026-02-12
";
const SECOND: &str = "\
meeting: marg
date: 2026-02-12
status: agreed
previous_actions:
  - { id: k7q2, status: open }
  - { id: m3x9, status: done, on: 2026-02-05, outcome: worked }
cases:
  - ref: QLM-7KQ2
    type: review
    barriers: [{ theme: fire-history, blocks: hostel, at: housing, status: eased, answer: flexed-once }]
    decisions: [{ text: Hold the room, why: It helps }]
    closed: { reason: Moved in }
";

fn workspace() -> TestWorkspace {
    TestWorkspace::new().file("meetings/2026-01-08-marg.yaml", FIRST).file("meetings/2026-02-12-marg.yaml", SECOND)
}

#[test]
fn a_case_is_told_on_one_page() {
    insta::assert_snapshot!(workspace().marg(&["case", "QLM-7KQ2"]), @r###"
    QLM-7KQ2: closed (Moved in)
    Discussed at 2 meetings, from 2026-01-08 to 2026-02-12.

    What is in the way
    Barrier                      Keeps from  Agency   Status  How it went                        Answer
    Fire history blocks housing  hostel      housing  eased   2026-01-08 live, 2026-02-12 eased  asked 2026-01-10, flexed-once

    What was undertaken
    Id    Status  Due         Age (days)  Carried  Owner    What             Case
    k7q2  open    2026-01-20          77        1  housing  Ask the insurer  QLM-7KQ2
    m3x9  done    2026-02-01          28        0  police   Visit            QLM-7KQ2

    2026-01-08 (2026-01-08-marg, new)
    Turned away twice.
    The person says: “I want my own front door.”
    Wants: a tenancy

    2026-02-12 (2026-02-12-marg, review)
    Decided: Hold the room
    Why: It helps
    Closed: Moved in
    "###);
}

#[test]
fn actions_are_open_first_and_oldest_first() {
    insta::assert_snapshot!(workspace().marg(&["actions"]), @r###"
    Id    Status  Due         Age (days)  Carried  Owner    What             Case
    k7q2  open    2026-01-20          77        1  housing  Ask the insurer  QLM-7KQ2
    m3x9  done    2026-02-01          28        0  police   Visit            QLM-7KQ2
    --- stderr
    2 actions, 1 open, 1 overdue on 2026-03-26.
    "###);
    insta::assert_snapshot!(workspace().marg(&["actions", "--overdue", "--format", "csv"]), @r###"
    id,status,due,overdue,age_in_days,carried,owner,what,case,person,set_on,meeting,ended_on,was_late,outcome,addresses,note
    k7q2,open,2026-01-20,true,77,1,housing,Ask the insurer,QLM-7KQ2,,2026-01-08,2026-01-08-marg,,false,,,
    "###);
}

#[test]
fn the_codebook_counts_uses() {
    insta::assert_snapshot!(workspace().marg(&["themes"]), @r###"
    Theme         Kind     Title                        Stage  People (any use)  Uses  Last used
    fire-history  barrier  Fire history blocks housing                        1     2  2026-02-12
    homeless      need     Homelessness                                       0     0
    visit         enabler  Joint visit                                        0     0
    --- stderr
    People counts everybody in whose discussions a theme stands, under a learning point too; `marg barriers` only those who met it as a barrier.
    "###);
}

#[test]
fn meetings_are_a_line_each() {
    insta::assert_snapshot!(workspace().marg(&["meetings"]), @r###"
    Meeting          Kind  Status  Cases  New  Closed  Barriers  Actions  Earlier actions reported on  Present
    2026-01-08-marg  marg  agreed      1    1       0         1        2                            0        0
    2026-02-12-marg  marg  agreed      1    0       1         1        0                            2        0
    "###);
}

#[test]
fn a_misspelt_ref_is_guessed_and_a_planned_one_is_explained() {
    let planned = "meeting: marg\ndate: 2026-04-09\nagenda: [{ case: QLM-B4TX, minutes: 15 }]\n";
    let workspace = workspace().file("meetings/2026-04-09-marg.yaml", planned);
    assert!(workspace.marg(&["case", "QLM-7KQ"]).stderr.contains("did you mean `QLM-7KQ2`?"));
    assert!(workspace.marg(&["case", "QLM-B4TX"]).stderr.contains("it is on the agenda of 2026-04-09-marg"));
}

#[test]
fn outside_a_workspace_it_says_how_to_start_one() {
    insta::assert_snapshot!(TestWorkspace::empty().marg(&["barriers"]), @r"
    --- stderr
    error: this folder is not in a workspace: there is no marg.yaml here or above
    hint: `marg init my-group` makes a workspace to start from
    hint: `marg -C FOLDER …` names one that is somewhere else
    --- exit 3
    ");
}

#[test]
fn a_period_that_ends_before_it_begins_is_a_slip() {
    let ran = workspace().marg(&["barriers", "--since", "2026-03", "--until", "2026-01"]);
    assert_eq!((ran.code, ran.stderr.contains("before it begins")), (Some(2), true));
    assert_eq!(workspace().marg(&["barriers", "--since", "spring"]).code, Some(2));
}

#[test]
fn a_variable_that_is_empty_is_none_and_one_that_is_no_day_is_named() {
    let ask = |today: &str, command: &str| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_marg"));
        let output = program.current_dir(repository()).env_clear().env("MARG_TODAY", today).env("MARG_DIR", "").args([command]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(ask("", "meetings").0, Some(0));
    let (code, said) = ask("soon", "meetings");
    assert!(code == Some(2) && said.contains("the variable MARG_TODAY: `soon` is not a day"), "{said}");
    assert_eq!(ask("soon", "help").0, Some(0));
}

#[test]
fn there_is_no_colour_where_nobody_sees_it() {
    let workspace = TestWorkspace::new().file("meetings/a.yaml", "meeting: marg\n");
    let plain = workspace.marg(&["check"]);
    assert!(!plain.stdout.contains('\u{1b}') && !plain.stderr.contains('\u{1b}'));
    assert!(workspace.marg(&["--color", "always", "check"]).stdout.contains('\u{1b}'));
}

#[test]
fn every_question_answers_as_a_table_json_and_csv() {
    for question in [&["barriers"][..], &["barriers", "arson-blocks-housing"], &["actions"], &["themes"], &["meetings"]] {
        let ask = |format: &str| run(repository(), &[question, &["--format", format]].concat()).answer();
        assert!(!ask("table").is_empty());
        serde_json::from_str::<serde_json::Value>(&ask("json")).unwrap();
        let csv = ask("csv");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert!(reader.records().map(Result::unwrap).count() > 0, "{question:?}");
    }
}

#[test]
fn without_a_ref_the_cases_are_listed_open_ones_first() {
    let other = "meeting: marg\ndate: 2026-01-15\nstatus: held\ncases: [{ ref: QLM-B4TX, next_review: 2026-04-09 }]\n";
    let workspace = workspace().file("meetings/2026-01-15-marg.yaml", other);
    insta::assert_snapshot!(workspace.marg(&["case"]), @r"
    Ref       Stands  Next review  Last discussed  Meetings
    QLM-B4TX  open    2026-04-09   2026-01-15             1
    QLM-7KQ2  closed               2026-02-12             2
    --- stderr
    2 cases, 1 open. `marg case REF` tells the story of one.
    ");
    assert_eq!(workspace.marg(&["case", "--format", "json"]).json()["schema"], "marg/cases/1");
    insta::assert_snapshot!(TestWorkspace::new().marg(&["case"]), @r"
    --- stderr
    No meeting has discussed a case yet.
    ");
}

#[test]
fn a_command_without_its_name_says_what_it_needs_and_what_there_is() {
    let workspace = workspace();
    let mut said = String::new();
    for command in [&["minutes", "agree"][..], &["guide"], &["template", "show"], &["template", "data", "case"], &["case", "--page"]] {
        let ran = workspace.marg(command);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran}");
        said += &ran.stderr;
    }
    insta::assert_snapshot!(said);
    // From another folder, the names are those of the workspace that was named.
    let ran = TestWorkspace::empty().marg(&["-C", workspace.path(".").to_str().unwrap(), "minutes", "agree"]);
    assert!(ran.stderr.contains("`2026-02-12-marg`"), "{ran}");
    assert!(TestWorkspace::empty().marg(&["minutes", "agree"]).stderr.contains("`marg meetings` lists them all"));
    assert!(workspace.marg(&["referral"]).stderr.contains("`marg agenda add REF` puts a new case on it"));
}

#[test]
fn a_file_with_an_ending_that_nothing_is_written_in_is_refused() {
    let workspace = workspace();
    let ran = workspace.marg(&["actions", "-o", "x.docx"]);
    assert_eq!((ran.code, ran.stderr.contains(".xlsx") && ran.stderr.contains(".csv")), (Some(2), true), "{ran}");
    assert!(!workspace.path("x.docx").exists());
    for good in [&["-o", "x.txt"][..], &["-o", "X.XLSX"], &["-o", "x.dat", "--format", "csv"], &["-o", "x"]] {
        assert_eq!(workspace.marg(&[&["actions"], good].concat()).code, Some(0), "{good:?}");
    }
    assert!(std::fs::read(workspace.path("X.XLSX")).unwrap().starts_with(b"PK"));
}

#[test]
fn a_page_is_named_as_it_is_typed_from_here() {
    let workspace = workspace();
    let said = workspace.marg(&["minutes", "2026-01-08-marg"]);
    assert!(said.stdout.lines().all(|line| line.starts_with("out/")), "{said}");
    assert!(said.stderr.contains("Open out/minutes-2026-01-08-marg.html in a browser."), "{said}");
    // From below, or from elsewhere, it is named in full.
    let below = run(&workspace.path("meetings"), &["minutes", "2026-01-08-marg"]);
    assert!(below.stdout.lines().all(|line| std::path::Path::new(line).is_file()), "{below}");
}

#[test]
fn in_a_story_what_is_open_stands_first() {
    let first = FIRST.replace("k7q2", "z9z9").replace("m3x9", "k7q2").replace("z9z9", "m3x9");
    let story = TestWorkspace::new().file("meetings/2026-01-08-marg.yaml", first).file("meetings/2026-02-12-marg.yaml", SECOND);
    let told = story.marg(&["case", "QLM-7KQ2"]).answer();
    assert!(told.find("k7q2  open").unwrap() < told.find("m3x9  done").unwrap(), "{told}");
}

#[test]
fn what_is_overdue_is_in_the_order_of_its_day() {
    let first = FIRST.replace("due: 2026-01-20", "due: 2026-02-20");
    let ran = TestWorkspace::new().file("meetings/2026-01-08-marg.yaml", first).marg(&["actions", "--overdue"]);
    assert!(ran.stdout.find("m3x9").unwrap() < ran.stdout.find("k7q2").unwrap(), "{ran}");
    assert!(ran.stderr.contains("2 overdue on 2026-03-26, the longest first."), "{ran}");
    assert!(TestWorkspace::new().marg(&["actions", "--overdue"]).stderr.contains("Nothing is overdue on 2026-03-26."));
}
