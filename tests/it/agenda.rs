//! `marg agenda`: the next meeting, from what the earlier ones say.

use crate::harness::{TestWorkspace, repository, run};

const JANUARY: &str = "\
meeting: marg
date: 2026-01-08
starts: \"13:30\"
ends: \"14:30\"
venue: Town hall
chair: Independent chair
required_agencies: [housing]
status: held
agenda:
  - { item: Welcome and statement, minutes: 10, took: 6 }
  - { case: QLM-7KQ2, minutes: 20, took: 26 }
  - { case: QLM-B4TX, minutes: 20, took: 14 }
  - { case: QLM-N9WD, minutes: 20 }
cases:
  - ref: QLM-7KQ2
    type: new
    actions:
      - { id: k7q2, what: Ask the insurer, owner: housing, due: 2026-01-20 }
      - { id: m3x9, what: Visit, owner: police, due: 2026-02-01 }
    next_review: 2026-02-12
  - { ref: QLM-B4TX, type: new, next_review: 2026-04-09 }
  - { ref: QLM-N9WD, type: new, closed: { reason: Moved away } }
";
const MARCH: &str = "\
meeting: marg
date: 2026-03-12
starts: \"13:30\"
ends: \"14:30\"
venue: Town hall, upstairs
chair: Independent chair
required_agencies: [housing]
status: held
agenda:
  - { item: Welcome and statement, minutes: 10, took: 4 }
  - { case: QLM-7KQ2, minutes: 10, took: 12 }
  - { case: QLM-C5VV, minutes: 20, deferred: The referrer was not there }
  - { case: QLM-H2HX, minutes: 20 }
  - { item: Any other business, minutes: 5 }
previous_actions:
  - { id: m3x9, status: done, on: 2026-02-05 }
cases:
  - { ref: QLM-7KQ2, type: review, next_review: 2026-04-01 }
  - { ref: QLM-W8PZ, type: new, custody: { status: sentenced, release_date: 2026-04-20 }, next_review: 2026-04-08 }
  - { ref: QLM-K3KK, type: new }
next_meeting: 2026-04-09
";

fn workspace() -> TestWorkspace {
    TestWorkspace::new().file("meetings/2026-01-08-marg.yaml", JANUARY).file("meetings/2026-03-12-marg.yaml", MARCH)
}

const NEXT: &str = "meetings/2026-04-09-marg.yaml";

