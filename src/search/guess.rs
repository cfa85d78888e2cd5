//! What somebody meant who typed a word that stands nowhere.

use rustc_hash::FxHashSet;

use super::shard::Shard;

/// How much alike two words have to be, from 0 to 1.
const NEAR: f64 = 0.7;

/// The word of any text that is nearest to a misspelt one; of two that are as near, the one that more texts have.
pub fn guess(shards: &[Shard<'_>], typed: &str) -> Option<String> {
    let length = typed.chars().count();
    let words: FxHashSet<&str> = shards.iter().flat_map(Shard::words).map(|word| word.word).collect();
    let near = |word: &&&str| {
        let other = word.chars().count();
        length.abs_diff(other) * 10 <= length.max(other) * 3 && other > 2
    };
    let likeness = |word: &str| strsim::normalized_damerau_levenshtein(typed, word);
    let best = words.iter().filter(near).map(|word| (likeness(word), *word)).filter(|(likeness, _)| *likeness >= NEAR).max_by(|a, b| {
        let oftener = || texts_with(shards, a.1).cmp(&texts_with(shards, b.1));
        a.0.total_cmp(&b.0).then_with(oftener).then_with(|| b.1.cmp(a.1))
    });
    best.map(|(_, word)| word.to_owned())
}

fn texts_with(shards: &[Shard<'_>], word: &str) -> u32 {
    shards.iter().flat_map(Shard::words).filter(|other| other.word == word).map(|other| other.n_texts).sum()
}
