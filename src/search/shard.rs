//! A shard: the words of some files, as bytes that are read where they lie. Reading trusts nothing; what does not fit is nothing.

use std::hash::{DefaultHasher, Hasher as _};
use std::ops::Range;

use super::build::Health;
use crate::source::In;

pub(super) const MAGIC: &[u8; 16] = b"marg search 1\n\0\0";
const SECTIONS: usize = 5;
pub const HEAD_BYTES: usize = MAGIC.len() + 8 + SECTIONS * 8 + 4;

/// What stands for a text, to tell the same one apart from others.
pub(super) fn print_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for word in text.split_whitespace() {
        hasher.write(word.as_bytes());
        hasher.write_u8(0);
    }
    hasher.finish()
}

/// What the first bytes of a shard say of the rest.
#[derive(Clone, Copy)]
pub struct Head {
    sections: [(usize, u32); SECTIONS],
    lists: usize,
}

impl Head {
    /// Reads it, if it was written with this key.
    pub fn read(bytes: &[u8], key: u64) -> Option<Self> {
        let mut input = In(bytes);
        if input.take(MAGIC.len())? != MAGIC || input.long()? != key {
            return None;
        }
        let mut sections = [(0, 0); SECTIONS];
        for section in &mut sections {
            *section = (input.int()? as usize, input.int()?);
        }
        Some(Self { sections, lists: input.int()? as usize })
    }

    /// How many bytes follow that are read as a whole.
    pub fn front(&self) -> usize {
        self.sections.iter().map(|(length, _)| length).sum()
    }

    /// How many bytes there are behind them.
    pub fn lists(&self) -> usize {
        self.lists
    }
}

/// Where the lists of a shard lie.
pub trait Lists: Sync {
    /// Some of their bytes; nothing when they are not there.
    fn fetch(&self, at: usize, length: usize) -> Option<Vec<u8>>;
}

pub struct Shard<'b> {
    files: Vec<File<'b>>,
    words: &'b [u8],
    tags: &'b [u8],
    lengths: &'b [u8],
    prints: &'b [u8],
    lists: &'b dyn Lists,
}

/// One file of a shard.
#[derive(Clone, Debug)]
pub struct File<'b> {
    pub path: &'b str,
    pub mark: &'b [u8],
    pub health: Health,
    pub day: i32,
    /// Its texts among those of the shard.
    pub texts: Range<u32>,
    pub more: &'b [u8],
}

/// A word with where its lists lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'b> {
    pub(super) word: &'b str,
    pub(super) stem: &'b str,
    pub(super) n_texts: u32,
    at: usize,
    lengths: (usize, usize),
    sums: (u32, u32),
}

pub(super) struct Tag<'b> {
    pub(super) name: &'b str,
    runs: &'b [u8],
}

/// A text that has a word, and how often.
pub(super) type Had = (u32, u32);

impl<'b> Shard<'b> {
    /// Looks at the bytes behind the head. Nothing when anything about them is wrong.
    pub fn read(head: &Head, front: &'b [u8], lists: &'b dyn Lists) -> Option<Self> {
        let mut input = In(front);
        let mut sections = [&front[..0]; SECTIONS];
        for (section, (length, sum)) in sections.iter_mut().zip(head.sections) {
            *section = input.take(length)?;
            if crc32fast::hash(section) != sum {
                return None;
            }
        }
        let [files, words, tags, docs, more] = sections;
        let files = files_in(files, more)?;
        let n_texts = files.last().map_or(0, |file| file.texts.end as usize);
        let (lengths, prints) = docs.split_at_checked(n_texts * 2)?;
        (prints.len() == n_texts * 8).then_some(Self { files, words, tags, lengths, prints, lists })
    }

    pub fn files(&self) -> &[File<'b>] {
        &self.files
    }

    pub(super) fn n_texts(&self) -> usize {
        self.prints.len() / 8
    }

    /// How many words a text has.
    pub(super) fn length(&self, doc: u32) -> u16 {
        let at = doc as usize * 2;
        self.lengths.get(at..at + 2).and_then(|bytes| bytes.try_into().ok()).map_or(0, u16::from_le_bytes)
    }

    pub(super) fn n_words(&self) -> u64 {
        self.lengths.chunks_exact(2).map(|bytes| u64::from(u16::from_le_bytes([bytes[0], bytes[1]]))).sum()
    }

