//! The register of a workspace: from the cache where a file has not changed, from the file where it has.

use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::cache::{self, Kept, Links, Stored, StoredFile};
use super::list::{Listed, list, stem};
use super::load::{Codebook, Reading, read_codebook};
use super::{Files, text};
use crate::model::{Group, Names, Register, Theme};
use crate::source::{FileId, Severity};
use crate::yaml::{self, Vocabulary};

/// All that counting needs.
pub struct Counted {
    pub group: Group,
    pub themes: Vec<Theme>,
    pub register: Register,
}

impl Counted {
    pub fn names(&self) -> Names<'_> {
        Names { group: &self.group, themes: &self.themes }
    }
}

/// Counts without keeping more of a meeting than figures need. Nothing when anything is wrong: [`super::load`] then says what.
pub fn count(root: &Path, reading: &Reading<'_>) -> Option<Counted> {
    survey(root, reading).map(|survey| survey.counted)
}

/// All that is known of a workspace without reading what has not changed.
pub(super) struct Survey {
    pub(super) counted: Counted,
    pub(super) files: Files,
    /// In order of path.
    pub(super) meetings: Vec<Listed>,
    /// For each meeting of the register its place in `meetings`.
    pub(super) held: Vec<usize>,
    pub(super) today: NaiveDate,
    /// For what the cache was written.
    pub(super) key: u64,
}

/// Looks at every file, and reads those that have changed. Nothing when anything is wrong.
pub(super) fn survey(root: &Path, reading: &Reading<'_>) -> Option<Survey> {
    let (meetings, stored) = rayon::join(|| list(root, "meetings"), || if reading.cache { cache::read(root) } else { Stored::default() });
    let codebook = read_codebook(root, &meetings);
    let sound = codebook.wrong.is_empty() && meetings.iter().all(|listed| listed.refused.is_none());
    let Codebook { files, group: Some(group), own_today, themes, .. } = codebook else { return None };
    if !sound || !yaml::themes_fit(&themes) {
        return None;
    }
    let names = Names { group: &group, themes: &themes };
    let (today, key) = (reading.clock.today(own_today), cache::key(root, names));
    let vocabulary = &Vocabulary::new(Some(&group), &themes, []);
    let counting = Counting { reading, files: &files, meetings: &meetings, names, vocabulary, today, key };
    // Facts that are no facts: whoever wrote them, it was not this program, and the files are read as if there were none.
    let (register, held) = counting.register(&stored).or_else(|_| counting.register(&Stored::default())).ok()??;
    Some(Survey { counted: Counted { group, themes, register }, files, meetings, held, today, key })
}

fn stem_of(listed: &Listed) -> &str {
    stem(&listed.path)
}

struct Counting<'a> {
    reading: &'a Reading<'a>,
    files: &'a Files,
    meetings: &'a [Listed],
    names: Names<'a>,
    vocabulary: &'a Vocabulary,
    today: NaiveDate,
    /// For what the cache must have been written.
    key: u64,
}

/// The cache holds what cannot be.
struct Damaged;

/// Where the facts of a file come from.
enum Known {
    /// The cache, by its place there, and the file is as it was.
    Kept(usize),
    /// The cache, and the file has been written again with the same content.
    Same(usize),
    /// The file.
    Fresh(Box<Kept>),
}

