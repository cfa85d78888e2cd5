//! Findings as people see them: the line, the place in it, what is wrong and what to do; and as JSON for programs.

use std::collections::{BTreeMap, HashMap};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use rayon::prelude::*;
use serde_json::{Value as Json, json};

use super::layout::fold_to;
use crate::personal::Finder;
use crate::source::{At, FileId, Finding, LineCol, Place, Severity, Span, line_col, line_range, printable};
use crate::workspace::{Files, personal_in};
use crate::yaml;

/// A finding with its place in the text resolved.
pub(super) struct Located {
    pub(super) finding: Finding,
    pub(super) path: String,
    /// Where it stands; nothing for a finding about a whole file, or one that has gone.
    place: Option<(LineCol, Line)>,
    span: Option<Span>,
}

/// The line of a finding, made safe to show, with the bytes to mark in it.
struct Line {
    text: String,
    mark: std::ops::Range<usize>,
}

/// Resolves findings against the texts, which are read again for it, each file once; in order of file, line and column.
pub(super) fn locate(files: &Files, finder: &Finder, findings: Vec<Finding>) -> Vec<Located> {
    locate_with(finder, findings, |file| (files.path(file).to_owned(), files.text(file)))
}

/// The same for texts that are not those on the disk: `text` gives the path and the text of a file.
pub(super) fn locate_with(finder: &Finder, findings: Vec<Finding>, text: impl Fn(FileId) -> (String, Option<String>) + Sync) -> Vec<Located> {
    let mut by_file: HashMap<Option<FileId>, Vec<Finding>> = HashMap::new();
    for finding in findings {
        by_file.entry(finding.at.file()).or_default().push(finding);
    }
    let mut groups: Vec<_> = by_file.into_iter().collect();
    groups.sort_by_key(|(file, _)| *file);
    let mut located: Vec<Vec<Located>> = groups.into_par_iter().map(|(file, findings)| locate_in(file.map(&text), finder, findings)).collect();
    for group in &mut located {
        // The order of finding breaks ties: what the reader says comes before what follows from it.
        group.sort_by_key(|located| (located.place.as_ref().map(|(at, _)| *at), located.finding.code.severity));
        one_message_a_place(group);
    }
    located.into_iter().flatten().collect()
}

/// Of what follows from a mistake at one and the same place, the mistake itself is enough.
fn one_message_a_place(group: &mut Vec<Located>) {
    let wrong: Vec<Span> = group
        .iter()
        .filter(|located| located.finding.code.severity == Severity::Wrong && located.finding.code.id != "missing-field")
        .filter_map(|located| located.span)
        .collect();
    group.retain(|located| {
        let follows = located.finding.code.severity == Severity::Unwise || located.finding.code.id == "missing-field";
        !(follows && located.span.is_some_and(|span| wrong.contains(&span)))
    });
}

fn locate_in(file: Option<(String, Option<String>)>, finder: &Finder, findings: Vec<Finding>) -> Vec<Located> {
    let Some((path, text)) = file else {
        return findings.into_iter().map(|finding| Located { finding, path: String::new(), place: None, span: None }).collect();
    };
    let places = text.as_deref().map(|text| {
        yaml::locate(
            text,
            findings.iter().map(|finding| match &finding.at {
                At::Value(place) => Some(&place.path),
                _ => None,
            }),
        )
    });
    let places = places.unwrap_or_else(|| vec![None; findings.len()]);
    let personal: Vec<Span> = text.as_deref().map(|text| personal_in(text, finder).into_iter().map(|found| found.span).collect()).unwrap_or_default();
    findings
        .into_iter()
        .zip(places)
        .map(|(finding, found)| {
            let finding = masked(finding, finder);
            let span = match &finding.at {
                At::Text(_, span) => Some(*span),
                _ => found,
            };
            let place = span.zip(text.as_deref()).map(|(span, text)| (line_col(text, span.start), line(text, span, &personal)));
            Located { finding, path: path.clone(), place, span }
        })
        .collect()
}

/// How much of a long line is shown on each side of the place.
const AROUND: usize = 160;

/// What somebody wrote may stand in a message, and a message in a log.
fn masked(mut finding: Finding, finder: &Finder) -> Finding {
    finding.message = finder.masked(&finding.message).into_owned();
    finding.hints.iter_mut().for_each(|hint| *hint = finder.masked(hint).into_owned());
    finding
}

