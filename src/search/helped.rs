//! What has helped before, put in order by how much it is like the case at hand; and what did not help.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::deeds::{Kind, Verdict};
use super::find::lists;
use super::ledger::{Before, Known, Page, Report};
use super::question::Wanted;
use super::shard::Shard;
use crate::model::{ActionStatus, AgencyKey, Answer, EntryKind, Names, ServiceKey, ThemeKey};

/// The case at hand, as far as it is known.
#[derive(Clone, Debug)]
pub struct AtHand {
    pub theme: ThemeKey,
    pub blocks: Option<ServiceKey>,
    pub at: Option<AgencyKey>,
    pub case: Option<String>,
    pub needs: Vec<ThemeKey>,
    /// Words that tell its notes apart, the rarest first, each with how much it says: see [`super::telling`].
    pub words: Vec<(String, f64)>,
}

/// What makes something like the case at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    SamePerson,
    Barrier,
    /// Another barrier, with the same service and the same agency.
    OtherBarrier(ThemeKey),
    Service(ServiceKey),
    Agency(AgencyKey),
    /// Needs in common, of so many of the case at hand.
    Needs(Vec<ThemeKey>, usize),
    Words(Vec<String>),
}

/// Something that was done before.
#[derive(Clone, Debug)]
pub struct Help {
    pub verdict: Verdict,
    pub kind: Kind,
    pub likeness: f64,
    pub reasons: Vec<Reason>,
    pub shard: usize,
    /// The file, by its place in the shard.
    pub file: usize,
    pub discussion: usize,
    pub entry: EntryKind,
    pub themes: Vec<ThemeKey>,
    pub case: String,
    pub day: i32,
    /// How often the same was done with the same result, and for how many people.
    pub times: usize,
    pub people: usize,
}

/// How much each thing counts towards likeness. The barrier itself comes first; where it stands in the way, next; then who it is.
const BARRIER: f64 = 4.0;
const OTHER_BARRIER: f64 = 1.0;
const SERVICE: f64 = 2.0;
const AGENCY: f64 = 2.0;
const NEEDS: f64 = 2.0;
const WORDS: f64 = 3.0;
const SAME_PERSON: f64 = 1.0;

/// Words that are looked for in the notes of others.
pub(super) const MOST_WORDS: usize = 12;
/// So many of them have to be in common before they are a reason.
const FEWEST_WORDS: usize = 2;
/// A word that fewer texts than one in so many have tells cases apart.
const TELLING: f64 = 20.0;

/// A discussion at which something was done about the barrier.
struct Candidate<'b> {
    shard: usize,
    file: usize,
    day: i32,
    before: Before<'b>,
    /// Bit by bit, the words it has in common with the case at hand.
    words: u16,
}

/// All that was done about a barrier, or about another one at the same agency that keeps people from the same service: the likest first.
/// Nothing when a shard is damaged.
pub fn helped(shards: &[Shard<'_>], names: Names<'_>, hand: &AtHand, today: NaiveDate) -> Option<Vec<Help>> {
    let gathered = shards.par_iter().enumerate().map(|(at, shard)| candidates(shard, at, names, hand, today)).collect::<Option<Vec<_>>>()?;
    let candidates: Vec<Candidate<'_>> = gathered.into_iter().flatten().collect();
    let told = told(shards, &candidates, today)?;
    let mut all = Vec::new();
    for candidate in &candidates {
        for deed in &candidate.before.deeds {
            if let Some(help) = help(candidate, deed, hand, &told) {
                all.push((help, sameness(&shards[candidate.shard], candidate, deed)));
            }
        }
    }
    let path = |help: &Help| shards[help.shard].files()[help.file].path;
    all.sort_by(|(a, _), (b, _)| {
        let by_likeness = b.likeness.total_cmp(&a.likeness).then_with(|| strength(b).cmp(&strength(a)));
        by_likeness
            .then_with(|| (Reverse(a.day), path(a), a.discussion).cmp(&(Reverse(b.day), path(b), b.discussion)))
            .then_with(|| place(a.entry).cmp(&place(b.entry)))
    });
    Some(once_each(all))
}

/// The discussions of a shard that say what was done about the barrier, or about one like it.
fn candidates<'b>(shard: &Shard<'b>, at: usize, names: Names<'_>, hand: &AtHand, today: NaiveDate) -> Option<Vec<Candidate<'b>>> {
    let mut found = Vec::new();
    for (n, file) in shard.files().iter().enumerate() {
        let page = Page::read(file.more, NaiveDate::from_num_days_from_ce_opt(file.day), today)?;
        if !page.held {
            continue;
        }
        for mut before in page.cases()? {
            before.deeds.retain(|deed| concerns(hand, &before.barriers, deed));
            let known = before.needs.iter().chain(before.deeds.iter().flat_map(|deed| &deed.themes)).all(|key| (key.0 as usize) < names.themes.len());
            if !known {
                return None;
            }
            if !before.deeds.is_empty() {
                found.push(Candidate { shard: at, file: n, day: file.day, before, words: 0 });
            }
        }
    }
    mark_words(shard, &mut found, hand)?;
    Some(found)
}

type Standing = (ThemeKey, Option<ServiceKey>, Option<AgencyKey>);

fn concerns(hand: &AtHand, barriers: &[Standing], deed: &Known) -> bool {
    deed.themes.contains(&hand.theme) || other_barrier(hand, barriers, deed).is_some()
}

/// Another barrier that the deed is against, which keeps people from the same service at the same agency.
fn other_barrier(hand: &AtHand, barriers: &[Standing], deed: &Known) -> Option<ThemeKey> {
    let (Some(blocks), Some(at)) = (hand.blocks, hand.at) else { return None };
    let own = |n: usize| barriers.get(n).into_iter().copied().collect::<Vec<_>>();
    let of_deed =
        if let EntryKind::Barrier(n) = deed.entry { own(n) } else { barriers.iter().filter(|(theme, ..)| deed.themes.contains(theme)).copied().collect() };
    of_deed.into_iter().find(|(_, service, agency)| *service == Some(blocks) && *agency == Some(at)).map(|(theme, ..)| theme)
}

/// Notes for each candidate which of the words it has.
fn mark_words(shard: &Shard<'_>, candidates: &mut [Candidate<'_>], hand: &AtHand) -> Option<()> {
    if hand.words.is_empty() || candidates.is_empty() {
        return Some(());
    }
    let wanted: Vec<Wanted> = hand.words.iter().map(|(word, _)| Wanted::Alike(word.clone())).collect();
    // In the order of the shard, so that each text finds its discussion.
    let first = |candidate: &Candidate<'_>| shard.files()[candidate.file].texts.start;
    for (n, texts) in lists(shard, &wanted)?.into_iter().enumerate() {
        for (doc, _) in texts {
            let at = candidates.partition_point(|candidate| first(candidate) + candidate.before.texts.end <= doc);
            if let Some(candidate) = candidates.get_mut(at)
                && first(candidate) + candidate.before.texts.start <= doc
            {
                candidate.words |= 1 << n;
            }
        }
    }
    Some(())
}

