//! A shard in the making: texts go in one by one, each word with the places where it stands.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::shard::{HEAD_BYTES, MAGIC, Shard, print_of};
use super::texts::Text;
use crate::model::{Names, Stems, pieces, small_letters};
use crate::source::Out;

/// No word is kept with more bytes than this.
const LONGEST: usize = 60;

/// What is known of one file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    pub path: String,
    /// By what the caller knows it again; nothing here looks into it.
    pub mark: Vec<u8>,
    pub health: Health,
    /// Days since the year 1 for a meeting, 0 for what has no day.
    pub day: i32,
    /// What the caller wants to find again beside the words.
    pub more: Vec<u8>,
}

/// How much of a file could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    Whole,
    /// Something in it is wrong, and what that is was not read.
    Partly,
    Unread,
}

#[derive(Default)]
pub struct Builder {
    stems: Stems,
    files: Vec<(FileFacts, u32)>,
    lengths: Vec<u16>,
    prints: Vec<u64>,
    at: FxHashMap<Box<str>, usize>,
    words: Vec<WordList>,
    tags: BTreeMap<String, Runs>,
    /// The words of the text at hand, each with its place.
    tokens: Vec<(usize, u32)>,
}

/// The texts that have a word, as bytes.
struct WordList {
    word: Box<str>,
    stem: String,
    n_texts: u32,
    last: u32,
    /// For each text the step from the one before, doubled, and one more if the word stands there several times; then how often.
    texts: Out,
    /// For each text the places of the word in it, each as the step from the one before.
    places: Out,
}

/// Stretches of texts that follow each other.
#[derive(Default)]
struct Runs {
    /// The first text of each stretch, and the first behind it.
    runs: Vec<(u32, u32)>,
}

impl Builder {
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a file; the texts that follow belong to it.
    pub fn file(&mut self, facts: FileFacts) {
        self.files.push((facts, 0));
    }

    /// A text of the file that was begun last.
    pub fn text(&mut self, text: &Text<'_>, case: Option<&str>, names: Names<'_>) {
        let doc = self.doc(print_of(text.text));
        self.tag(format!("in:{}", text.what.word()), doc);
        case.into_iter().for_each(|case| self.tag(format!("ref:{case}"), doc));
        text.themes.iter().for_each(|key| self.tag(format!("theme:{}", names.theme(*key).id), doc));
        text.agencies.iter().for_each(|key| self.tag(format!("agency:{}", names.group.agency(*key).id), doc));
        let mut tokens = std::mem::take(&mut self.tokens);
        for (place, (start, end)) in pieces(text.text).enumerate() {
            let word = word_of(&text.text[start..end]);
            tokens.push((self.word(&word, None), place as u32));
        }
        self.lengths[doc as usize] = u16::try_from(tokens.len()).unwrap_or(u16::MAX);
        // In order of word, and within a word in order of place.
        tokens.sort_unstable();
        let mut places = Vec::new();
        for word in tokens.chunk_by(|a, b| a.0 == b.0) {
            places.clear();
            places.extend(word.iter().map(|(_, place)| *place));
            self.words[word[0].0].push(doc, &places);
        }
        tokens.clear();
        self.tokens = tokens;
    }

    fn doc(&mut self, print: u64) -> u32 {
        self.lengths.push(0);
        self.prints.push(print);
        if let Some((_, n_texts)) = self.files.last_mut() {
            *n_texts += 1;
        }
        self.prints.len() as u32 - 1
    }

    fn tag(&mut self, tag: String, doc: u32) {
        self.tags.entry(tag).or_default().push(doc, doc + 1);
    }

    fn word(&mut self, word: &str, stem: Option<&str>) -> usize {
        if let Some(at) = self.at.get(word) {
            return *at;
        }
        let stem = stem.map_or_else(|| self.stems.of(word), str::to_owned);
        self.words.push(WordList { word: word.into(), stem, n_texts: 0, last: 0, texts: Out::default(), places: Out::default() });
        self.at.insert(word.into(), self.words.len() - 1);
        self.words.len() - 1
    }

    /// Takes over of another shard, which comes before everything else, the files that `keep` gives new facts; in their order there.
    pub fn take(&mut self, old: &Shard<'_>, keep: impl Fn(usize) -> Option<FileFacts>) -> Option<()> {
        let mut places: Vec<Option<u32>> = Vec::with_capacity(old.n_texts());
        for (n, file) in old.files().iter().enumerate() {
            let kept = keep(n);
            let is_kept = kept.is_some();
            kept.into_iter().for_each(|facts| self.file(facts));
            for doc in file.texts.clone() {
                places.push(is_kept.then(|| self.doc(old.print(doc))));
                if let Some(Some(new)) = places.last() {
                    self.lengths[*new as usize] = old.length(doc);
                }
            }
        }
        for word in old.words() {
            let at = self.word(word.word, Some(word.stem));
            old.each_with_places(&word, |doc, found| {
                if let Some(Some(new)) = places.get(doc as usize) {
                    self.words[at].push(*new, found);
                }
            })?;
        }
        for tag in old.tags() {
            for doc in old.runs(&tag)?.into_iter().flatten() {
                if let Some(Some(new)) = places.get(doc as usize) {
                    self.tag(tag.name.to_owned(), *new);
                }
            }
        }
        Some(())
    }

