//! The cache as a file: a head, the facts of each meeting, and behind them the links, which only a run with changes needs.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::links::Links;
use super::{Kept, Stamp};
use crate::source::{In, Out};
use crate::workspace::draft::Draft;
use crate::workspace::private;

const FILE: &str = "register";
const MAGIC: &[u8; 16] = b"marg register 2\n";
/// More than this no workspace needs.
const MAX_BYTES: u64 = 2 << 30;

/// The cache as it was read; what it says of a file is borrowed from its bytes.
#[derive(Default)]
pub(crate) struct Stored {
    head: Head,
    facts: Vec<u8>,
    /// Still open for the links: should another run put a new cache in place, this is the old one all the same.
    file: Option<File>,
}

#[derive(Clone, Copy, Default)]
struct Head {
    key: u64,
    theme_print: u64,
    n_files: usize,
    facts_sum: u32,
    links_sum: u32,
}

/// The entry of one file.
#[derive(Clone, Copy)]
pub(crate) struct StoredFile<'b> {
    pub(crate) path: &'b str,
    pub(crate) stamp: Stamp,
    /// Whether the stamp tells a later change; otherwise only the content does.
    pub(crate) sure: bool,
    pub(crate) content: u64,
    pub(crate) facts: &'b [u8],
}

const HEAD_BYTES: usize = MAGIC.len() + 8 + 8 + 4 + 8 + 4 + 4;

/// Reads the cache of a workspace. Whatever is wrong with it, it is an empty one.
pub(crate) fn read(root: &Path) -> Stored {
    open(&root.join(private::FOLDER).join(FILE)).unwrap_or_default()
}

/// How many files the cache knows; nothing when there is none. For guessing, not for believing.
pub(crate) fn n_files(root: &Path) -> Option<usize> {
    open_head(&root.join(private::FOLDER).join(FILE)).map(|(_, head, _)| head.n_files)
}

fn open_head(path: &Path) -> Option<(File, Head, u64)> {
    if path.parent()?.is_symlink() || !fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let mut file = File::open(path).ok()?;
    let mut head = [0; HEAD_BYTES];
    file.read_exact(&mut head).ok()?;
    let mut input = In(&head);
    if input.take(MAGIC.len())? != MAGIC {
        return None;
    }
    let (key, theme_print, n_files, length) = (input.long()?, input.long()?, input.int()? as usize, input.long()?);
    Some((file, Head { key, theme_print, n_files, facts_sum: input.int()?, links_sum: input.int()? }, length))
}

fn open(path: &Path) -> Option<Stored> {
    let (mut file, head, length) = open_head(path)?;
    let facts = some_bytes(&mut file, length)?;
    (crc32fast::hash(&facts) == head.facts_sum).then_some(Stored { head, facts, file: Some(file) })
}

/// So many bytes, or nothing. What a damaged head asks for is not made room for before it is there.
fn some_bytes(file: &mut File, length: u64) -> Option<Vec<u8>> {
    let there = file.metadata().ok()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(there).min(MAX_BYTES)).ok()?);
    file.take(length.min(MAX_BYTES)).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == length).then_some(bytes)
}

impl Stored {
    /// Its files in order of path, if it was written for `key`.
    pub(crate) fn files(&self, key: u64) -> Vec<StoredFile<'_>> {
        if self.head.key != key {
            return Vec::new();
        }
        let mut input = In(&self.facts);
        (0..self.head.n_files).map(|_| file(&mut input)).collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    /// Whether the themes said the same when everything was found to be in order.
    pub(crate) fn knows_themes(&self, print: u64) -> bool {
        self.head.theme_print == print
    }

    /// The links of its files, in the same order. Nothing when they cannot be trusted.
    pub(crate) fn links(&self, key: u64) -> Option<Vec<Links>> {
        if self.head.key != key {
            return Some(Vec::new());
        }
        let mut file = self.file.as_ref()?;
        file.seek(SeekFrom::Start((HEAD_BYTES + self.facts.len()) as u64)).ok()?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        if crc32fast::hash(&bytes) != self.head.links_sum {
            return None;
        }
        let mut input = In(&bytes);
        (0..self.head.n_files).map(|_| Links::read(&mut input)).collect()
    }
}

fn file<'b>(input: &mut In<'b>) -> Option<StoredFile<'b>> {
    let path = input.text()?;
    let size = input.long()?;
    let mut time = || Some((input.long()?.cast_signed(), input.int()?));
    let (written, changed) = (time()?, time()?);
    let stamp = Stamp { size, written, changed, inode: input.long()? };
    let (sure, content, length) = (input.byte()? == 1, input.long()?, input.int()?);
    Some(StoredFile { path, stamp, sure, content, facts: input.take(length as usize)? })
}

impl StoredFile<'_> {
    /// The same facts, for a file whose times have changed and whose content has not.
    pub(crate) fn keep(&self, stamp: Stamp, links: Links) -> Kept {
        Kept { path: self.path.to_owned(), stamp, content: self.content, facts: self.facts.to_vec(), links }
    }
}

/// Begins a new cache.
pub(crate) fn begin(root: &Path) -> Option<Draft> {
    Draft::begin(&private::folder(root).ok()?, FILE)
}

/// The content of a new cache, whose draft was begun before anything was read.
pub(crate) fn bytes(begun: &Stamp, key: u64, theme_print: u64, files: &[Kept]) -> Option<Vec<u8>> {
    let (mut facts, mut links) = (Out::default(), Out::default());
    for file in files {
        facts.text(&file.path)?;
        facts.long(file.stamp.size);
        for (seconds, nanos) in [file.stamp.written, file.stamp.changed] {
            facts.long(seconds.cast_unsigned());
            facts.int(nanos);
        }
        facts.long(file.stamp.inode);
        facts.byte(u8::from(file.stamp.is_older_than(begun)));
        facts.long(file.content);
        facts.int(u32::try_from(file.facts.len()).ok()?);
        facts.0.extend(&file.facts);
        file.links.write(&mut links)?;
    }
    let mut out = Out(MAGIC.to_vec());
    out.long(key);
    out.long(theme_print);
    out.int(u32::try_from(files.len()).ok()?);
    out.long(facts.0.len() as u64);
    out.int(crc32fast::hash(&facts.0));
    out.int(crc32fast::hash(&links.0));
    out.0.append(&mut facts.0);
    out.0.append(&mut links.0);
    Some(out.0)
}
