//! What the codebook says of a theme, as patterns; and where a text says about the same.
//!
//! A pattern is an indicator, the title, an earlier id, or a piece of the definition. It matches where most of what it says stands
//! near each other, in any order and in other words of the same meaning; how much, and how near, is its strength.

use rustc_hash::FxHashMap;

use super::held_back::{HeldBack, held_back};
use super::words::{Meaning, Reader, Stem, Weight, Word};
use crate::model::{Theme, ThemeKey, ThemeKind};

/// Where a pattern comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Indicator,
    Title,
    EarlierId,
    Definition,
}

/// The patterns of a codebook, to be found in any number of texts.
pub(super) struct Phrases {
    patterns: Vec<Pattern>,
    /// For each meaning the patterns that have it, with its place in them.
    with: FxHashMap<Meaning, Vec<(u32, u8)>>,
    /// For each theme what its patterns are about: a meaning and how much it tells it from other themes.
    gist: FxHashMap<Meaning, Vec<(ThemeKey, f32)>>,
    /// Themes that are about doing something on purpose.
    on_purpose: Vec<bool>,
    not: Meaning,
}

struct Pattern {
    theme: ThemeKey,
    source: Source,
    slots: Vec<Slot>,
    weight: f32,
    /// Whether it says that something is missing, and from which slot on that is what is missing.
    not_from: Option<u8>,
    /// Its stems in order, to know it word by word.
    stems: Vec<Stem>,
    is_need: bool,
}

struct Slot {
    meaning: Meaning,
    wording: u32,
    weight: f32,
}

/// A place in a text that speaks of a theme.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) theme: ThemeKey,
    pub(super) source: Source,
    /// From 0 to 1.
    pub(super) strength: f32,
    /// The bytes of the text.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) held_back: Option<HeldBack>,
}

/// How much of a pattern has to be there.
const LEAST_SHARE: f32 = 0.6;
/// The same word in another form, or another word of the same meaning.
const OTHER_WORDING: f32 = 0.85;

