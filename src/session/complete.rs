//! What could come next in a line, with what it means: from the table of words and the names of the group.

use std::ops::Range;

use super::chair::Session;
use super::line::around_word;
use super::obstacles::definition;
use super::view::open_actions;
use super::words::{self, Kind, Word};
use crate::model::{Directory, Theme, ThemeKind, plain_words};

/// What could be meant at a place in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that a candidate takes the place of.
    pub range: Range<usize>,
    /// The best first.
    pub candidates: Vec<Candidate>,
}

/// One thing that could be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is put into the line.
    pub insert: String,
    pub label: String,
    /// What it means: of a theme its definition, what it is and what it is not.
    pub detail: String,
}

/// No list is longer: who needs more types a letter more.
const MOST: usize = 12;

/// Dates as people say them.
const DATES: &[(&str, &str)] = &[
    ("fri", "the next Friday"),
    ("next friday", "Friday of next week"),
    ("in 2 weeks", "two weeks from the meeting"),
    ("next meeting", "the day of the next meeting"),
    ("end of the month", "its last day"),
];

impl Session<'_> {
    /// What could come where the cursor is, by bytes; an offset inside a letter is its beginning.
    pub fn complete(&self, line: &str, cursor: usize) -> Completion {
        let mut cursor = cursor.min(line.len());
        while !line.is_char_boundary(cursor) {
            cursor -= 1;
        }
        let before = &line[..cursor];
        let start = before.len() - before.trim_start().len();
        match words::leading(&before[start..]).filter(|_| before.ends_with(char::is_whitespace) || before[start..].contains([' ', ':'])) {
            Some((word, _)) if behind_word(word, &before[start..]) => self.behind(word, before),
            _ => Completion { range: start..cursor, candidates: first_words(&before[start..]) },
        }
    }

    /// Behind the first word: the piece since the last word that says what comes.
    fn behind(&self, word: &Word, before: &str) -> Completion {
        let names = word.names().filter(|name| before.trim_start().len() >= name.len()).map(str::len).max().unwrap_or(0);
        let lead = before.len() - before.trim_start().len();
        let head = word
            .names()
            .map(str::len)
            .filter(|len| before[lead..].get(..*len).is_some_and(|said| word.names().any(|name| name.eq_ignore_ascii_case(said))))
            .max()
            .unwrap_or(names);
        let behind = (lead + head).min(before.len());
        let (mut from, mut kinds) = (behind, of_slot(word, ""));
        for (marker, _) in word.slots.iter().filter(|(marker, _)| !marker.is_empty()) {
            if let Some(at) = last_behind(&before[behind..], marker).map(|at| at + behind).filter(|at| from < *at) {
                (from, kinds) = (at, of_slot(word, marker));
            }
        }
        let gap = before[from..].len() - before[from..].trim_start_matches([' ', ':']).len();
        let from = from + gap;
        let typed = &before[from..];
        let mut candidates: Vec<Candidate> = kinds.iter().flat_map(|kind| self.of_kind(*kind, typed)).take(MOST).collect();
        // A piece that is whole goes on with the next word of the form.
        let last = before.rfind(char::is_whitespace).map_or(before.len(), |at| at + 1);
        if candidates.is_empty() || (typed.ends_with(' ') && candidates.iter().all(|candidate| candidate.insert.trim() != typed.trim())) {
            let partial = &before[last..];
            let more = next_words(word, before, partial);
            return Completion { range: last..before.len(), candidates: more };
        }
        if candidates.len() == 1 && candidates[0].insert.trim() == typed.trim() {
            candidates = if before.ends_with(' ') { next_words(word, before, "") } else { candidates };
            let range = if before.ends_with(' ') { before.len()..before.len() } else { from..before.len() };
            return Completion { range, candidates };
        }
        Completion { range: from..before.len(), candidates }
    }

    fn of_kind(&self, kind: Kind, typed: &str) -> Vec<Candidate> {
        let table = &self.table;
        match kind {
            Kind::Agency => named(&table.names.agencies, typed),
            Kind::Service => named(&table.names.services, typed),
            Kind::Barrier => themes(&table.book.themes, Some(ThemeKind::Barrier), typed),
            Kind::Need => themes(&table.book.themes, Some(ThemeKind::Need), typed),
            Kind::Theme => themes(&table.book.themes, None, typed),
            Kind::Stop => {
                let stops = self.now.state.stops.iter().enumerate();
                let fits = |label: &str, at: usize| begins(typed, [plain_words(label).as_str()]).is_some() || (at + 1).to_string().starts_with(typed.trim());
                stops
                    .filter(|(at, stop)| fits(stop.label(), *at))
                    .map(|(at, stop)| {
                        candidate(
                            &stop.case().map_or_else(|| (at + 1).to_string(), ToString::to_string),
                            format!("{}. {}", at + 1, stop.label()),
                            String::new(),
                        )
                    })
                    .collect()
            }
            Kind::OpenAction => self.actions(typed),
            Kind::Date => words_of(DATES.iter().map(|(word, means)| (*word, *means)), typed),
            Kind::Words(words) => words_of(words.iter().map(|word| (*word, "")), typed),
        }
    }

    /// The open actions of the case on the table; where none is, those of all cases on the agenda.
    fn actions(&self, typed: &str) -> Vec<Candidate> {
        let state = &self.now.state;
        let cases: Vec<_> = state.case().map_or_else(|| state.stops.iter().filter_map(|stop| stop.case().cloned()).collect(), |case| vec![case.clone()]);
        let open = cases.iter().flat_map(|case| open_actions(&self.table, state, case).into_iter().map(move |action| (case, action)));
        let fits = |id: &str, what: &str| id.starts_with(&typed.trim().to_lowercase()) || begins(typed, [plain_words(what).as_str()]).is_some();
        let view = |(case, action): (&crate::model::CaseRef, super::view::OpenAction)| {
            let id = action.id.filter(|id| fits(id, &action.what))?;
            let owner = action.owner.unwrap_or_else(|| "nobody".to_owned());
            let due = action.due.map_or(String::new(), |due| format!(", due {}", super::dates::in_words(due)));
            Some(candidate(&id, format!("{id}: {}", action.what), format!("{case}, {owner}{due}")))
        };
        open.filter_map(view).collect()
    }
}

