//! Texts that people wrote, on their way out.
//!
//! Which fields an audience may read is decided where its page is built. This is the second lock: a text from an allowed field that
//! names a case, or somebody from the attendance, is kept back whole, and the person who makes the page is told.

use std::collections::BTreeSet;

use super::audience::Audience;
use crate::model::{AgendaSubject, Casebook};

/// A text that was kept back, for the person who makes the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Which text it was, such as "a learning point".
    pub what: String,
    pub why: &'static str,
}

/// Lets texts out, and remembers those it did not.
pub(super) struct Lock<'a> {
    audience: Audience,
    refs: BTreeSet<&'a str>,
    people: BTreeSet<&'a str>,
    pub(super) withheld: Vec<Withheld>,
}

impl<'a> Lock<'a> {
    pub(super) fn new(book: &'a Casebook, audience: Audience) -> Self {
        let mut lock = Self { audience, refs: BTreeSet::new(), people: BTreeSet::new(), withheld: Vec::new() };
        if audience.is_members() {
            return lock;
        }
        for meeting in &book.meetings {
            lock.refs.extend(meeting.cases.iter().map(|case| case.case.as_str()));
            lock.refs.extend(meeting.agenda.iter().filter_map(|item| match &item.subject {
                AgendaSubject::Case(case) => Some(case.as_str()),
                AgendaSubject::Item(_) => None,
            }));
            lock.people.extend(meeting.attendance.iter().filter_map(|line| line.role.as_deref()).filter(|role| role.len() > 3));
        }
        lock
    }

    /// The text, unless it names a case or somebody from the attendance.
    pub(super) fn pass(&mut self, text: &str, what: &str) -> Option<String> {
        if self.audience.is_members() {
            return Some(text.to_owned());
        }
        if let Some(why) = self.objection(text) {
            self.withheld.push(Withheld { what: what.to_owned(), why });
            return None;
        }
        Some(text.to_owned())
    }

    fn objection(&self, text: &str) -> Option<&'static str> {
        // A ref is capitals, digits and hyphens; so a word of these is either a ref that is known, or none.
        let is_ref = |word: &str| self.refs.contains(word.trim_matches('-'));
        if text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).any(is_ref) {
            return Some("it names a case");
        }
        self.people.iter().any(|person| stands_in(text, person)).then_some("it names somebody from the attendance")
    }
}

/// Whether `name` stands in `text` as words of its own, letter for letter.
fn stands_in(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::stands_in;

    #[test]
    fn a_name_is_found_only_as_words_of_its_own() {
        assert!(stands_in("Ask the Team manager.", "Team manager"));
        assert!(!stands_in("Ask the Team managers.", "Team manager"));
    }
}
