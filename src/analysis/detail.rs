//! One barrier, down to every occurrence.

use std::collections::{BTreeMap, BTreeSet};

use super::barriers::{BarrierQuery, BarrierReport, BarrierRow, barriers};
use crate::model::{AgencyKey, Barrier, BarrierStatus, Casebook, Discussion, Meeting, Period, ServiceKey, ThemeKey};

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
    let report = barriers(book, &query);
    let wanted = |occurrence: &Occurrence<'_>| {
        let barrier = occurrence.barrier;
        let service = barrier.blocks.map(|key| book.group.service(key).id.as_str());
        let agency = barrier.at.map(|key| book.group.agency(key).id.as_str());
        barrier.theme == theme
            && query.blocks.as_deref().is_none_or(|blocks| service == Some(blocks))
            && query.at.as_deref().is_none_or(|at| agency == Some(at))
    };
    let occurrences: Vec<Occurrence<'a>> =
        book.occurrences(query.period).map(|(meeting, discussion, barrier)| Occurrence { meeting, discussion, barrier }).filter(wanted).collect();
    BarrierDetail {
        theme,
        row: report.rows.first().cloned(),
        stretches: stretches(book, &query, &occurrences),
        needs: companions(book, &occurrences, |discussion| discussion.needs.clone()),
        barriers: companions(book, &occurrences, |discussion| discussion.barriers.iter().map(|other| other.theme).filter(|other| *other != theme).collect()),
        occurrences,
        report,
    }
}

fn stretches(book: &Casebook, query: &BarrierQuery, occurrences: &[Occurrence<'_>]) -> Vec<Stretch> {
    let pairs: BTreeSet<_> = occurrences.iter().map(|occurrence| (occurrence.barrier.blocks, occurrence.barrier.at)).collect();
    let mut stretches = Vec::new();
    for (blocks, at) in pairs {
        // The same count as for the whole, over a casebook that holds nothing else: a stretch can never disagree with its row.
        let only = BarrierQuery {
            blocks: blocks.map(|key| book.group.service(key).id.clone()).or_else(|| query.blocks.clone()),
            at: at.map(|key| book.group.agency(key).id.clone()).or_else(|| query.at.clone()),
            ..query.clone()
        };
        if blocks.is_some() && at.is_some() {
            stretches.extend(barriers(book, &only).rows.into_iter().map(|row| Stretch { blocks, at, row }));
        }
    }
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
    /// People for whom it is still live, by ref.
    pub fn live_people(&self) -> BTreeSet<&str> {
        let last: BTreeMap<&str, BarrierStatus> = self.occurrences.iter().map(|o| (o.discussion.case.as_str(), o.barrier.status)).collect();
        last.into_iter().filter(|(_, status)| *status == BarrierStatus::Live).map(|(person, _)| person).collect()
    }

    pub fn period(&self) -> Period {
        Period { since: self.report.since, until: self.report.until }
    }
}
