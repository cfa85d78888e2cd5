//! Which texts of a shard have what is looked for, and how well they fit.
//!
//! How well is BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009): a text fits the better, the oftener a word stands in
//! it for its length, and the fewer texts have that word at all.

use std::cmp::Reverse;

use chrono::{Datelike as _, NaiveDate};
use rustc_hash::FxHashMap;

use super::question::{Question, Wanted};
use super::shard::{Had, Shard, Word, print_of};
use crate::model::Stems;

const K1: f64 = 1.2;
const B: f64 = 0.75;

/// What of a question a text needs to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    All,
    Any,
}

/// The texts of a shard that have what is looked for.
pub struct Found {
    /// How many texts of the shard have each thing that is wanted, wherever one was told to look.
    pub having: Vec<u64>,
    pub n_texts: u64,
    pub n_words: u64,
    docs: Vec<u32>,
    /// For each text, one after the other, how often each thing stands in it.
    times: Vec<u32>,
}

/// A text that fits, and the others that say the same.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    pub score: f64,
    pub shard: usize,
    /// The file, by its place in the shard.
    pub file: usize,
    /// The text, by its place in the file.
    pub nth: u32,
    pub day: i32,
    /// In how many places the same text stands.
    pub places: usize,
    print: u64,
}

impl Hit {
    /// Whether this is the text that was found.
    pub fn says(&self, text: &str) -> bool {
        self.print == print_of(text)
    }
}

/// Numbers of the whole workspace.
pub struct Whole {
    having: Vec<u64>,
    n_texts: f64,
    mean_words: f64,
}

/// Looks through a shard. Nothing when it is damaged.
pub fn find(shard: &Shard<'_>, question: &Question, need: Need) -> Option<Found> {
    let lists = lists(shard, &question.wanted)?;
    let mut without: Vec<u32> = lists_of(shard, &question.without)?;
    without.sort_unstable();
    let allowed = allowed(shard, question)?;
    let is_allowed = |doc: u32| allowed.as_ref().is_none_or(|allowed| allowed[doc as usize]) && without.binary_search(&doc).is_err();
    let n = lists.len();
    let (mut docs, mut times) = (Vec::new(), Vec::new());
    let mut at = vec![0; n];
    let candidates = candidates(shard, &lists, need);
    for doc in candidates {
        let start = times.len();
        for (list, at) in lists.iter().zip(&mut at) {
            while list.get(*at).is_some_and(|(other, _)| *other < doc) {
                *at += 1;
            }
            times.push(list.get(*at).filter(|(other, _)| *other == doc).map_or(0, |(_, times)| *times));
        }
        let fits = need == Need::Any || times[start..].iter().all(|times| *times > 0);
        if fits && is_allowed(doc) {
            docs.push(doc);
        } else {
            times.truncate(start);
        }
    }
    let having = lists.iter().map(|list| list.len() as u64).collect();
    Some(Found { having, n_texts: shard.n_texts() as u64, n_words: shard.n_words(), docs, times })
}

/// The texts to look at: those of the rarest thing, or of any; all, where nothing is wanted but a place to look.
fn candidates(shard: &Shard<'_>, lists: &[Vec<Had>], need: Need) -> Vec<u32> {
    let docs = |list: &Vec<Had>| list.iter().map(|(doc, _)| *doc).collect::<Vec<_>>();
    match need {
        _ if lists.is_empty() => (0..shard.n_texts() as u32).collect(),
        Need::All => lists.iter().min_by_key(|list| list.len()).map(docs).unwrap_or_default(),
        Need::Any => {
            let mut all: Vec<u32> = lists.iter().flat_map(docs).collect();
            all.sort_unstable();
            all.dedup();
            all
        }
    }
}

fn lists_of(shard: &Shard<'_>, wanted: &[Wanted]) -> Option<Vec<u32>> {
    Some(lists(shard, wanted)?.into_iter().flatten().map(|(doc, _)| doc).collect())
}

