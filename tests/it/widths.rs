//! The same answers on screens of every width, in other languages, and into pipes.

use unicode_width::UnicodeWidthStr as _;

use crate::harness::{Ran, TestWorkspace, repository, run, run_with};

fn at(width: &str, arguments: &[&str]) -> Ran {
    run_with(repository(), arguments, &[("COLUMNS", width)])
}

const QUESTIONS: [&[&str]; 8] = [
    &["barriers"],
    &["barriers", "--by", "agency"],
    &["barriers", "arson-blocks-housing"],
    &["actions", "--overdue"],
    &["themes"],
    &["meetings"],
    &["case", "QLM-7KQ2"],
    &["check", "--explain"],
];

fn top(text: &str, lines: usize) -> String {
    text.lines().take(lines).collect::<Vec<_>>().join("\n")
}

#[test]
fn barriers_at_60_and_at_80_columns() {
    insta::assert_snapshot!(top(&at("60", &["barriers"]).answer(), 8), @r#"
    Barrier                 People  Live  Eased  Resolved  Asked
    Arson or fire-setting        7     4      1         2      5
    history blocks housing
      Last seen 2026-03-12 · Flexed 1 · Changed 0 · Refused 2
      No reply 1
    Old risk history             6     5      0         1      0
    carried forward
      Last seen 2026-02-12 · Flexed 0 · Changed 0 · Refused 0
    "#);
    insta::assert_snapshot!(top(&at("80", &["barriers"]).answer(), 8), @r#"
    Barrier                                     People  Live  Eased  Resolved  Asked
    Arson or fire-setting history blocks             7     4      1         2      5
    housing
      Last seen 2026-03-12 · Flexed 1 · Changed 0 · Refused 2 · No reply 1
    Old risk history carried forward                 6     5      0         1      0
      Last seen 2026-02-12 · Flexed 0 · Changed 0 · Refused 0 · No reply 0
    Bed closed or tenancy ended                      4     3      0         1      0
      Last seen 2026-03-12 · Flexed 0 · Changed 0 · Refused 0 · No reply 0
    "#);
}

#[test]
fn actions_at_60_and_at_80_columns() {
    insta::assert_snapshot!(top(&at("60", &["actions"]).answer(), 8), @r#"
    Id    Status        Due         What
    z9x2  open          2026-02-27  Say if written questions can
                                    be had by anybody who asks
      Age (days) 77 · Carried 2 · Owner brindle-homes
      Case QLM-R4WS
    q6m3  open          2026-02-20  Find the form, read it,
                                    answer it
      Age (days) 42 · Carried 1 · Owner northfield-housing
    "#);
    insta::assert_snapshot!(top(&at("80", &["actions"]).answer(), 8), @r#"
    Id    Status        Due         What
    z9x2  open          2026-02-27  Say if written questions can be had by anybody
                                    who asks
      Age (days) 77 · Carried 2 · Owner brindle-homes · Case QLM-R4WS
    q6m3  open          2026-02-20  Find the form, read it, answer it
      Age (days) 42 · Carried 1 · Owner northfield-housing · Case QLM-629C
    k8n7  open          2026-03-06  Send Northfield a corrected reply; check what
                                    the template says
    "#);
}

#[test]
fn a_story_at_60_columns() {
    insta::assert_snapshot!(top(&at("60", &["case", "QLM-FT29"]).answer(), 24), @r#"
    QLM-FT29: closed (Accepted for sheltered housing; record put
    right.)
    Discussed at 2 meetings, from 2025-11-13 to 2026-02-12.

    What is in the way
    Barrier                                       Status
    Arson or fire-setting history blocks housing  resolved
      Keeps from supported-accommodation
      Agency northfield-housing
      How it went 2025-11-13 live, 2026-02-12 resolved
    Old risk history carried forward              resolved
      Keeps from supported-accommodation · Agency brindle-homes
      How it went 2025-11-13 live, 2026-02-12 resolved

    What was undertaken
    Id    Status  Due         What
    h2d4  done    2025-11-21  Resend the 2022 report with a
                              covering letter a layman can read
      Age (days) 4 · Carried 0 · Owner fire-and-rescue
      Case QLM-FT29
    x7x6  done    2025-12-05  Correct the record, tell whoever
                              was sent the reference, and him
      Age (days) 35 · Carried 1 · Owner brindle-homes
      Case QLM-FT29
    "#);
}

#[test]
fn no_line_is_wider_than_the_screen_and_no_word_is_missing_or_broken() {
    for question in QUESTIONS {
        let words = |ran: Ran| ran.answer().split_whitespace().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
        let all = words(run(repository(), question));
        for width in ["60", "72", "80", "100", "132", "200"] {
            let answer = at(width, question).answer();
            let limit: usize = width.parse().unwrap();
            for line in answer.lines() {
                assert!(line.width() <= limit, "{question:?} at {width}: {line}");
            }
            let here: std::collections::BTreeSet<_> = answer.split_whitespace().map(str::to_owned).collect();
            let missing: Vec<_> = all.difference(&here).collect();
            assert!(missing.is_empty(), "{question:?} at {width} lacks {missing:?}");
        }
    }
}

#[test]
fn in_a_pipe_a_row_is_a_line() {
    let long = "Ask everybody who was at the table whether the rule still stands, ".repeat(6);
    let meeting =
        format!("meeting: marg\ndate: 2026-01-08\nstatus: held\ncases:\n  - ref: AAA-22\n    actions: [{{ id: k7q2, what: '{long}', owner: housing }}]\n");
    let workspace = TestWorkspace::new().file("meetings/2026-01-08-marg.yaml", meeting);
    let answer = workspace.marg(&["actions"]).answer();
    assert_eq!(answer.lines().count(), 2, "{answer}");
    assert!(answer.lines().any(|line| line.contains(long.trim()) && line.contains("AAA-22")), "{answer}");
}

#[test]
fn the_language_of_the_machine_changes_nothing() {
    for question in QUESTIONS {
        let plain = run(repository(), question).answer();
        for locale in ["C", "POSIX", "fr_FR.UTF-8", "fr_FR.ISO-8859-1", "tr_TR.UTF-8"] {
            assert_eq!(run_with(repository(), question, &[("LC_ALL", locale), ("LANG", locale), ("LANGUAGE", "fr")]).answer(), plain, "{question:?} {locale}");
        }
    }
}

#[test]
fn colour_is_as_asked_for() {
    let broken = TestWorkspace::new().file("meetings/a.yaml", "meeting: marg\n");
    let coloured = |arguments: &[&str], environment: &[(&str, &str)]| {
        let ran = run_with(&broken.path(""), &[&["check"], arguments].concat(), environment);
        assert_eq!(ran.stdout.contains('\u{1b}'), ran.stderr.contains('\u{1b}'));
        ran.stdout.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]), "not in a pipe");
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]), "what is typed comes first");
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]) || !coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}
