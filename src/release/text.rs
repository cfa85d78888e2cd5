//! Texts that people wrote, on their way out.
//!
//! Which fields an audience may read is decided where its page is built. This is the second lock: a text from an allowed field that
//! names a case, or somebody from the attendance, is kept back whole, and the person who makes the page is told.

use std::collections::{BTreeSet, HashSet};

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::audience::Audience;
use crate::model::{AgendaSubject, Casebook, Meeting};

/// A text that was kept back, for the person who makes the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Which text it was, such as "a learning point".
    pub what: String,
    pub why: &'static str,
}

/// Lets texts out, and remembers those it did not. Refs are compared squeezed, see [`squeezed`]; names folded, see [`folded`].
pub(super) struct Lock {
    refs: HashSet<String>,
    /// How long refs are, in bytes of their squeezed form.
    ref_lengths: BTreeSet<usize>,
    people: BTreeSet<String>,
    pub(super) withheld: Vec<Withheld>,
}

impl Lock {
    pub(super) fn new(book: &Casebook, audience: Audience) -> Self {
        if audience == Audience::Session {
            return Self::but_for(book, |_| false);
        }
        let mut lock = Self::against([]);
        if !audience.is_members() {
            for meeting in &book.meetings {
                lock.refs.extend(meeting.cases.iter().map(|case| squeezed(case.case.as_str())));
                lock.refs.extend(on_agenda(meeting).map(squeezed));
                lock.people.extend(people_of(meeting).flat_map(both_ways).filter(|name| name.trim().len() > 3));
            }
            lock.ref_lengths = lock.refs.iter().map(String::len).collect();
        }
        lock
    }

    /// For a reader to whom only some cases are no secret: all others are kept back, and every name. A role is no name here, since it
    /// stands in half of all actions.
    pub(super) fn but_for(book: &Casebook, may_see: impl Fn(&str) -> bool) -> Self {
        let refs = book.meetings.iter().flat_map(|meeting| meeting.cases.iter().map(|case| case.case.as_str()).chain(on_agenda(meeting)));
        let refs: HashSet<String> = refs.filter(|case| !may_see(case)).map(squeezed).collect();
        let people = book.meetings.iter().flat_map(people_of).filter(|name| looks_like_a_name(name));
        let people = people.flat_map(both_ways).filter(|name| name.trim().len() > 3).collect();
        Self { ref_lengths: refs.iter().map(String::len).collect(), refs, people, withheld: Vec::new() }
    }

    /// Against these cases alone, for members who know everybody.
    pub(super) fn against<'a>(cases: impl IntoIterator<Item = &'a str>) -> Self {
        let refs: HashSet<String> = cases.into_iter().map(squeezed).collect();
        Self { ref_lengths: refs.iter().map(String::len).collect(), refs, people: BTreeSet::new(), withheld: Vec::new() }
    }

    /// The text, unless it names a case or somebody who was there.
    pub(super) fn pass(&mut self, text: &str, what: &str) -> Option<String> {
        if self.refs.is_empty() && self.people.is_empty() {
            return Some(text.to_owned());
        }
        // As it was typed, and as a page would show it: an emphasis or an entity inside a ref is not to be seen there.
        if let Some(why) = self.objection(text).or_else(|| self.objection(&as_shown(text))) {
            self.withheld.push(Withheld { what: what.to_owned(), why });
            return None;
        }
        Some(text.to_owned())
    }

    fn objection(&self, text: &str) -> Option<&'static str> {
        if self.names_a_case(&squeezed(text)) {
            return Some("it names a case");
        }
        stretches(&folded(text)).any(|words| self.people.contains(words)).then_some("it names somebody from the attendance")
    }

    fn names_a_case(&self, squeezed: &str) -> bool {
        let begins = || squeezed.char_indices().map(|(at, _)| at);
        self.ref_lengths.iter().any(|length| begins().any(|at| squeezed.get(at..at + length).is_some_and(|part| self.refs.contains(part))))
    }
}

/// The last look at what is about to leave, line by line as it will be read: also at what no other lock looks at, such as titles and names of
/// services. A role is no name here.
pub struct LastLook(Lock);

impl LastLook {
    pub fn new(book: &Casebook) -> Self {
        Self(Lock::but_for(book, |_| false))
    }

    /// What is wrong with a line, in words that do not repeat it.
    pub fn objection(&self, line: &str) -> Option<&'static str> {
        self.0.objection(line)
    }
}

/// The words of a text in Markdown, without its signs.
fn as_shown(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
    let mut shown = String::with_capacity(text.len());
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => shown.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::Heading(_)) => shown.push(' '),
            _ => {}
        }
    }
    shown
}

