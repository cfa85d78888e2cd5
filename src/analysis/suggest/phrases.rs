//! Where a text says about the same as the codebook.
//!
//! A phrase of the codebook matches where most of what it says stands near each other, in any order and in other words of the same meaning;
//! how much, and how near, is the strength of the match.

use rustc_hash::FxHashMap;

use super::held_back::{HeldBack, held_back};
use super::patterns::{Gist, Pattern, Source, patterns};
use super::words::{Meaning, Reader, Word};
use crate::model::{Theme, ThemeKey};

/// The patterns of a codebook, to be found in any number of texts.
pub(super) struct Phrases {
    patterns: Vec<Pattern>,
    /// For each meaning the patterns that have it, with its place in them.
    with: FxHashMap<Meaning, Vec<(u32, u32)>>,
    /// For each theme what its patterns are about: a meaning and how much it tells it from other themes.
    gist: Gist,
    /// Themes that are about doing something on purpose.
    on_purpose: Vec<bool>,
    not: Meaning,
}

/// A place in a text that speaks of a theme.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) theme: ThemeKey,
    pattern: u32,
    /// From 0 to 1.
    pub(super) strength: f32,
    /// The bytes of the text.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) held_back: Option<HeldBack>,
}

/// The same word in another form, or another word of the same meaning.
const OTHER_WORDING: f32 = 0.85;

impl Phrases {
    pub(super) fn new(themes: &[Theme], reader: &mut Reader) -> Self {
        let (patterns, gist) = patterns(themes, reader);
        let mut with: FxHashMap<Meaning, Vec<(u32, u32)>> = FxHashMap::default();
        for (at, pattern) in patterns.iter().enumerate() {
            for (slot, of) in pattern.slots.iter().enumerate() {
                with.entry(of.meaning).or_default().push((at as u32, slot as u32));
            }
        }
        Self { patterns, with, gist, on_purpose: themes.iter().map(is_on_purpose).collect(), not: reader.not() }
    }

    /// The phrase of the codebook that a match is near to.
    pub(super) fn near(&self, found: &Match) -> (Source, &str) {
        let pattern = &self.patterns[found.pattern as usize];
        (pattern.source, &pattern.text)
    }

    /// Every place of a text at which a pattern matches, at most one a pattern and sentence.
    pub(super) fn matches(&self, text: &str, words: &[Word]) -> Vec<Match> {
        let mut found = Vec::new();
        for sentence in words.chunk_by(|a, b| a.sentence == b.sentence) {
            self.in_sentence(text, sentence, &mut found);
        }
        found
    }

    fn in_sentence(&self, text: &str, sentence: &[Word], found: &mut Vec<Match>) {
        let mut hits: Vec<Hit> = Vec::new();
        for (at, word) in sentence.iter().enumerate() {
            for meaning in [word.meaning, word.also].into_iter().flatten() {
                for (pattern, slot) in self.with.get(&meaning).map_or(&[][..], Vec::as_slice) {
                    hits.push(Hit { pattern: *pattern, slot: *slot, at: at as u32 });
                }
            }
        }
        hits.sort_unstable_by_key(|hit| (hit.pattern, hit.at, hit.slot));
        for hits in hits.chunk_by(|a, b| a.pattern == b.pattern) {
            let pattern = &self.patterns[hits[0].pattern as usize];
            let Some((strength, first, last)) = self.best(pattern, hits, sentence) else { continue };
            let held_back = held_back(text, sentence, first, last, pattern.not_from.is_some(), self.on_purpose[pattern.theme.0 as usize]);
            let from = if pattern.not_from.is_some() { self.with_not(sentence, first) } else { first };
            let (start, end) = (sentence[from].start as usize, sentence[from..=last].iter().map(|word| word.end).max().unwrap_or_default() as usize);
            found.push(Match { theme: pattern.theme, pattern: hits[0].pattern, strength, start, end, held_back });
        }
    }

