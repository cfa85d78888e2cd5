//! `marg cop`: the pack for a session, and what comes back from it; `marg offers`: what waits for an answer.

use crate::harness::{TestWorkspace, repository, run};

const THEME: &str = "arson-blocks-housing";

fn pack() -> TestWorkspace {
    let workspace = TestWorkspace::sample();
    let _ = workspace.marg(&["cop", THEME, "--on", "2026-03-26", "--starts", "12:30", "--out", "desk"]).answer();
    workspace
}

fn text(workspace: &TestWorkspace, name: &str) -> String {
    workspace.read(&format!("desk/cop-{THEME}{name}"))
}

#[test]
fn the_minutes_of_the_sheet_add_up_and_the_questions_come_from_the_evidence() {
    let workspace = pack();
    let sheet = text(&workspace, ".md");
    let rows = sheet.lines().filter(|line| line.starts_with("| 1"));
    let minutes: u32 = rows.map(|row| row.split('|').nth(2).unwrap().trim().parse::<u32>().unwrap()).sum();
    assert_eq!(minutes, 120);
    assert!(sheet.contains("| 12:30 | 10 | Welcome |") && sheet.contains("when has somebody got supported accommodation all the same?"), "{sheet}");
    assert!(sheet.contains("When the answer was no") && sheet.contains("Asked before, and not answered yet"), "{sheet}");
}

#[test]
fn the_pack_names_no_case_and_is_the_same_each_time() {
    let (workspace, again) = (pack(), pack());
    for name in [".md", ".html", "-evidence.md", "-evidence.html", "-capture.csv"] {
        let page = text(&workspace, name);
        assert!(!page.contains("QLM-"), "{name}: {page}");
        assert_eq!(page, text(&again, name));
    }
    for name in [".docx", "-evidence.docx", "-capture.docx"] {
        let bytes = |workspace: &TestWorkspace| std::fs::read(workspace.path(&format!("desk/cop-{THEME}{name}"))).unwrap();
        assert_eq!(bytes(&workspace), bytes(&again), "{name}");
    }
}

#[test]
fn a_sheet_that_nobody_filled_in_is_said_to_be_empty() {
    let workspace = pack();
    for ending in ["csv", "docx"] {
        let ran = workspace.marg(&["cop", "record", &format!("desk/cop-{THEME}-capture.{ending}")]);
        assert!(ran.code == Some(2) && ran.stderr.contains("nothing is filled in"), "{ran}");
    }
}

#[test]
fn what_excel_saves_is_recorded_and_the_theme_moves() {
    let rows = "sep=;\r\nWhat;What was said;Who;Reply, or a story\r\nTheme;stale-risk-history;;\r\nDay;26/03/2026;;\r\nPeople who came;23;;\r\nCame;Night worker;Tollgate House hostel;\r\nCame;;Probation;apologies\r\nStill stuck;\"One; two, \"\"three\"\"\nand four \u{2013} caf\u{e9}\";;\r\nWe ask;'=ask twice;probation;Yes, from May\r\nWorth: immediate;Nine spoke;;A story\r\nAnything else;One note;;\r\n";
    let windows: Vec<u8> = rows.chars().map(|c| if c == '\u{2013}' { 0x96 } else { u8::try_from(u32::from(c)).unwrap() }).collect();
    let workspace = TestWorkspace::sample()
        .file("themes/stale-risk-history.yaml", "title: Old risk\nkind: barrier\ndefinition: d\nstage: emerging\n")
        .file("filled.csv", windows);
    let dry = workspace.marg(&["cop", "record", "filled.csv", "--dry-run"]).answer();
    let _ = workspace.marg(&["cop", "record", "filled.csv", "--stage", "community-of-practice"]).answer();
    let file = workspace.read("meetings/2026-03-26-cop.yaml");
    assert_eq!(dry, file);
    for part in [
        "theme: stale-risk-history",
        "people: 23",
        "agency: tollgate-house, role: Night worker, status: present",
        "status: apology",
        "and four – café",
        "=ask twice",
        "owner: probation",
        "Yes, from May",
        "cycle: immediate",
        "other_business: One note",
    ] {
        assert!(file.contains(part), "{part}: {file}");
    }
    assert!(workspace.read("themes/stale-risk-history.yaml").contains("stage: community-of-practice"));
    let again = workspace.marg(&["cop", "record", "filled.csv"]);
    assert!(again.code == Some(3) && again.stderr.contains("is recorded already"), "{again}");
}

