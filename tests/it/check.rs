//! `marg check`

use crate::harness::TestWorkspace;

const GOOD: &str = "\
meeting: marg
date: 2026-03-12
status: held
confidentiality: { read_by: chair }
cases:
  - ref: QLM-7KQ2
    views: [{ whose: person, says: I want my own front door. }]
    needs: [homeless]
    barriers:
      - { theme: fire-history, blocks: hostel, at: housing, status: live }
    actions:
      - { id: k7q2, what: Ask the insurer, owner: housing, due: 2026-03-20 }
    learning:
      - { id: w4h8, worked: A visit together., themes: [visit] }
    next_review: 2026-04-09
";

#[test]
fn a_workspace_in_order() {
    insta::assert_snapshot!(TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", GOOD).marg(&["check"]), @r"
    --- stderr
    5 files checked: everything is in order.
    ");
}

#[test]
fn everything_that_is_wrong_is_said_in_one_run() {
    let bad = "\
meeting: marg
date: 2026-13-12
cases:
  - ref: QLM-7KQ2
    needs: [homelss, fire-history]
    barriers:
      - { theme: fire-histroy, blocks: hostle, at: police, status: lively }
    actions:
      - { id: k7q2, what: Ask, owner: fire, due: 2026-02-30 }
";
    let other = "meeting: marg\ndate: 2026-03-12\nconfidentiality: { read_by: chair }\nprevious_actions:\n  - { id: zzzz, status: done }\n";
    let ran = TestWorkspace::new().file("meetings/bad.yaml", bad).file("meetings/other.yaml", other).marg(&["check", "--format", "json"]);
    assert_eq!(ran.code, Some(1));
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let lines: Vec<String> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            format!(
                "{}:{}:{} {} | {}",
                finding["file"].as_str().unwrap(),
                finding["line"],
                finding["column"],
                finding["code"].as_str().unwrap(),
                finding["hints"][0].as_str().unwrap()
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r###"
    meetings/bad.yaml:2:7 bad-date | write year, month and day, like 2026-03-12
    meetings/bad.yaml:5:13 unknown-theme | did you mean `homeless`?
    meetings/bad.yaml:5:22 wrong-kind | what the system does stands under `barriers`
    meetings/bad.yaml:7:18 unknown-theme | did you mean `fire-history`?
    meetings/bad.yaml:7:40 unknown-service | did you mean `hostel`?
    meetings/bad.yaml:7:68 unknown-word | did you mean `live`? it can be live, eased or resolved
    meetings/bad.yaml:9:39 unknown-agency | add it to `agencies` in marg.yaml, or use one that is there
    meetings/bad.yaml:9:50 bad-date | write year, month and day, like 2026-03-12
    meetings/other.yaml:5:11 unknown-action | `marg actions` and the meeting files have the ids
    "###);
}

#[test]
fn a_finding_shows_its_line_and_what_to_do() {
    let text = GOOD.replace("at: housing", "at: huosing");
    insta::assert_snapshot!(TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text).marg(&["check"]), @r###"
    wrong[unknown-agency]: unknown agency `huosing`
      --> meetings/2026-03-12-marg.yaml:10:52
       |
    10 |       - { theme: fire-history, blocks: hostel, at: huosing, status: live }
       |                                                    ^^^^^^^
       |
       = hint: did you mean `housing`?

    --- stderr
    5 files checked: 1 wrong, 0 unwise.
    hint: `marg check --explain unknown-agency` says more about a kind of finding
    --- exit 1
    "###);
}

#[test]
fn what_is_unwise_is_said_and_ends_well_unless_asked_to_be_strict() {
    let bare = "meeting: marg\ndate: 2026-03-12\nstatus: held\ncases:\n  - ref: QLM-JS\n    type: new\n    barriers: [{ theme: fire-history, status: live, cause: polisy }]\n    actions: [{ what: Ask }]\n    learning: [{ question: Who may? }]\n";
    let workspace = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", bare);
    let codes: Vec<String> = workspace.marg(&["check", "--all", "--format", "json"]).json()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| format!("{}:{}", finding["line"], finding["code"].as_str().unwrap()))
        .collect();
    insta::assert_snapshot!(codes.join(" "), @"2:no-confidentiality-statement 5:case-without-next-step 5:views-missing 5:referral-incomplete 5:ref-like-a-name 7:barrier-without-at 7:barrier-without-blocks 7:word-not-on-list 8:action-without-owner 8:action-without-due 8:action-without-id 9:learning-without-theme");
    assert_eq!(workspace.marg(&["check"]).code, Some(0));
    assert_eq!(workspace.marg(&["check", "--strict"]).code, Some(1));
}

/// The codes found in a meeting held on 2026-03-12, each with what it says.
fn found_in(meeting: &str) -> String {
    let workspace = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", meeting);
    let found = workspace.marg(&["check", "--all", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&found.stdout).unwrap();
    let lines = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| format!("{} {}: {}\n", found["line"], found["code"].as_str().unwrap(), found["message"].as_str().unwrap()));
    lines.collect()
}

#[test]
fn what_is_there_but_wrong_is_not_said_to_be_missing() {
    let slips = [
        ("owner: housing", "owner: huosing", "unknown-agency"),
        ("due: 2026-03-20", "due: 20 March", "bad-date"),
        ("blocks: hostel", "blocks: hostle", "unknown-service"),
        ("at: housing", "at: huosing", "unknown-agency"),
        ("next_review: 2026-04-09", "next_review: 2026-04-31", "bad-date"),
        ("next_review: 2026-04-09", "nextreview: 2026-04-09", "unknown-field"),
        ("themes: [visit]", "themes: [visti]", "unknown-theme"),
        ("id: k7q2", "id: K7Q2", "bad-id"),
    ];
    for (right, slip, code) in slips {
        let found = found_in(&GOOD.replace(right, slip));
        assert_eq!(found.lines().count(), 1, "{slip}: {found}");
        assert!(found.contains(code), "{slip}: {found}");
    }
    // What is missing elsewhere in the same file is still said.
    let found = found_in(&GOOD.replace("owner: housing", "owner: huosing").replace("at: housing, ", ""));
    assert!(found.contains("unknown-agency") && found.contains("barrier-without-at"), "{found}");
}

#[test]
fn a_gap_of_the_example_is_found_and_an_ellipsis_is_not() {
    let found = found_in(&GOOD.replace("I want my own front door.", "…").replace("Ask the insurer", "..."));
    insta::assert_snapshot!(found, @r"
    7 placeholder: `…` still stands here
    12 placeholder: `...` still stands here
    ");
    assert_eq!(found_in(&GOOD.replace("I want my own front door.", "I don't know …")), "");
    assert!(found_in(&GOOD.replace("QLM-7KQ2", "ABC-7KQ2")).contains("invented ref of the example"));
}

#[test]
fn a_date_that_cannot_be_is_asked_about() {
    let found = found_in(&GOOD.replace("due: 2026-03-20", "due: 2025-03-20").replace("next_review: 2026-04-09", "next_review: 2026-03-12"));
    insta::assert_snapshot!(found, @r"
    12 impossible-date: this action is due on 2025-03-20, before the meeting of 2026-03-12 that set it
    15 impossible-date: QLM-7KQ2 is looked at again on 2026-03-12, the day of this meeting itself
    ");
    assert_eq!(found_in(&GOOD.replace("due: 2026-03-20", "due: 2026-03-12")), "", "on the day itself is soon, and possible");
    let future = GOOD.replace("date: 2026-03-12", "date: 2026-03-27").replace("2026-03-20", "2026-04-01");
    assert!(found_in(&future).contains("recorded as held, and 2026-03-27 is still to come"), "{}", found_in(&future));
    assert_eq!(found_in(&future.replace("status: held", "status: planned")), "");
}

#[test]
fn consent_that_was_withheld_is_no_basis() {
    let with = |basis: &str, consent: &str| {
        found_in(&GOOD.replace("    views:", &format!("    referral: {{ legal_basis: {basis}, consent: {consent} }}\n    views:")))
    };
    assert!(with("Consent", "withheld").contains("consent-withheld"));
    assert!(with("Consent", "not-sought").contains("consent-withheld"));
    assert_eq!(with("Consent", "given") + &with("Public task", "withheld"), "");
}

#[test]
fn the_codebook_may_wait_for_its_first_cases() {
    let held = |n: usize| {
        let meeting = |n: usize| format!("meeting: marg\ndate: 2026-03-0{n}\nstatus: held\nconfidentiality: {{ read_by: chair }}\n");
        let workspace = (1..=n).fold(TestWorkspace::new(), |workspace, n| workspace.file(&format!("meetings/m{n}.yaml"), meeting(n)));
        workspace.marg(&["check", "--only", "theme-unused", "--format", "csv"]).answer().lines().count() - 1
    };
    assert_eq!((held(5), held(6)), (0, 3));
}

#[test]
fn an_agreed_meeting_and_what_came_later_find_each_other() {
    let second = "meeting: marg\ndate: 2026-04-09\nstatus: held\nconfidentiality: { read_by: chair }\nprevious_actions: [{ id: k7q2, status: done, on: 2026-03-19, outcome: worked }]\n";
    let workspace = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", GOOD).file("meetings/2026-04-09-marg.yaml", second);
    let actions = workspace.marg(&["actions", "--format", "json"]).json();
    assert_eq!((&actions["actions"][0]["status"], &actions["actions"][0]["ended_on"]), (&"done".into(), &"2026-03-19".into()));
}

#[test]
fn an_action_that_came_back_unreported_is_asked_about() {
    let second = GOOD.replace("2026-03-12", "2026-03-25").replace("k7q2", "m3x9").replace("w4h8", "t6d3");
    let workspace = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", GOOD).file("meetings/2026-03-25-marg.yaml", second);
    let ran = workspace.marg(&["check", "--only", "old-actions-unreported"]);
    assert!(ran.stdout.contains("QLM-7KQ2 came back, and nobody has said what became of `k7q2`"), "{ran}");
}

#[test]
fn ids_are_unique_and_a_wrong_file_does_not_make_others_wrong() {
    let twice = GOOD.replace("QLM-7KQ2", "QLM-B4TX").replace("2026-03-12", "2026-02-12");
    let workspace = TestWorkspace::new().file("meetings/a.yaml", &twice).file("meetings/b.yaml", GOOD);
    let ran = workspace.marg(&["check", "--wrong"]);
    assert!(ran.stdout.contains("the id `k7q2` is used already, for an action of QLM-B4TX in `a`"), "{ran}");
    assert!(ran.stdout.contains("meetings/b.yaml:12:15"), "{ran}");
    // The action is set in a file that cannot be read: whoever reports on it is not to blame.
    let reports = "meeting: marg\ndate: 2026-03-20\nprevious_actions: [{ id: k7q2, status: done }]\n";
    let workspace = TestWorkspace::new().file("meetings/a.yaml", GOOD.replace("views:", "\tviews:")).file("meetings/c.yaml", reports);
    let found = workspace.marg(&["check", "--wrong", "--format", "json"]);
    assert!(!found.stdout.contains("unknown-action"), "{found}");
}

/// What is left out of the list counts all the same.
#[test]
fn a_part_of_the_findings_is_called_a_part() {
    let unwise = GOOD.replace(", due: 2026-03-20", "");
    let workspace = TestWorkspace::new().file("meetings/a.yaml", &unwise).file("meetings/b.yaml", "meeting: marg\ndate: soon\n");
    let only = workspace.marg(&["check", "--only", "action-without-due"]);
    assert!(only.code == Some(1) && only.stderr.contains("1 wrong, 1 unwise. Shown: 1 of 2."), "{only}");
    let workspace = TestWorkspace::new().file("meetings/a.yaml", &unwise);
    let wrong = workspace.marg(&["check", "--wrong"]);
    assert!(wrong.code == Some(0) && wrong.stderr.contains("0 wrong, 1 unwise. Shown: 0 of 1.") && !wrong.stderr.contains("in order"), "{wrong}");
}

#[test]
fn files_that_would_be_passed_over_are_said() {
    let workspace =
        TestWorkspace::new().file("meetings/2026.yml", GOOD).file("meetings/a b.yaml", GOOD).file("meetings/x/m.yaml", GOOD).file("meetings/y/m.yaml", GOOD);
    let found = workspace.marg(&["check", "--wrong", "--format", "csv"]).stdout;
    for code in ["file-ending", "file-name", "same-name"] {
        assert!(found.contains(code), "{code} in {found}");
    }
}

#[test]
fn a_kind_of_finding_is_explained() {
    insta::assert_snapshot!(TestWorkspace::empty().marg(&["check", "--explain", "barrier-without-at"]), @r"
    barrier-without-at (unwise): a barrier does not say whose rule or practice it is

    A barrier belongs to somebody who could change it. Without `at` nobody can be asked. Name
    the agency whose rule or practice it is.
    ");
    insta::assert_snapshot!(TestWorkspace::empty().marg(&["check", "--explain", "barier-without-at"]), @r#"
    --- stderr
    error: there is no kind of finding called `barier-without-at`
    hint: did you mean `barrier-without-at`? `marg check --explain` lists them all
    --- exit 2
    "#);
}

#[test]
fn other_commands_refuse_what_is_wrong() {
    insta::assert_snapshot!(TestWorkspace::new().file("meetings/a.yaml", "meeting: marg\n").marg(&["barriers"]), @r"
    --- stderr
    error: 1 thing is wrong in 1 file, so the figures could be wrong too
    hint: `marg check` shows each of them, and what to do
    --- exit 3
    ");
}

#[test]
fn a_word_or_date_that_people_write_is_guessed() {
    let hints = |text: String| {
        let workspace = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text);
        let found: serde_json::Value = serde_json::from_str(&workspace.marg(&["check", "--all", "--format", "json"]).stdout).unwrap();
        found["findings"].as_array().unwrap().iter().map(|found| found["hints"][0].as_str().unwrap().to_owned()).collect::<Vec<_>>().join("; ")
    };
    let attended = GOOD.replace("cases:", "attendance: [{ agency: housing, status: attended }]\ncases:");
    assert_eq!(hints(attended), "did you mean `present`?");
    let consent = GOOD.replace("    views:", "    referral: { legal_basis: Public task, consent: yes }\n    views:");
    assert_eq!(hints(consent), "did you mean `given`?");
    assert_eq!(hints(GOOD.replace("next_review: 2026-04-09", "next_review: Thursday 9 April 2026")), "write it as 2026-04-09");
    assert_eq!(hints(GOOD.replace("status: held", "status: held\nstarts: 13.30")), "write it with a colon, in quotes: \"13:30\"");
}

#[test]
fn a_finding_fits_a_narrow_screen() {
    let text = GOOD.replace("at: housing, ", "");
    let workspace = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text);
    let ran = crate::harness::run_with(&workspace.path("."), &["check"], &[("COLUMNS", "60")]);
    for line in ran.stdout.lines().filter(|line| !line.contains(" | ")) {
        assert!(line.chars().count() <= 60, "{line}\n{ran}");
    }
    assert!(ran.stdout.contains("barrier-without-at"), "{ran}");
}

#[test]
fn a_meeting_that_was_never_finished_is_named() {
    let workspace = TestWorkspace::new().file("meetings/m.yaml", "meeting: marg\ndate: 2026-03-12\nstatus: held\n");
    let root = workspace.path("");
    let mut journal = marg::workspace::Journal::take(&root, "m").unwrap();
    journal.append(serde_json::json!("decision yes")).unwrap();
    for command in ["check", "meetings"] {
        let ran = workspace.marg(&[command]);
        assert_eq!(ran.code, Some(0), "{ran}");
        assert!(ran.stderr.contains("warning: `m` is being chaired, or was never finished: 1 line entered."), "{ran}");
    }
    journal.remove().unwrap();
    assert!(!workspace.marg(&["check"]).stderr.contains("chaired"));
}

/// A record in order but for one text, as an update.
fn with_update(update: &str) -> String {
    let lines: String = update.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("      {line}\n") }).collect();
    GOOD.replace("    views:", &format!("    update: |\n{lines}    views:"))
}

#[test]
fn a_label_is_asked_about_where_nothing_is_known_of_it() {
    let found = found_in(&with_update("At the day centre. History of arson."));
    let said = "8 label-without-context: `arson` stands here, and no record of QLM-7KQ2 says when it was, how old they were, what was meant by it, what harm it did, what was going on then, what has changed since or whether it was a conviction, a charge or an allegation\n";
    assert_eq!(found, said);
    // Words of another story nearby are no context.
    let other =
        "Seen last week after court. Moved because the room was damaged. A form was left. Two hostels asked. History of violence. One more is asked in March.";
    assert!(found_in(&with_update(other)).contains("`History of violence` stands here"), "{}", found_in(&with_update(other)));
    for fine in [
        "An arson attack on her flat. Somebody set fire to his tent. He was violent towards her.",
        "The offender manager and the substance misuse team came. DNA evidence was lost. He drank non-alcoholic beer.",
        "Convicted of arson in 2009, at nineteen: a bin behind a closed shop, drunk. Nothing since.",
        "Arson is on the form. Date, age then, intent and harm are not known; an allegation.",
        "No history of arson. The form says \"arson\".",
        "She fled a man with a history of violence.",
        "The arsonal is a pub.",
    ] {
        assert_eq!(found_in(&with_update(fine)), "", "{fine}");
    }
    let rule = GOOD.replace("at: housing,", "at: housing, rule: Nobody with arson on record or a chaotic life,");
    assert_eq!(found_in(&rule.replace("I want my", "I was a junkie and an arsonist. I want my")), "", "rules and the person's own words are quoted");
    let evidence = GOOD.replace("at: housing,", "at: housing, evidence: Arson,");
    assert!(found_in(&evidence).starts_with("10 label-without-context: `Arson` stands here"), "{}", found_in(&evidence));
}

#[test]
fn a_label_is_asked_about_once_a_person_and_not_where_an_earlier_record_knows() {
    let meeting = |date: &str, text: &str| {
        with_update(text).replace("2026-03-12", date).replace("k7q2", &date.replace("2026", "k")).replace("w4h8", &date.replace("2026", "w"))
    };
    let found = |first: &str, second: &str| {
        let workspace = TestWorkspace::new().file("meetings/a.yaml", meeting("2026-02-12", first)).file("meetings/b.yaml", meeting("2026-03-10", second));
        let found = workspace.marg(&["check", "--only", "label-without-context", "--format", "json"]).json();
        found["findings"].as_array().unwrap().iter().map(|found| found["file"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let known = "Convicted of arson in 2009, at nineteen: a bin behind a closed shop, drunk. Nothing since.";
    assert_eq!(found("Arson.", "Arson, arson and fire-setting."), ["meetings/b.yaml"]);
    assert_eq!(found(known, "Arson."), [""; 0]);
    assert_eq!(found("Arson.", "Seen at the day centre."), ["meetings/a.yaml"]);
}

#[test]
fn the_labels_and_the_plain_words_are_the_groups() {
    let group = "name: G\nagencies: [{ id: housing, name: Housing }]\nservices: [{ id: hostel, name: Hostel }]\n";
    let found = |recording: &str, text: &str| {
        let workspace =
            TestWorkspace::new().file("marg.yaml", format!("{group}recording:\n{recording}")).file("meetings/2026-03-12-marg.yaml", with_update(text));
        let found = workspace.marg(&["check", "--all", "--format", "json"]).json();
        let line = |found: &serde_json::Value| format!("{}; {}", found["message"].as_str().unwrap(), found["hints"][0].as_str().unwrap());
        found["findings"].as_array().unwrap().iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let labels = "  labels:\n    - { words: [absconded], asks: [when] }\n    - { name: fire-setting, words: [arson], asks: [] }\n";
    assert!(found(labels, "Absconded. Arson.").starts_with("`Absconded` stands here, and no record of QLM-7KQ2 says when it was;"));
    assert_eq!(found(labels, "Absconded in May 2024. Arson."), "");
    let words = "  plain_words:\n    chaotic:\n    tenant from hell: say what happened\n    addict: a person who uses\n";
    insta::assert_snapshot!(found(words, "Chaotic; an addict, hard-to-\nreach; the tenant from\nhell; potentially addicted."), @r"
    `addict` says little about QLM-7KQ2, and judges; write `a person who uses`
    `tenant from hell` says little about QLM-7KQ2, and judges; say what happened
    ");
    let wrong = TestWorkspace::new().file("marg.yaml", format!("{group}recording:\n  labels:\n    - {{ asks: [wen] }}\n"));
    let said = wrong.marg(&["check", "--format", "json"]).stdout;
    assert!(said.contains("`words` is missing here") && said.contains("did you mean `when`?"), "{said}");
    let misspelt = TestWorkspace::new().file("marg.yaml", format!("{group}recording:\n  labels:\n    - {{ name: weapon, words: [knife] }}\n"));
    let said = misspelt.marg(&["check", "--format", "json"]).stdout;
    assert!(said.contains("no built-in label is called `weapon`") && said.contains("did you mean `weapons`?"), "{said}");
}

#[test]
fn words_that_judge_are_found_in_themes_and_guides_too() {
    let theme = "title: Chaotic lives\nkind: need\ndefinition: Somebody is called \"hard to reach\".\nindicators: [chaotic]\nguide:\n  statements:\n    - { id: b1c2, section: what-to-do, says: Offer the addict a visit. }\n";
    let found = TestWorkspace::new().file("themes/lives.yaml", theme).marg(&["check", "--only", "word-that-judges", "--format", "csv"]).answer();
    assert_eq!(found.lines().skip(1).count(), 2, "{found}");
    assert!(found.contains("lives.yaml,1,") && found.contains("lives.yaml,7,"), "{found}");
}
