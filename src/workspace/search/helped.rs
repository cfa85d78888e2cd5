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
    /// The case at hand: what is asked about, and what the last discussion of the case adds. Nothing when what was kept is damaged, or the
    /// file has changed at this very moment.
    pub fn at_hand(&self, theme: ThemeKey, blocks: Option<ServiceKey>, at: Option<AgencyKey>, case: Option<&str>) -> Option<AtHand> {
        let mut hand = AtHand { theme, blocks, at, case: case.map(str::to_owned), needs: Vec::new(), words: Vec::new() };
        let Some(case) = case else { return Some(hand) };
        let shards = self.read_shards()?;
        let Some((meeting, n)) = self.last_of(&shards, case) else { return Some(hand) };
        let discussion = &meeting.cases[n];
        if let Some(barrier) = discussion.barriers.iter().find(|barrier| barrier.theme == theme) {
            hand.blocks = hand.blocks.or(barrier.blocks);
            hand.at = hand.at.or(barrier.at);
        }
        hand.needs = discussion.needs.clone();
        let texts = search::texts_of_meeting(&meeting);
        let notes: Vec<&str> = texts.iter().filter(|text| text.discussion == Some(n)).map(|text| text.text).collect();
        hand.words = search::telling(&shards, &notes);
        Some(hand)
    }

    /// The last discussion of a case at a meeting that took place.
    fn last_of(&self, shards: &[Shard<'_>], case: &str) -> Option<(Meeting, usize)> {
        let tag = format!("ref:{case}");
        let mut files: Vec<(i32, &str)> = Vec::new();
        for shard in shards {
            files.extend(shard.files_tagged(&tag)?.into_iter().map(|file| (file.day, file.path)));
        }
        files.sort_unstable();
        files.into_iter().rev().find_map(|(_, path)| {
            let meeting = self.meeting(path).filter(|meeting| meeting.status.counts())?;
            let at = meeting.cases.iter().position(|discussion| discussion.case.as_str() == case)?;
            Some((meeting, at))
        })
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
