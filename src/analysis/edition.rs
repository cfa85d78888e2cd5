//! The figures that are published: people, each in one place of each table, so that what is published adds up and can be audited.

use std::collections::BTreeMap;

use crate::model::{Answer, BarrierStatus, Casebook, Division, Period, Quarter, ThemeKey};

/// The barriers of some whole quarters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionFacts {
    pub since: Quarter,
    pub until: Quarter,
    pub division: Division,
    /// The stretches of time, such as `2025-Q3` or `2025`.
    pub stretches: Vec<String>,
    /// Most people first.
    pub barriers: Vec<EditionBarrier>,
}

/// People who met one barrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionBarrier {
    /// The theme's id.
    pub id: String,
    pub title: String,
    /// By what the last record says: live, eased, resolved.
    pub states: [usize; 3],
    /// By the stretch in which it was first recorded for them.
    pub first_met: Vec<usize>,
    /// Those for whom somebody was asked to move it, by what came of it last: flexed once, changed for all, refused, no reply, waiting.
    pub answers: [usize; 5],
}

impl EditionBarrier {
    pub fn people(&self) -> usize {
        self.states.iter().sum()
    }
}

/// One person and one barrier.
#[derive(Clone, Copy)]
struct Met {
    first: Quarter,
    status: BarrierStatus,
    asked: bool,
    answer: Option<Answer>,
}

/// Counts the barriers of some whole quarters.
pub fn edition_facts(book: &Casebook, since: Quarter, until: Quarter, division: Division) -> EditionFacts {
    let period = Period { since: Some(since.first_day()), until: Some(until.last_day()) };
    let mut met: BTreeMap<(ThemeKey, &str), Met> = BTreeMap::new();
    for (meeting, case, barrier) in book.occurrences(period) {
        let first = Met { first: Quarter::of(meeting.date), status: barrier.status, asked: false, answer: None };
        let met = met.entry((barrier.theme, case.case.as_str())).or_insert(first);
        met.status = barrier.status;
        met.asked |= barrier.asked.is_some() || barrier.answer.is_some();
        met.answer = barrier.answer.or(met.answer);
    }
    let stretches = stretches(since, until, division);
    let mut rows: BTreeMap<ThemeKey, EditionBarrier> = BTreeMap::new();
    for ((theme, _), met) in met {
        let row = rows.entry(theme).or_insert_with(|| EditionBarrier {
            id: book.theme(theme).id.clone(),
            title: book.theme(theme).title.clone(),
            states: [0; 3],
            first_met: vec![0; stretches.len()],
            answers: [0; 5],
        });
        row.states[match met.status {
            BarrierStatus::Live => 0,
            BarrierStatus::Eased => 1,
            BarrierStatus::Resolved => 2,
        }] += 1;
        let name = name(met.first, division);
        if let Some(at) = stretches.iter().position(|stretch| *stretch == name) {
            row.first_met[at] += 1;
        }
        if met.asked {
            row.answers[column(met.answer)] += 1;
        }
    }
    let mut barriers: Vec<EditionBarrier> = rows.into_values().collect();
    barriers.sort_by(|a, b| b.people().cmp(&a.people()).then_with(|| a.title.cmp(&b.title)));
    EditionFacts { since, until, division, stretches, barriers }
}

/// The column of an answer: flexed once, changed for all, refused, no reply, and last those that wait for one.
pub(super) fn column(answer: Option<Answer>) -> usize {
    match answer {
        Some(Answer::FlexedOnce) => 0,
        Some(Answer::ChangedForAll) => 1,
        Some(Answer::Refused) => 2,
        Some(Answer::NoReply) => 3,
        None => 4,
    }
}

fn name(quarter: Quarter, division: Division) -> String {
    match division {
        Division::Quarter => quarter.to_string(),
        Division::Year => quarter.year.to_string(),
    }
}

fn stretches(since: Quarter, until: Quarter, division: Division) -> Vec<String> {
    let quarters = std::iter::successors(Some(since), |quarter| (*quarter < until).then(|| quarter.next()));
    let mut stretches: Vec<String> = quarters.map(|quarter| name(quarter, division)).collect();
    stretches.dedup();
    stretches
}
