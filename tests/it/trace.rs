//! `marg guide THEME --trace`: nothing in a members' guide that cannot be followed to its file and line.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::generator::generate;
use crate::harness::{repository, run, without_marks};

/// One line of the trace, with all its places.
struct Traced {
    says: String,
    figure: Option<i64>,
    is_people: bool,
    places: Vec<(String, Option<String>)>,
}

/// Letters and digits alone, with one blank between words: neither signs of Markdown nor line ends count.
fn bare(text: &str) -> String {
    let text = text.replace("&amp;", " ").replace("&lt;", " ").replace("&gt;", " ").replace("&quot;", " ");
    let words: String = text.to_lowercase().chars().filter(|c| *c != '\\' && *c != '*').map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn traced(root: &Path, theme: &str) -> Vec<Traced> {
    let json = run(root, &["guide", theme, "--trace", "--format", "json"]).json();
    let mut lines: Vec<Traced> = Vec::new();
    let mut last = None;
    for row in json["lines"].as_array().unwrap() {
        let people = row["people"].as_i64();
        let figure = people.or(row["times"].as_i64());
        let key = (row["part"].clone(), row["says"].clone(), figure);
        let place = (row["place"].as_str().unwrap().to_owned(), row["case"].as_str().map(str::to_owned));
        if figure.is_some() && last.as_ref() == Some(&key) {
            lines.last_mut().unwrap().places.push(place);
        } else {
            lines.push(Traced { says: row["says"].as_str().unwrap().to_owned(), figure, is_people: people.is_some(), places: vec![place] });
        }
        last = Some(key);
    }
    lines
}

/// Each place is there, and says what the line says; each figure is the number of its places, or of the people in them.
fn places_hold(root: &Path, theme: &str, lines: &[Traced]) {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines {
        if let Some(figure) = line.figure {
            let people: BTreeSet<&String> = line.places.iter().filter_map(|(_, case)| case.as_ref()).collect();
            let n = if line.is_people { people.len() } else { line.places.len() };
            assert_eq!(figure, i64::try_from(n).unwrap(), "{theme}: {}", line.says);
        }
        for (place, case) in &line.places {
            let (path, at) = place.rsplit_once(':').unwrap();
            let at: usize = at.parse().unwrap();
            let file = files.entry(path.to_owned()).or_insert_with(|| {
                let text = std::fs::read_to_string(root.join(path)).unwrap();
                text.lines().map(str::to_owned).collect()
            });
            assert!((1..=file.len()).contains(&at), "{theme}: {place}");
            let there = bare(&file[at - 1..].join("\n"));
            if let Some(case) = case {
                let above = file[..at].iter().rev().find(|line| line.contains("ref:"));
                assert!(above.is_some_and(|above| above.contains(case.as_str())), "{theme}: {place} is not in the record of {case}");
            }
            if line.figure.is_none() && !line.says.contains(|c: char| c.is_ascii_digit()) {
                let begins: String = bare(&line.says).chars().take(16).collect();
                let near = there.get(..there.len().min(6000)).unwrap_or(&there);
                assert!(near.contains(begins.trim_end()), "{theme}: {place} does not say {begins:?}");
            }
        }
    }
}

/// Whether a line of the guide says something that has to rest on something: an entry of a list or a quotation, or anything with a figure.
fn is_claim(line: &str) -> bool {
    let text = line.trim_start();
    let is_entry = ["- ", "> “", "| "].iter().any(|mark| text.starts_with(mark)) || text.split_once(". ").is_some_and(|(n, _)| n.parse::<u32>().is_ok());
    !text.starts_with('#') && !text.starts_with("| When") && !text.starts_with("| :") && (is_entry || text.contains(|c: char| c.is_ascii_digit()))
}

/// What the program itself says on every guide.
const ITS_OWN: &[&str] =
    &["Published: not yet", "to be written", "Stage:", "Document control:", "as of ", "Best-practice guide", "To be read again: no day set"];

/// Words that are numbers; an id with a digit in it is none.
fn numbers(line: &str) -> Vec<i64> {
    line.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.parse().ok()).collect()
}

fn follows_every_line(root: &Path, theme: &str, out: &Path) -> usize {
    let lines = traced(root, theme);
    places_hold(root, theme, &lines);
    let _ = run(root, &["guide", theme, "--out", out.to_str().unwrap()]);
    let guide = without_marks(&std::fs::read_to_string(out.join(format!("guide-{theme}.md"))).unwrap());
    let texts: Vec<String> = lines.iter().filter(|line| line.figure.is_none()).map(|line| bare(&line.says)).filter(|text| text.len() > 4).collect();
    // An agency's figure is named by the agency and by what it counts.
    let figures: Vec<(Vec<String>, i64)> = lines.iter().filter_map(|line| Some((line.says.split(": ").map(bare).collect(), line.figure?))).collect();
    let mut claims = 0;
    for line in guide.lines().filter(|line| is_claim(line)) {
        let said = bare(line);
        let is_text = texts.iter().any(|text| said.contains(text.as_str()) || text.contains(&said));
        let is_gap = line.starts_with("> - ");
        // Each number is a figure of the trace: of what is named in the line, or of the guide as a whole.
        let is_whole = |name: &[String]| ["people who met it", "it still stands", "it has eased", "it is resolved"].contains(&name[0].trim());
        let is_named = |name: &[String]| name.iter().all(|part| said.contains(part.as_str()) || said.contains(&part.replace(" still waiting ", " waiting ")));
        let known: BTreeSet<i64> =
            figures.iter().filter(|(name, _)| is_named(name) || is_whole(name) || said.contains(" several ")).map(|(_, n)| *n).chain([0]).collect();
        // A rule may have a number in its own words.
        let in_names = figures.iter().filter(|(name, _)| is_named(name)).flat_map(|(name, _)| name.iter().flat_map(|part| numbers(part)));
        let known: BTreeSet<i64> = known.into_iter().chain(in_names).collect();
        let found = numbers(line);
        let is_figure = !found.is_empty() && found.iter().all(|n| known.contains(n));
        let own = ITS_OWN.iter().any(|own| line.contains(own));
        assert!(is_text || is_figure || is_gap || own, "{theme}: nothing stands behind `{line}`\n{figures:?}");
        claims += usize::from(is_text || is_figure);
    }
    claims
}

#[test]
fn every_line_of_the_samples_guides_is_followed_to_its_place() {
    let out = tempfile::tempdir().unwrap();
    let mut claims = 0;
    for entry in std::fs::read_dir(repository().join("themes")).unwrap() {
        let path = entry.unwrap().path();
        let theme = path.file_stem().unwrap().to_str().unwrap();
        claims += follows_every_line(repository(), theme, out.path());
    }
    assert!(claims > 800, "{claims}");
}

#[test]
fn every_line_of_guides_of_generated_workspaces_is_followed_to_its_place() {
    let mut claims = 0;
    for seed in 40..48 {
        let workspace = generate(seed, 12).write();
        for entry in std::fs::read_dir(workspace.path("themes")).unwrap() {
            let path = entry.unwrap().path();
            let theme = path.file_stem().unwrap().to_str().unwrap();
            claims += follows_every_line(&workspace.path(""), theme, &workspace.path("out"));
        }
    }
    assert!(claims > 500, "{claims}");
}
