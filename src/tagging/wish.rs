//! What somebody wants done with the themes of a discussion, as it is typed: `+arson blocks=hostel rule="Nobody with a fire"`, `-arrears`.

use super::change::Refused;
use crate::source::{list_of, nearest};

/// One theme, as it was named, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub(super) sign: Sign,
    pub(super) name: String,
    pub(super) parts: Vec<(Part, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// `+theme`
    On,
    /// `-theme`
    Off,
    /// The theme by itself: it is noted, confirmed or refused.
    Named,
}

/// What can be said of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Blocks,
    At,
    Rule,
    Cause,
    Scope,
    Status,
    Evidence,
    Memo,
    About,
}

const PARTS: [(&str, Part); 9] = [
    ("blocks", Part::Blocks),
    ("at", Part::At),
    ("rule", Part::Rule),
    ("cause", Part::Cause),
    ("scope", Part::Scope),
    ("status", Part::Status),
    ("evidence", Part::Evidence),
    ("memo", Part::Memo),
    ("about", Part::About),
];

impl Part {
    pub(super) fn word(self) -> &'static str {
        PARTS.iter().find(|(_, part)| *part == self).map_or("", |(word, _)| word)
    }

    fn parse(word: &str) -> Option<Self> {
        PARTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, part)| *part)
    }

    /// Whether it is said in people's own words, in which a hyphen or a plus is only that.
    fn is_text(self) -> bool {
        matches!(self, Self::Rule | Self::Evidence | Self::Memo)
    }
}

/// Reads words that came one by one, as a shell hands them on.
///
/// # Errors
///
/// What is no theme and no part of one.
pub fn wishes<S: AsRef<str>>(words: &[S]) -> Result<Vec<Wish>, Refused> {
    let mut wishes: Vec<Wish> = Vec::new();
    for word in words.iter().map(|word| word.as_ref().trim()).filter(|word| !word.is_empty()) {
        match (signed(word), word.split_once('=')) {
            (Some((sign, name)), _) => wishes.push(Wish { sign, name: name.to_owned(), parts: Vec::new() }),
            (None, Some((part, value))) => {
                let part = Part::parse(part.trim()).ok_or_else(|| no_part(part.trim()))?;
                let wish = wishes.last_mut().ok_or_else(|| Refused::new(format!("`{word}` stands before the theme it belongs to")).hint(EXAMPLE))?;
                wish.parts.push((part, unquoted(value).to_owned()));
            }
            (None, None) => wishes.push(Wish { sign: Sign::Named, name: word.to_owned(), parts: Vec::new() }),
        }
    }
    Ok(wishes)
}

const EXAMPLE: &str = "name the theme first: `+arson-blocks-housing blocks=supported-accommodation`";

/// Reads a line in which everything stands behind each other: names and texts need no quotes, and end where the next thing begins.
///
/// # Errors
///
/// As [`wishes`].
pub fn wishes_of_line(line: &str) -> Result<Vec<Wish>, Refused> {
    let mut words: Vec<String> = Vec::new();
    let mut in_text = false;
    for token in line.split_whitespace() {
        let part = token.split_once('=').and_then(|(part, _)| Part::parse(part));
        let begins = part.is_some() || (!in_text && (signed(token).is_some() || token.contains('=')));
        match words.last_mut() {
            Some(last) if !begins => {
                last.push(' ');
                last.push_str(token);
            }
            _ => {
                words.push(token.to_owned());
                in_text = part.is_some_and(Part::is_text);
            }
        }
    }
    wishes(&words)
}

/// The sign before a name. Editors and phones make longer dashes of a hyphen.
fn signed(word: &str) -> Option<(Sign, &str)> {
    let of = |signs: &[char], sign| word.strip_prefix(signs).map(|name| (sign, name.trim())).filter(|(_, name)| name.starts_with(char::is_alphanumeric));
    of(&['+'], Sign::On).or_else(|| of(&['-', '−', '–'], Sign::Off))
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let quotes = [('"', '"'), ('“', '”'), ('\'', '\'')];
    quotes.iter().find_map(|(open, close)| value.strip_prefix(*open)?.strip_suffix(*close)).unwrap_or(value).trim()
}

fn no_part(typed: &str) -> Refused {
    let known = PARTS.iter().map(|(word, _)| *word);
    let all: Vec<String> = known.clone().map(|word| format!("`{word}=`")).collect();
    let refused = Refused::new(format!("`{typed}=` says nothing about a tag"));
    match nearest(typed, known) {
        Some(near) => refused.hint(format!("did you mean `{near}=`?")),
        None => refused.hint(format!("what can be said: {}", list_of(&all, "and"))),
    }
}
