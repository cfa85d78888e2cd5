//! What is looked for: words, phrases, words that must not stand there, and where to look.

use super::build::word_of;
use crate::model::{Period, pieces};

/// Something a text has to have, or must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A word in any of its forms.
    Alike(String),
    /// These very words, one after the other.
    Exact(Vec<String>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    pub wanted: Vec<Wanted>,
    pub without: Vec<Wanted>,
    /// Such as `theme:waiting-list`; a text needs all of them.
    pub tags: Vec<String>,
    pub period: Period,
}

/// A part of a question as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Wanted(Wanted),
    Without(Wanted),
    /// A name before a colon, and what stands behind it.
    Named(String, String),
}

/// The names before a colon that say where to look.
pub const NAMES: &[&str] = &["ref", "theme", "agency", "in", "since", "until"];

/// Takes apart what was typed: each argument of the command line is a word, or words that belong together when the shell was told so.
pub fn parts(typed: &[String]) -> Vec<Part> {
    typed.iter().flat_map(|argument| parts_of(argument)).collect()
}

fn parts_of(argument: &str) -> Vec<Part> {
    let plain = !argument.contains(['"', '“', '”']) && !argument.split_whitespace().any(|word| word.starts_with('-') || named(word).is_some());
    if plain && argument.split_whitespace().count() > 1 {
        // The shell has taken the quotation marks away.
        return exact(argument).map(Part::Wanted).into_iter().collect();
    }
    let mut parts = Vec::new();
    let mut rest = argument.trim_start();
    while !rest.is_empty() {
        let (without, after) = rest.strip_prefix('-').map_or((false, rest), |after| (true, after));
        let as_part = |wanted: Wanted| if without { Part::Without(wanted) } else { Part::Wanted(wanted) };
        if let Some(quoted) = after.strip_prefix(['"', '“', '”']) {
            let end = quoted.find(['"', '“', '”']).unwrap_or(quoted.len());
            parts.extend(exact(&quoted[..end]).map(as_part));
            rest = quoted[end..].trim_start_matches(['"', '“', '”']).trim_start();
            continue;
        }
        let end = after.find(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”')).unwrap_or(after.len());
        let word = &after[..end];
        match named(word).filter(|_| !without) {
            Some((name, value)) => parts.push(Part::Named(name.to_owned(), value.to_owned())),
            None => parts.extend(one(word).map(as_part)),
        }
        rest = after[end..].trim_start();
    }
    parts
}

/// `theme:waiting-list` as its name and its value.
fn named(word: &str) -> Option<(&'static str, &str)> {
    let (name, value) = word.split_once(':')?;
    let name = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name))?;
    (!value.is_empty()).then_some((name, value))
}

/// What one word means: itself in any form; one with a hyphen in it, its parts one after the other.
pub fn one(word: &str) -> Option<Wanted> {
    let mut words = words(word);
    match words.len() {
        0 => None,
        1 => words.pop().map(Wanted::Alike),
        _ => Some(Wanted::Exact(words)),
    }
}

/// These very words.
fn exact(text: &str) -> Option<Wanted> {
    Some(words(text)).filter(|words| !words.is_empty()).map(Wanted::Exact)
}

fn words(text: &str) -> Vec<String> {
    pieces(text).map(|(start, end)| word_of(&text[start..end])).collect()
}

impl Wanted {
    /// As it is said: a word, or a phrase in quotation marks.
    pub fn shown(&self) -> String {
        match self {
            Self::Alike(word) => word.clone(),
            Self::Exact(words) => format!("\"{}\"", words.join(" ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(typed: &[&str]) -> String {
        let typed: Vec<String> = typed.iter().map(|word| (*word).to_owned()).collect();
        let part = |part: &Part| match part {
            Part::Wanted(wanted) => wanted.shown(),
            Part::Without(wanted) => format!("not {}", wanted.shown()),
            Part::Named(name, value) => format!("{name}={value}"),
        };
        parts(&typed).iter().map(part).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn words_phrases_and_places_are_told_apart() {
        assert_eq!(said(&["Insurer", "arson"]), "insurer | arson");
        assert_eq!(said(&["arson on record"]), "\"arson on record\"", "quoted for the shell");
        assert_eq!(said(&["insurer \"arson on record\" -licence theme:fires"]), "insurer | \"arson on record\" | not licence | theme=fires");
        assert_eq!(said(&["-“on record”", "re-referral", "REF:QLM-7KQ2", "10:30"]), "not \"on record\" | \"re referral\" | ref=QLM-7KQ2 | \"10 30\"");
        assert_eq!(said(&["“never closed", "\"", "-", "…", "in:"]), "\"never closed\" | in");
        assert_eq!(said(&["\"one\"two"]), "\"one\" | two");
    }
}