/// Small letters and digits alone, with nothing between them: however a ref is broken up, its signs follow each other. Letters that are
/// as wide as two are the same letters; that a letter of another alphabet merely looks alike is not seen.
fn squeezed(text: &str) -> String {
    text.chars().map(narrow).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A full-width sign as the usual one.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// A name as it is said, and as it stands in lists: `Jo Bloggs`, `Bloggs, Jo`.
fn both_ways(name: &str) -> [String; 2] {
    let words: Vec<&str> = name.split_whitespace().collect();
    let turned = match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{last} {}", first.join(" ")),
        _ => name.to_owned(),
    };
    [folded(name), folded(&turned)]
}

/// A name of more words than these is a sentence.
const MOST_WORDS: usize = 8;

/// Every stretch of one to [`MOST_WORDS`] words of a folded text, with its blanks: what a name would have to be.
fn stretches(text: &str) -> impl Iterator<Item = &str> + Clone {
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    let pairs = (0..blanks.len()).flat_map(|from| (from + 1..=from + MOST_WORDS).map(move |to| (from, to)));
    pairs.filter_map(move |(from, to)| Some(&text[blanks[from]..=*blanks.get(to)?]))
}

/// Small letters and digits alone, with one blank between words and at both ends: so that neither capitals nor spaces, line ends or
/// the many kinds of dashes let a name through, and `contains` finds it only as words of its own.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    for c in text.chars().map(narrow).filter(|c| !is_unseen(*c)) {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// Signs that part a word without being seen.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn on_agenda(meeting: &Meeting) -> impl Iterator<Item = &str> {
    meeting.agenda.iter().filter_map(|item| match &item.subject {
        AgendaSubject::Case(case) => Some(case.as_str()),
        AgendaSubject::Item(_) => None,
    })
}

/// Everybody whom the record of a meeting names, by role or by name.
pub(super) fn people_of(meeting: &Meeting) -> impl Iterator<Item = &str> {
    let at_the_table = meeting.attendance.iter().filter_map(|line| line.role.as_ref());
    let officers = [&meeting.chair, &meeting.coordinator, &meeting.minute_taker].into_iter().flatten().filter(|name| looks_like_a_name(name));
    let in_cases = meeting.cases.iter().flat_map(|case| {
        let signed = case.referral.iter().filter_map(|referral| referral.senior_sign_off.as_ref());
        let doing = case.actions.iter().filter_map(|action| action.person.as_ref());
        signed.chain(doing).chain(&case.lead_professional).chain(&case.lived_experience_supporter)
    });
    let in_session = meeting.session.iter().flat_map(|session| [&session.facilitator, &session.lived_experience_lead]).flatten();
    let named = in_cases.chain(in_session).filter(|name| looks_like_a_name(name));
    at_the_table.chain(officers).chain(named).map(String::as_str)
}

/// Two words or more that each begin with a capital: `Jane Fenn`, not `Team manager`. A role outside the attendance is no secret, and
/// stands in half the sentences of a guide.
pub(super) fn looks_like_a_name(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    let many = text.split_whitespace().count() > 1;
    words.peek().is_some() && many && words.all(|word| word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock() -> Lock {
        let refs: HashSet<String> = [squeezed("QLM-7KQ2")].into();
        let people = both_ways("Jo Bloggs").into_iter().chain(both_ways("Team manager")).collect();
        Lock { ref_lengths: refs.iter().map(String::len).collect(), refs, people, withheld: Vec::new() }
    }

    #[test]
    fn a_ref_is_found_however_it_is_broken_up() {
        for text in [
            "qlm-7kq2 came",
            "QLM 7KQ2",
            "(QLM\u{2011}7KQ2)",
            "the QLM_7KQ2.",
            "QLM7KQ2",
            "QLM-7K*Q2*",
            "QLM&#45;7KQ2",
            "Q&#76;M-7KQ2",
            "[QLM](https://a.example)-7KQ2",
            "ＱＬＭ-７ＫＱ２",
            "QLM-7\u{ad}K\u{200b}Q2",
        ] {
            assert_eq!(lock().pass(text, "a text"), None, "{text}");
        }
        assert!(lock().pass("QLM and 7KQ", "a text").is_some());
    }

    #[test]
    fn a_name_is_found_in_capitals_over_lines_and_turned_round() {
        for text in ["ask JO\n  BLOGGS.", "Bloggs, Jo", "Jo&nbsp;Bloggs", "Jo **Blo**ggs", "Ask the TEAM\n  manager."] {
            assert_eq!(lock().pass(text, "a text"), None, "{text}");
        }
        assert!(lock().pass("ask the team managers", "a text").is_some());
    }

    #[test]
    fn a_role_is_no_name() {
        assert!(looks_like_a_name("Jane Fenn") && !looks_like_a_name("Independent chair") && !looks_like_a_name("Coordinator"));
    }
}
