//! How things are written down: labels that follow a person, and words that judge one.
//!
//! The lists here are what is looked for where a group says nothing else; `recording` in marg.yaml adds to them, changes them and
//! takes from them. Everything found is a suggestion.

mod context;
mod labels;
mod phrases;
mod plain;
mod prose;
mod spoken;

use rayon::prelude::*;

use crate::model::{Ask, Casebook, Discussion, Group, Meeting, Theme};
use crate::source::Place;

pub(super) use context::missing;
pub(super) use prose::Field;

use phrases::Phrases;
use prose::{prose, theme_prose};

/// A label and what is asked of it: the group's own, or one of the list.
pub(super) struct Sought {
    pub(super) asks: Vec<Ask>,
}

/// What one phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// The label of this number.
    Label(usize),
    /// The plainer word of this number.
    Plain(usize),
}

/// A word in a discussion of a meeting that was held.
pub(super) struct Mention<'a> {
    pub(super) meeting: &'a Meeting,
    pub(super) case: &'a Discussion,
    pub(super) field: Field,
    pub(super) text: &'a str,
    /// Where it begins and ends in the text.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) means: Means,
}

impl<'a> Mention<'a> {
    /// As it is written there.
    pub(super) fn word(&self) -> String {
        self.text[self.start..self.end].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether somebody else says it: the person's own words, or a rule or record that is quoted.
    pub(super) fn is_quoted(&self) -> bool {
        spoken::is_quoted(self.text, self.start)
    }

    /// Whether it is said of this person, and not that it is not so, or that somebody did it to them.
    pub(super) fn is_of_the_person(&self) -> bool {
        !self.is_quoted() && !spoken::is_denied_or_suffered(self.text, self.start, self.end)
    }
}

/// A word that judges, in the title of a theme or in its guide.
pub(super) struct Written {
    pub(super) place: Place,
    pub(super) word: String,
    /// The number of the plainer word.
    pub(super) plain: usize,
}

/// All that is looked for in the words of a workspace, and where it was found.
pub(super) struct Mentions<'a> {
    pub(super) labels: Vec<Sought>,
    pub(super) plain: Vec<String>,
    /// In the order of the meetings, then of the places in the file.
    pub(super) found: Vec<Mention<'a>>,
    pub(super) in_themes: Vec<Written>,
}

impl<'a> Mentions<'a> {
    pub(super) fn of(book: &'a Casebook) -> Self {
        let (labels, plain, phrases) = lists(&book.group);
        let held: Vec<&Meeting> = book.held_meetings().map(|(_, meeting)| meeting).collect();
        let found = held.into_par_iter().flat_map_iter(|meeting| in_meeting(&phrases, meeting)).collect();
        let in_themes = book.themes.iter().flat_map(|theme| in_theme(&phrases, theme)).collect();
        Self { labels, plain, found, in_themes }
    }
}

fn in_meeting<'a>(phrases: &Phrases, meeting: &'a Meeting) -> Vec<Mention<'a>> {
    let mut found = Vec::new();
    let mut even = Vec::new();
    for case in &meeting.cases {
        for (field, text) in prose(case) {
            phrases.in_text(text, &mut even, |start, end, means| {
                if field.is_of_the_person() || matches!(means, Means::Plain(_)) {
                    found.push(Mention { meeting, case, field, text, start, end, means });
                }
            });
        }
    }
    found
}

fn in_theme(phrases: &Phrases, theme: &Theme) -> Vec<Written> {
    let mut found = Vec::new();
    for (place, text) in theme_prose(theme) {
        phrases.in_text(text, &mut Vec::new(), |start, end, means| {
            if let Means::Plain(plain) = means
                && !spoken::is_quoted(text, start)
            {
                found.push(Written { place: place.clone(), word: text[start..end].split_whitespace().collect::<Vec<_>>().join(" "), plain });
            }
        });
    }
    found
}

/// The lists in force. What the group says comes first, so that its word decides where two lists have the same.
fn lists(group: &Group) -> (Vec<Sought>, Vec<String>, Phrases) {
    let mut phrases = Vec::new();
    let mut sought = Vec::new();
    for label in &group.recording.labels {
        phrases.extend(label.words.iter().map(|word| (word.clone(), Some(Means::Label(sought.len())))));
        sought.push(Sought { asks: label.asks.clone() });
    }
    let own = |name: &str| group.recording.labels.iter().any(|label| label.name.as_deref() == Some(name));
    for (_, words, asks) in labels::BUILT_IN.iter().filter(|(name, ..)| !own(name)) {
        phrases.extend(words.iter().map(|word| ((*word).to_owned(), Some(Means::Label(sought.len())))));
        sought.push(Sought { asks: asks.to_vec() });
    }
    phrases.extend(labels::OTHERWISE.iter().chain(plain::OTHERWISE).map(|words| ((*words).to_owned(), None)));
    let mut plain = Vec::new();
    for (word, instead) in &group.recording.plain_words {
        phrases.push((word.clone(), instead.as_ref().map(|_| Means::Plain(plain.len()))));
        plain.extend(instead.clone());
    }
    for (words, instead) in plain::BUILT_IN {
        phrases.extend(words.iter().map(|word| ((*word).to_owned(), Some(Means::Plain(plain.len())))));
        plain.push((*instead).to_owned());
    }
    (sought, plain, Phrases::new(phrases))
}