/// The last that was told of each action among the candidates: whether it was done, and what came of it.
fn told(shards: &[Shard<'_>], candidates: &[Candidate<'_>], today: NaiveDate) -> Option<FxHashMap<u64, Verdict>> {
    let tasks: FxHashSet<u64> =
        candidates.iter().flat_map(|candidate| &candidate.before.deeds).filter(|deed| deed.kind == Kind::Undertaken).map(|deed| deed.task).collect();
    let in_shard = |shard: &Shard<'_>| {
        let mut found: Vec<(i32, String, usize, Report)> = Vec::new();
        for file in shard.files() {
            let page = Page::read(file.more, NaiveDate::from_num_days_from_ce_opt(file.day), today)?;
            let reports = page.reports().enumerate().filter(|(_, report)| tasks.contains(&report.task));
            found.extend(reports.map(|(n, report)| (file.day, file.path.to_owned(), n, report)));
        }
        Some(found)
    };
    if tasks.is_empty() {
        return Some(FxHashMap::default());
    }
    let mut all: Vec<_> = shards.par_iter().map(in_shard).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect();
    all.sort_by(|a, b| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)));
    let mut last: FxHashMap<u64, (ActionStatus, Option<Verdict>)> = FxHashMap::default();
    for (.., report) in all {
        let known = last.entry(report.task).or_insert((report.status, None));
        // As in the ledger: the last status counts, and of what came of it, the last that was said.
        *known = (report.status, report.outcome.map_or(known.1, Verdict::of));
    }
    Some(last.into_iter().filter(|(_, (status, _))| *status == ActionStatus::Done).filter_map(|(task, (_, verdict))| Some((task, verdict?))).collect())
}