impl Counting<'_> {
    /// The register, and which file each of its meetings is; nothing when something is wrong.
    fn register(&self, stored: &Stored) -> Result<Option<(Register, Vec<usize>)>, Damaged> {
        let known = stored.files(self.key);
        let places = places(self.meetings, &known);
        let is_kept = |n: usize| places[n].filter(|at| known[*at].sure && self.meetings[n].stamp == Some(known[*at].stamp));
        let n_doubtful = (0..self.meetings.len()).filter(|n| is_kept(*n).is_none()).count();
        // Begun before anything is read, so that its time stands before every reading.
        let draft = (self.reading.cache && (n_doubtful > 0 || known.len() != self.meetings.len())).then(|| cache::begin(self.files.root())).flatten();
        let progress = self.reading.progress.of(n_doubtful);
        let read = |n: usize| match is_kept(n) {
            Some(at) => Some(Known::Kept(at)),
            None => progress.one(|| self.reread(n, places[n].map(|at| (at, &known[at])))),
        };
        let Some(states) = (0..self.meetings.len()).into_par_iter().map(read).collect::<Option<Vec<Known>>>() else { return Ok(None) };

        let theme_print = cache::theme_print(self.names.themes);
        let as_it_was = !known.is_empty() && known.len() == states.len() && states.iter().all(|state| !matches!(state, Known::Fresh(_)));
        let known_to_fit = as_it_was && stored.knows_themes(theme_print);
        if !known_to_fit && !self.fits(&states, stored)? {
            return Ok(None);
        }
        let facts = self.meetings.iter().zip(&states).map(|(listed, state)| match state {
            Known::Kept(at) | Known::Same(at) => (stem_of(listed), known[*at].facts),
            Known::Fresh(kept) => (stem_of(listed), kept.facts()),
        });
        let register = cache::register(facts, self.names, self.today).ok_or(Damaged)?;
        if let Some(draft) = draft {
            let bytes = cache::bytes(&draft.begun, self.key, theme_print, &self.to_keep(states, stored, &known));
            if let Some(bytes) = bytes {
                draft.finish(&bytes);
            }
        }
        Ok(Some(register))
    }

    /// What a file says now; nothing when something is wrong with it.
    fn reread(&self, n: usize, before: Option<(usize, &StoredFile<'_>)>) -> Option<Known> {
        let listed = &self.meetings[n];
        let file = FileId((self.files.len() - self.meetings.len() + n) as u32);
        let text = text::read(file, &self.files.on_disk(file)).ok()?;
        if let Some((at, stored)) = before
            && stored.content == cache::content(&text)
        {
            return Some(Known::Same(at));
        }
        let (raw, findings) = yaml::read_meeting(file, &text);
        let checked = yaml::check_meeting(file, stem_of(listed), raw?, findings, self.vocabulary, self.today);
        let in_order = checked.findings.iter().all(|finding| finding.code.severity == Severity::Unwise);
        let meeting = checked.value.filter(|_| in_order)?;
        Kept::of(&listed.path, listed.stamp?, &text, &meeting).map(|kept| Known::Fresh(Box::new(kept)))
    }

    /// Whether the files fit each other: names and ids are used once, and what is reported was set.
    fn fits(&self, states: &[Known], stored: &Stored) -> Result<bool, Damaged> {
        if !cache::names_differ(self.meetings.iter().map(stem_of)) {
            return Ok(false);
        }
        let mut links: Vec<Option<Links>> = stored.links(self.key).ok_or(Damaged)?.into_iter().map(Some).collect();
        let (mut kept, mut fresh) = (Vec::new(), Vec::new());
        for state in states {
            match state {
                Known::Kept(at) | Known::Same(at) => kept.extend(links.get_mut(*at).and_then(Option::take)),
                Known::Fresh(file) => fresh.push(file.links()),
            }
        }
        let gone: Vec<Links> = links.into_iter().flatten().collect();
        Ok(cache::fit(self.names.themes, &fresh, &kept, &gone))
    }

    /// The new content of the cache, in order of path.
    fn to_keep(&self, states: Vec<Known>, stored: &Stored, known: &[StoredFile<'_>]) -> Vec<Kept> {
        let mut links: Vec<Option<Links>> = stored.links(self.key).unwrap_or_default().into_iter().map(Some).collect();
        let kept = self.meetings.iter().zip(states).filter_map(|(listed, state)| match state {
            Known::Fresh(kept) => Some(*kept),
            Known::Kept(at) | Known::Same(at) => Some(known[at].keep(listed.stamp?, links.get_mut(at)?.take()?)),
        });
        kept.collect()
    }
}

/// For each meeting its place among the stored files; both are in order of path.
fn places(meetings: &[Listed], known: &[StoredFile<'_>]) -> Vec<Option<usize>> {
    let mut at = 0;
    let place = |listed: &Listed| {
        while known.get(at).is_some_and(|stored| stored.path < &*listed.path) {
            at += 1;
        }
        known.get(at).filter(|stored| stored.path == &*listed.path).map(|_| at)
    };
    meetings.iter().map(place).collect()
}
