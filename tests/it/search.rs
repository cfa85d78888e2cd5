//! `marg search`: everything that was written is found, and nothing else, in the order that a plain scan of the files gives.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value as Json;
use yaml_serde::Value as Yaml;

use crate::browser::fields;
use crate::generator::generate;
use crate::harness::{TestWorkspace, repository, run, run_with};
use crate::readers::yaml_files;

fn found(answer: &Json) -> Vec<&Json> {
    answer["found"].as_array().unwrap().iter().collect()
}

fn places(workspace: &TestWorkspace, words: &[&str]) -> Vec<String> {
    let answer = workspace.marg(&[&["search"], words, &["--all", "--format", "json"]].concat()).json();
    found(&answer).iter().map(|row| format!("{} {}", row["place"].as_str().unwrap(), row["field"].as_str().unwrap())).collect()
}

/// One file with a text in every field of interest.
fn workspace() -> TestWorkspace {
    TestWorkspace::new().file(
        "meetings/2026-03-12-marg.yaml",
        "meeting: marg
date: 2026-03-12
cases:
  - ref: QLM-7KQ2
    update: |
      The landlord's insurer refused twice. Nobody had asked
      about this one person.
    needs: [homeless]
    barriers:
      - { theme: fire-history, blocks: hostel, at: housing, rule: No arson on record, status: live }
    actions: [{ id: k7q2, what: Ask the insurers, owner: police }]
    learning: [{ id: w4h8, worked: A visit before the insurer was asked, themes: [fire-history] }]
  - ref: QLM-3BNQ
    update: The record of arson was wrong; an insurer never came into it.
",
    )
}

#[test]
fn words_are_found_in_any_form_and_phrases_just_so() {
    let workspace = workspace();
    let at = |words: &[&str]| places(&workspace, words);
    let meeting = |line: usize, field: &str| format!("meetings/2026-03-12-marg.yaml:{line} {field}");
    assert_eq!(at(&["refusing"]), [meeting(6, "update")]);
    assert_eq!(at(&["insurer", "asking"]), [meeting(11, "what"), meeting(12, "worked"), meeting(6, "update")]);
    assert_eq!(at(&["arson on record"]), [meeting(10, "rule")]);
    assert_eq!(at(&["asked about"]), [meeting(6, "update")], "over the end of a line, and the line where it begins");
    assert_eq!(at(&["insurer", "-visit", "-arson"]), [meeting(11, "what"), meeting(6, "update")]);
    assert_eq!(at(&["insurer", "--without", "one person"]), [meeting(11, "what"), meeting(12, "worked"), meeting(14, "update")]);
    assert_eq!(at(&["RECORD", "arson"]), [meeting(10, "rule"), meeting(14, "update")]);
    assert_eq!(at(&["landlord’s"]), [meeting(6, "update")]);
}

#[test]
fn places_narrow_it_down() {
    let workspace = workspace();
    let n = |words: &[&str]| places(&workspace, words).len();
    assert_eq!(n(&["insurer"]), 4);
    assert_eq!(n(&["insurer", "ref:qlm-3bnq"]), 1);
    assert_eq!((n(&["insurer", "theme:fires"]), n(&["insurer", "--theme", "fire-history"])), (3, 3), "an earlier id as well");
    assert_eq!(n(&["insurer", "agency:police"]), 3, "the action, and the accounts of the discussion it belongs to");
    assert_eq!(n(&["arson", "agency:police"]), 0, "a rule is of the agency that has it");
    assert_eq!((n(&["insurer", "in:learning"]), n(&["--in", "learning"])), (1, 1));
    assert_eq!((n(&["insurer", "since:2026-03"]), n(&["insurer", "until:2026-03-11"]), n(&["since:2026", "fire"])), (4, 0, 0));
    assert_eq!(n(&["theme:fires", "fire"]), 2, "title and definition of the theme itself");
}

