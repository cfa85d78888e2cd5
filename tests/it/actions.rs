//! `marg actions` between meetings: what became of them, by agency, and the files for each agency.

use crate::harness::{TestWorkspace, repository, run};

const FIRST: &str = "\
meeting: marg
date: 2026-01-08
status: agreed
cases:
  - ref: QLM-7KQ2
    type: new
    actions:
      - { id: k7q2, what: Ask the insurer, owner: housing, due: 2026-01-20 }
      - { id: m3x9, what: Visit as with QLM-B4TX, owner: police, due: 2026-02-01 }
      - { id: p2ww, what: Ring the surgery }
    next_review: 2026-04-09
    feedback_to_person: { id: f8kk, by: housing, due: 2026-01-12 }
  - ref: QLM-B4TX
    type: new
    actions:
      - { id: t6rr, what: \"Send the form, and ask Jane Fenn\", owner: police, person: Neighbourhood officer, due: 2026-04-01 }
      - { id: w4hh, what: A key safe, owner: police }
    lead_professional: Jane Fenn
    next_review: 2026-04-09
";
const SECOND: &str = "\
meeting: marg
date: 2026-02-12
status: agreed
previous_actions:
  - { id: w4hh, status: done, on: 2026-02-01, outcome: worked }
  - { id: k7q2, status: open }
";
const THIRD: &str = "meeting: marg\ndate: 2026-03-12\nstatus: held\n";
const NEXT: &str = "\
# papers close on Thursday
meeting: marg
date: 2026-04-09
status: planned
agenda:
  - { case: QLM-7KQ2, minutes: 10 }
previous_actions:
  - { id: k7q2, status: open } # rung twice
";

fn unplanned() -> TestWorkspace {
    TestWorkspace::new().file("meetings/2026-01-08-marg.yaml", FIRST).file("meetings/2026-02-12-marg.yaml", SECOND).file("meetings/2026-03-12-marg.yaml", THIRD)
}

fn workspace() -> TestWorkspace {
    unplanned().file("meetings/2026-04-09-marg.yaml", NEXT)
}

fn next(workspace: &TestWorkspace) -> String {
    workspace.read("meetings/2026-04-09-marg.yaml")
}

#[test]
fn what_became_of_an_action_stands_in_the_next_meetings_file() {
    let workspace = workspace();
    insta::assert_snapshot!(workspace.marg(&["actions", "done", "m3x9", "--on", "2026-03-20", "--outcome", "partly", "--note", "He was out: twice"]), @r###"
    meetings/2026-04-09-marg.yaml
    --- stderr
    m3x9: done on 2026-03-20 (Visit as with QLM-B4TX; Police, QLM-7KQ2).
    "###);
    insta::assert_snapshot!(next(&workspace), @r###"
    # papers close on Thursday
    meeting: marg
    date: 2026-04-09
    status: planned
    agenda:
      - { case: QLM-7KQ2, minutes: 10 }
    previous_actions:
      - { id: k7q2, status: open } # rung twice
      - { id: m3x9, status: done, on: 2026-03-20, outcome: partly, note: "He was out: twice" }
    "###);
    insta::assert_snapshot!(workspace.marg(&["actions", "not-possible", "k7q2", "t6rr", "--note", "He moved away"]), @r###"
    meetings/2026-04-09-marg.yaml
    --- stderr
    k7q2: not-possible on 2026-03-26 (Ask the insurer; Housing, QLM-7KQ2). The file said open before.
    t6rr: not-possible on 2026-03-26 (Send the form, and ask Jane Fenn; Police, QLM-B4TX).
    "###);
    insta::assert_snapshot!(next(&workspace), @r###"
    # papers close on Thursday
    meeting: marg
    date: 2026-04-09
    status: planned
    agenda:
      - { case: QLM-7KQ2, minutes: 10 }
    previous_actions:
      - { id: k7q2, status: not-possible, on: 2026-03-26, note: He moved away } # rung twice
      - { id: m3x9, status: done, on: 2026-03-20, outcome: partly, note: "He was out: twice" }
      - { id: t6rr, status: not-possible, on: 2026-03-26, note: He moved away }
    "###);
    assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
    let status = |id: &str| {
        let all = workspace.marg(&["actions", "--format", "json"]).json();
        all["actions"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!([status("m3x9"), status("k7q2"), status("t6rr")], ["done", "not-possible", "not-possible"]);
}

#[test]
fn every_word_for_it_has_a_command() {
    for (words, status) in [
        (&["actions", "done", "m3x9"][..], "status: done, on: 2026-03-26"),
        (&["actions", "not-done", "m3x9"], "status: not-done, on: 2026-03-26"),
        (&["actions", "superseded", "m3x9", "--note", "x"], "status: superseded, on: 2026-03-26, note: x"),
        (&["actions", "open", "m3x9", "--note", "x"], "status: open, note: x"),
        (&["actions", "done", "f8kk", "--on", "2026-01-12"], "id: f8kk, status: done, on: 2026-01-12"),
    ] {
        let workspace = workspace();
        let ran = workspace.marg(words);
        assert_eq!(ran.code, Some(0), "{ran}");
        assert!(next(&workspace).contains(status), "{words:?}: {}", next(&workspace));
    }
}

#[test]
fn what_was_told_can_be_taken_back() {
    let workspace = workspace();
    let _ = workspace.marg(&["actions", "done", "m3x9"]).answer();
    insta::assert_snapshot!(workspace.marg(&["actions", "undo", "m3x9"]), @r###"
    meetings/2026-04-09-marg.yaml
    --- stderr
    Taken back: what it said of m3x9.
    "###);
    assert_eq!(next(&workspace), NEXT);
    insta::assert_snapshot!(workspace.marg(&["actions", "undo", "w4hh"]), @r###"
    --- stderr
    error: no planned meeting's file says anything of `w4hh`; nothing was written
    hint: 2026-02-12-marg says that it is done: that is the record of a meeting, and is changed in its file
    --- exit 2
    "###);
}

#[test]
fn what_cannot_be_meant_is_refused_and_nothing_is_written() {
    let workspace = workspace();
    for (words, why) in [
        (&["actions", "done", "m3x8"][..], "did you mean `m3x9`?"),
        (&["actions", "done", "m3x9", "zzzz", "yyyy"], "there are no actions `zzzz` and `yyyy`"),
        (&["actions", "done", "m3x9", "--on", "2026-03-27"], "2026-03-27 is still to come"),
        (&["actions", "done", "m3x9", "--on", "2026-01-07"], "was set on 2026-01-08"),
        (&["actions", "open", "m3x9"], "--note"),
        (&["actions", "done"], "ID"),
        (&["actions", "undo", "t6rr"], "nobody has told anything of it yet"),
    ] {
        let ran = workspace.marg(words);
        assert!(ran.code == Some(2) && ran.stderr.contains(why), "{words:?}: {ran}");
    }
    assert_eq!(next(&workspace), NEXT);
    let none = unplanned().marg(&["actions", "done", "m3x9"]);
    assert!(none.code == Some(2) && none.stderr.contains("`marg agenda` makes the file of the next meeting"), "{none}");
}

#[test]
fn each_agency_is_shown_by_what_became_of_its_actions_and_never_by_one_number() {
    let group = "name: Group of Testford\nagencies:\n  - { id: housing, name: Housing, escalate_to: Head of housing }\n  - { id: police, name: Police }\nescalation: { after_meetings: 2, to: The board }\n";
    let workspace = workspace().file("marg.yaml", group);
    insta::assert_snapshot!(workspace.marg(&["actions", "--summary"]), @r###"
    Agency   Set  Done on time  Done late  Done, no day was set  Open  Of these overdue  Not possible  Not done  Superseded
    Housing    2             0          0                     0     2                 2             0         0           0
    Police     3             0          0                     1     2                 1             0         0           0
    nobody     1             0          0                     0     1                 0             0         0           0

    To be taken further
    Id    Agency   To               Meetings since  Due         What                              Case      Set on
    f8kk  housing  Head of housing               2  2026-01-12  Tell the person what was decided  QLM-7KQ2  2026-01-08
    k7q2  housing  Head of housing               2  2026-01-20  Ask the insurer                   QLM-7KQ2  2026-01-08
    m3x9  police   The board                     2  2026-02-01  Visit as with QLM-B4TX            QLM-7KQ2  2026-01-08
    p2ww           The board                     2              Ring the surgery                  QLM-7KQ2  2026-01-08
    --- stderr
    4 actions to be taken further: open for 2 meetings or more, and past its day.
    "###);
    insta::assert_snapshot!(workspace.marg(&["actions", "--by-age"]), @r###"
    Days since set  Open  Of these overdue  Told before  Whose
    0 to 28            0                 0            0
    29 to 56           0                 0            0
    57 to 84           5                 3            1  housing 2, police 2
    85 or more         0                 0            0
    --- stderr
    5 open actions on 2026-03-26. Told before: a later meeting was told that it is still open.
    "###);
    let json = workspace.marg(&["actions", "--summary", "--agency", "police", "--format", "json"]).json();
    assert_eq!(json["agencies"].as_array().unwrap().len(), 1);
    assert_eq!(json["to_take_further"][0]["to"], "The board");
}

#[test]
fn each_agency_gets_its_own_actions_and_nothing_else() {
    let group = "name: Group of Testford\ncontact: The coordinator\nagencies:\n  - { id: housing, name: Housing, contact: \"Duty desk, duty@housing.example\" }\n  - { id: police, name: Police }\nservices:\n  - { id: hostel, name: Hostel }\n";
    let workspace = workspace().file("marg.yaml", group);
    insta::assert_snapshot!(workspace.marg(&["actions", "--files"]), @r###"
    out/actions/actions-housing.docx
    out/actions/actions-housing.csv
    out/actions/actions-housing.ics
    out/actions/actions-housing.eml
    out/actions/actions-police.docx
    out/actions/actions-police.csv
    out/actions/actions-police.ics
    out/actions/actions-police.eml
    --- stderr
    warning: the action `t6rr` was kept back: it names somebody from the attendance
    warning: 1 open action is nobody's, and stands in none of the files
    Written for 2 agencies. Nothing was sent: open an .eml file, read it, and send it yourself.
    "###);
    insta::assert_snapshot!(workspace.read("out/actions/actions-police.csv"), @r###"
    Id,Due,Overdue,What,Case,Set on
    m3x9,2026-02-01,yes,Visit as with QLM-B4TX,QLM-7KQ2,2026-01-08
    t6rr,2026-04-01,,(its wording names another case or a person: ask the coordinator),QLM-B4TX,2026-01-08
    "###);
    insta::assert_snapshot!(workspace.read("out/actions/actions-housing.eml").replace("\r\n", "\n"), @r###"
    X-Unsent: 1
    Date: Thu, 26 Mar 2026 12:00:00 +0000
    Message-ID: <733d9343d78d6856ca3c27cf65bc9a58@marg.invalid>
    To: "Housing" <duty@housing.example>
    Subject: Actions for Housing from Group of Testford
    MIME-Version: 1.0
    Content-Type: text/plain; charset="utf-8"
    Content-Transfer-Encoding: quoted-printable

    These actions of Housing are open on 26 March 2026:

    - Tell the person what was decided
      (f8kk, case QLM-7KQ2, was due on 12 January 2026, set on 8 January 2026)

    - Ask the insurer
      (k7q2, case QLM-7KQ2, was due on 20 January 2026, set on 8 January 2026)

    Please say before 9 April 2026 what became of each: done, and whether it wo=
    rked; not possible, and why; or still open.

    The coordinator
    Group of Testford

    This list is confidential. It names people by their refs only; please keep =
    it so in your answer.
    "###);
    insta::assert_snapshot!(workspace.read("out/actions/actions-housing.ics").replace("\r\n", "\n"), @r###"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//marg//marg//EN
    CALSCALE:GREGORIAN
    METHOD:PUBLISH
    BEGIN:VEVENT
    CLASS:PRIVATE
    DESCRIPTION:Set on 2026-01-08 by Group of Testford. Action f8kk.
    DTEND;VALUE=DATE:20260113
    DTSTAMP:20260326T000000Z
    DTSTART;VALUE=DATE:20260112
    SUMMARY:Due: Tell the person what was decided (QLM-7KQ2)
    TRANSP:TRANSPARENT
    UID:b85aa9b50470786a98577ef2243e4308@marg.invalid
    END:VEVENT
    BEGIN:VEVENT
    CLASS:PRIVATE
    DESCRIPTION:Set on 2026-01-08 by Group of Testford. Action k7q2.
    DTEND;VALUE=DATE:20260121
    DTSTAMP:20260326T000000Z
    DTSTART;VALUE=DATE:20260120
    SUMMARY:Due: Ask the insurer (QLM-7KQ2)
    TRANSP:TRANSPARENT
    UID:0968ab2ec546bccf44d05337c30147b0@marg.invalid
    END:VEVENT
    END:VCALENDAR
    "###);
    assert!(!workspace.read("out/actions/actions-police.eml").contains("To:"));
    for ending in ["csv", "ics", "eml"] {
        let housing = workspace.read(&format!("out/actions/actions-housing.{ending}"));
        assert!(!housing.contains("B4TX") && !housing.contains("Police"), "{housing}");
        let police = workspace.read(&format!("out/actions/actions-police.{ending}"));
        assert!(!police.contains("insurer") && !police.contains("Fenn") && !police.contains("Housing"), "{police}");
    }
    let before = ["docx", "csv", "ics", "eml"].map(|ending| std::fs::read(workspace.path(&format!("out/actions/actions-housing.{ending}"))).unwrap());
    let only = workspace.marg(&["actions", "--files", "--for", "housing", "--out", "desk"]);
    assert_eq!(only.stdout.lines().count(), 4, "{only}");
    let again = ["docx", "csv", "ics", "eml"].map(|ending| std::fs::read(workspace.path(&format!("desk/actions-housing.{ending}"))).unwrap());
    assert!(before == again, "the same actions make the same bytes");
    let of_one = workspace.marg(&["actions", "--files", "--meeting", "2026-01-08", "--for", "housing", "--out", "desk"]);
    assert!(of_one.stdout.contains("actions-2026-01-08-marg-housing.docx"), "{of_one}");
    let none = workspace.marg(&["actions", "--files", "--meeting", "2026-02-12", "--out", "none"]);
    assert!(none.stdout.is_empty() && none.code == Some(0) && !workspace.path("none").exists(), "{none}");
}

#[test]
fn the_files_of_the_sample_name_no_case_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("desk");
    let _ = run(repository(), &["actions", "--files", "--out", out.to_str().unwrap()]).answer();
    let open = run(repository(), &["actions", "--status", "open", "--format", "json"]).json();
    let rows: Vec<(String, String)> = open["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["owner"].as_str().unwrap_or_default().to_owned(), row["case"].as_str().unwrap().to_owned()))
        .collect();
    let mut seen = 0;
    for entry in std::fs::read_dir(&out).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let agency = name.trim_start_matches("actions-").rsplit_once('.').unwrap().0;
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (_, case) in rows.iter().filter(|(_, case)| !rows.iter().any(|(owner, own)| owner == agency && own == case)) {
            assert!(!text.contains(case.as_str()), "{name} names {case}");
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn an_action_that_nobody_speaks_of_is_asked_about() {
    let check = |workspace: TestWorkspace| workspace.marg(&["check", "--all"]).stdout;
    let found = check(workspace());
    assert!(found.contains("unwise[action-forgotten]: `m3x9` is past its day, and none of 2 meetings since"), "{found}");
    assert!(!found.contains("action-forgotten]: `k7q2`") && !found.contains("action-forgotten]: `t6rr`"), "one was told of, one is not due: {found}");
    let told = NEXT.replace("{ id: k7q2, status: open }", "{ id: m3x9, status: open }");
    assert!(!check(workspace().file("meetings/2026-04-09-marg.yaml", told)).contains("action-forgotten]: `m3x9`"));
    let patient = "name: G\nagencies: [{ id: housing, name: Housing }, { id: police, name: Police }]\nescalation: { after_meetings: 3 }\n";
    assert!(!check(workspace().file("marg.yaml", patient)).contains("action-forgotten"));
}

/// The words of a .docx file.
fn words_of(path: &std::path::Path) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let _ = std::io::Read::read_to_string(&mut part, &mut text);
    }
    text
}

const AGENCIES: [&str; 4] = ["alder", "birch", "cedar", "dogwood"];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 12, failure_persistence: None, ..Default::default() })]

    /// Whoever undertakes what, and whatever is mentioned in it: an agency's files hold the words of its own actions alone, and no case
    /// in which it has none.
    #[test]
    fn no_file_holds_what_is_another_agencys(actions in proptest::collection::vec((0..6_usize, 0..4_usize, proptest::option::of(0..6_usize)), 1..14)) {
        let refs: Vec<String> = (0..6).map(|n| format!("QLM-{n}K{n}X")).collect();
        let mut meeting = "meeting: marg\ndate: 2026-03-12\ncases:\n".to_owned();
        for (case, name) in refs.iter().enumerate() {
            meeting += &format!("  - ref: {name}\n    lead_professional: Rowan Fenn{case}\n    actions:\n");
            for (n, (_, owner, mention)) in actions.iter().enumerate().filter(|(_, action)| action.0 == case) {
                let mention = mention.map_or(String::new(), |other| format!(", as for {} with Rowan Fenn{other}", refs[other].to_lowercase()));
                meeting += &format!("      - {{ id: a{n}zz, what: \"Word{n}word{mention}\", owner: {}, due: 2026-04-0{} }}\n", AGENCIES[*owner], n % 9 + 1);
            }
        }
        let group: String = AGENCIES.iter().map(|id| format!("  - {{ id: {id}, name: Agency {id} }}\n")).collect();
        let workspace = TestWorkspace::empty().file("marg.yaml", format!("name: G\nagencies:\n{group}")).file("meetings/2026-03-12-marg.yaml", meeting);
        let made = workspace.marg(&["actions", "--files"]).answer();
        for path in made.lines() {
            let owner = AGENCIES.iter().position(|id| path.contains(&format!("actions-{id}."))).unwrap();
            let text = if path.ends_with(".docx") { words_of(&workspace.path(path)) } else { workspace.read(path) };
            let text = text.replace("\r\n ", "").replace("=\r\n", "");
            for (n, action) in actions.iter().enumerate().filter(|(_, action)| action.1 != owner) {
                proptest::prop_assert!(!text.contains(&format!("Word{n}word")), "{path} holds {action:?}");
            }
            for (case, name) in refs.iter().enumerate() {
                let own = actions.iter().any(|action| action.1 == owner && action.0 == case);
                proptest::prop_assert_eq!(own, text.contains(name.as_str()), "{} and {}", path, name);
                proptest::prop_assert!(own || !text.contains(&name.to_lowercase()), "{path} names {name}");
            }
            proptest::prop_assert!(!text.contains("Fenn"), "{path} names somebody");
        }
    }
}

#[test]
#[ignore = "needs Python with icalendar"]
fn other_programs_read_the_calendars_and_the_drafts() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap().to_owned();
    let _ = run(repository(), &["actions", "--files", "--out", &out]).answer();
    let _ = run(repository(), &["due", "--days", "400", "--ics", &format!("{out}/due.ics")]).answer();
    let _ = run(repository(), &["agenda", "--ics", &format!("{out}/invitation.ics")]).answer();
    let script = r#"
import sys, pathlib, email, email.policy, icalendar
folder, events, drafts = pathlib.Path(sys.argv[1]), 0, 0
for path in sorted(folder.glob("*.ics")):
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    assert calendar["VERSION"] == "2.0" and not calendar.errors, path
    for event in calendar.walk("VEVENT"):
        assert not event.errors, (path, event.errors)
        assert event["UID"] and event["SUMMARY"] and event.decoded("DTSTAMP") and event.decoded("DTSTART") < event.decoded("DTEND"), path
        events += 1
meeting = icalendar.Calendar.from_ical((folder / "invitation.ics").read_bytes()).walk("VEVENT")[0]
assert meeting.decoded("DTSTART").isoformat() == "2026-04-09T12:30:00+00:00" and "QLM-5WSH" in meeting["DESCRIPTION"], meeting
for path in folder.glob("*.eml"):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert not message.defects and message["X-Unsent"] == "1" and message["Subject"] and "undertook" in message.get_content() or "are open" in message.get_content(), path
    drafts += 1
print(events, drafts)
"#;
    let output = std::process::Command::new("python3").args(["-c", script, &out]).output().expect("python3 is needed for this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let counts: Vec<usize> = said.split_whitespace().map(|n| n.parse().unwrap()).collect();
    assert!(counts[0] > 30 && counts[1] > 8, "{said}");
}