impl Phrases {
    pub(super) fn new(themes: &[Theme], reader: &mut Reader) -> Self {
        let mut read: Vec<(ThemeKey, Source, Vec<Word>)> = Vec::new();
        for (at, theme) in themes.iter().enumerate() {
            let key = ThemeKey(at as u32);
            for (source, text) in texts(theme) {
                read.push((key, source, reader.read(&text)));
            }
        }
        let rarity = Rarity::of(themes.len(), &read);
        let not = reader.not();
        let patterns: Vec<Pattern> =
            read.iter().filter_map(|(theme, source, words)| pattern(*theme, *source, words, themes[theme.0 as usize].kind, &rarity, not)).collect();
        let mut with: FxHashMap<Meaning, Vec<(u32, u8)>> = FxHashMap::default();
        for (at, pattern) in patterns.iter().enumerate() {
            for (slot, of) in pattern.slots.iter().enumerate() {
                with.entry(of.meaning).or_default().push((at as u32, slot as u8));
            }
        }
        let gist = gist(&read, &rarity, not);
        let on_purpose = themes.iter().map(is_on_purpose).collect();
        Self { patterns, with, gist, on_purpose, not }
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
            found.push(Match { theme: pattern.theme, source: pattern.source, strength, start, end, held_back });
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
                is_missing |= pattern.not_from.is_some_and(|from| hit.slot >= from) && self.is_missing(sentence, last);
                if pattern.not_from.is_some() && !is_missing {
                    continue;
                }
                let telling = if sentence[last].is_phrase { 0.5 } else { 0.3 };
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
    slot: u8,
    at: u32,
}

impl Pattern {
    /// How strong a stretch of so many words is that has these weights of its slots; 0 where it has too little.
    fn strength(&self, has: &[f32], length: usize, telling: f32) -> f32 {
        // That something is missing is said by one of the words, and says as much as half of another.
        let not = u8::from(self.not_from.is_some());
        let n_has = has.iter().filter(|weight| **weight > 0.0).count() + usize::from(not);
        let sum = has.iter().sum::<f32>() + 0.5 * f32::from(not);
        let share = sum / (self.weight + 0.5 * f32::from(not));
        if share < LEAST_SHARE || (self.slots.len() > 1 && n_has < 2) {
            return 0.0;
        }
        let by_source = match self.source {
            Source::Indicator => 1.0,
            Source::Title | Source::EarlierId => 0.8,
            Source::Definition => 0.6,
        };
        if n_has == 1 {
            // One word says what a person lives with; what stands in the way is a matter of several.
            return by_source * share * if self.is_need { 0.95 } else { telling };
        }
        let spread = length.saturating_sub(self.slots.len() * 2) as f32;
        by_source * share * share.sqrt() / (1.0 + 0.06 * spread) * (sum / ENOUGH).min(1.0)
    }
}

/// Rarer words weigh up to 1 each; with less than this altogether, a match is common talk.
const ENOUGH: f32 = 1.3;

/// A pattern that stands in a sentence as the codebook has it.
fn word_by_word(pattern: &Pattern, sentence: &[Word], near: usize) -> Option<(f32, usize, usize)> {
    let length = pattern.stems.len();
    if pattern.source == Source::Definition || (length < 2 && pattern.source != Source::Indicator) {
        return None;
    }
    let fits = |first: &usize| sentence[*first..].iter().map(|word| word.stem).take(length).eq(pattern.stems.iter().copied());
    let first = (near.saturating_sub(length - 1)..=near).find(fits)?;
    let strength = if length > 1 { 0.95 } else { 0.8 };
    Some((strength, first, first + length - 1))
}

/// The texts of a theme that patterns are made of.
fn texts(theme: &Theme) -> Vec<(Source, String)> {
    let mut texts: Vec<(Source, String)> = theme.indicators.iter().map(|text| (Source::Indicator, text.clone())).collect();
    texts.extend(theme.title.split(" or ").flat_map(|part| part.split(',')).map(|part| (Source::Title, part.to_owned())));
    texts.extend(theme.also_known_as.iter().map(|id| (Source::EarlierId, id.replace(['-', '_'], " "))));
    if let Some(definition) = &theme.definition {
        // What a need is, its definition lists; a barrier's says how things hang together, and stands as a whole.
        let parts: Vec<&str> = match theme.kind {
            ThemeKind::Need => definition.split([',', ';', '.', ':']).flat_map(|part| part.split(" or ")).collect(),
            ThemeKind::Barrier | ThemeKind::Enabler => definition.split(['.', ';']).collect(),
        };
        texts.extend(parts.into_iter().filter(|part| !part.trim().is_empty()).map(|part| (Source::Definition, part.to_owned())));
    }
    texts
}

/// Whether a theme is about something done on purpose, so that what happened by accident is none of it.
fn is_on_purpose(theme: &Theme) -> bool {
    let said = format!("{} {}", theme.title, theme.definition.as_deref().unwrap_or_default()).to_lowercase();
    ["deliberate", "on purpose", "arson", "intentional"].iter().any(|word| said.contains(word))
}

/// How few themes a meaning belongs to.
struct Rarity {
    themes: f32,
    of: FxHashMap<Meaning, u32>,
}

impl Rarity {
    fn of(themes: usize, read: &[(ThemeKey, Source, Vec<Word>)]) -> Self {
        let mut seen: Vec<(Meaning, ThemeKey)> = read
            .iter()
            .flat_map(|(theme, _, words)| words.iter().flat_map(|word| [word.meaning, word.also]).flatten().map(|meaning| (meaning, *theme)))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        let mut of: FxHashMap<Meaning, u32> = FxHashMap::default();
        for (meaning, _) in seen {
            *of.entry(meaning).or_default() += 1;
        }
        Self { themes: themes as f32, of }
    }