fn candidate(insert: &str, label: String, detail: String) -> Candidate {
    Candidate { insert: format!("{insert} "), label, detail }
}

/// Whether a line is past its first word.
fn behind_word(word: &Word, line: &str) -> bool {
    word.names().any(|name| line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)) && line[name.len()..].starts_with([' ', ':']))
}

fn of_slot(word: &Word, marker: &str) -> Vec<Kind> {
    word.slots.iter().filter(|(known, _)| *known == marker).map(|(_, kind)| *kind).collect()
}

/// Where the text behind the last such word begins.
fn last_behind(text: &str, marker: &str) -> Option<usize> {
    if !marker.starts_with(char::is_alphabetic) {
        return text.rfind(marker).map(|at| at + marker.len());
    }
    let (mut from, mut found) = (0, None);
    while let Some((_, behind)) = around_word(&text[from..], marker) {
        from = text.len() - behind.len();
        // The word must have ended: a space stands behind it.
        found = text[..from].ends_with([' ', ':']).then_some(from).or(found);
    }
    found
}

/// The words that a line may begin with.
fn first_words(typed: &str) -> Vec<Candidate> {
    let typed = typed.trim().to_lowercase();
    let fits = |word: &&Word| word.names().any(|name| name.starts_with(&typed));
    words::all()
        .filter(fits)
        .take(if typed.is_empty() { usize::MAX } else { MOST })
        .map(|word| candidate(word.name, word.usage(), word.says.to_owned()))
        .collect()
}

/// The words with which a form goes on and that have not been said.
fn next_words(word: &Word, before: &str, partial: &str) -> Vec<Candidate> {
    let said = |marker: &str| around_word(before, marker).is_some();
    let markers =
        word.slots.iter().map(|(marker, _)| *marker).chain(if word.name == "barrier" { ["rule", "evidence"].as_slice() } else { &[] }.iter().copied());
    let fits = |marker: &&str| marker.starts_with(char::is_alphabetic) && marker.starts_with(&partial.to_lowercase()) && (!said(marker) || *marker == partial);
    let mut known: Vec<&str> = markers.filter(fits).collect();
    known.dedup();
    known.into_iter().map(|marker| candidate(marker, marker.to_owned(), word.usage())).collect()
}

fn words_of<'w>(words: impl Iterator<Item = (&'w str, &'w str)>, typed: &str) -> Vec<Candidate> {
    let typed = typed.trim_start().to_lowercase();
    words.filter(|(word, _)| word.starts_with(&typed)).map(|(word, means)| candidate(word, word.to_owned(), means.to_owned())).collect()
}

fn named<K: Copy + PartialEq>(directory: &Directory<K>, typed: &str) -> Vec<Candidate> {
    let mut fits: Vec<_> =
        directory.all.iter().filter_map(|named| Some((begins(typed, [plain_words(&named.id).as_str(), plain_words(&named.title).as_str()])?, named))).collect();
    fits.sort_by_key(|(rank, _)| *rank);
    fits.into_iter().map(|(_, named)| candidate(&named.id, named.title.clone(), String::new())).collect()
}

/// How well some letters fit to texts: each word must begin a word. 0 when the first text begins with them.
fn begins<'t>(typed: &str, texts: impl IntoIterator<Item = &'t str>) -> Option<usize> {
    let typed = plain_words(typed);
    if typed.is_empty() {
        return Some(0);
    }
    let rank = |text: &str| {
        let all = typed.split(' ').all(|word| text.split(' ').any(|part| part.starts_with(word)));
        let first = text.split(' ').position(|part| part.starts_with(typed.split(' ').next().unwrap_or_default()));
        all.then_some(first.unwrap_or(0))
    };
    texts.into_iter().filter_map(rank).min()
}

/// Themes by what they are called, by what suggests them, and by their definition; the nearest first.
pub(super) fn themes(all: &[Theme], kind: Option<ThemeKind>, typed: &str) -> Vec<Candidate> {
    let mut fits: Vec<(usize, &Theme)> = all
        .iter()
        .filter(|theme| theme.retired.is_none() && kind.is_none_or(|kind| theme.kind == kind))
        .filter_map(|theme| Some((rank(theme, typed)?, theme)))
        .collect();
    fits.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    fits.into_iter().map(|(_, theme)| candidate(&theme.id, theme.title.clone(), definition(theme).join("\n"))).collect()
}

fn rank(theme: &Theme, typed: &str) -> Option<usize> {
    let of = |texts: &[String], from: usize| begins(typed, texts.iter().map(String::as_str)).map(|place| from + place.min(9));
    let called: Vec<String> = std::iter::once(&theme.id).chain([&theme.title]).map(|name| plain_words(name)).collect();
    let others: Vec<String> = theme.also_known_as.iter().map(|name| plain_words(name)).collect();
    let indicators: Vec<String> = theme.indicators.iter().map(|phrase| plain_words(phrase)).collect();
    let meaning: Vec<String> = theme.definition.iter().map(|text| plain_words(text)).collect();
    [of(&called, 0), of(&others, 10), of(&indicators, 20), of(&meaning, 30)].into_iter().flatten().min()
}
