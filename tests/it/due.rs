//! `marg due`: what the calendar asks.

use crate::harness::{TestWorkspace, repository, run};

const GROUP: &str = "\
name: Group of Testford
agencies:
  - { id: housing, name: Housing }
  - { id: police, name: Police }
information_sharing: { agreement: ISA-1, review_by: 2026-04-10 }
";
const MEETING: &str = "\
meeting: marg
date: 2026-03-05
status: held
cases:
  - ref: QLM-7KQ2
    type: new
    actions:
      - { id: k7q2, what: Ask the insurer, owner: housing, due: 2026-03-20 }
      - { id: m3x9, what: Visit, owner: police, due: 2026-06-01 }
    custody: { status: sentenced, prison: Northgate, release_date: 2026-04-20 }
    next_review: 2026-04-09
    feedback_to_person: { id: f8kk, by: housing, due: 2026-03-10 }
  - { ref: QLM-B4TX, type: new, custody: { status: sentenced, release_date: 2026-03-22 }, next_review: 2026-03-12 }
  - { ref: QLM-N9WD, type: review, custody: { release_date: 2026-04-01 }, closed: { reason: Moved }, next_review: 2026-04-01 }
";
const NEXT: &str = "meeting: marg\ndate: 2026-04-09\nstarts: \"13:30\"\nstatus: planned\nagenda: [{ case: QLM-7KQ2 }]\n";

fn workspace() -> TestWorkspace {
    TestWorkspace::new()
        .file("marg.yaml", GROUP)
        .file(
            "themes/fire-history.yaml",
            "title: Fire history blocks housing\nkind: barrier\ndefinition: An old fire decides.\nguide: { review_date: 2026-04-15 }\n",
        )
        .file("meetings/2026-03-05-marg.yaml", MEETING)
        .file("meetings/2026-04-09-marg.yaml", NEXT)
        .file("meetings/2026-03-19-marg.yaml", "meeting: marg\ndate: 2026-03-19\nstatus: planned\n")
}

#[test]
fn what_is_overdue_comes_first_and_then_what_comes_up() {
    insta::assert_snapshot!(workspace().marg(&["due"]), @r###"
    Due         Days late  What for                       Case      What                                                                                                    Agency   Id            From
    2026-03-10         16  Tell the person                QLM-7KQ2  Tell the person what was decided                                                                        housing  f8kk          2026-03-05-marg
    2026-03-12         14  Review                         QLM-B4TX  Review: on no agenda yet                                                                                                       2026-03-05-marg
    2026-03-19          7  Meeting                                  It was planned, and nobody has recorded it or called it off                                                                    2026-03-19-marg
    2026-03-20          6  Action                         QLM-7KQ2  Ask the insurer                                                                                         housing  k7q2          2026-03-05-marg
    2026-03-23          3  Release from custody           QLM-7KQ2  28 days to the release: where will they live, who prescribes, which benefits, and who is named for it                          2026-03-05-marg
    2026-03-23          3  Release from custody           QLM-B4TX  the day after the release: did they get where they were to sleep, and has anybody seen them                                    2026-03-05-marg
    2026-03-29             Release from custody           QLM-B4TX  7 days after the release: does it hold, and what has to change                                                                 2026-03-05-marg
    2026-04-09             Meeting                                  Meeting (marg), 13:30                                                                                                          2026-04-09-marg
    2026-04-09             Review                         QLM-7KQ2  Review: on the agenda of 2026-04-09-marg                                                                                       2026-03-05-marg
    2026-04-10             Information sharing agreement            Review of ISA-1                                                                                                                marg.yaml
    2026-04-13             Release from custody           QLM-7KQ2  7 days to the release: is the bed still there, is the prescription written, who meets them at the gate                         2026-03-05-marg
    2026-04-15             Guide                                    Review of the guide: Fire history blocks housing                                                                 fire-history  fire-history
    2026-04-20             Release from custody           QLM-7KQ2  the day of the release: somebody meets them                                                                                    2026-03-05-marg
    2026-04-21             Release from custody           QLM-7KQ2  the day after the release: did they get where they were to sleep, and has anybody seen them                                    2026-03-05-marg
    --- stderr
    8 things are due from 2026-03-26 to 2026-04-23, and 6 overdue.
    "###);
    insta::assert_snapshot!(workspace().marg(&["due", "--days", "0", "--agency", "housing"]), @r###"
    Due         Days late  What for         Case      What                              Agency   Id    From
    2026-03-10         16  Tell the person  QLM-7KQ2  Tell the person what was decided  housing  f8kk  2026-03-05-marg
    2026-03-20          6  Action           QLM-7KQ2  Ask the insurer                   housing  k7q2  2026-03-05-marg
    --- stderr
    0 things are due from 2026-03-26 to 2026-03-26, and 2 overdue.
    "###);
    assert!(workspace().marg(&["due", "--until", "2026-03-01"]).stderr.contains("2026-03-01 is past"));
}

#[test]
fn a_calendar_holds_refs_and_days_and_no_account() {
    let workspace = workspace();
    let _ = workspace.marg(&["due", "--ics", "due.ics"]).answer();
    let text = workspace.read("due.ics").replace("\r\n ", "");
    assert!(text.contains("SUMMARY:Action: QLM-7KQ2\\, k7q2\\, Housing") && text.contains("SUMMARY:Release from custody: QLM-7KQ2"), "{text}");
    assert!(!text.contains("insurer") && !text.contains("Northgate"), "{text}");
    let rows = workspace.marg(&["due", "--format", "json"]).json()["due"].as_array().unwrap().len();
    assert_eq!(text.matches("BEGIN:VEVENT").count(), rows);
    let mut uids: Vec<&str> = text.lines().filter(|line| line.starts_with("UID:")).collect();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), rows, "each entry is another one");
    assert_eq!(workspace.marg(&["due", "--ics", "-"]).answer().replace("\r\n ", ""), text);
}

#[test]
fn it_is_told_in_every_format_and_of_an_empty_workspace() {
    let workspace = workspace();
    assert_eq!(workspace.marg(&["due", "--format", "csv"]).answer().lines().next().unwrap(), "due,days_late,kind,label,case,what,owner,id,from");
    let _ = workspace.marg(&["due", "-o", "due.xlsx"]).answer();
    assert!(workspace.path("due.xlsx").exists());
    insta::assert_snapshot!(TestWorkspace::new().marg(&["due"]), @r###"
    --- stderr
    Nothing is overdue, and nothing is due from 2026-03-26 to 2026-04-23.
    "###);
    assert!(run(repository(), &["due"]).answer().contains("QLM-"));
}
