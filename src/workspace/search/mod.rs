//! The index: every word of the workspace, so that searching reads no more than what it shows.
//!
//! It lies in `.marg/search`, in shards of some hundred files each: a change is written to the shard of its file alone. Which shard that is
//! hangs on the file's path; how many there are, on the size of the workspace. It holds words of the files, and is for nobody else's eyes.

mod helped;
mod kept;
mod read;

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::io;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

pub use self::helped::ShownHelp;
use self::kept::{Bytes, FOLDER, Task};
use self::read::{Read, Reader};
use super::list::{Listed, list};
use super::load::{Codebook, Reading, read_codebook};
use super::{Files, cache, private};
use crate::model::{Group, Names, Theme};
use crate::search::{self, Found, Health, Hit, Need, Question, Shard, Whole};
use crate::source::{FileId, Place};
use crate::yaml::Vocabulary;

/// Files in a shard, more or less.
const FILES_OF_A_SHARD: usize = 512;

/// All words of a workspace.
pub struct Index {
    pub files: Files,
    group: Group,
    themes: Vec<Theme>,
    vocabulary: Vocabulary,
    today: NaiveDate,
    shards: Vec<Bytes>,
    /// Files that could not be read, or only in part.
    pub unread: usize,
    /// Files that were read to bring it up to date.
    pub n_read: usize,
}

/// What a question found.
pub struct Asked {
    /// Different texts.
    pub n: usize,
    /// The places where they stand.
    pub n_places: usize,
    /// How many texts have each thing that was wanted, wherever one was told to look.
    pub having: Vec<u64>,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// A text that was found, read again where it stands.
#[derive(Clone, Debug)]
pub struct Shown {
    pub place: Place,
    pub what: search::What,
    pub field: &'static str,
    pub text: String,
    pub case: Option<String>,
    /// The meeting, and its day.
    pub meeting: Option<(String, NaiveDate)>,
    pub theme: Option<String>,
}

/// Takes away the index of a workspace: it holds the words of the files as they were.
pub(super) fn forget_index(root: &Path) -> io::Result<()> {
    let folder = root.join(private::FOLDER).join(FOLDER);
    match fs::symlink_metadata(&folder) {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(folder),
        _ => Ok(()),
    }
}

impl Index {
    /// Brings the index up to date. Nothing when there is no `marg.yaml` to begin with, or no shard can be made.
    pub fn open(root: &Path, reading: &Reading<'_>) -> Option<Self> {
        let (meetings, themes) = rayon::join(|| list(root, "meetings"), || list(root, "themes"));
        let Codebook { files, group, own_today, themes: codebook, broken, themes_unread, wrong } = read_codebook(root, &meetings);
        let vocabulary = Vocabulary::new(group.as_ref(), &codebook, broken).with_themes_unread(themes_unread);
        let group = group.unwrap_or_default();
        let names = Names { group: &group, themes: &codebook };
        let today = reading.clock.today(own_today);
        // Should a theme have come or gone between the two looks at the folder, the numbers of the files would not fit.
        if files.len() != 1 + themes.len() + meetings.len() {
            return None;
        }
        let all: Vec<(FileId, &Listed)> = themes.iter().chain(&meetings).enumerate().map(|(n, listed)| (FileId(n as u32 + 1), listed)).collect();
        let refused = all.iter().filter(|(_, listed)| listed.refused.is_some()).count();
        let group_wrong = wrong.iter().any(|finding| finding.at.file() == Some(FileId(0)));
        let count = reading.progress.of(all.len() - refused);
        let reader = Reader { files: &files, names, vocabulary: &vocabulary, today, count: Some(&count) };
        let shards = shards(root, reading, &reader, all)?;
        let n_read = count.done();
        let health = |bytes: &Bytes| bytes.shard().map_or(0, |shard| shard.files().iter().filter(|file| file.health != Health::Whole).count());
        let unread = refused + usize::from(group_wrong) + shards.iter().map(health).sum::<usize>();
        Some(Self { files, group, themes: codebook, vocabulary, today, shards, unread, n_read })
    }

    pub fn names(&self) -> Names<'_> {
        Names { group: &self.group, themes: &self.themes }
    }

    /// The texts that have what is looked for, the best first. Nothing when what was kept is damaged: [`Index::forget`] helps.
    pub fn ask(&self, question: &Question, need: Need, most: usize) -> Option<Asked> {
        let shards = self.read_shards()?;
        let found = shards.par_iter().map(|shard| search::find(shard, question, need)).collect::<Option<Vec<Found>>>()?;
        let whole = Whole::of(&found);
        let hits = shards.par_iter().zip(&found).enumerate().map(|(at, (shard, found))| search::hits(shard, at, found, &whole)).collect();
        let (n, n_places, hits) = search::rank(&shards, hits, most);
        Some(Asked { n, n_places, having: whole.having().to_vec(), hits })
    }

    /// The word somebody meant who typed one that stands nowhere.
    pub fn guess(&self, typed: &str) -> Option<String> {
        search::guess(&self.read_shards()?, typed)
    }

