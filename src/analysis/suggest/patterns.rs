//! What the codebook says of each theme, made ready to be found: its indicators, its title, its earlier ids and the pieces of its
//! definition, each as meanings with their weights.

use rustc_hash::FxHashMap;

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

/// One phrase of the codebook.
pub(super) struct Pattern {
    pub(super) theme: ThemeKey,
    pub(super) source: Source,
    /// As the codebook has it.
    pub(super) text: String,
    pub(super) slots: Vec<Slot>,
    weight: f32,
    /// Whether it says that something is missing, and from which slot on that is what is missing.
    pub(super) not_from: Option<usize>,
    /// Its stems in order, to know it word by word.
    pub(super) stems: Vec<Stem>,
    is_need: bool,
    /// It has but a word that every note has, and says nothing in other words, even where that is missing.
    is_talk: bool,
}

/// One meaning of a pattern.
pub(super) struct Slot {
    pub(super) meaning: Meaning,
    pub(super) wording: u32,
    pub(super) weight: f32,
}

/// A phrase as it was read.
struct Read<'t> {
    theme: ThemeKey,
    of: &'t Theme,
    source: Source,
    text: String,
    words: Vec<Word>,
}

/// What a meaning says of themes: of each how much it tells it from the others.
pub(super) type Gist = FxHashMap<Meaning, Vec<(ThemeKey, f32)>>;

/// How much of a pattern has to be there.
const LEAST_SHARE: f32 = 0.6;
/// Rarer words weigh up to 1 each; with less than this altogether, a match is common talk.
const ENOUGH: f32 = 1.3;
/// A phrase with more meanings is no phrase.
const MOST_SLOTS: usize = 24;
/// A word that nearly every note has weighs this much of another.
const LIGHT: f32 = 0.35;
/// What a missing thing adds, as a share of a word.
const MISSING: f32 = 0.5;

/// The patterns of a codebook, and what its words are about.
pub(super) fn patterns(themes: &[Theme], reader: &mut Reader) -> (Vec<Pattern>, Gist) {
    let mut read: Vec<Read<'_>> = Vec::new();
    for (at, of) in themes.iter().enumerate() {
        for (source, text) in texts(of) {
            let words = reader.read(&text);
            read.push(Read { theme: ThemeKey(at as u32), of, source, text, words });
        }
    }
    let rarity = Rarity::of(themes.len(), &read);
    let gist = gist(&read, &rarity, reader.not());
    (read.iter().filter_map(|read| pattern(read, &rarity, reader.not())).collect(), gist)
}

impl Pattern {
    /// How strong a stretch of so many words is that has these weights of its slots; 0 where it has too little.
    pub(super) fn strength(&self, has: &[f32], length: usize, telling: f32) -> f32 {
        // That something is missing is said by one of the words, and says as much as half of another.
        let is_missing = self.not_from.is_some();
        let n_has = has.iter().filter(|weight| **weight > 0.0).count() + usize::from(is_missing);
        let missing = if is_missing { MISSING } else { 0.0 };
        let sum = has.iter().sum::<f32>() + missing;
        let share = sum / (self.weight + missing);
        if self.is_talk || share < LEAST_SHARE || (self.slots.len() > 1 && n_has < 2) {
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

/// How few themes a meaning belongs to.
struct Rarity {
    themes: f32,
    of: FxHashMap<Meaning, u32>,
}

impl Rarity {
    fn of(themes: usize, read: &[Read<'_>]) -> Self {
        let mut seen: Vec<(Meaning, ThemeKey)> = read.iter().flat_map(|read| meanings(&read.words).map(|(_, meaning)| (meaning, read.theme))).collect();
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

/// Each meaning of a text with its word, in order.
fn meanings(words: &[Word]) -> impl Iterator<Item = (&Word, Meaning)> {
    words.iter().flat_map(|word| [word.meaning, word.also].into_iter().flatten().map(move |meaning| (word, meaning)))
}

fn light(word: &Word) -> f32 {
    if word.weight == Weight::Light { LIGHT } else { 1.0 }
}

fn pattern(read: &Read<'_>, rarity: &Rarity, not: Meaning) -> Option<Pattern> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut not_from = None;
    for (word, meaning) in meanings(&read.words) {
        if meaning == not {
            not_from = not_from.or(Some(slots.len()));
        } else if slots.iter().all(|slot| slot.meaning != meaning) {
            slots.push(Slot { meaning, wording: word.wording, weight: rarity.weight(meaning) * light(word) });
        }
    }
    // Where nothing follows it, it is about what stands before.
    let not_from = not_from.map(|from| from.min(slots.len().saturating_sub(1)));
    let is_need = read.of.kind == ThemeKind::Need;
    let alone = slots.len() == 1;
    let says_enough = match read.source {
        Source::Indicator => !alone || read.words.iter().any(|word| word.weight == Weight::Full),
        Source::EarlierId => !alone,
        // A single word of a title or definition says enough only if it is a word of the field, and the theme is a need.
        Source::Title | Source::Definition => !alone || (is_need && Reader::is_shared(slots[0].meaning)),
    };
    let is_talk = read.words.iter().all(|word| word.weight != Weight::Full || word.meaning == Some(not));
    let weight: f32 = slots.iter().map(|slot| slot.weight).sum();
    if slots.is_empty() || slots.len() > MOST_SLOTS || !says_enough {
        return None;
    }
    Some(Pattern {
        theme: read.theme,
        source: read.source,
        text: read.text.trim().to_owned(),
        weight,
        not_from,
        stems: core(&read.words),
        is_need,
        is_talk,
        slots,
    })
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

fn gist(read: &[Read<'_>], rarity: &Rarity, not: Meaning) -> Gist {
    let mut sums: FxHashMap<(Meaning, ThemeKey), f32> = FxHashMap::default();
    for read in read {
        let part = match read.source {
            Source::Indicator => 0.5,
            Source::Title => 0.8,
            Source::EarlierId | Source::Definition => 0.3,
        };
        let mut said: Vec<(Meaning, f32)> =
            meanings(&read.words).filter(|(_, meaning)| *meaning != not).map(|(word, meaning)| (meaning, light(word))).collect();
        said.sort_unstable_by_key(|(meaning, _)| *meaning);
        said.dedup_by_key(|(meaning, _)| *meaning);
        for (meaning, light) in said {
            let sum = sums.entry((meaning, read.theme)).or_default();
            *sum = (*sum + part * light * rarity.weight(meaning)).min(1.0);
        }
    }
    let mut sums: Vec<((Meaning, ThemeKey), f32)> = sums.into_iter().collect();
    sums.sort_unstable_by_key(|(key, _)| *key);
    let mut gist = Gist::default();
    for ((meaning, theme), weight) in sums {
        gist.entry(meaning).or_default().push((theme, weight));
    }
    gist
}
