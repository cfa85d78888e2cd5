//! `marg helped`: what was recorded as having helped, and nothing else; the likest to the case at hand first.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use yaml_serde::Value as Yaml;

use crate::generator::{Numbers, generate};
use crate::harness::{TestWorkspace, repository, run_with};
use crate::readers::yaml_files;

fn rows(answer: &Json) -> Vec<&Json> {
    answer["found"].as_array().unwrap().iter().collect()
}

fn whats(workspace: &TestWorkspace, arguments: &[&str]) -> Vec<String> {
    let answer = workspace.marg(&[&["helped"], arguments, &["--all", "--format", "json"]].concat()).json();
    rows(&answer).iter().map(|row| format!("{}: {}", row["verdict"].as_str().unwrap(), row["what"].as_str().unwrap())).collect()
}

/// Two cases of one barrier, with all that can help or not, and a third case to be helped.
fn workspace() -> TestWorkspace {
    TestWorkspace::new()
        .file(
            "meetings/2026-01-08-marg.yaml",
            "meeting: marg
date: 2026-01-08
cases:
  - ref: AAA-22
    update: The insurer of the landlord wanted an interview with the caretaker before signing.
    needs: [homeless]
    barriers: [{ theme: fires, blocks: hostel, at: housing, rule: No fires, status: eased, answer: changed-for-all }]
    actions:
      - { id: k7q2, what: Ask the insurer., owner: housing, addresses: fires }
      - { id: m3x9, what: Write a letter, owner: police, addresses: fires }
      - { id: n4p2, what: Wait, owner: police, addresses: fires }
      - { id: r5t8, what: Call, owner: police }
    learning:
      - { worked: A visit before the offer., themes: [fires] }
      - { question: Who decides?, themes: [fires] }
      - { worked: Of another thing, themes: [visit] }
  - ref: BBB-33
    barriers: [{ theme: fires, blocks: hostel, at: police, status: live, answer: no-reply }]
    learning: [{ did_not_work: A form with a box, themes: [fires] }]
",
        )
        .file(
            "meetings/2026-02-12-marg.yaml",
            "meeting: marg
date: 2026-02-12
previous_actions:
  - { id: k7q2, status: open }
  - { id: m3x9, status: done, outcome: did-not-work }
  - { id: n4p2, status: done, outcome: too-soon }
  - { id: r5t8, status: done, outcome: worked }
cases:
  - ref: BBB-33
    barriers: [{ theme: fires, blocks: hostel, at: housing, status: live, answer: changed-for-all }]
    learning: [{ worked: A visit before the  offer., themes: [fires] }]
  - ref: CCC-44
    update: The insurer said that the caretaker was to have an interview.
    needs: [homeless]
    barriers: [{ theme: fires, at: police, status: live }]
",
        )
        .file(
            "meetings/2026-04-09-marg.yaml",
            "meeting: marg
date: 2026-04-09
status: planned
previous_actions: [{ id: k7q2, status: done, outcome: partly }]
cases:
  - ref: CCC-44
    barriers: [{ theme: fires, blocks: hostel, at: housing, status: live, answer: flexed-once }]
    learning: [{ worked: Not yet held, themes: [fires] }]
",
        )
        // Among so many texts, a word that few have tells cases apart.
        .file(
            "meetings/2025-11-06-marg.yaml",
            "meeting: marg\ndate: 2025-11-06\nagenda:\n".to_owned() + &"  - { item: The previous actions said so, minutes: 5 }\n".repeat(90),
        )
}

#[test]
fn what_helped_comes_first_and_what_did_not_is_told_apart() {
    assert_eq!(
        whats(&workspace(), &["fires"]),
        [
            "helped: Housing was asked, and changed it for all",
            "helped: A visit before the offer",
            "helped partly: Housing: Ask the insurer",
            "did not help: Police: Write a letter",
            "did not help: A form with a box",
            "did not help: Police was asked, and did not reply",
        ]
    );
    assert_eq!(whats(&workspace(), &["homeless"]), [""; 0]);
}