/// One deed as help, if anything is known to have come of it.
fn help(candidate: &Candidate<'_>, deed: &Known, hand: &AtHand, told: &FxHashMap<u64, Verdict>) -> Option<Help> {
    let verdict = match deed.helped {
        Some(true) => Verdict::Helped,
        Some(false) => Verdict::DidNot,
        None => *told.get(&deed.task)?,
    };
    let before = &candidate.before;
    let (mut likeness, mut reasons) = (0.0, Vec::new());
    let mut because = |weight: f64, reason: Reason| {
        likeness += weight;
        reasons.push(reason);
    };
    if deed.themes.contains(&hand.theme) {
        because(BARRIER, Reason::Barrier);
    } else if let Some(other) = other_barrier(hand, &before.barriers, deed) {
        because(OTHER_BARRIER, Reason::OtherBarrier(other));
    }
    let own: Vec<&Standing> = match deed.entry {
        EntryKind::Barrier(n) => before.barriers.get(n).into_iter().collect(),
        _ => before.barriers.iter().filter(|(theme, ..)| deed.themes.contains(theme)).collect(),
    };
    if let Some(service) = hand.blocks.filter(|service| own.iter().any(|(_, blocks, _)| *blocks == Some(*service))) {
        because(SERVICE, Reason::Service(service));
    }
    if let Some(agency) = hand.at.filter(|agency| own.iter().any(|(.., at)| *at == Some(*agency))) {
        because(AGENCY, Reason::Agency(agency));
    }
    if hand.case.as_deref() == Some(before.case) {
        // What was noted of the same person is alike anyway.
        because(SAME_PERSON, Reason::SamePerson);
    } else {
        let shared: Vec<ThemeKey> = hand.needs.iter().filter(|need| before.needs.contains(need)).copied().collect();
        let all: BTreeSet<ThemeKey> = hand.needs.iter().chain(&before.needs).copied().collect();
        if !shared.is_empty() {
            because(NEEDS * shared.len() as f64 / all.len() as f64, Reason::Needs(shared, hand.needs.len()));
        }
        let common: Vec<&(String, f64)> = hand.words.iter().enumerate().filter(|(n, _)| candidate.words >> n & 1 == 1).map(|(_, word)| word).collect();
        if common.len() >= FEWEST_WORDS {
            let all: f64 = hand.words.iter().map(|(_, says)| says).sum();
            let share = common.iter().map(|(_, says)| says).sum::<f64>() / all;
            because(WORDS * share, Reason::Words(common.into_iter().map(|(word, _)| word.clone()).collect()));
        }
    }
    let Candidate { shard, file, day, .. } = *candidate;
    let (case, themes) = (before.case.to_owned(), deed.themes.clone());
    Some(Help {
        verdict,
        kind: deed.kind,
        likeness,
        reasons,
        shard,
        file,
        discussion: before.discussion,
        entry: deed.entry,
        themes,
        case,
        day,
        times: 1,
        people: 1,
    })
}

/// What is the same thing done again: for words, the same words by the same agency; for an answer, the same one about the same barrier.
type Sameness = (Option<u64>, Option<AgencyKey>, Option<(Answer, Standing)>);

fn sameness(shard: &Shard<'_>, candidate: &Candidate<'_>, deed: &Known) -> Sameness {
    let text = deed.text.map(|text| shard.print(shard.files()[candidate.file].texts.start + text));
    match (deed.kind, deed.entry) {
        (Kind::Answered(answer), EntryKind::Barrier(n)) => (None, None, candidate.before.barriers.get(n).map(|standing| (answer, *standing))),
        _ => (text, deed.owner, None),
    }
}

/// What was done several times with the same result once, at the place where it is the most like the case at hand.
fn once_each(all: Vec<(Help, Sameness)>) -> Vec<Help> {
    let mut at: FxHashMap<(Verdict, Kind, Sameness), usize> = FxHashMap::default();
    let mut once: Vec<Help> = Vec::new();
    let mut people: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (help, sameness) in all {
        let known = at.entry((help.verdict, help.kind, sameness)).or_insert(once.len());
        people.entry(*known).or_default().insert(help.case.clone());
        if *known == once.len() {
            once.push(help);
        } else {
            once[*known].times += 1;
        }
    }
    people.into_iter().for_each(|(n, people)| once[n].people = people.len());
    once
}

/// Of two things that are as like, which says more: a rule that was changed for all helps everybody.
fn strength(help: &Help) -> u8 {
    match (help.verdict, help.kind) {
        (Verdict::Helped, Kind::Answered(Answer::ChangedForAll)) => 5,
        (Verdict::Helped, Kind::Learned) => 4,
        (Verdict::Helped, Kind::Answered(_)) => 3,
        (Verdict::Helped, Kind::Undertaken) => 2,
        (Verdict::Partly, _) => 1,
        (Verdict::DidNot, _) => 0,
    }
}

fn place(entry: EntryKind) -> (u8, usize) {
    match entry {
        EntryKind::Learning(n) => (0, n),
        EntryKind::Barrier(n) => (1, n),
        EntryKind::Action(n) => (2, n),
        EntryKind::Feedback => (3, 0),
    }
}

/// The words that tell a case apart from others: of those that stand in its notes, the ones that the fewest texts have; each with how much
/// it says. A word that stands nowhere else says nothing.
pub fn telling(shards: &[Shard<'_>], notes: &[&str]) -> Vec<(String, f64)> {
    let stems = crate::model::Stems::new();
    let mut spelt: BTreeMap<String, String> = BTreeMap::new();
    for note in notes {
        for (start, end) in crate::model::pieces(note) {
            let word = super::build::word_of(&note[start..end]);
            if word.chars().count() > 3 && word.chars().all(char::is_alphabetic) {
                spelt.entry(stems.of(&word)).or_insert(word);
            }
        }
    }
    let mut having: FxHashMap<&str, u64> = FxHashMap::default();
    for word in shards.iter().flat_map(Shard::words) {
        if let Some((stem, _)) = spelt.get_key_value(word.stem) {
            *having.entry(stem).or_default() += u64::from(word.n_texts);
        }
    }
    let n_texts = shards.iter().map(|shard| shard.n_texts() as f64).sum::<f64>();
    let mut words: Vec<(String, f64)> = having
        .into_iter()
        .filter(|(_, having)| *having > 1 && *having as f64 * TELLING < n_texts)
        .map(|(stem, having)| (spelt[stem].clone(), (n_texts / having as f64).ln()))
        .collect();
    words.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(MOST_WORDS);
    words
}
