//! One shard of the index: from `.marg/search` where its files have not changed, and from the files where they have.
//!
//! It is believed by the same rules as the register (`cache`): its sums are right, it was written by this very program for this very folder
//! and vocabulary, and a file is as it was by size, times and identity, or by its content. Anything else is as if it were not there.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::read::Reader;
use crate::search::{Builder, FileFacts, HEAD_BYTES, Head, Health, Lists, Shard};
use crate::source::{FileId, In, Out};
use crate::workspace::draft::Draft;
use crate::workspace::list::Listed;
use crate::workspace::stamp::Stamp;
use crate::workspace::{cache, private};

/// The folder in `.marg`.
pub(super) const FOLDER: &str = "search";
/// More than this no shard needs.
const MAX_BYTES: u64 = 1 << 30;

/// The bytes of a shard: its front, and where its lists lie.
pub(super) struct Bytes {
    head: Head,
    front: Vec<u8>,
    lists: Behind,
}

/// Where the lists are.
enum Behind {
    /// In the file that is still open: should another run put a new one in place, this is the old one all the same.
    Disk(File),
    /// Here, behind the head and the front.
    Memory(Vec<u8>),
}

impl Lists for Bytes {
    fn fetch(&self, at: usize, length: usize) -> Option<Vec<u8>> {
        let start = HEAD_BYTES + self.head.front() + at;
        match &self.lists {
            Behind::Memory(bytes) => bytes.get(start..start.checked_add(length)?).map(<[u8]>::to_vec),
            Behind::Disk(file) => {
                if at.checked_add(length)? > self.head.lists() {
                    return None;
                }
                let mut file = file;
                file.seek(SeekFrom::Start(start as u64)).ok()?;
                some_bytes(file, length)
            }
        }
    }
}

/// So many bytes, or nothing. What a damaged head asks for is not made room for before it is there.
fn some_bytes(mut file: &File, length: usize) -> Option<Vec<u8>> {
    let there = file.metadata().ok()?.len();
    if length as u64 > there.min(MAX_BYTES) {
        return None;
    }
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

impl Bytes {
    /// Nothing but what is certain: a file of this name that was written with this key.
    fn open(path: &Path, key: u64) -> Option<Self> {
        let folder = path.parent()?;
        if folder.is_symlink() || folder.parent()?.is_symlink() || !fs::symlink_metadata(path).ok()?.is_file() {
            return None;
        }
        let mut file = File::open(path).ok()?;
        let mut head = [0; HEAD_BYTES];
        file.read_exact(&mut head).ok()?;
        let head = Head::read(&head, key)?;
        let front = some_bytes(&file, head.front())?;
        Some(Self { head, front, lists: Behind::Disk(file) })
    }

    fn in_memory(bytes: Vec<u8>, key: u64) -> Option<Self> {
        let head = Head::read(&bytes, key)?;
        let front = bytes.get(HEAD_BYTES..HEAD_BYTES.checked_add(head.front())?)?.to_vec();
        Some(Self { head, front, lists: Behind::Memory(bytes) })
    }

    /// What it holds; nothing when it is damaged.
    pub(super) fn shard(&self) -> Option<Shard<'_>> {
        Shard::read(&self.head, &self.front, self)
    }
}

/// What is written down of a file to know it again.
#[derive(Clone, Copy)]
struct Mark {
    stamp: Stamp,
    content: u64,
    /// Whether the stamp tells a later change; otherwise only the content does.
    sure: bool,
}

impl Mark {
    fn bytes(&self) -> Vec<u8> {
        let mut out = Out::default();
        out.long(self.stamp.size);
        for (seconds, nanos) in [self.stamp.written, self.stamp.changed] {
            out.long(seconds.cast_unsigned());
            out.int(nanos);
        }
        out.long(self.stamp.inode);
        out.long(self.content);
        out.byte(u8::from(self.sure));
        out.0
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut input = In(bytes);
        let size = input.long()?;
        let mut time = || Some((input.long()?.cast_signed(), input.int()?));
        let (written, changed) = (time()?, time()?);
        let stamp = Stamp { size, written, changed, inode: input.long()? };
        Some(Self { stamp, content: input.long()?, sure: input.byte()? == 1 })
    }
}

/// One shard to be brought up to date.
pub(super) struct Task<'a> {
    pub(super) reader: &'a Reader<'a>,
    /// Its files, in order of path.
    pub(super) files: Vec<(FileId, &'a Listed)>,
    pub(super) name: String,
    pub(super) key: u64,
    /// Whether what earlier runs kept may be used, and kept again.
    pub(super) cache: bool,
}

