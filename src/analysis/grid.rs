//! Which barrier was met at which agency, and which needs come with a barrier.

use std::collections::{BTreeMap, BTreeSet};

use super::detail::Companion;
use crate::model::{AgencyKey, Casebook, Period, ThemeKey};

/// People by barrier and agency: the rows and columns with most people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Names of the agencies, most people first, each with the people who met any barrier there.
    pub agencies: Vec<(String, usize)>,
    /// Id and title of each barrier, and people at each of the agencies.
    pub rows: Vec<(String, String, Vec<usize>)>,
    pub more_agencies: usize,
    pub more_barriers: usize,
}

/// What a table on A4 can hold.
const COLUMNS: usize = 8;
const ROWS: usize = 12;

/// Counts people by barrier and agency. Occurrences that name no agency are in no column.
pub fn grid(book: &Casebook, period: Period) -> Grid {
    let mut cells: BTreeMap<(ThemeKey, AgencyKey), BTreeSet<&str>> = BTreeMap::new();
    let mut columns: BTreeMap<AgencyKey, BTreeSet<&str>> = BTreeMap::new();
    let mut rows: BTreeMap<ThemeKey, BTreeSet<&str>> = BTreeMap::new();
    for (_, case, barrier) in book.occurrences(period) {
        if let Some(agency) = barrier.at {
            cells.entry((barrier.theme, agency)).or_default().insert(case.case.as_str());
            columns.entry(agency).or_default().insert(case.case.as_str());
            rows.entry(barrier.theme).or_default().insert(case.case.as_str());
        }
    }
    let (columns, more_agencies) = most(&columns, COLUMNS);
    let (rows, more_barriers) = most(&rows, ROWS);
    let at = |theme, agency| cells.get(&(theme, agency)).map_or(0, BTreeSet::len);
    Grid {
        rows: rows
            .iter()
            .map(|(theme, _)| {
                let known = book.theme(*theme);
                (known.id.clone(), known.title.clone(), columns.iter().map(|(agency, _)| at(*theme, *agency)).collect())
            })
            .collect(),
        agencies: columns.iter().map(|(agency, people)| (book.group.agency(*agency).name.clone(), *people)).collect(),
        more_agencies,
        more_barriers,
    }
}

/// The keys with most people, and how many are left out.
fn most<K: Copy + Ord>(people: &BTreeMap<K, BTreeSet<&str>>, at_most: usize) -> (Vec<(K, usize)>, usize) {
    let mut sorted: Vec<(K, usize)> = people.iter().map(|(key, people)| (*key, people.len())).collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let more = sorted.len().saturating_sub(at_most);
    sorted.truncate(at_most);
    (sorted, more)
}

/// The needs of the people in whose way a barrier stood, at the meetings where it did; by the id of the barrier, most people first.
pub fn needs_by_barrier(book: &Casebook, period: Period) -> BTreeMap<String, Vec<Companion>> {
    let mut people: BTreeMap<ThemeKey, BTreeMap<ThemeKey, BTreeSet<&str>>> = BTreeMap::new();
    for (_, case, barrier) in book.occurrences(period) {
        let needs = people.entry(barrier.theme).or_default();
        for need in &case.needs {
            needs.entry(*need).or_default().insert(case.case.as_str());
        }
    }
    let named = |(need, people): (ThemeKey, BTreeSet<&str>)| {
        let known = book.theme(need);
        Companion { id: known.id.clone(), title: known.title.clone(), people: people.len() }
    };
    let list = |needs: BTreeMap<ThemeKey, BTreeSet<&str>>| {
        let mut needs: Vec<Companion> = needs.into_iter().map(named).collect();
        needs.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.id.cmp(&b.id)));
        needs
    };
    people.into_iter().map(|(theme, needs)| (book.theme(theme).id.clone(), list(needs))).collect()
}
