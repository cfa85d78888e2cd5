//! `marg tag` on the command line: what changes in a file, what does not, and how it is taken back.

use std::process::Command;

use crate::harness::{TestWorkspace, run_with};

const MEETING: &str = "meeting: marg
date: 2026-03-12   # a Thursday
cases:
  # the first
  - ref: QLM-A2
    update: Seen twice.   # by outreach
    needs: [homeless]
    barriers:
      - { theme: fire-history, id: b2c3, blocks: hostel, at: housing, status: live }   # asked in May
  - ref: QLM-B2
    update: Seen once.

# the end
";

fn workspace() -> TestWorkspace {
    TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", MEETING)
}

const FILE: &str = "meetings/2026-03-12-marg.yaml";

#[test]
fn a_tag_goes_where_its_kind_belongs() {
    let workspace = workspace();
    workspace.marg(&["tag", "QLM-B2@2026-03-12-marg", "+homeless", "+joint visit", "+fires", "at=police", "rule=Nobody", "--by", "KIM"]).answer();
    let text = workspace.read(FILE);
    let added = text.split("Seen once.\n").nth(1).unwrap();
    insta::assert_snapshot!(added, @r"
        needs: [homeless]
        barriers:
          - { theme: fire-history, at: police, rule: Nobody, status: live }
        enablers: [visit]
        tagging:
          - { theme: homeless, by: KIM, on: 2026-03-26 }
          - { theme: visit, by: KIM, on: 2026-03-26 }
          - { theme: fire-history, by: KIM, on: 2026-03-26 }

    # the end
    ");
    assert!(text.starts_with(MEETING.split("Seen once.").next().unwrap()));
    workspace.marg(&["check"]).answer();
}

#[test]
fn a_tag_said_again_is_changed_and_another_agency_is_another_sentence() {
    let workspace = workspace();
    workspace.marg(&["tag", "QLM-A2", "+fire", "status=eased", "rule=A letter helps"]).answer();
    assert!(
        workspace.read(FILE).contains("{ theme: fire-history, id: b2c3, blocks: hostel, at: housing, rule: A letter helps, status: eased }   # asked in May")
    );
    workspace.marg(&["tag", "QLM-A2", "+fire", "at=police"]).answer();
    let ambiguous = workspace.marg(&["tag", "QLM-A2", "+fire", "status=live"]);
    assert!(ambiguous.code == Some(2) && ambiguous.stderr.contains("stands here 2 times") && ambiguous.stderr.contains("at=AGENCY"), "{ambiguous}");
    workspace.marg(&["tag", "QLM-A2", "-fire", "at=police"]).answer();
    assert_eq!(workspace.read(FILE).matches("fire-history").count(), 1);
    let again = workspace.marg(&["tag", "QLM-A2", "+homeless"]);
    assert!(again.code == Some(0) && again.stderr.contains("was tagged already.") && again.stderr.contains("Nothing has to change."), "{again}");
}

#[test]
fn a_look_changes_nothing_and_a_change_is_taken_back_unless_somebody_has_changed_the_file() {
    let workspace = workspace();
    let look = workspace.marg(&["tag", "QLM-A2", "-homeless", "+visit", "--dry-run"]).answer();
    insta::assert_snapshot!(look, @r"
    meetings/2026-03-12-marg.yaml:7: -    needs: [homeless]
    meetings/2026-03-12-marg.yaml:9: +    enablers: [visit]
    ");
    assert_eq!(workspace.read(FILE), MEETING);
    workspace.marg(&["tag", "QLM-A2", "-homeless"]).answer();
    workspace.marg(&["tag", "QLM-A2", "+visit"]).answer();
    workspace.marg(&["tag", "--undo"]).answer();
    workspace.marg(&["tag", "--undo"]).answer();
    assert_eq!(workspace.read(FILE), MEETING);
    assert_eq!(workspace.marg(&["tag", "--undo"]).code, Some(2));
    workspace.marg(&["tag", "QLM-A2", "+visit"]).answer();
    let mine = workspace.read(FILE) + "# mine\n";
    std::fs::write(workspace.path(FILE), &mine).unwrap();
    let refused = workspace.marg(&["tag", "--undo"]);
    assert!(refused.code == Some(2) && refused.stderr.contains("has been changed since"), "{refused}");
    assert_eq!(workspace.read(FILE), mine);
}

#[test]
fn who_confirms_is_somebody_else_and_who_refuses_has_a_name() {
    let workspace = workspace();
    workspace.marg(&["tag", "QLM-B2", "+homeless", "--by", "KIM"]).answer();
    let own = workspace.marg(&["tag", "QLM-B2", "homeless", "--confirm", "--by", "KIM"]);
    assert!(own.code == Some(2) && own.stderr.contains("KIM tagged `homeless`"), "{own}");
    run_with(&workspace.path(""), &["tag", "QLM-B2", "homeless", "--confirm"], &[("MARG_USER", "SAM")]).answer();
    assert!(workspace.read(FILE).contains("{ theme: homeless, by: KIM, on: 2026-03-26, confirmed_by: SAM }"));
    let nobody = workspace.marg(&["tag", "QLM-B2", "fires", "--refuse"]);
    assert!(nobody.code == Some(2) && nobody.stderr.contains("--by NAME"), "{nobody}");
    workspace.marg(&["tag", "QLM-B2", "fires", "--refuse", "memo=It was his brother.", "about=rule", "--by", "SAM"]).answer();
    assert!(
        workspace.read(FILE).contains("{ theme: fire-history, on: 2026-03-26, refused_by: SAM, memo: It was his brother., about: rule }"),
        "{}",
        workspace.read(FILE)
    );
    let overruled = workspace.marg(&["tag", "QLM-B2", "+fires"]);
    assert!(overruled.stderr.contains("SAM had refused it, which is taken back."), "{overruled}");
    let tagged = workspace.marg(&["tag", "QLM-B2", "fires", "--refuse", "--by", "SAM"]);
    assert!(tagged.code == Some(2) && tagged.stderr.contains("what is tagged counts"), "{tagged}");
}

#[test]
fn what_a_guide_rests_on_stays() {
    let theme = "title: Fire history blocks housing\nkind: barrier\ndefinition: An old fire decides.\nguide:\n  statements:\n    - { id: s7p4, section: what-works, says: Ask., evidence: [b2c3] }\n";
    let workspace = workspace().file("themes/fire-history.yaml", theme);
    let refused = workspace.marg(&["tag", "QLM-A2", "-fire-history"]);
    assert!(refused.code == Some(2) && refused.stderr.contains("the evidence of a statement in the guide `fire-history`"), "{refused}");
    assert_eq!(workspace.read(FILE), MEETING);
}

#[test]
fn agreed_minutes_keep_their_tags_unless_somebody_insists_and_notes_are_no_part_of_them() {
    let workspace = workspace();
    workspace.marg(&["minutes", "agree", "2026-03-12-marg"]).answer();
    let refused = workspace.marg(&["tag", "QLM-A2", "-homeless"]);
    assert!(refused.code == Some(2) && refused.stderr.contains("--agreed-too"), "{refused}");
    workspace.marg(&["tag", "QLM-A2", "homeless", "--confirm", "--by", "SAM", "memo=Since May."]).answer();
    let check = workspace.marg(&["check", "--format", "csv"]);
    assert!(!check.stdout.contains("the record has changed"), "{check}");
    let insisted = workspace.marg(&["tag", "QLM-A2", "-homeless", "--agreed-too"]);
    assert!(insisted.code == Some(0) && insisted.stderr.contains("marg minutes agree 2026-03-12-marg --again"), "{insisted}");
    assert!(workspace.marg(&["check", "--format", "csv"]).stdout.contains("the record has changed"));
}

#[test]
fn what_cannot_be_meant_is_said_and_nothing_is_written() {
    let workspace = workspace();
    for (words, says) in [
        (&["QLM-A2"][..], "no theme is named"),
        (&["QLM-A2", "+homles"], "did you mean `homeless`?"),
        (&["QLM-A2", "+homeless", "at=police"], "is said of barriers only"),
        (&["QLM-A2", "+fires", "statsu=live"], "did you mean `status=`?"),
        (&["QLM-A2", "+fires", "status=gone"], "it is one of `live`, `eased` or `resolved`"),
        (&["QLM-A2", "+fires", "at=fire"], "there is no agency `fire`"),
        (&["QLM-A2", "at=police", "+fires"], "stands before the theme"),
        (&["QLM-A2", "visit"], "`+visit` tags it"),
        (&["QLM-A2", "-visit"], "is not tagged with `visit`"),
        (&["QLM-A2", "+visit", "--dri-run"], "did you mean `--dry-run`?"),
        (&["QLM-C2", "+visit"], "no meeting has discussed a case `QLM-C2`"),
        (&["QLM-A2@2026-03-13", "+visit"], "there is no meeting `2026-03-13`"),
    ] {
        let ran = workspace.marg(&[&["tag"], words].concat());
        assert!(ran.code == Some(2) && ran.stderr.contains(says), "{words:?}: {ran}");
    }
    assert_eq!(workspace.read(FILE), MEETING);
}

/// What `git diff --numstat` says of one change: lines that came, and lines that went.
fn lines_changed(workspace: &TestWorkspace, before: &str) -> (usize, usize) {
    let old = workspace.path("before.yaml");
    std::fs::write(&old, before).unwrap();
    let output = Command::new("git").args(["diff", "--no-index", "--numstat"]).arg(&old).arg(workspace.path(FILE)).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut numbers = text.split_whitespace().map(|number| number.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

#[test]
fn ten_edits_of_each_kind_change_the_lines_they_must_and_no_remark() {
    let mut text = "# the whole\nmeeting: marg\ndate: 2026-03-12   # a day\ncases:\n".to_owned();
    for n in 10..20 {
        let (needs, lines) = if n % 2 == 0 {
            ("[homeless]   # since May", "      - { theme: fire-history, at: housing, status: live }   # asked")
        } else {
            ("\n      - homeless   # since May", "      - theme: fire-history   # asked\n        at: housing\n        status: live   # still")
        };
        text += &format!(
            "  # person {n}\n  - ref: QLM-{n}\n    update: |\n      Seen {n} times.\n    needs: {needs}\n    barriers:\n{lines}\n    next_review: 2026-04-09   # or sooner\n"
        );
    }
    let workspace = TestWorkspace::new().file(FILE, &text);
    let remarks = text.matches('#').count();
    for (kind, words, most) in [
        ("change", &["+fire-history", "status=eased"][..], (1, 1)),
        ("add", &["+visit"], (1, 0)),
        ("note", &["homeless", "memo=Is it one?", "about=question"], (2, 0)),
        ("sentence", &["+fire-history", "at=police", "blocks=hostel"], (4, 0)),
    ] {
        for n in 10..20 {
            let before = workspace.read(FILE);
            workspace.marg(&[&["tag", &format!("QLM-{n}")], words].concat()).answer();
            let (came, went) = lines_changed(&workspace, &before);
            assert!(came > 0 && came <= most.0 && went <= most.1, "{kind} {n}: {came} came and {went} went\n{}", workspace.read(FILE));
            assert_eq!(workspace.read(FILE).matches('#').count(), remarks, "{kind} {n}");
        }
    }
    for _ in 0..40 {
        workspace.marg(&["tag", "--undo"]).answer();
    }
    assert_eq!(workspace.read(FILE), text);
}
