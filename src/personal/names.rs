//! Names that somebody put on a list: looked for as they are, whole.

use aho_corasick::{AhoCorasick, MatchKind};

use super::plain::Plain;
use super::{Hit, Kind};

/// A surname on its own has to be this long: shorter ones are words too often.
const SHORTEST_SURNAME: usize = 4;

/// The names of people, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub struct Names {
    looked_for: Option<AhoCorasick>,
    /// For each, whether it stands for somebody only as it is written: a surname alone, `Baker` and not `baker`.
    exact: Vec<Option<String>>,
}

impl Names {
    /// Full names and names that people go by. Of a full name, the surname alone is looked for too.
    pub fn of<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Self {
        let mut looked_for: Vec<(String, Option<String>)> = Vec::new();
        for name in names {
            let name = Plain::of(name.as_ref()).text.trim().to_owned();
            if let Some(surname) = name.rsplit(' ').next().filter(|surname| surname.len() >= SHORTEST_SURNAME) {
                let capital = surname[..1].to_uppercase() + &surname[1..];
                looked_for.push((surname.to_lowercase(), Some(capital)));
            }
            if name.contains(' ') {
                looked_for.push((name.to_lowercase(), None));
            }
        }
        looked_for.sort();
        looked_for.dedup();
        let (texts, exact): (Vec<String>, Vec<Option<String>>) = looked_for.into_iter().unzip();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).build(&texts).ok();
        Self { looked_for: automaton.filter(|_| !texts.is_empty()), exact }
    }

    pub(super) fn find(&self, text: &str) -> Vec<Hit> {
        let Some(looked_for) = &self.looked_for else { return Vec::new() };
        let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = text.as_bytes();
        let stands = |found: &aho_corasick::Match| {
            let words = &text[found.range()];
            let is_whole = !is_letter(found.start().checked_sub(1).and_then(|at| bytes.get(at))) && !is_letter(bytes.get(found.end()));
            let is_meant = self.exact[found.pattern().as_usize()].as_ref().is_none_or(|capital| words == capital || words == capital.to_uppercase());
            is_whole && is_meant
        };
        looked_for.find_iter(text).filter(stands).map(|found| Hit::new(Kind::KnownName, found.range())).collect()
    }
}
