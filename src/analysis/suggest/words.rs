//! Texts as words: their stems, what they mean alike (`alike.txt`), and where sentences and clauses end.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use crate::model::{Stems, pieces, small_letters};

/// What a word says: its stem, or the meaning it shares with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Meaning(u32);

/// A stem, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Stem(pub(super) u32);

/// A word of a text, with its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) stem: Stem,
    /// Nothing for a word that only holds others together, and for the later words of a phrase that means something as a whole.
    pub(super) meaning: Option<Meaning>,
    /// Tells apart the wordings of one meaning.
    pub(super) wording: u32,
    /// A second meaning of the same word, as `unsuitable` is `not` and `suitable`.
    pub(super) also: Option<Meaning>,
    pub(super) sentence: u32,
    pub(super) clause: u32,
    pub(super) weight: Weight,
    /// Whether it is a phrase of several words that mean something together, which says more than one of them.
    pub(super) is_phrase: bool,
}

/// How much a word says in notes about cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// Nothing.
    None,
    /// Little: it stands in nearly every note.
    Light,
    /// Something.
    Full,
}

const ALIKE: &str = include_str!("alike.txt");

/// Words that hold others together.
const EMPTY: &str = "a an the and or but so if of to in on at by for with from as is are was were be been being am it its this that these those there \
    here he she they them him her his hers their theirs you your we us our i me my who whom whose which what when where why how do does did done have has had \
    having will would shall should can could may might must than then too very just also only into onto about over under after before since until while up down \
    out off again all any each some such more most other another own same s t re ve ll d m said says say saying because due";

/// Words that nearly every note has.
const LIGHT: &str = "person people man woman service support work case team need get got go went come came take took make made see seen ask give gave given put \
    use day week month year time now still new first last one two three four five next back agency meet manager put keep kept tell know knew known find found \
    want think feel felt good bad well way thing place live like try tried help change long short number state current present issue problem concern \
    social health care staff panel worker contact call visit talk speak spoke look show become include including within without through around";

/// Reads texts; each stem and each meaning has one number in all that it reads.
pub(super) struct Reader {
    stems: Stems,
    /// Words as they are written, in lower case, to their stems.
    known: FxHashMap<Box<str>, Stem>,
    /// A word for each stem, as it was first written.
    spelt: Vec<Box<str>>,
    weights: Vec<Weight>,
    /// Phrases that mean something as a whole, by their first stem, the longest first.
    phrases: HashMap<Stem, Vec<Alike>>,
    not: Meaning,
    n_meanings: u32,
}

struct Alike {
    rest: Vec<Stem>,
    meaning: Meaning,
    also: Option<Meaning>,
    wording: u32,
}

/// Meanings that are shared have numbers above those of stems.
const SHARED: u32 = 1 << 24;

impl Reader {
    pub(super) fn new() -> Self {
        let mut reader = Self {
            stems: Stems::new(),
            known: FxHashMap::default(),
            spelt: Vec::new(),
            weights: Vec::new(),
            phrases: HashMap::new(),
            not: Meaning(SHARED),
            n_meanings: 0,
        };
        for (words, weight) in [(LIGHT, Weight::Light), (EMPTY, Weight::None)] {
            for word in words.split_whitespace() {
                let stem = reader.stem(word);
                reader.weights[stem.0 as usize] = weight;
            }
        }
        reader.read_alike();
        reader
    }