    /// The strongest stretch of a sentence for a pattern: how strong, and from which word to which.
    fn best(&self, pattern: &Pattern, hits: &[Hit], sentence: &[Word]) -> Option<(f32, usize, usize)> {
        if let Some(found) = hits.iter().find_map(|hit| word_by_word(pattern, sentence, hit.at as usize)) {
            return Some(found);
        }
        let mut best: Option<(f32, usize, usize)> = None;
        for (n, from) in hits.iter().enumerate() {
            let mut has = vec![0.0_f32; pattern.slots.len()];
            let mut is_missing = false;
            for hit in &hits[n..] {
                let (first, last) = (from.at as usize, hit.at as usize);
                if last - first > LONGEST {
                    break;
                }
                let slot = &pattern.slots[hit.slot as usize];
                let alike = if sentence[last].wording == slot.wording { 1.0 } else { OTHER_WORDING };
                has[hit.slot as usize] = has[hit.slot as usize].max(slot.weight * alike);
                is_missing |= pattern.not_from.is_some_and(|from| hit.slot as usize >= from) && self.is_missing(sentence, last);
                if pattern.not_from.is_some() && !is_missing {
                    continue;
                }
                let telling = if sentence[last].is_phrase { 0.6 } else { 0.3 };
                let strength = pattern.strength(&has, last - first + 1, telling);
                if strength > 0.0 && best.is_none_or(|(before, ..)| strength > before) {
                    best = Some((strength, first, last));
                }
            }
        }
        best
    }

    /// Whether a word is said to be missing, by itself or shortly before.
    fn is_missing(&self, sentence: &[Word], at: usize) -> bool {
        let is_not = |word: &Word| word.meaning == Some(self.not) || word.also == Some(self.not);
        sentence[at.saturating_sub(NOT_BEFORE)..=at].iter().any(|word| is_not(word) && word.clause == sentence[at].clause)
    }

    /// The word that says that something is missing, where it stands before the first that says what.
    fn with_not(&self, sentence: &[Word], first: usize) -> usize {
        (first.saturating_sub(NOT_BEFORE)..=first).find(|at| self.is_missing(&sentence[*at..=*at], 0)).unwrap_or(first)
    }

    /// How much the sentences of a text are about each theme altogether: the best two of each, from 0 upwards.
    pub(super) fn gist(&self, words: &[Word], into: &mut [[f32; 2]]) {
        let mut sums: FxHashMap<ThemeKey, (f32, u32)> = FxHashMap::default();
        for sentence in words.chunk_by(|a, b| a.sentence == b.sentence) {
            sums.clear();
            let mut said: Vec<Meaning> = sentence.iter().flat_map(|word| [word.meaning, word.also]).flatten().collect();
            said.sort_unstable();
            said.dedup();
            for meaning in said {
                for (theme, weight) in self.gist.get(&meaning).map_or(&[][..], Vec::as_slice) {
                    let sum = sums.entry(*theme).or_default();
                    *sum = (sum.0 + weight, sum.1 + 1);
                }
            }
            for (theme, (sum, n)) in &sums {
                let best = &mut into[theme.0 as usize];
                let sum = if *n > 1 { *sum } else { *sum * 0.5 };
                if sum > best[0] {
                    *best = [sum, best[0]];
                } else if sum > best[1] {
                    best[1] = sum;
                }
            }
        }
    }
}

/// What is missing is said to be so at most so many words before.
const NOT_BEFORE: usize = 5;
/// No match is longer than this many words.
const LONGEST: usize = 16;

struct Hit {
    pattern: u32,
    slot: u32,
    at: u32,
}

/// A pattern that stands in a sentence as the codebook has it.
fn word_by_word(pattern: &Pattern, sentence: &[Word], near: usize) -> Option<(f32, usize, usize)> {
    let length = pattern.stems.len();
    if pattern.source == Source::Definition || (length < 2 && pattern.source != Source::Indicator) {
        return None;
    }
    let fits = |first: &usize| sentence[*first..].iter().map(|word| word.stem).take(length).eq(pattern.stems.iter().copied());
    let first = (near.saturating_sub(length - 1)..=near).find(fits)?;
    let strength = if length > 1 { 0.95 } else { 0.85 };
    Some((strength, first, first + length - 1))
}

/// Whether a theme is about something done on purpose, so that what happened by accident is none of it.
fn is_on_purpose(theme: &Theme) -> bool {
    let said = format!("{} {}", theme.title, theme.definition.as_deref().unwrap_or_default()).to_lowercase();
    ["deliberate", "on purpose", "arson", "intentional"].iter().any(|word| said.contains(word))
}