/// For each thing the texts that have it, in order.
pub(super) fn lists(shard: &Shard<'_>, wanted: &[Wanted]) -> Option<Vec<Vec<Had>>> {
    if wanted.is_empty() {
        return Some(Vec::new());
    }
    let stems = Stems::new();
    let stem_of = |wanted: &Wanted| if let Wanted::Alike(word) = wanted { stems.of(word) } else { String::new() };
    let stemmed: Vec<String> = wanted.iter().map(stem_of).collect();
    let mut forms: Vec<Vec<Word<'_>>> = vec![Vec::new(); wanted.len()];
    for word in shard.words() {
        for (n, wanted) in wanted.iter().enumerate() {
            let fits = match wanted {
                Wanted::Alike(_) => word.stem == stemmed[n],
                Wanted::Exact(words) => words.iter().any(|wanted| wanted == word.word),
            };
            if fits {
                forms[n].push(word);
            }
        }
    }
    let list = |(wanted, forms): (&Wanted, Vec<Word<'_>>)| match wanted {
        Wanted::Exact(words) if words.len() > 1 => phrase(shard, words, &forms),
        _ => any_of(shard, &forms),
    };
    wanted.iter().zip(forms).map(list).collect()
}

fn any_of(shard: &Shard<'_>, forms: &[Word<'_>]) -> Option<Vec<Had>> {
    let lists = forms.iter().map(|word| shard.texts(word)).collect::<Option<Vec<_>>>()?;
    if let [_] = lists.as_slice() {
        return lists.into_iter().next();
    }
    let mut all: Vec<Had> = lists.into_iter().flatten().collect();
    all.sort_by_key(|(doc, _)| *doc);
    all.dedup_by(|later, first| {
        let same = later.0 == first.0;
        first.1 += if same { later.1 } else { 0 };
        same
    });
    Some(all)
}

/// The texts in which words follow each other, and how often they do: from the rarest of them, and then those that go with it.
fn phrase(shard: &Shard<'_>, words: &[String], forms: &[Word<'_>]) -> Option<Vec<Had>> {
    let form = |word: &String| forms.iter().find(|form| form.word == word);
    let Some(found) = words.iter().map(form).collect::<Option<Vec<_>>>() else { return Some(Vec::new()) };
    let rarest = (0..found.len()).min_by_key(|n| found[*n].n_texts)?;
    let mut starts: Vec<(u32, u32)> = Vec::new();
    shard.each_with_places(found[rarest], |doc, places| {
        starts.extend(places.iter().filter_map(|place| place.checked_sub(rarest as u32)).map(|start| (doc, start)));
    })?;
    for (n, word) in found.iter().enumerate().filter(|(n, _)| *n != rarest) {
        let (mut at, mut kept) = (0, Vec::new());
        shard.each_with_places(word, |doc, places| {
            while starts.get(at).is_some_and(|(other, _)| *other < doc) {
                at += 1;
            }
            while let Some((other, start)) = starts.get(at).filter(|(other, _)| *other == doc) {
                if places.binary_search(&(start + n as u32)).is_ok() {
                    kept.push((*other, *start));
                }
                at += 1;
            }
        })?;
        starts = kept;
    }
    Some(starts.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, same.len() as u32)).collect())
}

/// For each text of the shard whether one was told to look there; nothing when everywhere.
fn allowed(shard: &Shard<'_>, question: &Question) -> Option<Option<Vec<bool>>> {
    let period = question.period;
    if question.tags.is_empty() && period.since.is_none() && period.until.is_none() {
        return Some(None);
    }
    let mut allowed = vec![true; shard.n_texts()];
    if period.since.is_some() || period.until.is_some() {
        for file in shard.files() {
            let day = NaiveDate::from_num_days_from_ce_opt(file.day).filter(|_| file.day != 0);
            if !day.is_some_and(|day| period.contains(day)) {
                allowed[file.texts.start as usize..file.texts.end as usize].fill(false);
            }
        }
    }
    for wanted in &question.tags {
        let mut tagged = vec![false; allowed.len()];
        if let Some(tag) = shard.tags().find(|tag| tag.name == wanted) {
            for run in shard.runs(&tag)? {
                tagged[run.start as usize..run.end as usize].fill(true);
            }
        }
        allowed.iter_mut().zip(tagged).for_each(|(allowed, tagged)| *allowed &= tagged);
    }
    Some(Some(allowed))
}