    /// What stands for a text.
    pub(super) fn print(&self, doc: u32) -> u64 {
        let at = doc as usize * 8;
        self.prints.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes)
    }

    /// The file of a text, by its place here.
    pub(super) fn file_of(&self, doc: u32) -> usize {
        self.files.partition_point(|file| file.texts.end <= doc)
    }

    pub(super) fn words(&self) -> impl Iterator<Item = Word<'b>> + use<'b> {
        let (mut input, mut at) = (In(self.words), 0);
        std::iter::from_fn(move || {
            let word = word_in(&mut input, at)?;
            at += word.lengths.0 + word.lengths.1;
            Some(word)
        })
    }

    pub(super) fn tags(&self) -> impl Iterator<Item = Tag<'b>> + use<'b> {
        let mut input = In(self.tags);
        std::iter::from_fn(move || {
            let name = input.text()?;
            let length = input.varint()?;
            Some(Tag { name, runs: input.take(usize::try_from(length).ok()?)? })
        })
    }

    /// What stands behind a name such as `ref:` in its tags.
    pub fn tagged<'n>(&self, name: &'n str) -> impl Iterator<Item = &'b str> + use<'b, 'n> {
        self.tags().filter_map(move |tag| tag.name.strip_prefix(name))
    }

    /// The files in which a text has a tag. Nothing when they are damaged.
    pub fn files_tagged(&self, name: &str) -> Option<Vec<&File<'b>>> {
        let Some(tag) = self.tags().find(|tag| tag.name == name) else { return Some(Vec::new()) };
        let mut files: Vec<usize> = self.runs(&tag)?.into_iter().flat_map(|run| [run.start, run.end - 1].map(|doc| self.file_of(doc))).collect();
        files.dedup();
        Some(files.into_iter().filter_map(|file| self.files.get(file)).collect())
    }

    /// The stretches of texts that have a tag.
    pub(super) fn runs(&self, tag: &Tag<'_>) -> Option<Vec<Range<u32>>> {
        let (mut input, mut before, mut runs) = (In(tag.runs), 0_u64, Vec::new());
        while !input.0.is_empty() {
            let from = before.checked_add(input.varint()?)?;
            before = from.checked_add(input.varint()?.max(1))?;
            runs.push(u32::try_from(from).ok()?..u32::try_from(before).ok()?);
        }
        (before as usize <= self.n_texts()).then_some(runs)
    }

    /// The texts that have a word, in order.
    pub(super) fn texts(&self, word: &Word<'_>) -> Option<Vec<Had>> {
        let bytes = self.list(word.at, word.lengths.0, word.sums.0)?;
        let (mut input, mut doc, mut texts) = (In(&bytes), 0_u32, Vec::with_capacity(word.n_texts as usize));
        for _ in 0..word.n_texts {
            let step = input.varint()?;
            doc = doc.checked_add(u32::try_from(step >> 1).ok()?)?;
            let times = if step & 1 == 1 { u32::try_from(input.varint()?).ok()? } else { 1 };
            texts.push((doc, times));
        }
        (input.0.is_empty() && (doc as usize) < self.n_texts()).then_some(texts)
    }

    /// Hands over each text that has a word, with the places where it stands.
    pub(super) fn each_with_places(&self, word: &Word<'_>, mut hand: impl FnMut(u32, &[u32])) -> Option<()> {
        let texts = self.texts(word)?;
        let bytes = self.list(word.at + word.lengths.0, word.lengths.1, word.sums.1)?;
        let (mut input, mut places) = (In(&bytes), Vec::new());
        for (doc, times) in texts {
            places.clear();
            let mut place = 0_u32;
            for _ in 0..times {
                place = place.checked_add(u32::try_from(input.varint()?).ok()?)?;
                places.push(place);
            }
            hand(doc, &places);
        }
        Some(())
    }

    fn list(&self, at: usize, length: usize, sum: u32) -> Option<Vec<u8>> {
        self.lists.fetch(at, length).filter(|bytes| bytes.len() == length && crc32fast::hash(bytes) == sum)
    }
}

fn files_in<'b>(files: &'b [u8], more: &'b [u8]) -> Option<Vec<File<'b>>> {
    let (mut input, mut rest, mut found, mut before) = (In(files), In(more), Vec::new(), 0_u32);
    while !input.0.is_empty() {
        let path = input.text()?;
        let length = input.byte()?;
        let mark = input.take(usize::from(length))?;
        let health = *[Health::Whole, Health::Partly, Health::Unread].get(usize::from(input.byte()?))?;
        let day = input.int()?.cast_signed();
        let end = before.checked_add(u32::try_from(input.varint()?).ok()?)?;
        let more = rest.take(usize::try_from(input.varint()?).ok()?)?;
        found.push(File { path, mark, health, day, texts: before..end, more });
        before = end;
    }
    rest.0.is_empty().then_some(found)
}

fn word_in<'b>(input: &mut In<'b>, at: usize) -> Option<Word<'b>> {
    let length = input.byte()?;
    let word = std::str::from_utf8(input.take(usize::from(length))?).ok()?;
    let stem = match input.byte()? {
        u8::MAX => {
            let length = input.byte()?;
            std::str::from_utf8(input.take(usize::from(length))?).ok()?
        }
        length => word.get(..usize::from(length))?,
    };
    let n_texts = u32::try_from(input.varint()?).ok()?;
    let lengths = (usize::try_from(input.varint()?).ok()?, usize::try_from(input.varint()?).ok()?);
    Some(Word { word, stem, n_texts, at, lengths, sums: (input.int()?, input.int()?) })
}
