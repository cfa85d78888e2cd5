//! Which tagged discussions a text is like, and which of the same case came before it.

use rustc_hash::FxHashMap;

use super::learned::Learned;
use super::notes::Note;
use super::words::Stem;
use crate::model::{Discussion, Meeting, ThemeKey};

/// The tagged discussions by their words and by their case.
pub(super) struct Likeness<'a> {
    with: FxHashMap<Stem, Vec<u32>>,
    of_case: FxHashMap<&'a str, Vec<u32>>,
}

/// A word in more than one of so many notes makes none of them like another.
const COMMON: usize = 4;
/// In fewer notes than these, no word is common.
const FEW: usize = 50;

impl<'a> Likeness<'a> {
    pub(super) fn of(notes: &[Note<'a>]) -> Self {
        let mut likeness = Self { with: FxHashMap::default(), of_case: FxHashMap::default() };
        for (at, note) in notes.iter().enumerate() {
            likeness.of_case.entry(note.discussion.case.as_str()).or_default().push(at as u32);
            for stem in &note.said.stems {
                likeness.with.entry(*stem).or_default().push(at as u32);
            }
        }
        likeness
    }

    /// How much of what they say each tagged discussion has in common with a text: the rarer the shared words, the more.
    pub(super) fn to_each(&self, notes: &[Note<'_>], learned: &Learned, stems: &[Stem]) -> Vec<f32> {
        let mut shared = vec![0.0_f32; notes.len()];
        for stem in stems {
            let with = self.with.get(stem).map_or(&[][..], Vec::as_slice);
            if with.len() <= (notes.len() / COMMON).max(FEW) {
                let rarity = learned.rarity(*stem);
                with.iter().for_each(|at| shared[*at as usize] += rarity);
            }
        }
        shared.iter_mut().zip(notes).for_each(|(shared, note)| *shared /= (note.said.stems.len() as f32).sqrt().max(1.0));
        shared
    }

    /// The themes of the case when it was last discussed before this meeting.
    pub(super) fn before(&self, notes: &[Note<'_>], meeting: &Meeting, discussion: &Discussion) -> Vec<ThemeKey> {
        let of_case = self.of_case.get(discussion.case.as_str()).map_or(&[][..], Vec::as_slice);
        let earlier = |note: &&Note<'_>| (note.meeting.date, &note.meeting.id) < (meeting.date, &meeting.id);
        of_case.iter().rev().map(|at| &notes[*at as usize]).find(earlier).map(|note| note.tags.clone()).unwrap_or_default()
    }
}
