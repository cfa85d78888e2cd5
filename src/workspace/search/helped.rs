//! What has helped before, from the index; and the words of it from the files where they stand.

use chrono::NaiveDate;
use rayon::prelude::*;

use super::Index;
use super::read::Read;
use crate::model::{AgencyKey, Meeting, ServiceKey, ThemeKey};
use crate::search::{self, AtHand, Deed, Help, Shard};
use crate::source::Place;

/// Help in words, read where it stands.
#[derive(Clone, Debug)]
pub struct ShownHelp {
    pub what: String,
    /// The wording of the rule, where it is the answer about one.
    pub rule: Option<String>,
    pub place: Place,
    pub meeting: String,
    pub date: NaiveDate,
}

impl Index {
    /// The case at hand: what is asked about, and what is known of the case: its needs and its notes as last discussed, and where the barrier
    /// stood in its way the last time it was named. Nothing when what was kept is damaged, or the
    /// file has changed at this very moment.
    pub fn at_hand(&self, theme: ThemeKey, blocks: Option<ServiceKey>, at: Option<AgencyKey>, case: Option<&str>) -> Option<AtHand> {
        let mut hand = AtHand { theme, blocks, at, case: case.map(str::to_owned), needs: Vec::new(), words: Vec::new() };
        let Some(case) = case else { return Some(hand) };
        let shards = self.read_shards()?;
        let discussed = self.discussions_of(&shards, case)?;
        let Some((meeting, n)) = discussed.first() else { return Some(hand) };
        let barriers = discussed.iter().flat_map(|(meeting, n)| &meeting.cases[*n].barriers);
        if let Some(barrier) = barriers.into_iter().find(|barrier| barrier.theme == theme) {
            // A service or an agency that is asked about alone is not to be narrowed down by the other.
            let named = blocks.is_some() || at.is_some();
            hand.blocks = blocks.or(barrier.blocks.filter(|_| !named));
            hand.at = at.or(barrier.at.filter(|_| !named));
        }
        hand.needs = meeting.cases[*n].needs.clone();
        let texts = search::texts_of_meeting(meeting);
        let notes: Vec<&str> = texts.iter().filter(|text| text.discussion == Some(*n)).map(|text| text.text).collect();
        hand.words = search::telling(&shards, &notes);
        Some(hand)
    }

    /// The meetings that took place and discussed a case, the latest first, each with which of its discussions that was.
    fn discussions_of(&self, shards: &[Shard<'_>], case: &str) -> Option<Vec<(Meeting, usize)>> {
        let tag = format!("ref:{case}");
        let mut files: Vec<(i32, &str)> = Vec::new();
        for shard in shards {
            files.extend(shard.files_tagged(&tag)?.into_iter().map(|file| (file.day, file.path)));
        }
        files.sort_unstable();
        let discussed = |(_, path): &(i32, &str)| {
            let meeting = self.meeting(path).filter(|meeting| meeting.status.counts())?;
            let at = meeting.cases.iter().position(|discussion| discussion.case.as_str() == case)?;
            Some((meeting, at))
        };
        Some(files.par_iter().rev().filter_map(discussed).collect())
    }

    fn meeting(&self, path: &str) -> Option<Meeting> {
        let (reader, file) = (self.reader(), self.file(path)?);
        match reader.read(file, &reader.text(file)?).0? {
            Read::Meeting(meeting) => Some(*meeting),
            Read::Theme(..) => None,
        }
    }

    /// All that was done about the barrier at hand before, the likest first. Nothing when what was kept is damaged.
    pub fn helped(&self, hand: &AtHand) -> Option<Vec<Help>> {
        search::helped(&self.read_shards()?, self.names(), hand, self.today)
    }

    /// Help in words. Nothing for what has changed at this very moment.
    pub fn show_help(&self, helps: &[Help]) -> Vec<Option<ShownHelp>> {
        let Some(shards) = self.read_shards() else { return vec![None; helps.len()] };
        let shown = |help: &Help| {
            let meeting = self.meeting(shards[help.shard].files()[help.file].path)?;
            let deed = Deed { discussion: help.discussion, entry: help.entry, kind: help.kind, themes: help.themes.clone(), verdict: Some(help.verdict) };
            let case = meeting.cases.get(help.discussion).filter(|case| case.case.as_str() == help.case)?;
            let rule = match help.entry {
                crate::model::EntryKind::Barrier(n) => case.barriers.get(n)?.rule.clone(),
                _ => None,
            };
            let (what, place) = (deed.in_words(self.names(), &meeting)?, deed.place(&meeting)?);
            Some(ShownHelp { what, rule, place, meeting: meeting.id.clone(), date: meeting.date })
        };
        helps.par_iter().map(shown).collect()
    }
}
