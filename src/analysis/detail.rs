//! One barrier, down to every occurrence.

use std::collections::{BTreeMap, BTreeSet};

use super::barriers::{BarrierQuery, BarrierReport, BarrierRow, barriers, rows};
use crate::model::{AgencyKey, Barrier, Casebook, Discussion, Meeting, Period, ServiceKey, ThemeKey};

/// Everything the casebook says about one barrier in a period.
pub struct BarrierDetail<'a> {
    pub theme: ThemeKey,
    /// The period and what was discussed in it.
    pub report: BarrierReport,
    /// The figures of the barrier as a whole; nothing when it was not met.
    pub row: Option<BarrierRow>,
    /// What it blocks and where, most people first.
    pub stretches: Vec<Stretch>,
    /// Oldest first.
    pub occurrences: Vec<Occurrence<'a>>,
    /// Needs and other barriers of the people it stood in the way of, at the meetings where it did; most people first.
    pub needs: Vec<Companion>,
    pub barriers: Vec<Companion>,
}

/// One barrier entry, with where it comes from.
#[derive(Clone, Copy)]
pub struct Occurrence<'a> {
    pub meeting: &'a Meeting,
    pub discussion: &'a Discussion,
    pub barrier: &'a Barrier,
}

/// A theme that people had beside the barrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    pub id: String,
    pub title: String,
    pub people: usize,
}

/// The barrier at one agency, blocking one service: a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub blocks: Option<ServiceKey>,
    pub at: Option<AgencyKey>,
    pub row: BarrierRow,
}

/// Looks into one barrier. The filters of `query` hold, its `theme` is the one looked into, and it is not split.
pub fn barrier_detail<'a>(book: &'a Casebook, theme: ThemeKey, query: &BarrierQuery) -> BarrierDetail<'a> {
    let query = BarrierQuery { theme: Some(theme), by: None, min_people: 0, ..query.clone() };
    let report = barriers(book.names(), book.register(), &query);
    let occurrences: Vec<Occurrence<'a>> = book
        .occurrences(query.period)
        .map(|(meeting, discussion, barrier)| Occurrence { meeting, discussion, barrier })
        .filter(|occurrence| query.wants(occurrence.barrier.theme, occurrence.barrier.blocks, occurrence.barrier.at))
        .collect();
    BarrierDetail {
        theme,
        row: report.rows.first().cloned(),
        stretches: stretches(book, &query),
        needs: companions(book, &occurrences, |discussion| discussion.needs.clone()),
        barriers: companions(book, &occurrences, |discussion| discussion.barriers.iter().map(|other| other.theme).filter(|other| *other != theme).collect()),
        occurrences,
        report,
    }
}

/// The rows of each pair of service and agency; counted as the whole is, so that they cannot disagree.
fn stretches(book: &Casebook, query: &BarrierQuery) -> Vec<Stretch> {
    let register = book.register();
    let seen = || query.occurrences(register);
    let pairs: BTreeSet<_> = seen().map(|seen| (seen.barrier.blocks, seen.barrier.at)).collect();
    let mut stretches: Vec<Stretch> = pairs
        .into_iter()
        .flat_map(|(blocks, at)| {
            let counted = rows(book.names(), register, None, seen().filter(|seen| (seen.barrier.blocks, seen.barrier.at) == (blocks, at)));
            counted.into_iter().map(move |row| Stretch { blocks, at, row })
        })
        .collect();
    stretches.sort_by(|a, b| b.row.people.cmp(&a.row.people).then_with(|| (&a.row.services, &a.row.agencies).cmp(&(&b.row.services, &b.row.agencies))));
    stretches
}

fn companions(book: &Casebook, occurrences: &[Occurrence<'_>], themes: impl Fn(&Discussion) -> Vec<ThemeKey>) -> Vec<Companion> {
    let mut people: BTreeMap<ThemeKey, BTreeSet<&str>> = BTreeMap::new();
    for occurrence in occurrences {
        for theme in themes(occurrence.discussion) {
            people.entry(theme).or_default().insert(occurrence.discussion.case.as_str());
        }
    }
    let mut companions: Vec<Companion> = people
        .into_iter()
        .map(|(theme, people)| Companion { id: book.theme(theme).id.clone(), title: book.theme(theme).title.clone(), people: people.len() })
        .collect();
    companions.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.id.cmp(&b.id)));
    companions
}

impl BarrierDetail<'_> {
    pub fn period(&self) -> Period {
        Period { since: self.report.since, until: self.report.until }
    }
}
