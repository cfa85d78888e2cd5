//! Personal data in free text: what it is, where it stands, and how it may be shown.
//!
//! Rules a person can follow, no guessing by likeness: a number with its check digit, a shape that the issuing body has published, a word
//! beside it, or a name that somebody put on a list. What is found is never given back as it stands but masked, so that no message, log or
//! excerpt can spread it further.

pub mod codes;
mod kind;
mod names;
mod numbers;
mod phone;
mod plain;
mod words;

use std::borrow::Cow;
use std::ops::Range;

pub use kind::{KINDS, Kind};
pub use names::Names;

use plain::Plain;

/// Personal data at one place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub kind: Kind,
    /// In bytes of the text that was given.
    pub at: Range<usize>,
    /// As it may be shown.
    pub masked: String,
    /// Nobody's: from a range that is kept for tests and stories, or an organisation's own.
    pub nobodys: bool,
}

/// What is looked for beside what everybody has: the names of people, and the domains whose mail addresses are an office's.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    names: Names,
    mail_domains: Vec<String>,
}

impl Finder {
    pub fn new(names: Names, mail_domains: &[String]) -> Self {
        let domains = mail_domains.iter().map(|domain| domain.trim().trim_start_matches('@').to_lowercase()).filter(|domain| !domain.is_empty());
        Self { names, mail_domains: domains.collect() }
    }

    /// Everything in a text that belongs to somebody, in its order; where two rules fit one place, the graver says it.
    pub fn find(&self, text: &str) -> Vec<Found> {
        self.find_all(text).into_iter().filter(|found| !found.nobodys).collect()
    }

    /// The same with what is nobody's.
    pub fn find_all(&self, text: &str) -> Vec<Found> {
        if text.len() < 4 {
            return Vec::new();
        }
        let plain = Plain::of(text);
        let mut hits = numbers::find(&plain.text);
        hits.extend(phone::find(&plain.text));
        hits.extend(words::find(&plain.text, &self.mail_domains));
        hits.extend(self.names.find(&plain.text));
        // The graver first, then the longer; what lies within another says nothing new.
        hits.sort_by_key(|hit| (hit.nobodys, hit.kind, std::cmp::Reverse(hit.at.len()), hit.at.start));
        let mut kept: Vec<Hit> = Vec::new();
        for hit in hits {
            if kept.iter().all(|other| other.at.end <= hit.at.start || hit.at.end <= other.at.start) {
                kept.push(hit);
            }
        }
        kept.sort_by_key(|hit| hit.at.start);
        let found = |hit: Hit| {
            let (start, end) = plain.original(text, hit.at.start, hit.at.end);
            Found { kind: hit.kind, masked: mask(&text[start..end]), at: start..end, nobodys: hit.nobodys }
        };
        kept.into_iter().map(found).collect()
    }

    /// Whether anything may be found in the values that a file is made of: quick, and never no where there is something. A text with escapes
    /// hides what it says, so it may.
    pub fn may_hold(&self, file: &str) -> bool {
        let plain = || file.replace("''", "'");
        file.contains('\\') || !self.find(&plain()).is_empty() || numbers::may_stand_alone(&Plain::of(file).text)
    }

    /// The text with everything personal masked, for whatever repeats what people wrote.
    pub fn masked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let found = self.find(text);
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        let (mut shown, mut from) = (String::with_capacity(text.len()), 0);
        for found in found {
            shown.push_str(&text[from..found.at.start]);
            shown.push_str(&found.masked);
            from = found.at.end;
        }
        Cow::Owned(shown + &text[from..])
    }
}

/// A place in the plain text that a rule fits.
struct Hit {
    kind: Kind,
    at: Range<usize>,
    nobodys: bool,
}

impl Hit {
    fn new(kind: Kind, at: Range<usize>) -> Self {
        Self { kind, at, nobodys: false }
    }
}

/// Every letter and digit as a dot, and as many as there were: nothing of it can be looked up, and the place in the line stays right.
fn mask(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() { '•' } else { c }).collect()
}

#[cfg(test)]
mod tests;
