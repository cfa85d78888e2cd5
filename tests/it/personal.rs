//! Personal data in free text, held against cases that others have collected and against ordinary prose.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use marg::personal::{Finder, KINDS, Kind, Names};

use crate::harness::{TestWorkspace, repository, run};
use crate::outside::beside;

fn kind_of(word: &str) -> Kind {
    match word {
        "nhs" => Kind::NhsNumber,
        "nino" => Kind::NationalInsurance,
        "driving_licence" => Kind::DrivingLicence,
        "postcode" => Kind::Postcode,
        "phone" => Kind::Phone,
        "vrm" => Kind::Vehicle,
        "email" => Kind::Email,
        other => panic!("`{other}` is a kind that nobody looks for"),
    }
}

#[test]
#[ignore = "needs the cases beside the repository"]
fn the_cases_of_others_are_told_apart() {
    let mut reader = csv::Reader::from_path(beside("data/personal-data-cases.csv")).unwrap();
    let finder = Finder::new(Names::default(), &[]);
    let mut score: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for row in reader.records().map(Result::unwrap) {
        let (word, text, expected) = (&row[0], &row[1], &row[2] == "true");
        let found = finder.find_all(text).iter().any(|found| found.kind == kind_of(word));
        let (right, all) = score.entry(word.to_owned()).or_default();
        *all += 1;
        *right += usize::from(found == expected);
        if found != expected {
            missed.push(format!("{word} {text:?}: found {found}"));
        }
    }
    for (word, (right, all)) in &score {
        let wanted = if matches!(word.as_str(), "nhs" | "nino" | "driving_licence") { 1.0 } else { 0.95 };
        assert!(*right as f64 / *all as f64 >= wanted, "{word}: {right} of {all}\n{}", missed.join("\n"));
    }
    assert!(score.values().map(|(_, all)| all).sum::<usize>() > 200);
}

/// Texts that were written for people to read: manuals, READMEs and news of installed programs.
fn prose(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| !path.is_symlink()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            prose(&path, found);
        } else if name.starts_with("CHANGELOG") {
            // Tables of commits: ten digits of a hash are no prose, and one in eleven fits the check digit.
        } else if name.ends_with(".md") || name.ends_with(".txt") || name.ends_with(".rst") || name.starts_with("README") || name.starts_with("NEWS") {
            found.push(path);
        }
    }
}

#[test]
#[ignore = "reads the manuals of the crates it is built with; MARG_PROSE names other folders"]
fn ordinary_prose_is_seldom_taken_for_somebodys() {
    let crates = std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo"))).unwrap_or_default();
    let named = std::env::var("MARG_PROSE").unwrap_or_else(|_| format!("{crates}/registry/src"));
    let mut files = Vec::new();
    named.split(':').for_each(|folder| prose(Path::new(folder), &mut files));
    files.sort();
    let finder = Finder::default();
    let (mut words, mut blocks, mut warnings) = (0, Vec::new(), BTreeMap::<&str, Vec<String>>::new());
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        words += text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
        for found in finder.find(&text) {
            let shown = format!("{}: {}", file.display(), &text[found.at.clone()]);
            if found.kind.blocks() { blocks.push(format!("{} {shown}", found.kind.id())) } else { warnings.entry(found.kind.id()).or_default().push(shown) }
        }
    }
    let kinds: String = warnings.iter().map(|(kind, found)| format!("{kind}: {}, such as {}\n", found.len(), found[0])).collect();
    // What was measured is read from here: `cargo test --test it ordinary_prose -- --include-ignored --nocapture`.
    std::io::Write::write_all(&mut std::io::stderr(), format!("{words} words, {} blocks\n{}\n{kinds}", blocks.len(), blocks.join("\n")).as_bytes()).unwrap();
    assert!(words > 100_000, "only {words} words of prose were found");
    assert!(blocks.len() as f64 <= (words as f64 / 100_000.0).max(1.0), "{} blocks in {words} words", blocks.len());
}

fn meeting(update: &str) -> TestWorkspace {
    let text = format!(
        "meeting: marg\ndate: 2026-03-12\nconfidentiality: {{ read_by: Dr Hall }}\ncases:\n  - ref: QLM-7KQ2\n    update: {update}\n    next_review: 2026-04-09\n"
    );
    TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text)
}

#[test]
fn what_names_somebody_is_wrong_and_never_repeated() {
    insta::assert_snapshot!(meeting("She gave 401 023 2137 and rang from 07912 345 678.").marg(&["check", "--only", "nhs-number"]), @r"
    wrong[nhs-number]: an NHS number stands in `cases.update`: ••• ••• ••••
     --> meetings/2026-03-12-marg.yaml:6:22
      |
    6 |     update: She gave ••• ••• •••• and rang from ••••• ••• •••.
      |                      ^^^^^^^^^^^^
      |
      = hint: take it out: a meeting's file knows people by their refs only

    --- stderr
    5 files checked: 1 wrong, 2 unwise. Shown: 1 of 3.
    hint: `marg check --explain nhs-number` says more about a kind of finding
    --- exit 1
    ");
    let workspace = meeting("She gave 401 023 2137 and rang from 07912 345 678.");
    for format in ["table", "json", "csv"] {
        let ran = workspace.marg(&["check", "--all", "--format", format]);
        assert_eq!(ran.code, Some(1), "{ran}");
        let said = format!("{}{}", ran.stdout, ran.stderr);
        for part in ["023", "2137", "07912", "345"] {
            assert!(!said.contains(part), "{format} repeats {part}: {said}");
        }
    }
}

#[test]
fn what_may_lead_to_somebody_is_unwise() {
    let ran = meeting("Lives at 12 Mill Road, CR2 6XH; Mrs Hall drives AB51 ABC; kim@mail.co.uk").marg(&["check", "--format", "csv", "--all"]);
    assert_eq!(ran.code, Some(0), "{ran}");
    for code in ["street-address", "postcode", "titled-name", "vehicle-registration", "e-mail-address"] {
        assert!(ran.stdout.contains(&format!("unwise,{code},meetings/2026-03-12-marg.yaml,6,")), "{code}: {ran}");
    }
    assert_eq!(ran.stdout.matches("titled-name").count(), 1, "staff at work are no finding: {ran}");
}

#[test]
fn a_message_of_another_kind_does_not_repeat_it_either() {
    let text = "meeting: marg\ndate: 2026-03-12\ncases:\n  - ref: QLM-7KQ2\n    needs: [401 023 2137]\n";
    let ran = TestWorkspace::new().file("meetings/2026-03-12-marg.yaml", text).marg(&["check"]);
    assert!(ran.stdout.contains("unknown-theme") && !ran.stdout.contains("2137"), "{ran}");
}

#[test]
fn nobody_in_the_sample_is_given_away() {
    let found = run(repository(), &["check", "--all", "--format", "csv"]);
    for kind in KINDS {
        assert!(!found.stdout.contains(kind.id()), "{found}");
    }
}