/// What is to be done about a file.
enum Step {
    /// The old shard has it, by its place there, and the file is as it was.
    Kept(usize),
    /// The same, but the file has been written again with the same content, or too lately to be sure.
    Same(usize, Mark),
    Fresh(Mark, String),
}

impl Task<'_> {
    /// The shard as the files are now. Nothing where it cannot be made, which no workspace is large enough for.
    pub(super) fn run(self) -> Option<Bytes> {
        let root = self.reader.files.root();
        let path = root.join(private::FOLDER).join(FOLDER).join(&self.name);
        let old_bytes = self.cache.then(|| Bytes::open(&path, self.key)).flatten();
        let old = old_bytes.as_ref().and_then(Bytes::shard);
        let known = old.as_ref().map_or_else(Vec::new, |old| self.places(old));
        let all_kept = old.as_ref().is_some_and(|old| old.files().len() == self.files.len()) && known.iter().all(|place| matches!(place, Some((_, true))));
        if all_kept {
            return old_bytes;
        }
        // Begun before anything is read, so that its time stands before every reading.
        let draft = self.cache.then(|| Draft::begin(&private::subfolder(root, FOLDER).ok()?, &self.name)).flatten();
        let bytes = self.renew(old.as_ref(), &known, draft.as_ref().map(|draft| draft.begun))?;
        if let Some(draft) = draft {
            draft.finish(&bytes);
        }
        Bytes::in_memory(bytes, self.key)
    }

    /// For each file its place in the old shard, and whether it is certain to be as it was.
    fn places(&self, old: &Shard<'_>) -> Vec<Option<(usize, bool)>> {
        let by_path: rustc_hash::FxHashMap<&str, usize> = old.files().iter().enumerate().map(|(at, file)| (file.path, at)).collect();
        let place = |(_, listed): &(FileId, &Listed)| {
            let at = *by_path.get(&*listed.path)?;
            let sure = Mark::read(old.files()[at].mark).is_some_and(|mark| mark.sure && listed.stamp == Some(mark.stamp));
            Some((at, sure))
        };
        self.files.iter().map(place).collect()
    }

    fn renew(&self, old: Option<&Shard<'_>>, known: &[Option<(usize, bool)>], begun: Option<Stamp>) -> Option<Vec<u8>> {
        let step = |(n, (file, listed)): (usize, &(FileId, &Listed))| {
            let place = known.get(n).copied().flatten();
            match (old, place) {
                (_, Some((at, true))) => Step::Kept(at),
                (old, place) => self.look(*file, listed, old.zip(place.map(|(at, _)| at)), begun),
            }
        };
        let steps: Vec<Step> = self.files.iter().enumerate().map(step).collect();
        let mut builder = Builder::new();
        if let Some(old) = old {
            let mut facts: Vec<Option<FileFacts>> = vec![None; old.files().len()];
            for step in &steps {
                let (at, mark) = match step {
                    Step::Kept(at) => (*at, old.files()[*at].mark.to_vec()),
                    Step::Same(at, mark) => (*at, mark.bytes()),
                    Step::Fresh(..) => continue,
                };
                let file = &old.files()[at];
                facts[at] = Some(FileFacts { path: file.path.to_owned(), mark, health: file.health, day: file.day, more: file.more.to_vec() });
            }
            if builder.take(old, |at| facts[at].clone()).is_none() {
                // Damaged where nobody had looked yet.
                return self.renew(None, &[], begun);
            }
        }
        for ((file, listed), step) in self.files.iter().zip(steps) {
            if let Step::Fresh(mark, text) = step {
                self.reader.index(*file, &listed.path, mark.bytes(), &text, &mut builder);
            }
        }
        builder.finish(self.key)
    }

    /// What a file says now, or that it says what it said.
    fn look(&self, file: FileId, listed: &Listed, before: Option<(&Shard<'_>, usize)>, begun: Option<Stamp>) -> Step {
        let read = || self.reader.text(file).unwrap_or_default();
        let text = self.reader.count.map_or_else(read, |count| count.one(read));
        let stamp = listed.stamp.unwrap_or(Stamp { size: 0, written: (0, 0), changed: (0, 0), inode: 0 });
        // Whoever could not be read is asked again each time.
        let sure = !text.is_empty() && begun.is_some_and(|begun| stamp.is_older_than(&begun));
        let mark = Mark { stamp, content: cache::content(&text), sure };
        let same = |(old, at): (&Shard<'_>, usize)| {
            let file = &old.files()[at];
            (file.health != Health::Unread && Mark::read(file.mark).is_some_and(|old| old.content == mark.content)).then_some(at)
        };
        match before.and_then(same) {
            Some(at) => Step::Same(at, mark),
            None => Step::Fresh(mark, text),
        }
    }
}