    /// 1 for what belongs to one theme, less for what belongs to more.
    fn weight(&self, meaning: Meaning) -> f32 {
        let n = self.of.get(&meaning).copied().unwrap_or(1) as f32;
        let most = (self.themes + 1.0).ln();
        (((self.themes + 1.0) / n).ln() / most).max(0.15)
    }
}

fn pattern(theme: ThemeKey, source: Source, words: &[Word], kind: ThemeKind, rarity: &Rarity, not: Meaning) -> Option<Pattern> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut not_from = None;
    let mut shared = 0;
    for word in words {
        for meaning in [word.meaning, word.also].into_iter().flatten() {
            if meaning == not {
                not_from = not_from.or(Some(slots.len() as u8));
            } else if slots.iter().all(|slot| slot.meaning != meaning) {
                shared += usize::from(Reader::is_shared(meaning));
                let light = if word.weight == Weight::Light { 0.35 } else { 1.0 };
                slots.push(Slot { meaning, wording: word.wording, weight: rarity.weight(meaning) * light });
            }
        }
    }
    // Where nothing follows it, it is about what stands before.
    let not_from = not_from.map(|from: u8| from.min((slots.len() as u8).saturating_sub(1)));
    let weight: f32 = slots.iter().map(|slot| slot.weight).sum();
    let alone = slots.len() == 1;
    let enough = match source {
        Source::Indicator => !slots.is_empty() && !(alone && words.iter().all(|word| word.weight != Weight::Full)),
        Source::EarlierId => slots.len() > 1,
        // A single word of a title or definition says enough only if it is a word of the field, and the theme is a need.
        Source::Title | Source::Definition if alone => kind == ThemeKind::Need && shared == 1,
        Source::Title => true,
        Source::Definition => true,
    };
    let stems = core(words);
    (enough && weight > 0.0).then_some(Pattern { theme, source, slots, weight, not_from, stems, is_need: kind == ThemeKind::Need })
}

/// The stems of a phrase without the empty words at its ends, as `on the waiting list` is `waiting list`; of what would be a single word, all.
fn core(words: &[Word]) -> Vec<Stem> {
    let full = |word: &Word| word.meaning.is_some();
    let first = words.iter().position(full).unwrap_or(0);
    let last = words.iter().rposition(full).unwrap_or(0);
    // The later words of a phrase that means something as a whole have no meaning of their own.
    let last = words.iter().rposition(|word| words[last].end >= word.end).unwrap_or(last);
    let core = if first < last { &words[first..=last] } else { words };
    core.iter().map(|word| word.stem).collect()
}

fn gist(read: &[(ThemeKey, Source, Vec<Word>)], rarity: &Rarity, not: Meaning) -> FxHashMap<Meaning, Vec<(ThemeKey, f32)>> {
    let mut sums: FxHashMap<(Meaning, ThemeKey), f32> = FxHashMap::default();
    for (theme, source, words) in read {
        let mut said: Vec<(Meaning, f32)> = words
            .iter()
            .flat_map(|word| {
                [word.meaning, word.also].into_iter().flatten().map(move |meaning| (meaning, if word.weight == Weight::Light { 0.25 } else { 1.0 }))
            })
            .filter(|(meaning, _)| *meaning != not)
            .collect();
        said.sort_unstable_by_key(|(meaning, _)| *meaning);
        said.dedup_by_key(|(meaning, _)| *meaning);
        let part = match source {
            Source::Indicator => 0.5,
            Source::Title => 0.8,
            Source::EarlierId | Source::Definition => 0.3,
        };
        for (meaning, light) in said {
            let sum = sums.entry((meaning, *theme)).or_default();
            *sum = (*sum + part * light * rarity.weight(meaning)).min(1.0);
        }
    }
    let mut sums: Vec<((Meaning, ThemeKey), f32)> = sums.into_iter().collect();
    sums.sort_unstable_by_key(|(key, _)| *key);
    let mut gist: FxHashMap<Meaning, Vec<(ThemeKey, f32)>> = FxHashMap::default();
    for ((meaning, theme), weight) in sums {
        gist.entry(meaning).or_default().push((theme, weight));
    }
    gist
}
