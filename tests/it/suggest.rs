//! `marg suggest`

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use crate::harness::{TODAY, TestWorkspace, repository, run};

const FIRE: &str = "\
title: Fire history blocks housing
kind: barrier
definition: A recorded fire leads providers to refuse.
indicators: [arson on record, declined due to arson]
also_known_as: [fires]
";
const HOMELESS: &str = "\
title: Homelessness
kind: need
definition: No home.
indicators: [sleeping rough, no fixed abode]
";
const SUICIDE: &str = "\
title: Self-harm or suicide risk
kind: need
definition: Self-harm, suicidal thoughts or attempts.
indicators: [suicidal, overdose]
";
const MEETING: &str = "\
meeting: marg
date: 2026-03-12
status: held
cases:
  - ref: QLM-7KQ2
    update: |
      A quiet month at first. Then
      he was found sleeping
      rough by the canal, twice.

      The hostel turned him down because of the arson.
    needs: [homeless]
  - ref: QLM-B4TX
    referral: { reason: \"Denies being suicidal. In a doorway since Sunday.\" }
    views: [{ whose: person, says: \"No answer from anybody.\" }]
";

fn workspace() -> TestWorkspace {
    TestWorkspace::new()
        .file("themes/fire-history.yaml", FIRE)
        .file("themes/homeless.yaml", HOMELESS)
        .file("themes/self-harm.yaml", SUICIDE)
        .file("meetings/2026-03-12-marg.yaml", MEETING)
}

#[test]
fn the_last_meeting_is_looked_at_for_themes_it_does_not_have() {
    insta::assert_snapshot!(workspace().marg(&["suggest"]), @r"
    Case      Theme         Strength           It says                               Why                                         File and line
    QLM-7KQ2  fire-history  likely             turned him down because of the arson  near the indicator “declined due to arson”  meetings/2026-03-12-marg.yaml:11
    QLM-B4TX  homeless      likely             doorway                               near the indicator “sleeping rough”         meetings/2026-03-12-marg.yaml:14
    QLM-B4TX  self-harm     held back: denied  suicidal                              near the indicator “suicidal”               meetings/2026-03-12-marg.yaml:14
    --- stderr
    2 suggestions for 2 of 2 discussions at 2026-03-12-marg, 1 held back. None counts until a person confirms it.
    ");
}

#[test]
fn one_case_one_meeting_or_one_theme_is_looked_at() {
    let earlier = MEETING.replace("2026-03-12", "2026-02-12").replace("    needs: [homeless]\n", "");
    let workspace = workspace().file("meetings/2026-02-12-marg.yaml", earlier);
    let pairs = |arguments: &[&str]| -> Vec<String> {
        let found = workspace.marg(&[&["suggest", "--format", "json"], arguments].concat()).json();
        let pair = |row: &Json| format!("{}@{} {}", row["case"].as_str().unwrap(), row["meeting"].as_str().unwrap(), row["theme"].as_str().unwrap());
        found["suggestions"].as_array().unwrap().iter().filter(|row| row["held_back"].is_null()).map(pair).collect()
    };
    assert_eq!(pairs(&["QLM-7KQ2"]), ["QLM-7KQ2@2026-03-12-marg fire-history"]);
    let at = pairs(&["QLM-7KQ2@2026-02-12-marg"]);
    assert!(at.contains(&"QLM-7KQ2@2026-02-12-marg homeless".to_owned()) && at.len() == 2, "{at:?}");
    assert_eq!(pairs(&["QLM-7KQ2@2026-02-12"]), at, "a day will do");
    assert_eq!(pairs(&["--meeting", "2026-02-12", "--theme", "homeless"]), ["QLM-7KQ2@2026-02-12-marg homeless", "QLM-B4TX@2026-02-12-marg homeless"]);
    assert_eq!(pairs(&["--all", "--theme", "fires"]).len(), 2, "an earlier id is the theme too");
    assert!(pairs(&["--threshold", "99"]).is_empty() && pairs(&["--threshold", "possible"]).len() >= pairs(&["--threshold", "strong"]).len());
}

#[test]
fn what_does_not_exist_is_said() {
    let workspace = workspace();
    for (arguments, said) in [
        (&["QLM-7KQ9"][..], "did you mean `QLM-7KQ2`?"),
        (&["QLM-ZZZZ@2026-03-12"], "2026-03-12-marg did not discuss `QLM-ZZZZ`"),
        (&["--theme", "homles"], "did you mean `homeless`?"),
        (&["--threshold", "quite"], "neither `strong`, `likely` or `possible` nor a number"),
        (&["QLM-7KQ2@2026-03-12", "--all"], "the meeting is named twice"),
    ] {
        let ran = workspace.marg(&[&["suggest"], arguments].concat());
        assert!(ran.code == Some(2) && ran.stderr.contains(said), "{arguments:?}: {ran}");
    }
    let ran = workspace.marg(&["suggest", "--text", "gone.txt"]);
    assert!(ran.code == Some(3) && ran.stderr.contains("`gone.txt` cannot be read"), "{ran}");
}

#[test]
fn what_somebody_refused_is_not_suggested_again() {
    let refused = MEETING.replace("    needs: [homeless]\n", "    needs: [homeless]\n    tagging: [{ theme: fire-history, refused_by: Chair }]\n");
    let ran = workspace().file("meetings/2026-03-12-marg.yaml", refused).marg(&["suggest", "QLM-7KQ2"]);
    assert!(ran.code == Some(0) && !ran.stdout.contains("fire-history"), "{ran}");
}

#[test]
fn a_text_of_ones_own_is_read_from_a_file_or_piped_in() {
    let workspace = workspace().file("letter.txt", "Dear all,\n\nNFA since May. There is\nno history of self-harm.\n");
    let found = workspace.marg(&["suggest", "--text", "letter.txt", "--format", "json"]).json();
    let rows = found["suggestions"].as_array().unwrap();
    assert_eq!((&rows[0]["theme"], &rows[0]["phrase"], &rows[0]["place"]), (&"homeless".into(), &"NFA".into(), &"letter.txt:3".into()));
    assert_eq!((&rows[1]["theme"], &rows[1]["held_back"], &rows[1]["place"]), (&"self-harm".into(), &"negated".into(), &"letter.txt:4".into()));

    let mut command = Command::new(env!("CARGO_BIN_EXE_marg"));
    command.current_dir(workspace.path("")).env_clear().env("MARG_TODAY", TODAY).args(["suggest", "--text", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"He is sleeping rough.").unwrap();
    let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert!(said.contains("homeless") && said.contains("sleeping rough") && said.contains("-:1"), "{said}");
}

/// Ten meetings of four cases each: whoever sleeps by the canal is homeless, and no phrase of the codebook says so.
fn taught() -> TestWorkspace {
    let mut workspace = workspace();
    for n in 0..10 {
        let mut text = format!("meeting: marg\ndate: 2025-{:02}-10\nstatus: held\ncases:\n", n + 1);
        for case in 0..4 {
            let (update, needs) = match (n + case) % 3 {
                0 => ("Seen again under the footbridge by the lock.", "homeless"),
                1 => ("Her phone was answered and the pills were handed in.", "self-harm"),
                _ => ("A good month, and the allotment went well.", ""),
            };
            let tags = if needs.is_empty() { "barriers: [{ theme: fires, status: live }]".to_owned() } else { format!("needs: [{needs}]") };
            text += &format!("  - ref: TST-{n}{case}\n    update: {update}\n    {tags}\n");
        }
        workspace = workspace.file(&format!("meetings/2025-{:02}-10-marg.yaml", n + 1), text);
    }
    workspace
}

#[test]
fn words_that_go_with_a_theme_here_are_learnt_and_named_with_discussions_like_it() {
    let workspace = taught().file("note.txt", "Last seen at the footbridge near the lock.\n");
    let found = workspace.marg(&["suggest", "--text", "note.txt", "--format", "json"]).json();
    let row = &found["suggestions"][0];
    assert_eq!(row["theme"], "homeless", "{found}");
    assert!(row["words"].as_array().unwrap().contains(&"footbridge".into()), "{row}");
    assert!(row["like"].as_array().unwrap().len() == 2 && row["like"][0].as_str().unwrap().starts_with("TST-"), "{row}");
    assert_eq!(found["learnt_from"], 41);
}

#[test]
fn words_that_no_indicator_has_are_proposed() {
    let found = taught().marg(&["suggest", "--indicators", "--format", "json"]).json();
    let words: Vec<&str> =
        found["indicators"].as_array().unwrap().iter().filter(|row| row["theme"] == "self-harm").map(|row| row["words"].as_str().unwrap()).collect();
    assert!(words.iter().any(|words| words.contains("pills")), "{words:?}");
    let nothing = workspace().marg(&["suggest", "--indicators"]);
    assert!(nothing.stderr.contains("Nothing to propose from 1 tagged discussion"), "{nothing}");
}

#[test]
fn figures_are_refused_where_they_would_be_chance() {
    insta::assert_snapshot!(workspace().marg(&["suggest", "--evaluate"]), @r"
    --- stderr
    error: 1 discussion is tagged, and figures from fewer than 30 would be chance
    hint: `marg suggest` works all the same, by the phrases of the codebook
    --- exit 3
    ");
}

#[test]
fn the_sample_says_how_good_suggestions_are() {
    let said = run(repository(), &["suggest", "--evaluate"]);
    assert!(said.code == Some(0) && said.stdout.contains("59 tagged discussions of 13 meetings"), "{said}");
    let found = run(repository(), &["suggest", "--evaluate", "--format", "json"]).json();
    let methods = found["methods"].as_array().unwrap();
    let (plain, ours) = (&methods[0], &methods[methods.len() - 1]);
    assert!(ours["precision"].as_f64().unwrap() >= 0.6 && ours["recall"].as_f64().unwrap() >= 0.5, "{ours}");
    assert!(plain["recall"].as_f64().unwrap() < 0.1, "{plain}");
    assert_eq!(found, run(repository(), &["suggest", "--evaluate", "--format", "json"]).json());
    let csv = run(repository(), &["suggest", "--evaluate", "--format", "csv"]).answer();
    assert!(csv.starts_with("theme,confirmed,suggested,right,precision,recall,f1\nhomelessness,27,"), "{csv}");
}

/// The sample's codebook without a single meeting to learn from.
fn codebook_alone() -> TestWorkspace {
    let read = |path: &str| std::fs::read_to_string(repository().join(path)).unwrap();
    let mut workspace = TestWorkspace::empty().file("marg.yaml", read("marg.yaml"));
    for entry in std::fs::read_dir(repository().join("themes")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let text = read(&format!("themes/{name}"));
        // A guide rests on what meetings say.
        let theme = ["\nstage:", "\nguide:"].iter().filter_map(|part| text.find(part)).min().map_or(text.as_str(), |end| &text[..=end]);
        workspace = workspace.file(&format!("themes/{name}"), theme);
    }
    workspace
}

/// Thirty invented notes in plain words, with the themes that a reader gives them. The list of words that
/// mean alike was mended after a look at what had not been found in them.
#[test]
fn a_codebook_alone_finds_half_and_is_right_in_three_of_five() {
    let notes: Json = serde_json::from_str(include_str!("../notes.json")).unwrap();
    let mut workspace = codebook_alone();
    let (mut right, mut suggested, mut given) = (0, 0, 0);
    for note in notes.as_array().unwrap() {
        workspace = workspace.file("note.txt", note["text"].as_str().unwrap());
        let found = workspace.marg(&["suggest", "--text", "note.txt", "--format", "json"]).json();
        let themes = note["themes"].as_array().unwrap();
        let rows: Vec<&Json> = found["suggestions"].as_array().unwrap().iter().filter(|row| row["held_back"].is_null()).collect();
        assert!(rows.iter().all(|row| !row["phrase"].is_null() && row["place"] != Json::Null), "every suggestion can be pointed at: {found}");
        right += rows.iter().filter(|row| themes.contains(&row["theme"])).count();
        (suggested, given) = (suggested + rows.len(), given + themes.len());
    }
    assert!(right * 10 >= suggested * 6 && right * 2 >= given, "{right} right of {suggested} suggested and {given} given");
}

/// The figures again, from nothing but the decisions.
const RECOMPUTE: &str = r#"
import collections, json, sys
report = json.load(sys.stdin)
pairs = [(d["meeting"], d["ref"], d["theme"]) for d in report["decisions"]]
assert len(pairs) == len(set(pairs)), "a pair stands twice"
themes = collections.defaultdict(lambda: [0, 0, 0])
for d in report["decisions"]:
    counts = themes[d["theme"]]
    counts[0] += d["confirmed"]; counts[1] += d["suggested"]; counts[2] += d["confirmed"] and d["suggested"]
share = lambda part, whole: part / whole if whole else 0.0
figures = lambda c: (share(c[2], c[1]), share(c[2], c[0]), share(2 * c[2], c[0] + c[1]))
micro = [sum(c[n] for c in themes.values()) for n in range(3)]
confirmed = [figures(c) for c in themes.values() if c[0]]
mean = lambda n: sum(f[n] for f in confirmed) / len(confirmed)
ours = report["methods"][-1]
assert [ours[k] for k in ("confirmed", "suggested", "right")] == micro, (ours, micro)
for name, value in zip(("precision", "recall", "f1", "macro_precision", "macro_recall", "macro_f1"), figures(micro) + (mean(0), mean(1), mean(2))):
    assert abs(ours[name] - value) < 1e-12, (name, ours[name], value)
assert len(report["themes"]) == len(themes)
for row in report["themes"]:
    counts = themes[row["theme"]]
    assert [row[k] for k in ("confirmed", "suggested", "right")] == counts, row
    for name, value in zip(("precision", "recall", "f1"), figures(counts)):
        assert abs(row[name] - 100 * value) <= 0.5 + 1e-9, row
print(len(pairs))
"#;

fn recomputed(report: &str) -> usize {
    let mut child = Command::new("python3")
        .args(["-c", RECOMPUTE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3 is needed for this test");
    child.stdin.take().unwrap().write_all(report.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

#[test]
#[ignore = "needs Python, and the workspace generator beside the repository"]
fn figures_equal_those_of_an_independent_script() {
    assert!(recomputed(&run(repository(), &["suggest", "--evaluate", "--format", "json"]).answer()) > 269);
    let generated = crate::outside::generated("S");
    let answer = generated.marg(&["suggest", "--evaluate", "--format", "json"]).answer();
    assert!(recomputed(&answer) > 200);
}