#[test]
fn as_a_person_sees_it() {
    let workspace = workspace();
    insta::assert_snapshot!(workspace.marg(&["search", "inshurer", "-visit", "--limit", "2"]).to_string(), @r#"
    meetings/2026-03-12-marg.yaml:11 · QLM-7KQ2 · action: what · 12 March 2026
      Ask the insurers

    meetings/2026-03-12-marg.yaml:6 · QLM-7KQ2 · update · 12 March 2026
      The landlord's insurer refused twice. Nobody had asked about this one person.
    --- stderr
    Nothing has `inshurer`, so this is for `insurer`. 2 of 3 texts, in 3 places. `--limit` shows more of them, `--all` all.
    "#);
    insta::assert_snapshot!(workspace.marg(&["search", "landlord", "wrong"]).to_string(), @r#"
    meetings/2026-03-12-marg.yaml:6 · QLM-7KQ2 · update · 12 March 2026
      The landlord's insurer refused twice. Nobody had asked about this one person.

    meetings/2026-03-12-marg.yaml:14 · QLM-3BNQ · update · 12 March 2026
      The record of arson was wrong; an insurer never came into it.
    --- stderr
    No text has all of this; these have some of it. 2 of 2 texts, in 2 places.
    "#);
    insta::assert_snapshot!(workspace.marg(&["search", "zebra"]).to_string(), @r#"
    --- stderr
    Nothing has `zebra`, nor a word like it. Nothing found.
    "#);
    insta::assert_snapshot!(workspace.marg(&["search", "insurer", "ref:QLM-7KQ3"]).to_string(), @r#"
    --- stderr
    error: nothing was written of a case `QLM-7KQ3`
    hint: did you mean `QLM-7KQ2`? `marg case` lists them all
    --- exit 2
    "#);
    insta::assert_snapshot!(workspace.marg(&["search", "insurer", "theme:fire"]).to_string(), @r#"
    --- stderr
    error: there is no theme `fire`
    hint: `marg themes` lists them all
    --- exit 2
    "#);
    insta::assert_snapshot!(workspace.marg(&["search", "insurer", "since:spring"]).to_string(), @r#"
    --- stderr
    error: `since:` `spring` is neither a day nor a month, quarter or year; write 2025-04-01, 2025-04, 2025-Q2 or 2025
    --- exit 2
    "#);
    insta::assert_snapshot!(workspace.marg(&["search", "-visit"]).to_string(), @r#"
    --- stderr
    error: there is nothing to look for
    hint: name a word, such as `marg search insurer`
    hint: `marg help search` has more
    --- exit 2
    "#);
    insta::assert_snapshot!(run_with(&workspace.path(""), &["search", "one person"], &[("COLUMNS", "40")]).to_string(), @r#"
    meetings/2026-03-12-marg.yaml:7 ·
      QLM-7KQ2 · update · 12 March 2026
      … Nobody had asked about this one
      person.
    --- stderr
    1 of 1 text, in 1 place.
    "#);
}

#[test]
fn the_same_words_in_several_places_are_one_text_at_the_latest() {
    let meeting = |day: &str| {
        format!(
            "meeting: marg\ndate: {day}\ncases:\n  - ref: QLM-7KQ2\n    barriers: [{{ theme: fires, status: live, rule: No arson on record }}]\n    update: Arson of {day}.\n"
        )
    };
    let days = ["2025-11-06", "2026-02-12", "2026-01-08"];
    let workspace = days.iter().fold(TestWorkspace::new(), |workspace, day| workspace.file(&format!("meetings/{day}.yaml"), meeting(day)));
    let answer = workspace.marg(&["search", "arson", "in:barrier", "--format", "json"]).json();
    assert_eq!((&answer["texts"], &answer["places"]), (&1.into(), &3.into()));
    assert_eq!((&answer["found"][0]["place"], &answer["found"][0]["other_places"]), (&"meetings/2026-02-12.yaml:5".into(), &2.into()));
    assert_eq!(workspace.marg(&["search", "arson", "--format", "json"]).json()["texts"], 4);
}

/// Where there is something to find, and where a person is not to be searched by what is no text of theirs.
const NOT_SEARCHED: &[&str] = &[
    // Who was there, and where.
    ".attendance[].left",
    ".attendance[].role",
    ".chair",
    ".coordinator",
    ".minute_taker",
    ".venue",
    ".confidentiality.agreement",
    ".confidentiality.although",
    ".confidentiality.read_by",
    ".agreed.by",
    ".agreed.record",
    ".cases[].actions[].person",
    ".cases[].custody.prison",
    ".cases[].lead_professional",
    ".cases[].lived_experience_supporter",
    ".cases[].referral.senior_sign_off",
    ".cases[].tagging[].by",
    ".cases[].tagging[].confirmed_by",
    ".cases[].tagging[].refused_by",
    ".guide.short[].picture",
    ".guide.short_signed_off_by",
    ".guide.statements[].reviewed.by",
    ".session.facilitator",
    ".session.lived_experience_lead",
    // Words of fixed lists, to which a group may add its own.
    ".meeting",
    ".attendance[].status",
    ".cases[].barriers[].cause",
    ".cases[].barriers[].scope",
    ".cases[].custody.status",
    ".cases[].offers[].accepted",
    ".cases[].offers[].kind",
    ".cases[].referral.consent",
    ".cases[].tagging[].about",
    ".cases[].views[].whose",
    ".session.value[].cycle",
    // Names, editions and people of a theme and its guide.
    ".also_known_as[]",
    ".parent",
    ".guide.approved_by",
    ".guide.audience[]",
    ".guide.edition",
    ".guide.legal_check.by",
    ".guide.made_by[]",
    ".guide.statements[].section",
    ".guide.statements[].reviewed.against",
    ".guide.statements[].who[]",
    ".retired.use",
];

#[test]
fn every_text_of_the_files_is_found_by_any_of_its_words() {
    let fields: Vec<_> = fields::free().into_iter().filter(|field| field.file != fields::GROUP).collect();
    assert!(fields.len() > 60, "{}", fields.len());
    let mut files = fields::full();
    for (n, field) in fields.iter().enumerate() {
        fields::set(&mut files, field.file, &field.path, &format!("Said zqfield{n}x, and no more"));
    }
    let workspace = fields::written(&files);
    let mut not_found = BTreeSet::new();
    for (n, field) in fields.iter().enumerate() {
        let answer = workspace.marg(&["search", &format!("\"zqfield{n}x\""), "--format", "json"]).json();
        match found(&answer).as_slice() {
            [] => drop(not_found.insert(field.path.as_str())),
            [one] => {
                assert!(field.path.ends_with(one["field"].as_str().unwrap()) || field.path.contains(one["field"].as_str().unwrap()), "{} {one}", field.path);
            }
            many => panic!("{}: {many:?}", field.path),
        }
    }
    let expected: BTreeSet<&str> = NOT_SEARCHED.iter().copied().collect();
    let new: Vec<_> = not_found.difference(&expected).collect();
    assert!(new.is_empty(), "texts that no search finds; they belong into src/search/texts.rs, or on the list here: {new:?}");
}

/// A text as a plain scan sees it: where it is (file and the way there), and its words in small letters.
struct Scanned {
    file: String,
    day: Option<String>,
    case: Option<String>,
    words: Vec<String>,
    text: String,
}

/// The fields that are texts.
const TEXTS: &[&str] = &[
    "update",
    "says",
    "wants",
    "reason",
    "tried",
    "offer",
    "legal_basis",
    "left_open",
    "text",
    "why",
    "dissent",
    "what",
    "note",
    "memo",
    "worked",
    "did_not_work",
    "question",
    "rule",
    "evidence",
    "item",
    "deferred",
    "other_business",
    "story",
    "story_consent",
    "questions",
    "issues",
    "positive_practice",
    "reply",
    "indicator",
    "title",
    "definition",
    "include",
    "exclude",
    "example",
    "indicators",
    "contacts",
    "why_this_guide",
    "what_people_told_us",
    "what_the_law_says",
    "managing_the_risk",
    "questions_to_ask",
    "information_sharing",
    "when_to_escalate",
    "how_it_was_made",
];

fn scan(root: &Path) -> Vec<Scanned> {
    let mut texts = Vec::new();
    for folder in ["themes", "meetings"] {
        for path in yaml_files(&root.join(folder)) {
            let file = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            let value: Yaml = yaml_serde::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let day = value.get("date").and_then(Yaml::as_str).map(str::to_owned);
            walk(&value, "", None, &mut |case, text| {
                let words = text.to_lowercase().replace('’', "'");
                let words = words.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '&').map(|word| word.trim_matches(['\'', '&']));
                let words = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
                texts.push(Scanned { file: file.clone(), day: day.clone(), case: case.map(str::to_owned), words, text: text.to_owned() });
            });
        }
    }
    texts
}

fn walk(value: &Yaml, field: &str, case: Option<&str>, see: &mut impl FnMut(Option<&str>, &str)) {
    match value {
        Yaml::Mapping(fields) => {
            let case = value.get("ref").and_then(Yaml::as_str).or(case);
            fields.iter().for_each(|(name, inner)| walk(inner, name.as_str().unwrap(), case, see));
        }
        // Under a statement of a guide, ids.
        Yaml::Sequence(_) if field == "evidence" => {}
        Yaml::Sequence(entries) => entries.iter().for_each(|entry| walk(entry, field, case, see)),
        Yaml::String(text) if TEXTS.contains(&field) => see(case, text),
        _ => {}
    }
}

/// Okapi BM25 as it stands in the textbooks, over the words of a question, all of which a text must have.
fn ranked(texts: &[Scanned], words: &[&str], without: &[&str], case: Option<&str>) -> Vec<(f64, BTreeSet<String>, String)> {
    let times = |text: &Scanned, phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        text.words.windows(phrase.len()).filter(|window| window.iter().zip(&phrase).all(|(a, b)| a == b)).count()
    };
    let mean = texts.iter().map(|text| text.words.len()).sum::<usize>() as f64 / texts.len() as f64;
    let having: Vec<f64> = words.iter().map(|word| texts.iter().filter(|text| times(text, word) > 0).count() as f64).collect();
    let mut found: BTreeMap<Vec<&str>, (f64, BTreeSet<String>, String)> = BTreeMap::new();
    for text in texts {
        let fits = words.iter().all(|word| times(text, word) > 0) && without.iter().all(|word| times(text, word) == 0);
        if !fits || case.is_some_and(|case| text.case.as_deref() != Some(case)) {
            continue;
        }
        let score = words.iter().zip(&having).map(|(word, having)| {
            let rare = (1.0 + (texts.len() as f64 - having + 0.5) / (having + 0.5)).ln();
            let times = times(text, word) as f64;
            rare * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * text.words.len() as f64 / mean))
        });
        let entry = found.entry(text.text.split_whitespace().collect()).or_insert((score.sum(), BTreeSet::new(), String::new()));
        entry.1.insert(text.file.clone());
        entry.2 = entry.2.clone().max(text.day.clone().unwrap_or_default());
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.2.cmp(&a.2)));
    found
}

fn assert_as_scanned(root: &Path, texts: &[Scanned], words: &[&str], without: &[&str], case: Option<&str>) -> usize {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).chain(without.iter().map(|word| format!("-\"{word}\""))).collect();
    let place = case.map(|case| format!("ref:{case}"));
    let question: Vec<&str> = quoted.iter().chain(&place).map(String::as_str).collect();
    let ours = run(root, &[&["search", "--all", "--format", "json"], &question[..]].concat()).json();
    let theirs = ranked(texts, words, without, case);
    if ours["all_words"] == false {
        assert!(theirs.is_empty(), "{question:?}");
        return 0;
    }
    let (ours, what) = (found(&ours), format!("{question:?} in {}", root.display()));
    assert_eq!(ours.len(), theirs.len(), "{what}");
    let mut last = f64::INFINITY;
    for (row, (score, files, day)) in ours.iter().zip(&theirs) {
        // Of texts that fit equally well, those of one day may come in any order; the scan knows no places.
        assert!(*score <= last + 1e-9, "{what}");
        last = *score;
        assert_eq!(row["date"].as_str().unwrap_or_default(), day, "{what}");
        assert!(theirs.iter().any(|(_, files, _)| files.contains(row["place"].as_str().unwrap().split(':').next().unwrap())), "{what}");
        assert!(!files.is_empty());
    }
    theirs.len()
}

#[test]
fn what_is_found_and_in_which_order_is_what_a_plain_scan_finds() {
    let mut n = 0;
    let generated: Vec<TestWorkspace> = (20..23).map(|seed| generate(seed, 14).write()).collect();
    for root in generated.iter().map(|workspace| workspace.path("")).chain([repository().to_path_buf()]) {
        // The program never writes into the sample itself here.
        let copy = tempfile::tempdir().unwrap();
        copy_workspace(&root, copy.path());
        let texts = scan(copy.path());
        assert!(texts.len() > 100);
        for words in [&["the"][..], &["on the day"], &["letter", "seen"], &["no", "reply"], &["he told the desk"], &["insurer"], &["was", "the"], &["of"]] {
            n += assert_as_scanned(copy.path(), &texts, words, &[], None);
            n += assert_as_scanned(copy.path(), &texts, words, &["again", "not a"], None);
        }
        for case in texts.iter().filter_map(|text| text.case.as_deref()).collect::<BTreeSet<_>>() {
            n += assert_as_scanned(copy.path(), &texts, &["the"], &[], Some(case));
        }
    }
    assert!(n > 1_500, "{n}");
}

fn copy_workspace(from: &Path, to: &Path) {
    std::fs::copy(from.join("marg.yaml"), to.join("marg.yaml")).unwrap();
    for folder in ["themes", "meetings"] {
        for path in yaml_files(&from.join(folder)) {
            let target = to.join(path.strip_prefix(from).unwrap());
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::copy(path, target).unwrap();
        }
    }
}

#[test]
fn a_workspace_with_nothing_in_it_or_with_something_wrong_is_searched_all_the_same() {
    let nothing = TestWorkspace::empty().file("marg.yaml", "name: Group\n");
    assert_eq!(nothing.marg(&["search", "arson", "--format", "json"]).json()["texts"], 0);
    let wrong = workspace()
        .file(
            "meetings/2026-02-12-marg.yaml",
            "meeting: marg\ndate: 2026-02-12\ncases:\n  - ref: QLM-7KQ2\n    update: An insurer, and\n    needs: [nowhere]\n",
        )
        .file("meetings/2026-01-08-marg.yaml", "meeting: marg\ndate: [insurer\n")
        .file("meetings/2025-11-06-marg.yml", "insurer")
        .file("themes/broken.yaml", "title: Insurer\n");
    let ran = wrong.marg(&["search", "insurer", "--all"]);
    assert!(ran.stderr.contains("4 files are wrong or cannot be read") && ran.stderr.contains("5 of 5 texts"), "{ran}");
    let mended = wrong.file("meetings/2026-01-08-marg.yaml", "meeting: marg\ndate: 2026-01-08\nother_business: The insurer.\n");
    let ran = mended.marg(&["search", "insurer", "--all"]);
    assert!(ran.stderr.contains("3 files are wrong") && ran.stderr.contains("6 of 6 texts"), "{ran}");
    assert_eq!(TestWorkspace::empty().file("marg.yaml", ": [").marg(&["search", "x"]).code, Some(0));
    assert_eq!(TestWorkspace::empty().marg(&["search", "x"]).code, Some(3));
}

#[test]
fn nothing_that_was_written_or_typed_steers_the_terminal() {
    let evil = "\"\\e[2J arson \\e]52;c;ZXZpbA==\\a\\x9b31m \\u202eTXT\\u200b =1+1\"";
    let text =
        format!("meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: QLM-7KQ2\n    update: {evil}\n    learning: [{{ worked: {evil}, themes: [fires] }}]\n");
    let workspace = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text);
    for question in [&["search", "arson"][..], &["search", "txt", "zz\u{1b}[2J"], &["search", "zz\u{202e}arsonq"], &["helped", "fires"]] {
        for format in ["table", "json", "csv"] {
            let ran = workspace.marg(&[question, &["--format", format]].concat());
            assert_eq!(ran.code, Some(0), "{ran}");
            assert!(ran.stdout.len() > 20 || question[1].starts_with("zz"), "{ran}");
            assert!(!ran.to_string().contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}', '\u{200b}']), "{question:?} {format}: {ran}");
        }
    }
    let csv = workspace.marg(&["search", "in:update", "--format", "csv"]).answer();
    assert!(csv.lines().count() > 1 && !csv.contains(",=1") && !csv.starts_with('='));
}

#[test]
fn a_question_may_be_of_any_length_and_shape() {
    let workspace = workspace();
    let long = "arson ".repeat(3_000);
    for question in [long.as_str(), &"a".repeat(50_000), "\"", "\"\"\"", "- -- ---", "…", "é👩‍👩‍👧", "theme:", ":", "-\"", "ref:-", "\"on\"record\"arson\""]
    {
        let ran = workspace.marg(&["search", "--", question]);
        assert!(matches!(ran.code, Some(0 | 2)), "{ran}");
    }
    assert_eq!(places(&workspace, &[&"arson ".repeat(2)]).len(), 0, "a phrase of one word twice");
}