#[test]
fn everything_that_cannot_be_taken_is_said_at_once_with_its_row() {
    let rows = "What,What was said,Who,\"Reply, or a story\"\nTheme,arson-blocks-housin,,\nDay,soon,,\nPeople who came,many,,\nStil stuck,x,,\nWe ask,x,probatoin,\n,lost,,\nQuestion,q,,,beside\n";
    let workspace = TestWorkspace::sample().file("filled.csv", rows);
    let ran = workspace.marg(&["cop", "record", "filled.csv"]);
    assert_eq!(ran.code, Some(1), "{ran}");
    for part in [
        "row 2",
        "row 3",
        "row 4",
        "row 5",
        "row 6",
        "row 7",
        "row 8",
        "did you mean `arson-blocks-housing`?",
        "did you mean “Probation”?",
        "did you mean “Still stuck”?",
        "nothing was written",
    ] {
        assert!(ran.stderr.contains(part) || ran.stderr.to_lowercase().contains(&part.to_lowercase()), "{part}: {ran}");
    }
}

#[test]
fn the_series_says_who_came_what_was_asked_and_what_it_was_worth() {
    let workspace = TestWorkspace::sample();
    let _ = workspace.marg(&["cop", "series", THEME, "--out", "desk"]).answer();
    let page = text(&workspace, "-series.md");
    for part in ["| 23 October 2025 | community of practice | 23 | 9 | 9 |", "no reply yet", "### Immediate: ", "### Reframing: "] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("QLM-") && !page.contains("A man told it himself"));
    assert_eq!(workspace.marg(&["cop", "series", "rigid-offer"]).code, Some(2));
}

#[test]
fn offers_wait_until_they_are_answered() {
    let meeting = |date: &str, offers: &str| format!("meeting: marg\ndate: {date}\nstatus: held\ncases:\n  - ref: QLM-AA1\n    offers: [{offers}]\n");
    let workspace = TestWorkspace::new()
        .file("meetings/2026-01-08-marg.yaml", meeting("2026-01-08", "{ kind: peer-mentor, by: police, accepted: not-yet }, { kind: activity, by: housing }"))
        .file("meetings/2026-02-12-marg.yaml", meeting("2026-02-12", "{ kind: peer-mentor, by: police }, { kind: activity, by: housing, accepted: \"yes\" }"));
    let said = workspace.marg(&["offers", "--format", "json"]).json();
    let rows = said["offers"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["kind"], &rows[0]["waiting"], &rows[0]["meetings"]), (1, &"peer-mentor".into(), &77.into(), &2.into()), "{said}");
    assert_eq!(workspace.marg(&["offers", "--all", "--format", "json"]).json()["offers"].as_array().unwrap().len(), 2);
    assert_eq!(run(repository(), &["offers"]).code, Some(0));
}

const OPPORTUNITIES: &str = "\
opportunities:
  - { id: lunch, what: Lunch, kind: activity, by: police, level: come-along, says: Come and eat with us., picture: people, route: Ask at the desk }
  - { id: mentor, what: A mentor, kind: peer-mentor, by: housing, asks: [homeless], welcomes: [fire-history], level: take-part }
  - { id: woods, what: Days in the woods, by: housing, excludes: [fire-history], level: take-part }
  - { id: choir, what: A choir, asks: [visit] }
";

