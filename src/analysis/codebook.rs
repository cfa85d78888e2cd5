//! The codebook with how often each theme is used.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::{Casebook, Period, Stage, Theme, ThemeKey, ThemeKind};

/// One theme of the codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeRow {
    pub id: String,
    pub title: String,
    pub kind: ThemeKind,
    pub parent: Option<String>,
    pub stage: Option<Stage>,
    /// Whether it is used no more.
    pub retired: bool,
    pub definition: Option<String>,
    /// Distinct people in whose discussions it stands.
    pub people: usize,
    /// Times it stands in a discussion: as a need, as a barrier, or under a learning point.
    pub uses: usize,
    pub first_used: Option<NaiveDate>,
    pub last_used: Option<NaiveDate>,
}

#[derive(Default)]
struct Use<'a> {
    people: BTreeSet<&'a str>,
    uses: usize,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

/// All themes, barriers first, then needs, then enablers; in each, most people first.
pub fn codebook(book: &Casebook, period: Period) -> Vec<ThemeRow> {
    let mut uses: BTreeMap<ThemeKey, Use<'_>> = BTreeMap::new();
    for (_, meeting) in book.held_meetings().filter(|(_, meeting)| period.contains(meeting.date)) {
        for case in &meeting.cases {
            let learned = case.learning.iter().flat_map(|point| &point.themes);
            for theme in case.needs.iter().chain(case.barriers.iter().map(|barrier| &barrier.theme)).chain(learned) {
                let entry = uses.entry(*theme).or_default();
                entry.people.insert(case.case.as_str());
                entry.uses += 1;
                entry.first = entry.first.or(Some(meeting.date));
                entry.last = Some(meeting.date);
            }
        }
    }
    let none = Use::default();
    let mut rows: Vec<ThemeRow> = book.themes.iter().zip(0..).map(|(theme, at)| row(theme, uses.get(&ThemeKey(at)).unwrap_or(&none))).collect();
    rows.sort_by(|a, b| a.kind.cmp(&b.kind).then(b.people.cmp(&a.people)).then_with(|| a.id.cmp(&b.id)));
    rows
}

fn row(theme: &Theme, used: &Use<'_>) -> ThemeRow {
    ThemeRow {
        id: theme.id.clone(),
        title: theme.title.clone(),
        kind: theme.kind,
        parent: theme.parent.clone(),
        stage: theme.stage,
        retired: theme.retired.is_some(),
        definition: theme.definition.clone(),
        people: used.people.len(),
        uses: used.uses,
        first_used: used.first,
        last_used: used.last,
    }
}