impl Whole {
    pub fn of(found: &[Found]) -> Self {
        let n_wanted = found.first().map_or(0, |found| found.having.len());
        let having = (0..n_wanted).map(|n| found.iter().map(|found| found.having[n]).sum()).collect();
        let n_texts = found.iter().map(|found| found.n_texts).sum::<u64>();
        let n_words = found.iter().map(|found| found.n_words).sum::<u64>();
        Self { having, n_texts: n_texts as f64, mean_words: n_words as f64 / n_texts.max(1) as f64 }
    }

    /// How many texts have each thing that is wanted.
    pub fn having(&self) -> &[u64] {
        &self.having
    }

    pub(super) fn rarity(&self, n: usize) -> f64 {
        let having = self.having[n] as f64;
        ((self.n_texts - having + 0.5) / (having + 0.5)).ln_1p()
    }

    /// How much it says that a text of so many words has a thing so many times.
    fn weight(&self, times: u32, n_words: u16) -> f64 {
        let times = f64::from(times);
        times * (K1 + 1.0) / (times + K1 * (1.0 - B + B * f64::from(n_words) / self.mean_words.max(1.0)))
    }
}

/// The hits of a shard: texts that say the same are one, at the place of the latest.
pub fn hits(shard: &Shard<'_>, at: usize, found: &Found, whole: &Whole) -> Vec<Hit> {
    let n = found.having.len();
    let rarity: Vec<f64> = (0..n).map(|n| whole.rarity(n)).collect();
    let mut hits: Vec<Hit> = Vec::new();
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    for (place, doc) in found.docs.iter().enumerate() {
        let print = shard.print(*doc);
        let file = shard.file_of(*doc);
        let (day, nth) = (shard.files()[file].day, doc - shard.files()[file].texts.start);
        let times = &found.times[place * n..(place + 1) * n];
        let score = || times.iter().zip(&rarity).map(|(times, rarity)| rarity * whole.weight(*times, shard.length(*doc))).sum();
        let fresh = |score: f64| Hit { score, shard: at, file, nth, day, places: 1, print };
        match known.get(&print) {
            None => {
                known.insert(print, hits.len());
                hits.push(fresh(score()));
            }
            Some(same) => {
                let other = &mut hits[*same];
                let path = |file: usize| shard.files()[file].path;
                let newer = (Reverse(day), path(file), nth) < (Reverse(other.day), path(other.file), other.nth);
                let places = other.places + 1;
                if newer {
                    *other = Hit { places, ..fresh(other.score) };
                }
                other.places = places;
            }
        }
    }
    hits
}

/// All hits, the best first; of those that fit equally well, the latest.
pub fn rank(shards: &[Shard<'_>], hits: Vec<Vec<Hit>>, most: usize) -> (usize, usize, Vec<Hit>) {
    let key = |hit: &Hit| (Reverse(hit.day), shards[hit.shard].files()[hit.file].path, hit.nth);
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    let mut all: Vec<Hit> = Vec::with_capacity(hits.iter().map(Vec::len).sum());
    for hit in hits.into_iter().flatten() {
        match known.get(&hit.print) {
            None => {
                known.insert(hit.print, all.len());
                all.push(hit);
            }
            Some(same) => {
                let other = &mut all[*same];
                let places = other.places + hit.places;
                if key(&hit) < key(other) {
                    *other = hit;
                }
                other.places = places;
            }
        }
    }
    let (n, n_places) = (all.len(), all.iter().map(|hit| hit.places).sum());
    let order = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then_with(|| key(a).cmp(&key(b)));
    if most < n {
        all.select_nth_unstable_by(most, order);
        all.truncate(most);
    }
    all.sort_unstable_by(order);
    (n, n_places, all)
}

/// A day as files of a shard have it.
pub fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}