#[test]
fn the_next_meeting_is_made_of_what_is_due() {
    let workspace = workspace();
    insta::assert_snapshot!(workspace.marg(&["agenda"]), @r###"
    meetings/2026-04-09-marg.yaml
    --- stderr
    Made: 3 reviews and 2 new cases, 99 of 60 minutes. Why each case is on it stands in the file; change it as you like.
    warning: the agenda takes 99 minutes, and the meeting lasts 60: 39 too many
    hint: QLM-B4TX (10 minutes) could wait for the meeting after: review due on 2026-04-09, none of its actions is overdue
    hint: QLM-7KQ2 (10 minutes) could wait for the meeting after: review due on 2026-04-01, 1 overdue action
    hint: no other review on it can wait; give some items fewer minutes, or make the meeting longer
    hint: not on it: QLM-K3KK, open, last discussed on 2026-03-12, and nobody has said when it is looked at again
    "###);
    insta::assert_snapshot!(workspace.read(NEXT), @r###"
    # yaml-language-server: $schema=../schemas/meeting.schema.json
    meeting: marg
    date: 2026-04-09
    starts: "13:30"
    ends: "14:30"
    venue: Town hall, upstairs
    chair: Independent chair
    status: planned
    required_agencies: [housing]

    # Made by `marg agenda` from the meetings up to 2026-03-12: 3 reviews and 2 new cases, 99 of 60 minutes. It is yours now, change what you like.
    # - Open actions, the oldest first: 1 open action, the oldest set on 2026-01-08
    # - QLM-W8PZ: review due on 2026-04-08; release from custody on 2026-04-20
    # - QLM-7KQ2: review due on 2026-04-01; 1 overdue action
    # - QLM-B4TX: review due on 2026-04-09
    # - QLM-C5VV: put off on 2026-03-12: The referrer was not there
    # - QLM-H2HX: not reached on 2026-03-12
    # - not on it: QLM-K3KK, open, last discussed on 2026-03-12, and nobody has said when it is looked at again
    agenda:
      - { item: Welcome and introductions, minutes: 3 }
      - { item: Apologies, minutes: 1 }
      - { item: Confidentiality statement, minutes: 3 }
      - { item: Conflicts of interest, minutes: 1 }
      - { item: Minutes of the meeting of 12 March 2026, minutes: 5 }
      - { item: "Open actions, the oldest first", minutes: 10 }
      - { case: QLM-W8PZ, minutes: 10 }
      - { case: QLM-7KQ2, minutes: 10 }
      - { case: QLM-B4TX, minutes: 10 }
      - { case: QLM-C5VV, minutes: 20 }
      - { case: QLM-H2HX, minutes: 20 }
      - { item: Any other business, minutes: 5 }
      - { item: Next meeting, minutes: 1 }
    "###);
    assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
    let other = self::workspace();
    let _ = other.marg(&["agenda"]);
    assert_eq!(other.read(NEXT), workspace.read(NEXT));
}

#[test]
fn what_would_be_made_can_be_seen_before() {
    let workspace = workspace();
    insta::assert_snapshot!(workspace.marg(&["agenda", "--dry-run"]), @r###"
    Item                                     Minutes  Why                                                           Minutes learnt from
    Welcome and introductions                      3                                                                2 such items
    Apologies                                      1                                                                nothing yet: a usual value
    Confidentiality statement                      3                                                                2 such items
    Conflicts of interest                          1                                                                nothing yet: a usual value
    Minutes of the meeting of 12 March 2026        5                                                                nothing yet: a usual value
    Open actions, the oldest first                10  1 open action, the oldest set on 2026-01-08                   nothing yet: a usual value
    QLM-W8PZ                                      10  review due on 2026-04-08; release from custody on 2026-04-20  1 such item
    QLM-7KQ2                                      10  review due on 2026-04-01; 1 overdue action                    1 discussion of this case
    QLM-B4TX                                      10  review due on 2026-04-09                                      1 such item
    QLM-C5VV                                      20  put off on 2026-03-12: The referrer was not there             3 such items
    QLM-H2HX                                      20  not reached on 2026-03-12                                     3 such items
    Any other business                             5                                                                1 such item
    Next meeting                                   1                                                                nothing yet: a usual value
    --- stderr
    2026-04-09-marg would be made: 3 reviews and 2 new cases, 99 of 60 minutes.
    warning: the agenda takes 99 minutes, and the meeting lasts 60: 39 too many
    hint: QLM-B4TX (10 minutes) could wait for the meeting after: review due on 2026-04-09, none of its actions is overdue
    hint: QLM-7KQ2 (10 minutes) could wait for the meeting after: review due on 2026-04-01, 1 overdue action
    hint: no other review on it can wait; give some items fewer minutes, or make the meeting longer
    hint: not on it: QLM-K3KK, open, last discussed on 2026-03-12, and nobody has said when it is looked at again
    "###);
    assert!(!workspace.path(NEXT).exists());
}

#[test]
fn the_file_is_the_coordinators_from_then_on() {
    let mine = "# mine\nmeeting: marg\ndate: 2026-04-09\nstatus: planned\nagenda:\n  - { item: Welcome, minutes: 5 }\n  - { case: QLM-7KQ2, minutes: 10 } # ring first\n  - { case: QLM-N9WD, minutes: 5 }\n  - { item: AOB, minutes: 5 }\n";
    let workspace = workspace().file(NEXT, mine);
    insta::assert_snapshot!(workspace.marg(&["agenda"]), @r###"
    Item      Minutes  Why                                                           Minutes learnt from
    QLM-W8PZ       10  review due on 2026-04-08; release from custody on 2026-04-20  1 such item
    QLM-B4TX       10  review due on 2026-04-09                                      1 such item
    QLM-C5VV       20  put off on 2026-03-12: The referrer was not there             3 such items
    QLM-H2HX       20  not reached on 2026-03-12                                     3 such items
    --- stderr
    meetings/2026-04-09-marg.yaml is there and was left as it is; 4 cases are due by then and not on its agenda. `marg agenda --update` adds them.
    warning: QLM-N9WD is on its agenda and was closed on 2026-01-08: if it does not come back, take it off
    hint: not on it: QLM-K3KK, open, last discussed on 2026-03-12, and nobody has said when it is looked at again
    "###);
    assert_eq!(workspace.read(NEXT), mine);
    insta::assert_snapshot!(workspace.marg(&["agenda", "--update"]), @r###"
    meetings/2026-04-09-marg.yaml
    --- stderr
    Added to its agenda: QLM-W8PZ, QLM-B4TX, QLM-C5VV and QLM-H2HX.
    warning: QLM-N9WD is on its agenda and was closed on 2026-01-08: if it does not come back, take it off
    hint: not on it: QLM-K3KK, open, last discussed on 2026-03-12, and nobody has said when it is looked at again
    "###);
    let updated = workspace.read(NEXT);
    for line in mine.lines() {
        assert!(updated.lines().any(|now| now == line), "{line}");
    }
    let order: Vec<usize> = ["QLM-N9WD", "QLM-C5VV", "item: AOB"].iter().map(|words| updated.find(words).unwrap()).collect();
    assert!(order.is_sorted(), "{updated}");
    assert!(workspace.marg(&["agenda"]).stderr.contains("every case that is due by then is on its agenda"));
}

#[test]
fn it_says_whose_meeting_and_which_day_it_needs() {
    let none = TestWorkspace::new();
    insta::assert_snapshot!(none.marg(&["agenda"]), @r###"
    --- stderr
    error: there is no meeting yet that says when the next one is
    hint: give the day to `--date`, such as `--date 2026-05-14`
    --- exit 2
    "###);
    let first = none.marg(&["agenda", "--date", "2026-04-02"]);
    assert_eq!(first.code, Some(0), "{first}");
    assert!(none.read("meetings/2026-04-02-marg.yaml").contains("item: Any other business"));
    assert_eq!(none.marg(&["check", "--wrong"]).code, Some(0));

    let workspace = workspace();
    assert!(workspace.marg(&["agenda", "--date", "2026-03-01"]).stderr.contains("2026-03-01 is past"));
    assert!(workspace.marg(&["agenda", "--kind", "mrg"]).stderr.contains("did you mean `marg`?"));
    let late = workspace.file("meetings/2026-03-12-marg.yaml", MARCH.replace("next_meeting: 2026-04-09", "next_meeting: 2026-03-20"));
    let past = late.marg(&["agenda"]);
    assert!(past.stderr.contains("on 2026-03-20, and that is past") && past.stderr.contains("`--date 2026-05-14`"), "{past}");
}

#[test]
fn groups_that_share_a_workspace_have_agendas_of_their_own() {
    let east = JANUARY.replace("QLM-", "EAS-").replace("k7q2", "k7q3").replace("m3x9", "m3x8");
    let workspace = TestWorkspace::new()
        .file("meetings/2026/2026-01-08-east.yaml", east)
        .file("meetings/2026/2026-03-12-west.yaml", MARCH.replace("  - { id: m3x9, status: done, on: 2026-02-05 }\n", ""));
    let both = workspace.marg(&["agenda"]);
    assert!(both.code == Some(2) && both.stderr.contains("`--kind east` or `--kind west`"), "{both}");
    let west = workspace.marg(&["agenda", "--kind", "west"]);
    assert_eq!(west.stdout, "meetings/2026/2026-04-09-west.yaml\n", "{west}");
    let text = workspace.read("meetings/2026/2026-04-09-west.yaml");
    assert!(text.starts_with("# yaml-language-server: $schema=../../schemas/") && text.contains("QLM-7KQ2") && !text.contains("EAS-"), "{text}");
    let next_year = workspace.marg(&["agenda", "--kind", "west", "--date", "2027-01-14"]);
    assert_eq!(next_year.stdout, "meetings/2027/2027-01-14-west.yaml\n");
}

#[test]
fn too_much_for_one_afternoon_is_said_with_what_could_wait() {
    let short = MARCH.replace("ends: \"14:30\"", "ends: \"14:00\"");
    let ran = workspace().file("meetings/2026-03-12-marg.yaml", short).marg(&["agenda"]);
    insta::assert_snapshot!(ran.stderr, @r###"
    Made: 3 reviews and 2 new cases, 99 of 30 minutes. Why each case is on it stands in the file; change it as you like.
    warning: the agenda takes 99 minutes, and the meeting lasts 30: 69 too many
    hint: QLM-B4TX (10 minutes) could wait for the meeting after: review due on 2026-04-09, none of its actions is overdue
    hint: QLM-7KQ2 (10 minutes) could wait for the meeting after: review due on 2026-04-01, 1 overdue action
    hint: no other review on it can wait; give some items fewer minutes, or make the meeting longer
    hint: not on it: QLM-K3KK, open, last discussed on 2026-03-12, and nobody has said when it is looked at again
    "###);
}

#[test]
fn a_referral_says_all_that_it_lacks_at_once() {
    let workspace = workspace();
    let _ = workspace.marg(&["agenda"]);
    let before = workspace.read(NEXT);
    insta::assert_snapshot!(workspace.marg(&["agenda", "add", "QLM-X4T9", "--agency", "police"]), @r###"
    --- stderr
    error: the referral of QLM-X4T9 does not say `--reason`, `--tried`, `--offer`, `--legal-basis`, `--consent` and `--asked-by`
    hint: --reason: Why now? What has happened, in a sentence or two
    hint: --tried: What has been tried so far, and by whom?
    hint: --offer: What does the referrer itself offer to do?
    hint: --legal-basis: On what legal basis is this shared?
    hint: --consent: Has the person agreed? given, withheld, not-sought or lacks-capacity
    hint: --asked-by: Which agency asked the person?
    hint: what is not known needs a reason: `--missing "reason: …"`
    --- exit 2
    "###);
    assert_eq!(workspace.read(NEXT), before);
}

#[test]
fn a_referral_comes_onto_the_agenda_and_into_the_file() {
    let workspace = workspace();
    let _ = workspace.marg(&["agenda"]);
    let before = workspace.read(NEXT);
    let ran = workspace.marg(&[
        "agenda",
        "add",
        "QLM-X4T9",
        "--agency",
        "police",
        "--reason",
        "Third fire: nobody will have him",
        "--offer",
        "A visit with the fire service",
        "--legal-basis",
        "Consent",
        "--consent",
        "given",
        "--asked-by",
        "police",
        "--missing",
        "tried: seen for the first time",
    ]);
    insta::assert_snapshot!(ran, @r###"
    meetings/2026-04-09-marg.yaml
    --- stderr
    QLM-X4T9 is on the agenda of 2026-04-09-marg with 20 minutes, and its referral stands in the file.
    "###);
    let after = workspace.read(NEXT);
    let added: Vec<&str> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    insta::assert_snapshot!(added.join("\n"), @r###"
      - { case: QLM-X4T9, minutes: 20 }
    cases:
      - ref: QLM-X4T9
        type: new
        referral:
          agency: police
          reason: "Third fire: nobody will have him"
          offer: A visit with the fire service
          legal_basis: Consent
          consent: given
          asked_by: police
          left_open: ["tried: seen for the first time"]
    "###);
    assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
    for (words, why) in [
        (&["agenda", "add", "QLM-X4T9"][..], "is in 2026-04-09-marg already"),
        (&["agenda", "add", "QLM-7KQ2"], "is in 2026-04-09-marg already"),
        (&["agenda", "add", "QLM-B4TX"], "is in 2026-04-09-marg already"),
        (&["agenda", "add", "John Smith"], "cannot be a ref"),
        (&["agenda", "add", "QLM-M2PP", "--consent", "yes"], "there is no such answer `yes`"),
        (&["agenda", "add", "QLM-M2PP", "--agency", "polize"], "did you mean `police`?"),
        (&["agenda", "add", "QLM-M2PP", "--missing", "tried"], "does not say why"),
        (&["agenda", "add", "QLM-M2PP", "--missing", "hope: none"], "a referral has no `hope`"),
        (&["agenda", "add", "QLM-K3KK"], "it is open, and was last discussed on 2026-03-12"),
    ] {
        let refused = workspace.marg(words);
        assert!(refused.code == Some(2) && refused.stderr.contains(why), "{words:?}: {refused}");
    }
    assert_eq!(workspace.read(NEXT), after);
    assert!(workspace.marg(&["agenda", "add", "QLM-JS-010285"]).stderr.contains("looks like"));
}

#[test]
fn a_case_comes_back_and_an_urgent_one_comes_first() {
    let workspace = workspace();
    let _ = workspace.marg(&["agenda"]);
    let whole: Vec<&str> = ["agenda", "reason", "tried", "offer", "legal_basis", "consent", "asked_by"].iter().skip(1).copied().collect();
    let missing: Vec<String> = whole.iter().map(|field| format!("{field}: to come")).collect();
    let mut words = vec!["agenda", "add", "QLM-N9WD", "--agency", "police"];
    missing.iter().for_each(|text| words.extend(["--missing", text.as_str()]));
    let back = workspace.marg(&words);
    assert!(back.code == Some(0) && back.stderr.contains("QLM-N9WD was closed on 2026-01-08 (Moved away), and comes back."), "{back}");
    let urgent = workspace.marg(&["agenda", "add", "QLM-K3KK", "--urgent", "--agency", "police", "--reason", "Evicted on Friday", "--minutes", "25"]);
    assert_eq!(urgent.code, Some(0), "{urgent}");
    let text = workspace.read(NEXT);
    let first = text.lines().find(|line| line.contains("case:")).unwrap();
    assert!(first.contains("QLM-K3KK, minutes: 25"), "{text}");
    assert!(text.contains("type: urgent"));
    assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
}

#[test]
fn without_a_planned_meeting_it_says_how_to_make_one() {
    for words in [&["agenda", "add", "QLM-X4T9"][..], &["agenda", "--print"], &["agenda", "--ics", "x.ics"]] {
        let ran = workspace().marg(words);
        assert!(ran.code == Some(2) && ran.stderr.contains("`marg agenda` makes the file of the next one"), "{ran}");
    }
}

#[test]
fn a_broken_workspace_is_refused() {
    let broken = workspace().file("meetings/2026-02-12-marg.yaml", "meeting: marg\ndate: soon\n");
    for words in [&["agenda"][..], &["agenda", "--print"], &["agenda", "add", "QLM-X4T9"], &["due"], &["actions", "done", "k7q2"]] {
        let ran = broken.marg(words);
        assert!(ran.code == Some(3) && ran.stderr.contains("`marg check` shows each of them"), "{ran}");
    }
}

#[test]
fn the_agenda_is_printed_as_the_minutes_are() {
    let sample = run(repository(), &["agenda", "--print"]);
    assert!(sample.stdout.contains("QLM-5WSH") && sample.stdout.contains("Civic Hall"), "{sample}");
    let workspace = workspace();
    let _ = workspace.marg(&["agenda"]);
    let printed = workspace.marg(&["agenda", "2026-04-09"]).answer();
    let _ = workspace.marg(&["agenda", "--print", "--out", "desk"]).answer();
    assert_eq!(workspace.read("desk/minutes-2026-04-09-marg.md"), printed);
    let held = workspace.marg(&["agenda", "2026-03-12"]);
    assert!(held.code == Some(2) && held.stderr.contains("`marg minutes 2026-03-12-marg` writes its minutes"), "{held}");
}

#[test]
fn the_invitation_names_refs_and_nobody() {
    let named = MARCH.replace("Independent chair", "Jane Fenn");
    let workspace = workspace().file("meetings/2026-03-12-marg.yaml", named);
    let _ = workspace.marg(&["agenda"]);
    let text = workspace.read(NEXT).replace("item: Any other business", "item: Jane Fenn on arson");
    let workspace = workspace.file(NEXT, text);
    let ran = workspace.marg(&["agenda", "--ics", "invitation.ics"]);
    assert!(ran.code == Some(0) && ran.stderr.contains("an item of the agenda was kept back: it names somebody"), "{ran}");
    let unfolded = workspace.read("invitation.ics").replace("\r\n ", "");
    assert!(unfolded.contains("DTSTART:20260409T123000Z\r\nDTSTAMP") || unfolded.contains("DTSTART:20260409T123000Z\r\n"), "{unfolded}");
    assert!(unfolded.contains("QLM-7KQ2 (10 min)") && unfolded.contains("LOCATION:Town hall\\, upstairs") && !unfolded.contains("Fenn"), "{unfolded}");
    let again = workspace.marg(&["agenda", "--ics", "-"]).answer();
    assert_eq!(again, workspace.read("invitation.ics"));
}

#[test]
fn a_case_that_was_put_off_and_never_came_back_is_asked_about() {
    let later = "meeting: marg\ndate: 2026-03-19\nstatus: held\nconfidentiality: { read_by: chair }\n";
    let asked = |workspace: TestWorkspace| workspace.marg(&["check", "--all"]).stdout;
    assert!(!asked(workspace()).contains("deferred-case-lost"), "the next meeting is still to come");
    let lost = asked(workspace().file("meetings/2026-03-19-marg.yaml", later));
    assert!(lost.contains("unwise[deferred-case-lost]: QLM-C5VV was put off here") && lost.contains("2026-03-12-marg.yaml:12"), "{lost}");
    let back = later.replace("status: held", "status: held\nagenda: [{ case: QLM-C5VV }]");
    assert!(!asked(workspace().file("meetings/2026-03-19-marg.yaml", back)).contains("deferred-case-lost"));
}

#[test]
fn no_new_meeting_is_made_once_the_sharing_agreement_is_overdue_unless_somebody_says_why() {
    let group = |review_by: &str| {
        let workspace = workspace();
        let text = std::fs::read_to_string(workspace.path("marg.yaml")).unwrap();
        std::fs::write(workspace.path("marg.yaml"), format!("{text}information_sharing: {{ agreement: ISA-1, review_by: {review_by} }}\n")).unwrap();
        workspace
    };
    let at = |workspace: &TestWorkspace, more: &[&str]| workspace.marg(&[&["agenda", "--today", "2026-03-26"], more].concat());
    let found = |review_by: &str| {
        let said = group(review_by).marg(&["check", "--only", "sharing-agreement-due", "--today", "2026-03-26"]).stdout;
        said.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(found("2026-05-26"), "", "61 days before, nothing is said");
    assert_eq!(found("2026-05-25"), "unwise[sharing-agreement-due]: the review of the agreement ISA-1 is due in 60 days");
    assert_eq!(found("2026-03-25"), "unwise[sharing-agreement-due]: the review of the agreement ISA-1 has been overdue for 1 day");

    let overdue = group("2026-03-25");
    let refused = at(&overdue, &[]);
    assert!(refused.code == Some(1) && refused.stderr.contains("ISA-1 was to be reviewed by 2026-03-25") && refused.stderr.contains("--although"), "{refused}");
    assert!(!overdue.path(NEXT).exists());
    at(&overdue, &["--although", "The new one is signed on Friday"]).answer();
    assert!(std::fs::read_to_string(overdue.path(NEXT)).unwrap().contains("although: The new one is signed on Friday"));
    let minutes = overdue.marg(&["minutes", "2026-04-09", "--out", "out", "--today", "2026-03-26"]);
    let page = std::fs::read_to_string(overdue.path("out/minutes-2026-04-09-marg.md")).unwrap_or_else(|_| panic!("{minutes}"));
    assert!(page.contains("The new one is signed on Friday"), "{page}");
    // Due before the meeting and not yet over: it is said.
    let soon = at(&group("2026-04-01"), &[]);
    assert!(soon.code == Some(0) && soon.stderr.contains("before this meeting"), "{soon}");
}