#[test]
fn the_likest_to_the_case_at_hand_comes_first() {
    let workspace = workspace();
    let answer = workspace.marg(&["helped", "fires", "--for", "ccc-44", "--format", "json"]).json();
    assert_eq!((&answer["at"], &answer["blocks"], &answer["needs"]), (&"police".into(), &Json::Null, &serde_json::json!(["homeless"])));
    let likeness: Vec<(i64, &str)> = rows(&answer).iter().map(|row| (row["likeness"].as_i64().unwrap(), row["why"].as_str().unwrap())).collect();
    insta::assert_debug_snapshot!(likeness, @r###"
    [
        (
            900,
            "the same barrier; 1 of 1 need in common: Homelessness; both speak of “caretaker”, “interview” and “insurer”",
        ),
        (
            900,
            "the same barrier; 1 of 1 need in common: Homelessness; both speak of “caretaker”, “interview” and “insurer”",
        ),
        (
            900,
            "the same barrier; 1 of 1 need in common: Homelessness; both speak of “caretaker”, “interview” and “insurer”",
        ),
        (
            900,
            "the same barrier; 1 of 1 need in common: Homelessness; both speak of “caretaker”, “interview” and “insurer”",
        ),
        (
            600,
            "the same barrier; also at Police",
        ),
        (
            600,
            "the same barrier; also at Police",
        ),
    ]
    "###);
    let at = |arguments: &[&str]| whats(&workspace, &[&["fires"], arguments].concat());
    assert_eq!(at(&["--at", "police"])[3..5], ["did not help: A form with a box", "did not help: Police was asked, and did not reply"]);
    insta::assert_snapshot!(workspace.marg(&["helped", "fires", "--blocks", "hostel", "--at", "housing", "--limit", "2"]).to_string(), @r###"
    What helped
      Housing was asked, and changed it for all
        Why: the same barrier; also keeps people from Hostel; also at Housing
        meetings/2026-02-12-marg.yaml:10 · BBB-33 · 12 February 2026 · 2 times, for 2 people
      A visit before the offer
        Why: the same barrier; also keeps people from Hostel; also at Housing
        meetings/2026-02-12-marg.yaml:11 · BBB-33 · 12 February 2026 · 2 times, for 2 people

    What did not help
      Police: Write a letter
        Why: the same barrier; also keeps people from Hostel; also at Housing
        meetings/2026-01-08-marg.yaml:10 · AAA-22 · 8 January 2026
      A form with a box
        Why: the same barrier; also keeps people from Hostel
        meetings/2026-01-08-marg.yaml:19 · BBB-33 · 8 January 2026
    --- stderr
    3 things that helped with “Fire history blocks housing”, 3 that did not; 4 shown. `--limit` shows more of them, `--all` all.
    "###);
    insta::assert_snapshot!(workspace.marg(&["helped", "visit", "--for", "AAA-22"]).to_string(), @r###"
    What helped
      Of another thing
        Why: the same barrier; the same person
        meetings/2026-01-08-marg.yaml:16 · AAA-22 · 8 January 2026
    --- stderr
    1 thing that helped with “Joint visit”, 0 that did not; 1 shown.
    "###);
    insta::assert_snapshot!(workspace.marg(&["helped", "homeless"]).to_string(), @r###"
    --- stderr
    Nothing is recorded yet of what helped with “Homelessness”: no learning point, no answer of an agency and no action that is told of.
    "###);
    insta::assert_snapshot!(workspace.marg(&["helped", "fires", "--for", "AAA-23"]).to_string(), @r###"
    --- stderr
    error: nothing was written of a case `AAA-23`
    hint: did you mean `AAA-22`? `marg case` lists them all
    --- exit 2
    "###);
}

#[test]
fn what_is_there_is_what_a_plain_count_finds() {
    let mut n = 0;
    for seed in 40..46 {
        let workspace = told(seed);
        let meetings = meetings(&workspace);
        for theme in ["fires", "waiting", "arrears", "records", "homeless"] {
            let answer = workspace.marg(&["helped", theme, "--all", "--format", "json"]).json();
            let row = |row: &Json| {
                let text = |key: &str| row[key].as_str().unwrap().to_owned();
                (text("verdict"), text("kind"), text("what"), row["times"].as_u64().unwrap(), row["people"].as_u64().unwrap())
            };
            let mut ours: Vec<_> = rows(&answer).into_iter().map(row).collect();
            ours.sort();
            let theirs = counted(&meetings, theme);
            assert_eq!(ours, theirs, "{theme} of {seed}");
            n += ours.len();
            for row in rows(&answer) {
                let (file, line) = row["place"].as_str().unwrap().split_once(':').unwrap();
                let text = workspace.read(file);
                let line = text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap();
                let mark = row["what"].as_str().unwrap().split(' ').find(|word| word.starts_with("zq")).unwrap_or("answer");
                assert!(line.contains(mark), "{row} {line}");
            }
        }
    }
    assert!(n > 150, "{n}");
}

#[test]
fn likeness_is_the_sum_of_its_reasons() {
    let mut n = 0;
    for seed in 46..50 {
        let workspace = told(seed);
        for at in ["agency-0", "agency-1", "agency-2"] {
            let answer = workspace.marg(&["helped", "fires", "--blocks", "hostel", "--at", at, "--all", "--format", "json"]).json();
            let name = format!("also at Zqagency{} Trust", &at[7..]);
            for row in rows(&answer) {
                let why = row["why"].as_str().unwrap();
                let other = why.contains("another barrier");
                assert_eq!(other, !row["themes"].as_array().unwrap().contains(&"fires".into()), "{row}");
                let parts = [(other, 100), (!other, 400), (why.contains("also keeps people from Hostel"), 200), (why.contains(&name), 200)];
                assert_eq!(row["likeness"], parts.iter().filter(|(is_so, _)| *is_so).map(|(_, weight)| weight).sum::<i64>(), "{row}");
                n += usize::from(other);
            }
            for good in [true, false] {
                let order: Vec<i64> =
                    rows(&answer).iter().filter(|row| (row["verdict"] != "did not help") == good).map(|row| row["likeness"].as_i64().unwrap()).collect();
                assert!(order.is_sorted_by(|a, b| a >= b), "{order:?}");
            }
        }
    }
    assert!(n > 10, "{n}");
}

/// A generated workspace in which the last meeting tells what became of the actions.
fn told(seed: u64) -> TestWorkspace {
    let generated = generate(seed, 14);
    let workspace = generated.write();
    let (mut numbers, mut reports) = (Numbers(seed), String::new());
    for id in generated.files.iter().flat_map(|(_, text)| text.split("{ id: a").skip(1).map(|rest| rest.split(',').next().unwrap().to_owned())) {
        let said = ["open", "done", "done, outcome: worked", "done, outcome: partly", "done, outcome: did-not-work", "done, outcome: too-soon", "not-done"];
        reports += &format!("  - {{ id: a{id}, status: {} }}\n", said[numbers.below(7) as usize]);
    }
    let (path, text) = generated.files.iter().rfind(|(path, _)| path.starts_with("meetings/")).unwrap();
    // Only of actions that were set by a meeting that took place.
    let held: BTreeSet<String> = meetings(&workspace)
        .iter()
        .filter(|meeting| is_held(meeting))
        .flat_map(|meeting| actions(meeting).into_iter().map(|(_, action)| field(&action, "id")))
        .collect();
    let reports: String =
        reports.lines().filter(|line| held.contains(line.split("id: ").nth(1).unwrap().split(',').next().unwrap())).map(|line| format!("{line}\n")).collect();
    workspace.file(path, text.replacen("cases:\n", &format!("previous_actions:\n{reports}cases:\n"), 1))
}

fn meetings(workspace: &TestWorkspace) -> Vec<Yaml> {
    let mut files = yaml_files(&workspace.path("meetings"));
    files.sort();
    files.iter().map(|path| yaml_serde::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()).collect()
}

fn field(value: &Yaml, name: &str) -> String {
    value.get(name).and_then(Yaml::as_str).unwrap_or_default().to_owned()
}

fn list(value: &Yaml, name: &str) -> Vec<Yaml> {
    value.get(name).and_then(Yaml::as_sequence).cloned().unwrap_or_default()
}

fn is_held(meeting: &Yaml) -> bool {
    ["held", "agreed"].contains(&field(meeting, "status").as_str())
}

fn actions(meeting: &Yaml) -> Vec<(String, Yaml)> {
    list(meeting, "cases").iter().flat_map(|case| list(case, "actions").into_iter().map(|action| (field(case, "ref"), action))).collect()
}

/// Verdict, kind, words, how often, and for how many people.
/// Verdict, kind, what, and what keeps two of them apart; how often, and for whom.
type Tally = BTreeMap<(String, String, String, String), (u64, BTreeSet<String>)>;
type Counted = (String, String, String, u64, u64);

fn counted(meetings: &[Yaml], theme: &str) -> Vec<Counted> {
    let mut outcomes: BTreeMap<String, String> = BTreeMap::new();
    for report in meetings.iter().flat_map(|meeting| list(meeting, "previous_actions")) {
        if field(&report, "status") == "done" {
            outcomes.insert(field(&report, "id"), field(&report, "outcome"));
        }
    }
    let mut found: Tally = BTreeMap::new();
    let name = |agency: &str| format!("Zqagency{} Trust", &agency[7..]);
    for case in meetings.iter().filter(|meeting| is_held(meeting)).flat_map(|meeting| list(meeting, "cases")) {
        let mut add = |verdict: &str, kind: &str, what: String, apart: &str| {
            let entry = found.entry((verdict.to_owned(), kind.to_owned(), what, apart.to_owned())).or_default();
            entry.0 += 1;
            entry.1.insert(field(&case, "ref"));
        };
        for point in list(&case, "learning").iter().filter(|point| list(point, "themes").contains(&Yaml::String(theme.to_owned()))) {
            for (kind, verdict) in [("worked", "helped"), ("did_not_work", "did not help")] {
                if point.get(kind).is_some() {
                    add(verdict, "learning", field(point, kind), "");
                }
            }
        }
        for barrier in list(&case, "barriers").iter().filter(|barrier| field(barrier, "theme") == theme) {
            let at = name(&field(barrier, "at"));
            let (verdict, words) = match field(barrier, "answer").as_str() {
                "flexed-once" => ("helped", "made an exception"),
                "refused" => ("did not help", "refused"),
                _ => ("did not help", "did not reply"),
            };
            add(verdict, &field(barrier, "answer"), format!("{at} was asked, and {words}"), &field(barrier, "blocks"));
        }
        for action in list(&case, "actions").iter().filter(|action| field(action, "addresses") == theme) {
            let verdict = match outcomes.get(&field(action, "id")).map(String::as_str) {
                Some("worked") => "helped",
                Some("partly") => "helped partly",
                Some("did-not-work") => "did not help",
                _ => continue,
            };
            add(verdict, "action", format!("{}: {}", name(&field(action, "owner")), field(action, "what")), "");
        }
    }
    let mut counted: Vec<Counted> =
        found.into_iter().map(|((verdict, kind, what, _), (times, people))| (verdict, kind, what, times, people.len() as u64)).collect();
    counted.sort();
    counted
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for width in ["40", "60", "80", "132"] {
        for question in [&["helped", "arson-blocks-housing", "--for", "QLM-3BNQ"][..], &["search", "the", "--limit", "30"]] {
            let ran = run_with(repository(), &[question, &["--no-cache"][..]].concat(), &[("COLUMNS", width)]);
            for line in ran.to_string().lines() {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= width.parse().unwrap(), "{width}: {line}");
            }
        }
    }
}