fn line(text: &str, span: Span, personal: &[Span]) -> Line {
    let range = line_range(text, span.start);
    let start = boundary(text, span.start.clamp(range.start, range.end));
    let end = boundary(text, span.end.clamp(start, range.end));
    let from = boundary(text, start.saturating_sub(AROUND).max(range.start));
    let to = boundary(text, (end.min(start + AROUND) + AROUND).min(range.end));
    let end = end.min(to);
    let is_hidden = |at: usize, c: char| c.is_alphanumeric() && personal.iter().any(|span| (span.start..span.end).contains(&at));
    let shown = |from: usize, to: usize| text[from..to].char_indices().map(|(at, c)| if is_hidden(from + at, c) { '•' } else { c }).collect::<String>();
    let safe = |from: usize, to: usize| printable(shown(from, to).trim_start_matches('\u{feff}')).replace('\t', "→   ");
    let (before, marked, after) = (safe(from, start), safe(start, end), safe(end, to));
    let mark = before.len()..before.len() + marked.len();
    Line { text: before + &marked + &after, mark }
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Of a line of a file, no more is shown on the widest screen.
const WIDEST: usize = 140;

/// What stands before the message: `wrong[…]: `.
fn level_words(severity: Severity) -> usize {
    severity.word().len() + "[]: ".len()
}

/// A text that may be shown, in lines that fit; a very narrow screen has to break them itself.
fn folded(text: &str, width: usize) -> String {
    fold_to(&printable(text), width.max(20)).join("\n")
}

impl Located {
    pub(super) fn line_col(&self) -> Option<LineCol> {
        self.place.as_ref().map(|(at, _)| *at)
    }

    /// The finding with its line; `width` is that of the screen, if there is one.
    pub(super) fn render(&self, width: usize) -> String {
        let level = match self.finding.code.severity {
            Severity::Wrong => Level::ERROR.with_name("wrong"),
            Severity::Unwise => Level::WARNING.with_name("unwise"),
        };
        let id = self.finding.code.id;
        let message = folded(&self.finding.message, width.saturating_sub(level_words(self.finding.code.severity) + id.len()));
        let title = level.primary_title(message.as_str()).id(id);
        let margin = self.place.as_ref().map_or(1, |(at, _)| at.line.to_string().len()) + "  = hint: ".len();
        let hints: Vec<_> = self.finding.hints.iter().map(|hint| folded(hint, width.saturating_sub(margin))).collect();
        let path = printable(&self.path);
        let mut group = match &self.place {
            Some((at, line)) => {
                let snippet = Snippet::source(line.text.as_str()).path(path.as_ref()).line_start(at.line);
                Group::with_title(title).element(snippet.annotation(AnnotationKind::Primary.span(line.mark.clone())))
            }
            None if path.is_empty() => Group::with_title(title),
            None => Group::with_title(title).element(annotate_snippets::Origin::path(path.as_ref())),
        };
        for hint in &hints {
            group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
        }
        let report = [group];
        Renderer::styled().term_width(width.min(WIDEST)).render(&report) + "\n"
    }

    /// The finding for programs, without the text of the file: it may be captured in a log.
    pub(super) fn json(&self) -> Json {
        let at = self.line_col();
        json!({
            "code": self.finding.code.id,
            "severity": self.finding.code.severity.word(),
            "file": if self.path.is_empty() { Json::Null } else { Json::from(self.path.as_str()) },
            "line": at.map(|at| at.line),
            "column": at.map(|at| at.column),
            "message": self.finding.message,
            "hints": self.finding.hints,
        })
    }
}

/// `file:line` of values, each file read once; in the order in which they were asked for.
pub(super) fn places(files: &Files, wanted: Vec<Place>) -> Vec<String> {
    let mut by_file: BTreeMap<FileId, Vec<(usize, Place)>> = BTreeMap::new();
    for (n, place) in wanted.into_iter().enumerate() {
        by_file.entry(place.file).or_default().push((n, place));
    }
    let mut found: Vec<(usize, String)> = Vec::new();
    for (file, wanted) in by_file {
        let path = files.path(file);
        let text = files.text(file).unwrap_or_default();
        let spans = yaml::locate(&text, wanted.iter().map(|(_, place)| Some(&place.path)));
        let lines = spans.into_iter().map(|span| span.map_or_else(|| path.to_owned(), |span| format!("{path}:{}", line_col(&text, span.start).line)));
        found.extend(wanted.into_iter().map(|(n, _)| n).zip(lines));
    }
    found.sort();
    found.into_iter().map(|(_, place)| place).collect()
}

/// Words of a value, to be shown where they stand in its file.
pub(super) struct Quoted {
    place: Place,
    words: String,
    /// How often the same words stand before them in the value.
    earlier: usize,
}

impl Quoted {
    /// `start` is where the words begin in the value, in bytes.
    pub(super) fn new(place: Place, value: &str, words: &str, start: usize) -> Self {
        let before = value.get(..start).unwrap_or_default();
        Self { place, words: words.to_owned(), earlier: if words.is_empty() { 0 } else { before.matches(words).count() } }
    }

    /// Where they stand in a text, between the bytes of their value; how the value is folded over lines does not matter.
    fn find(&self, text: &str, value: Span) -> usize {
        let within = text.get(value.start..value.end).unwrap_or_default();
        let words: Vec<&str> = self.words.split_whitespace().collect();
        let Some(first) = words.first() else { return value.start };
        let follows = |at: &usize| {
            let mut rest = &within[*at..];
            words.iter().all(|word| match rest.trim_start().strip_prefix(word) {
                Some(after) => {
                    rest = after;
                    true
                }
                None => false,
            })
        };
        let found = within.match_indices(first).map(|(at, _)| at).filter(follows).nth(self.earlier);
        value.start + found.unwrap_or(0)
    }
}

/// `file:line` of words, each file read once; in the order in which they were asked for.
pub(super) fn places_of_words(files: &Files, wanted: &[Option<Quoted>]) -> Vec<Option<String>> {
    let mut by_file: BTreeMap<FileId, Vec<(usize, &Quoted)>> = BTreeMap::new();
    for (n, quoted) in wanted.iter().enumerate().filter_map(|(n, quoted)| Some((n, quoted.as_ref()?))) {
        by_file.entry(quoted.place.file).or_default().push((n, quoted));
    }
    let mut found: Vec<Option<String>> = wanted.iter().map(|_| None).collect();
    for (file, wanted) in by_file {
        let (path, text) = (files.path(file), files.text(file).unwrap_or_default());
        let spans = yaml::locate(&text, wanted.iter().map(|(_, quoted)| Some(&quoted.place.path)));
        for ((n, quoted), span) in wanted.into_iter().zip(spans) {
            found[n] = Some(span.map_or_else(|| path.to_owned(), |span| format!("{path}:{}", line_col(&text, quoted.find(&text, span)).line)));
        }
    }
    found
}
