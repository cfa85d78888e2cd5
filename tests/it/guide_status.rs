//! `marg guide review` and `marg guide status`: a statement holds until what it rests on says something else.

use crate::harness::TestWorkspace;

const THEME: &str = "title: Fire history\nkind: barrier\ndefinition: An old fire decides.\nguide: # ours\n  statements:\n    - { id: s7p4, section: what-works, says: Ask for a visit., evidence: [w4h8, k7q2, b1r1] }\n    - { id: s8p4, section: what-does-not-work, says: A box to tick., evidence: [w4h8] }\n";

fn meeting(day: &str, told: &str, case: &str) -> String {
    format!("meeting: marg\ndate: {day}\n{told}cases:\n  - ref: TST-7KQ2\n{case}")
}

fn workspace() -> TestWorkspace {
    let case = "    barriers: [{ id: b1r1, theme: fire-history, at: housing, rule: No fires., status: live, answer: refused }]\n    actions: [{ id: k7q2, what: Visit., owner: fire-rescue, due: 2026-02-01 }]\n    learning: [{ id: w4h8, worked: A visit gave facts., themes: [fire-history] }]\n";
    TestWorkspace::new()
        .file("marg.yaml", "name: Group of Testford\nagencies: [{ id: housing, name: Housing }, { id: fire-rescue, name: Fire }]\n")
        .file("themes/fire-history.yaml", THEME)
        .file("meetings/2026-01-08.yaml", meeting("2026-01-08", "", case))
}

fn standing(workspace: &TestWorkspace, id: &str) -> (String, String) {
    let said = workspace.marg(&["guide", "status", "fire-history", "--format", "json"]).json();
    let row = said["statements"].as_array().unwrap().iter().find(|row| row["statement"] == id).unwrap().clone();
    (row["standing"].as_str().unwrap().to_owned(), row["since"].as_str().unwrap_or_default().to_owned())
}

fn read(workspace: &TestWorkspace) {
    for id in ["s7p4", "s8p4"] {
        let ran = workspace.marg(&["guide", "review", "fire-history", id, "--by", "Forum lead", "--on", "2026-01-10"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), "themes/fire-history.yaml\n"), "{ran}");
    }
}

#[test]
fn a_statement_that_was_read_holds_and_the_file_keeps_its_remarks() {
    let workspace = workspace();
    assert_eq!(standing(&workspace, "s7p4").0, "never-read");
    read(&workspace);
    assert_eq!((standing(&workspace, "s7p4").0, standing(&workspace, "s8p4").0), ("holds".to_owned(), "holds".to_owned()));
    let text = workspace.read("themes/fire-history.yaml");
    assert!(text.contains("guide: # ours") && text.contains("reviewed: { on: 2026-01-10, by: Forum lead, against: "), "{text}");
}

#[test]
fn what_happens_after_it_was_read_makes_a_statement_suspect_and_is_named() {
    let told = "previous_actions: [{ id: k7q2, status: done, outcome: did-not-work }]\n";
    let changes = [
        (meeting("2026-02-05", told, ""), "action `k7q2`: done, did-not-work"),
        (
            meeting("2026-02-05", "", "    learning: [{ id: d1d1, did_not_work: The visit came too late., themes: [fire-history] }]\n"),
            "learned since: did not work (`d1d1`)",
        ),
        (
            meeting(
                "2026-02-05",
                "",
                "    barriers: [{ theme: fire-history, at: housing, rule: Each is looked at., status: eased, answer: changed-for-all }]\n",
            ),
            "barrier `b1r1`: changed-for-all",
        ),
    ];
    for (after, news) in changes {
        let workspace = workspace();
        read(&workspace);
        let workspace = workspace.file("meetings/2026-02-05.yaml", after);
        assert_eq!(standing(&workspace, "s7p4"), ("suspect".to_owned(), news.to_owned()));
        // It rests on the learning point alone, and gives no advice that something could speak against.
        assert_eq!(standing(&workspace, "s8p4").0, "holds", "{news}");
        let check = workspace.marg(&["check", "--only", "statement-suspect"]);
        assert!(check.stdout.contains(news) || check.stderr.contains(news), "{check}");
        let _ = workspace.marg(&["guide", "review", "fire-history", "s7p4", "--by", "Forum lead"]).answer();
        assert_eq!(standing(&workspace, "s7p4").0, "holds");
    }
}

#[test]
fn a_record_that_was_changed_has_no_day() {
    let workspace = workspace();
    read(&workspace);
    let record = workspace.read("meetings/2026-01-08.yaml").replace("A visit gave facts.", "A visit changed nothing.");
    let workspace = workspace.file("meetings/2026-01-08.yaml", record);
    assert_eq!(standing(&workspace, "s8p4"), ("suspect".to_owned(), "a record was changed".to_owned()));
}

#[test]
fn what_cannot_be_read_is_refused() {
    let workspace = workspace();
    for (arguments, said) in [
        (&["nosuch", "--by", "x"][..], "has no statement `nosuch`"),
        (&["s7p4", "--by", " "], "`--by` is blank"),
        (&["s7p4", "--by", "x", "--on", "2099-01-01"], "is still to come"),
    ] {
        let ran = workspace.marg(&[&["guide", "review", "fire-history"], arguments].concat());
        assert!(ran.code == Some(2) && ran.stderr.contains(said), "{ran}");
    }
    assert_eq!(workspace.read("themes/fire-history.yaml"), THEME);
}