fn with_opportunities() -> TestWorkspace {
    let case = "cases:\n  - ref: AAA-22\n    needs: [homeless]\n    barriers: [{ theme: fire-history, at: housing, status: live }]\n    offers: [{ kind: peer-mentor, by: housing, accepted: not-yet }]\n  - { ref: BBB-22, barriers: [{ theme: fire-history, at: housing, status: resolved }] }\n";
    let workspace = TestWorkspace::new().file("meetings/2026-01-08-marg.yaml", format!("meeting: marg\ndate: 2026-01-08\nstatus: held\n{case}"));
    let group = workspace.read("marg.yaml") + OPPORTUNITIES;
    workspace.file("marg.yaml", group)
}

#[test]
fn what_there_is_to_take_part_in_is_held_against_one_person_with_the_reason() {
    let workspace = with_opportunities();
    let rows = |case: &str| {
        let json = workspace.marg(&["offers", "--for", case, "--format", "json"]).json();
        let row = |row: &serde_json::Value| {
            format!("{}: {}, {}, {}", row["id"].as_str().unwrap(), row["fit"].as_str().unwrap(), row["why"].as_str().unwrap(), row["answer"])
        };
        json["opportunities"].as_array().unwrap().iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(
        rows("aaa-22"),
        [
            "mentor: fits, takes people with: Fire history blocks housing; is for people with: Homelessness, \"not-yet\"",
            "lunch: fits, is for anybody, null",
            "choir: asks for something else, is for people with: Joint visit, null",
            "woods: excludes, cannot take people with: Fire history blocks housing, null",
        ]
    );
    // What is resolved excludes nobody.
    assert_eq!(rows("BBB-22")[0], "woods: fits, is for anybody, null");
    let unknown = workspace.marg(&["offers", "--for", "AAA-23"]);
    assert!(unknown.code == Some(2) && unknown.stderr.contains("did you mean `AAA-22`"), "{unknown}");
}

#[test]
fn themes_that_get_other_ids_get_them_in_opportunities_too_and_unknown_ones_are_said() {
    let workspace = with_opportunities();
    let _ = workspace.marg(&["themes", "rename", "fire-history", "old-fires"]).answer();
    let group = workspace.read("marg.yaml");
    assert!(group.contains("welcomes: [old-fires]") && group.contains("excludes: [old-fires]"), "{group}");
    let _ = workspace.marg(&["themes", "undo"]);
    assert!(workspace.read("marg.yaml").contains("welcomes: [fire-history]"));
    let broken = workspace.read("marg.yaml").replace("asks: [visit]", "asks: [visitt], by: nobody");
    let workspace = workspace.file("marg.yaml", broken);
    let check = workspace.marg(&["check", "--only", "opportunity-unknown"]).stdout;
    assert!(check.contains("no theme `visitt`") && check.contains("did you mean `visit`") && check.contains("no agency `nobody`"), "{check}");
}

#[test]
fn the_roadmap_goes_from_coming_along_to_deciding_and_says_of_nobody_whom_it_excludes() {
    let workspace = with_opportunities();
    let _ = workspace.marg(&["offers", "--roadmap", "--out", "desk"]).answer();
    let (page, text) = (workspace.read("desk/roadmap.html"), workspace.read("desk/roadmap.md"));
    assert!(page.contains("1. Come along") && page.contains("2. Take part") && page.contains("aria-label=\"Two people\""), "{page}");
    assert!(text.contains("- Come and eat with us. (Police. Ask at the desk)"), "{text}");
    for no in ["excludes", "cannot take", "AAA-22", "choir"] {
        assert!(!page.contains(no) && !text.contains(no), "{no}");
    }
    let agencies = run(repository(), &["agencies", "--stale", "--format", "json", "--today", "2026-08-01"]).json();
    let stale: Vec<&str> = agencies["agencies"].as_array().unwrap().iter().map(|row| row["agency"].as_str().unwrap()).collect();
    assert_eq!(stale, ["brindle-homes", "tollgate-house"]);
}