    fn read_alike(&mut self) {
        let mut names: HashMap<&str, Meaning> = HashMap::new();
        let mut wording = SHARED;
        for line in ALIKE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if let Some((name, words)) = line.split_once(':') {
                let meaning = Meaning(SHARED + self.n_meanings);
                self.n_meanings += 1;
                names.insert(name.trim(), meaning);
                for phrase in words.split(',') {
                    wording += 1;
                    self.alike(phrase, meaning, None, wording);
                }
            } else if let Some((phrase, both)) = line.split_once('=') {
                wording += 1;
                let mut both = both.split_whitespace().filter_map(|name| names.get(name).copied());
                if let (Some(first), second) = (both.next(), both.next()) {
                    self.alike(phrase, first, second, wording);
                }
            }
        }
        self.not = names["not"];
        for phrases in self.phrases.values_mut() {
            phrases.sort_by_key(|alike| (std::cmp::Reverse(alike.rest.len()), alike.wording));
        }
    }

    fn alike(&mut self, phrase: &str, meaning: Meaning, also: Option<Meaning>, wording: u32) {
        let stems: Vec<Stem> = pieces(phrase).map(|(start, end)| self.stem(&phrase[start..end])).collect();
        let Some((first, rest)) = stems.split_first() else { return };
        if rest.is_empty() && self.weights[first.0 as usize] != Weight::None {
            self.weights[first.0 as usize] = Weight::Full;
        }
        self.phrases.entry(*first).or_default().push(Alike { rest: rest.to_vec(), meaning, also, wording });
    }

    /// The meaning of words that say that something is not so.
    pub(super) fn not(&self) -> Meaning {
        self.not
    }

    /// Whether a meaning has a line in `alike.txt`, and so says something by itself.
    pub(super) fn is_shared(meaning: Meaning) -> bool {
        meaning.0 >= SHARED
    }

    pub(super) fn spelt(&self, stem: Stem) -> &str {
        &self.spelt[stem.0 as usize]
    }

    pub(super) fn weight(&self, stem: Stem) -> Weight {
        self.weights[stem.0 as usize]
    }

    fn stem(&mut self, word: &str) -> Stem {
        let lower = small_letters(word);
        if let Some(stem) = self.known.get(lower.as_str()) {
            return *stem;
        }
        let stemmed = self.stems.of(&lower);
        let stem = match self.known.get(format!("={stemmed}").as_str()) {
            Some(stem) => *stem,
            None => {
                let stem = Stem(self.spelt.len() as u32);
                self.spelt.push(Box::from(lower.as_str()));
                self.weights.push(Weight::Full);
                self.known.insert(format!("={stemmed}").into(), stem);
                stem
            }
        };
        self.known.insert(lower.into(), stem);
        stem
    }

    /// The words of a text.
    pub(super) fn read(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.len() / 6);
        let (mut sentence, mut clause, mut before) = (0, 0, 0);
        for (start, end) in pieces(text) {
            match boundary(&text[before..start]) {
                Boundary::Sentence if !words.is_empty() => (sentence, clause) = (sentence + 1, clause + 1),
                Boundary::Clause => clause += 1,
                _ => {}
            }
            let stem = self.stem(&text[start..end]);
            if matches!(&*text[start..end].to_lowercase(), "but" | "although" | "though" | "however" | "yet") {
                clause += 1;
            }
            let weight = self.weights[stem.0 as usize];
            let meaning = (weight != Weight::None).then_some(Meaning(stem.0));
            words.push(Word { start: start as u32, end: end as u32, stem, meaning, wording: stem.0, also: None, sentence, clause, weight, is_phrase: false });
            before = end;
        }
        self.find_alike(&mut words);
        words
    }

    fn find_alike(&self, words: &mut [Word]) {
        let mut at = 0;
        while at < words.len() {
            let fits = |alike: &&Alike| {
                let rest = &words[at + 1..];
                rest.len() >= alike.rest.len() && alike.rest.iter().zip(rest).all(|(stem, word)| word.stem == *stem && word.sentence == words[at].sentence)
            };
            let found = self.phrases.get(&words[at].stem).and_then(|phrases| phrases.iter().find(fits));
            let Some(alike) = found else {
                at += 1;
                continue;
            };
            let last = at + alike.rest.len();
            words[at].meaning = Some(alike.meaning);
            words[at].also = alike.also;
            words[at].wording = alike.wording;
            words[at].end = words[last].end;
            words[at].weight = Weight::Full;
            words[at].is_phrase = last > at;
            words[at + 1..=last].iter_mut().for_each(|word| (word.meaning, word.weight) = (None, Weight::None));
            at = last + 1;
        }
    }
}

enum Boundary {
    None,
    Clause,
    Sentence,
}

/// What lies between two words.
fn boundary(between: &str) -> Boundary {
    let new_paragraph = between.matches('\n').count() > 1 || (between.contains('\n') && between.contains(['-', '*', '•']));
    let full_stop =
        between.starts_with(['.', '!', '?', ';']) || [". ", "! ", "? ", "; ", ".\n", "?\n", "!\n", ".”", ".\""].iter().any(|end| between.contains(end));
    match () {
        () if new_paragraph || full_stop => Boundary::Sentence,
        () if between.contains([',', ':', '(', ')', '–', '—']) || between.contains(" - ") => Boundary::Clause,
        () => Boundary::None,
    }
}