    /// The shard as bytes, with the caller's key in its head. Nothing when it is too large to be kept, or holds a path nobody can have.
    pub fn finish(self, key: u64) -> Option<Vec<u8>> {
        let (mut files, mut words, mut tags, mut docs, mut more, mut lists) =
            (Out::default(), Out::default(), Out::default(), Out::default(), Out::default(), Out::default());
        for (facts, n_texts) in &self.files {
            files.text(&facts.path)?;
            files.byte(u8::try_from(facts.mark.len()).ok()?);
            files.0.extend(&facts.mark);
            files.byte(facts.health as u8);
            files.int(facts.day.cast_unsigned());
            files.varint(u64::from(*n_texts));
            files.varint(facts.more.len() as u64);
            more.0.extend(&facts.more);
        }
        self.lengths.iter().for_each(|length| docs.short(*length));
        self.prints.iter().for_each(|print| docs.long(*print));
        // In order of word, so that the bytes are the same whatever the map thinks.
        let mut sorted = self.words;
        sorted.retain(|word| word.n_texts > 0);
        sorted.sort_unstable_by(|a, b| a.word.cmp(&b.word));
        for word in &sorted {
            word.write(&mut words, &mut lists)?;
        }
        for (tag, runs) in &self.tags {
            tags.text(tag)?;
            let bytes = runs.bytes();
            tags.varint(bytes.0.len() as u64);
            tags.0.extend(bytes.0);
        }
        let mut out = Out(MAGIC.to_vec());
        out.long(key);
        let sections = [&files, &words, &tags, &docs, &more];
        for section in sections {
            out.int(u32::try_from(section.0.len()).ok()?);
            out.int(crc32fast::hash(&section.0));
        }
        out.int(u32::try_from(lists.0.len()).ok()?);
        debug_assert_eq!(out.0.len(), HEAD_BYTES);
        sections.into_iter().chain([&lists]).for_each(|section| out.0.extend(&section.0));
        Some(out.0)
    }
}

/// A word as it is looked for: small letters, and no longer than is kept.
pub(super) fn word_of(piece: &str) -> String {
    let mut word = if piece.is_ascii() { piece.to_ascii_lowercase() } else { small_letters(piece) };
    while word.len() > LONGEST {
        word.pop();
    }
    word
}

impl WordList {
    fn push(&mut self, doc: u32, places: &[u32]) {
        let several = places.len() > 1;
        self.texts.varint(u64::from(doc - self.last) << 1 | u64::from(several));
        if several {
            self.texts.varint(places.len() as u64);
        }
        let mut before = 0;
        for place in places {
            self.places.varint(u64::from(place - before));
            before = *place;
        }
        (self.last, self.n_texts) = (doc, self.n_texts + 1);
    }

    fn write(&self, words: &mut Out, lists: &mut Out) -> Option<()> {
        words.byte(u8::try_from(self.word.len()).ok()?);
        words.0.extend(self.word.as_bytes());
        // A stem is nearly always how the word begins.
        match self.word.strip_prefix(self.stem.as_str()) {
            Some(_) => words.byte(self.stem.len() as u8),
            None => {
                words.byte(u8::MAX);
                words.byte(u8::try_from(self.stem.len()).ok()?);
                words.0.extend(self.stem.as_bytes());
            }
        }
        words.varint(u64::from(self.n_texts));
        words.varint(self.texts.0.len() as u64);
        words.varint(self.places.0.len() as u64);
        for bytes in [&self.texts, &self.places] {
            words.int(crc32fast::hash(&bytes.0));
            lists.0.extend(&bytes.0);
        }
        Some(())
    }
}

impl Runs {
    fn push(&mut self, from: u32, to: u32) {
        match self.runs.last_mut() {
            Some((_, end)) if *end >= from => *end = (*end).max(to),
            _ => self.runs.push((from, to)),
        }
    }

    fn bytes(&self) -> Out {
        let (mut out, mut before) = (Out::default(), 0);
        for (from, to) in &self.runs {
            out.varint(u64::from(from - before));
            out.varint(u64::from(to - from));
            before = *to;
        }
        out
    }
}
