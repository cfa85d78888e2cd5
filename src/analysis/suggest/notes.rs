//! What a workspace has to learn from: its discussions as words, with the themes that people gave them.

use std::collections::HashMap;

use super::phrases::{Match, Phrases};
use super::words::{Reader, Stem, Weight, Word};
use crate::model::{Casebook, Discussion, Meeting, ThemeKey};

/// A discussion that somebody has tagged.
pub(super) struct Note<'a> {
    pub(super) meeting: &'a Meeting,
    pub(super) discussion: &'a Discussion,
    /// The place of its meeting among those with a note.
    pub(super) nth_meeting: usize,
    pub(super) said: Said,
    /// In order.
    pub(super) tags: Vec<ThemeKey>,
    /// Themes that somebody said do not fit.
    pub(super) refused: Vec<ThemeKey>,
    /// Themes of the discussion of the same case before this one.
    pub(super) before: Vec<ThemeKey>,
}

/// What the texts of one discussion say.
#[derive(Default)]
pub(super) struct Said {
    /// The stems that say something, each once, in order.
    pub(super) stems: Vec<Stem>,
    /// For each theme the codebook's phrases that were found: how surely, from 0 to 1.
    pub(super) phrases: Vec<f32>,
    /// For each theme how much the texts are about the same as its entry in the codebook.
    pub(super) gist: Vec<f32>,
}

/// No more of the newest tagged discussions are learnt from: what people call things changes, and a large workspace stays quick.
const MOST: usize = 10_000;

/// The themes that a discussion was given.
pub(super) fn tags(discussion: &Discussion) -> Vec<ThemeKey> {
    let barriers = discussion.barriers.iter().map(|barrier| barrier.theme);
    let mut tags: Vec<ThemeKey> = discussion.needs.iter().copied().chain(barriers).chain(discussion.enablers.iter().copied()).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// The themes that somebody said do not fit a discussion.
pub(super) fn refused(discussion: &Discussion) -> Vec<ThemeKey> {
    discussion.tagging.iter().filter(|tagging| tagging.refused_by.is_some()).map(|tagging| tagging.theme).collect()
}

/// Every tagged discussion of the meetings that took place, oldest first.
pub(super) fn notes<'a>(book: &'a Casebook, reader: &mut Reader, phrases: &Phrases) -> Vec<Note<'a>> {
    let mut before: HashMap<&str, Vec<ThemeKey>> = HashMap::new();
    let mut tagged = Vec::new();
    for (_, meeting) in book.held_meetings() {
        for discussion in &meeting.cases {
            let tags = tags(discussion);
            if !tags.is_empty() {
                let earlier = before.insert(discussion.case.as_str(), tags.clone()).unwrap_or_default();
                tagged.push((meeting, discussion, tags, earlier));
            }
        }
    }
    let spared = tagged.len().saturating_sub(MOST);
    let (mut nth_meeting, mut last): (usize, Option<&Meeting>) = (0, None);
    let notes = tagged.into_iter().skip(spared).map(|(meeting, discussion, tags, before)| {
        nth_meeting += usize::from(last.is_some_and(|last| !std::ptr::eq(last, meeting)));
        last = Some(meeting);
        let passages = meeting.passages(discussion);
        // What came with a tag must not speak for it.
        let texts = passages.iter().filter(|passage| passage.barrier.is_none()).map(|passage| passage.text);
        let said = said(texts, reader, phrases, book.themes.len());
        Note { meeting, discussion, nth_meeting, said, tags, refused: refused(discussion), before }
    });
    notes.collect()
}

/// Reads the texts of one discussion.
pub(super) fn said<'t>(texts: impl Iterator<Item = &'t str>, reader: &mut Reader, phrases: &Phrases, n_themes: usize) -> Said {
    let mut stems = Vec::new();
    let mut best = vec![[0.0; 2]; n_themes];
    let mut missed = vec![1.0_f32; n_themes];
    for text in texts {
        let words = reader.read(text);
        stems.extend(stems_of(&words, reader));
        phrases.gist(&words, &mut best);
        for found in one_a_place(phrases.matches(text, &words)) {
            missed[found.theme.0 as usize] *= 1.0 - found.strength.min(SUREST);
        }
    }
    stems.sort_unstable();
    stems.dedup();
    Said { stems, phrases: missed.iter().map(|missed| 1.0 - missed).collect(), gist: best.iter().map(|best| best[0] + SECOND * best[1]).collect() }
}

/// No single match is quite sure, so that several say more.
const SUREST: f32 = 0.99;
/// How much the second best sentence adds to the best.
const SECOND: f32 = 0.4;

/// So many places of a text count for a theme: a long text says everything at some length.
const MOST_PLACES: usize = 3;

/// Of the matches of a theme that overlap, the strongest: the same words in two indicators say no more than in one.
fn one_a_place(mut matches: Vec<Match>) -> Vec<Match> {
    matches.retain(|found| found.held_back.is_none());
    matches.sort_by(|a, b| a.theme.cmp(&b.theme).then_with(|| b.strength.total_cmp(&a.strength)));
    let mut kept: Vec<Match> = Vec::with_capacity(matches.len());
    for next in matches {
        let mut of_theme = kept.iter().rev().take_while(|before| before.theme == next.theme);
        let overlaps = |before: &Match| next.start < before.end && before.start < next.end;
        if of_theme.clone().count() < MOST_PLACES && !of_theme.any(overlaps) {
            kept.push(next);
        }
    }
    kept
}

pub(super) fn stems_of<'w>(words: &'w [Word], reader: &'w Reader) -> impl Iterator<Item = Stem> + 'w {
    words.iter().map(|word| word.stem).filter(|stem| reader.weight(*stem) == Weight::Full)
}
