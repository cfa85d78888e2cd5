//! Texts that people wrote, on their way out.
//!
//! Which fields an audience may read is decided where its page is built. This is the second lock: a text from an allowed field that
//! names a case, or somebody from the attendance, is kept back whole, and the person who makes the page is told.

use std::collections::BTreeSet;

use super::audience::Audience;
use crate::model::{AgendaSubject, Casebook, Meeting};

/// A text that was kept back, for the person who makes the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Which text it was, such as "a learning point".
    pub what: String,
    pub why: &'static str,
}

/// Lets texts out, and remembers those it did not. Texts and names are compared folded: see [`folded`].
pub(super) struct Lock {
    audience: Audience,
    refs: BTreeSet<String>,
    people: BTreeSet<String>,
    pub(super) withheld: Vec<Withheld>,
}

impl Lock {
    pub(super) fn new(book: &Casebook, audience: Audience) -> Self {
        let mut lock = Self { audience, refs: BTreeSet::new(), people: BTreeSet::new(), withheld: Vec::new() };
        if !audience.is_members() {
            for meeting in &book.meetings {
                lock.refs.extend(meeting.cases.iter().map(|case| folded(case.case.as_str())));
                lock.refs.extend(on_agenda(meeting).map(folded));
                lock.people.extend(people_of(meeting).map(folded).filter(|name| name.trim().len() > 3));
            }
        }
        lock
    }

    /// The text, unless it names a case or somebody who was there.
    pub(super) fn pass(&mut self, text: &str, what: &str) -> Option<String> {
        if self.audience.is_members() {
            return Some(text.to_owned());
        }
        if let Some(why) = self.objection(&folded(text)) {
            self.withheld.push(Withheld { what: what.to_owned(), why });
            return None;
        }
        Some(text.to_owned())
    }

    fn objection(&self, text: &str) -> Option<&'static str> {
        let mut stretches = stretches(text);
        if stretches.clone().any(|words| self.refs.contains(words)) {
            return Some("it names a case");
        }
        stretches.any(|words| self.people.contains(words)).then_some("it names somebody from the attendance")
    }
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
    for c in text.chars() {
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

fn on_agenda(meeting: &Meeting) -> impl Iterator<Item = &str> {
    meeting.agenda.iter().filter_map(|item| match &item.subject {
        AgendaSubject::Case(case) => Some(case.as_str()),
        AgendaSubject::Item(_) => None,
    })
}

/// Everybody whom the record of a meeting names, by role or by name.
fn people_of(meeting: &Meeting) -> impl Iterator<Item = &str> {
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
fn looks_like_a_name(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    let many = text.split_whitespace().count() > 1;
    words.peek().is_some() && many && words.all(|word| word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_capitals_nor_dashes_nor_line_ends_let_a_name_through() {
        for text in ["qlm-7kq2 came", "QLM 7KQ2", "(QLM\u{2011}7KQ2)", "the QLM_7KQ2."] {
            assert!(folded(text).contains(&folded("QLM-7KQ2")), "{text}");
        }
        assert!(folded("ask the TEAM\n  manager.").contains(&folded("Team manager")));
        assert!(!folded("ask the team managers").contains(&folded("Team manager")));
        assert!(stretches(&folded("Ask the Team manager.")).any(|words| words == folded("team manager")));
    }

    #[test]
    fn a_role_is_no_name() {
        assert!(looks_like_a_name("Jane Fenn") && !looks_like_a_name("Independent chair") && !looks_like_a_name("Coordinator"));
    }
}