    /// What stands behind a name such as `ref:` anywhere, in order.
    pub fn tagged(&self, name: &str) -> BTreeSet<String> {
        let Some(shards) = self.read_shards() else { return BTreeSet::new() };
        shards.iter().flat_map(|shard| shard.tagged(name)).map(str::to_owned).collect()
    }

    fn reader(&self) -> Reader<'_> {
        Reader { files: &self.files, names: self.names(), vocabulary: &self.vocabulary, today: self.today, count: None }
    }

    /// The file of a path. Themes stand before meetings, and each of these in order of path.
    fn file(&self, path: &str) -> Option<FileId> {
        let n_themes = self.files.paths.iter().take_while(|path| !path.starts_with("meetings")).count();
        let (before, list) = if path.starts_with("themes") { (1, &self.files.paths[1..n_themes]) } else { (n_themes, &self.files.paths[n_themes..]) };
        list.binary_search_by(|other| (**other).cmp(path)).ok().map(|at| FileId((before + at) as u32))
    }

    fn read_shards(&self) -> Option<Vec<Shard<'_>>> {
        self.shards.par_iter().map(Bytes::shard).collect()
    }

    /// Takes away what was kept.
    pub fn forget(&self) {
        let _ = forget_index(self.files.root());
    }

    /// What was found, each text read where it stands. Nothing for one that has changed at this very moment.
    pub fn show(&self, hits: &[Hit]) -> Vec<Option<Shown>> {
        let Some(shards) = self.read_shards() else { return vec![None; hits.len()] };
        let reader = self.reader();
        let mut by_file: Vec<(FileId, Vec<usize>)> = Vec::new();
        let mut at: rustc_hash::FxHashMap<FileId, usize> = rustc_hash::FxHashMap::default();
        for (n, hit) in hits.iter().enumerate() {
            let Some(file) = self.file(shards[hit.shard].files()[hit.file].path) else { continue };
            let place = *at.entry(file).or_insert_with(|| {
                by_file.push((file, Vec::new()));
                by_file.len() - 1
            });
            by_file[place].1.push(n);
        }
        let shown = by_file.par_iter().flat_map_iter(|(file, wanted)| shown_in(&reader, *file, wanted, hits)).collect::<Vec<_>>();
        let mut all = vec![None; hits.len()];
        shown.into_iter().for_each(|(n, shown)| all[n] = Some(shown));
        all
    }
}

fn shown_in(reader: &Reader<'_>, file: FileId, wanted: &[usize], hits: &[Hit]) -> Vec<(usize, Shown)> {
    let Some(text) = reader.text(file) else { return Vec::new() };
    let (Some(read), _) = reader.read(file, &text) else { return Vec::new() };
    let texts = read.texts();
    let shown = |n: &usize| {
        let text = texts.get(hits[*n].nth as usize).filter(|text| hits[*n].says(text.text))?;
        let (meeting, theme) = match &read {
            Read::Meeting(meeting) => (Some((meeting.id.clone(), meeting.date)), None),
            Read::Theme(theme, _) => (None, Some(theme.id.clone())),
        };
        let case = read.case_of(text).map(str::to_owned);
        Some((*n, Shown { place: text.place.clone(), what: text.what, field: text.field, text: text.text.to_owned(), case, meeting, theme }))
    };
    wanted.iter().filter_map(shown).collect()
}

/// Every shard as the files are now.
fn shards(root: &Path, reading: &Reading<'_>, reader: &Reader<'_>, all: Vec<(FileId, &Listed)>) -> Option<Vec<Bytes>> {
    let sound: Vec<_> = all.into_iter().filter(|(_, listed)| listed.refused.is_none()).collect();
    let count = count_of(root, sound.len());
    let key = cache::key(root, reader.names);
    let task = |no: usize| {
        let mut hasher = DefaultHasher::new();
        [key, no as u64, count as u64].into_iter().for_each(|n| hasher.write_u64(n));
        Task { reader, files: Vec::new(), name: format!("{count}-{no:03}"), key: hasher.finish(), cache: reading.cache }
    };
    let mut tasks: Vec<Task<'_>> = (0..count).map(task).collect();
    for (file, listed) in sound {
        tasks[shard_of(&listed.path, count)].files.push((file, listed));
    }
    tasks.into_par_iter().map(Task::run).collect()
}

fn shard_of(path: &str, count: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    hasher.write(path.as_bytes());
    (hasher.finish() % count as u64) as usize
}

/// How many shards there are to be: as many as there were, as long as that makes sense, since with another number everything is read again.
fn count_of(root: &Path, n_files: usize) -> usize {
    let best = n_files.div_ceil(FILES_OF_A_SHARD).next_power_of_two();
    let folder = root.join(private::FOLDER).join(FOLDER);
    let names = fs::read_dir(folder).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let counts = names.filter_map(|name| name.split_once('-')?.0.parse::<usize>().ok());
    let makes_sense = |count: &usize| count.is_power_of_two() && *count * 2 >= best && *count <= best * 2;
    counts.filter(makes_sense).max().unwrap_or(best)
}
