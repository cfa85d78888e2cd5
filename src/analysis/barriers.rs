//! Which barriers recur, for how many people, and what became of them.
//!
//! The unit is the distinct person, not the mention: five notes about one person at one meeting are one person. Every figure is
//! defined in the manual (`docs/figures.md`), and a plain count over the same files, which shares no code with this one, agrees.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::{Answer, Barrier, BarrierStatus, Casebook, Discussion, Meeting, Period, Quarter, ThemeKey};

/// Into what a row is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Agency,
    Service,
    Cause,
    Need,
    Quarter,
}

/// Which occurrences to count.
#[derive(Clone, Debug, Default)]
pub struct BarrierQuery {
    pub period: Period,
    pub by: Option<By>,
    pub theme: Option<ThemeKey>,
    /// The id of a service.
    pub blocks: Option<String>,
    /// The id of an agency.
    pub at: Option<String>,
    /// Leave out rows with fewer people than this.
    pub min_people: usize,
}

/// The barriers of a period: most people first, then by theme and group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarrierReport {
    /// As asked for, or else the day of the first meeting that counts; nothing when there is none.
    pub since: Option<NaiveDate>,
    /// As asked for, or else the day of the last meeting that counts.
    pub until: Option<NaiveDate>,
    /// Meetings of the period at which at least one case was discussed.
    pub meetings: usize,
    /// Distinct people discussed at them.
    pub people: usize,
    pub by: Option<By>,
    pub rows: Vec<BarrierRow>,
}

/// One barrier, or one group of its occurrences. Every figure is over the row's own occurrences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarrierRow {
    pub theme: ThemeKey,
    /// The theme's id.
    pub id: String,
    pub title: String,
    /// What the row was split by; nothing for occurrences that say nothing about it.
    pub group: Option<String>,
    pub people: usize,
    pub meetings: usize,
    pub occurrences: usize,
    pub first_seen: NaiveDate,
    pub last_seen: NaiveDate,
    /// People whose last occurrence here has this status. The three add up to `people`.
    pub live: usize,
    pub eased: usize,
    pub resolved: usize,
    /// Occurrences at which somebody had been asked to move it.
    pub asked: usize,
    /// Occurrences with this answer.
    pub flexed_once: usize,
    pub changed_for_all: usize,
    pub refused: usize,
    pub no_reply: usize,
    /// Ids of what it blocks, in name order.
    pub services: Vec<String>,
    /// Ids of those whose rule or practice it is, in name order.
    pub agencies: Vec<String>,
}

/// Counts the barriers of a period.
pub fn barriers(book: &Casebook, query: &BarrierQuery) -> BarrierReport {
    let (meetings, people) = discussed(book, query.period);
    let wanted = book.occurrences(query.period).filter(|(_, _, barrier)| query.wants(book, barrier));
    let mut rows = rows(book, query.by, wanted);
    rows.retain(|row| query.min_people <= row.people);
    BarrierReport {
        since: query.period.since.or(meetings.first().copied()),
        until: query.period.until.or(meetings.last().copied()),
        meetings: meetings.len(),
        people,
        by: query.by,
        rows,
    }
}

/// The rows of some occurrences, which come in order of date, meeting and place in the file.
pub(super) fn rows<'a>(book: &'a Casebook, by: Option<By>, occurrences: impl Iterator<Item = (&'a Meeting, &'a Discussion, &'a Barrier)>) -> Vec<BarrierRow> {
    let mut tallies: BTreeMap<(ThemeKey, Option<String>), Tally<'_>> = BTreeMap::new();
    for (meeting, case, barrier) in occurrences {
        for group in groups(book, by, meeting, case, barrier) {
            tallies.entry((barrier.theme, group)).or_insert_with(|| Tally::new(meeting.date)).add(book, meeting, case, barrier);
        }
    }
    let mut rows: Vec<BarrierRow> = tallies.into_iter().map(|((theme, group), tally)| tally.row(book, theme, group)).collect();
    // Themes are in order of id, so the map gave the order that ties keep, but for the group without a name, which comes last.
    rows.sort_by(|a, b| b.people.cmp(&a.people).then(a.theme.cmp(&b.theme)).then((a.group.is_none(), &a.group).cmp(&(b.group.is_none(), &b.group))));
    rows
}

/// The days of the meetings that discussed a case, in order, and how many people they discussed.
fn discussed(book: &Casebook, period: Period) -> (Vec<NaiveDate>, usize) {
    let meetings: Vec<&Meeting> =
        book.held_meetings().map(|(_, meeting)| meeting).filter(|meeting| period.contains(meeting.date) && !meeting.cases.is_empty()).collect();
    let people: BTreeSet<&str> = meetings.iter().flat_map(|meeting| &meeting.cases).map(|case| case.case.as_str()).collect();
    (meetings.iter().map(|meeting| meeting.date).collect(), people.len())
}

impl BarrierQuery {
    /// Whether an occurrence passes the filters, the period apart.
    pub(super) fn wants(&self, book: &Casebook, barrier: &Barrier) -> bool {
        let service = || barrier.blocks.map(|key| book.group.service(key).id.as_str());
        let agency = || barrier.at.map(|key| book.group.agency(key).id.as_str());
        self.theme.is_none_or(|theme| theme == barrier.theme)
            && self.blocks.as_deref().is_none_or(|blocks| service() == Some(blocks))
            && self.at.as_deref().is_none_or(|at| agency() == Some(at))
    }
}

/// The groups in which an occurrence stands: one, or one for each need.
fn groups(book: &Casebook, by: Option<By>, meeting: &Meeting, case: &Discussion, barrier: &Barrier) -> Vec<Option<String>> {
    let one = match by {
        None => None,
        Some(By::Agency) => barrier.at.map(|key| book.group.agency(key).id.clone()),
        Some(By::Service) => barrier.blocks.map(|key| book.group.service(key).id.clone()),
        Some(By::Cause) => barrier.cause.clone(),
        Some(By::Quarter) => Some(Quarter::of(meeting.date).to_string()),
        Some(By::Need) => {
            let needs: BTreeSet<ThemeKey> = case.needs.iter().copied().collect();
            if !needs.is_empty() {
                return needs.into_iter().map(|key| Some(book.theme(key).id.clone())).collect();
            }
            None
        }
    };
    vec![one]
}

/// What one row adds up.
struct Tally<'a> {
    /// Each person with the status of their last occurrence so far.
    people: BTreeMap<&'a str, BarrierStatus>,
    meetings: BTreeSet<&'a str>,
    occurrences: usize,
    first_seen: NaiveDate,
    last_seen: NaiveDate,
    asked: usize,
    answers: BTreeMap<Answer, usize>,
    services: BTreeSet<&'a str>,
    agencies: BTreeSet<&'a str>,
}

impl<'a> Tally<'a> {
    fn new(first_seen: NaiveDate) -> Self {
        Self {
            people: BTreeMap::new(),
            meetings: BTreeSet::new(),
            occurrences: 0,
            first_seen,
            last_seen: first_seen,
            asked: 0,
            answers: BTreeMap::new(),
            services: BTreeSet::new(),
            agencies: BTreeSet::new(),
        }
    }

    /// Takes one occurrence. They come in order, so the last one of a person is the one that stays.
    fn add(&mut self, book: &'a Casebook, meeting: &'a Meeting, case: &'a Discussion, barrier: &Barrier) {
        self.people.insert(case.case.as_str(), barrier.status);
        self.meetings.insert(&meeting.id);
        self.occurrences += 1;
        self.last_seen = meeting.date;
        self.asked += usize::from(barrier.asked.is_some());
        if let Some(answer) = barrier.answer {
            *self.answers.entry(answer).or_default() += 1;
        }
        self.services.extend(barrier.blocks.map(|key| book.group.service(key).id.as_str()));
        self.agencies.extend(barrier.at.map(|key| book.group.agency(key).id.as_str()));
    }

    fn row(&self, book: &Casebook, theme: ThemeKey, group: Option<String>) -> BarrierRow {
        let with = |status| self.people.values().filter(|last| **last == status).count();
        let answered = |answer| self.answers.get(&answer).copied().unwrap_or(0);
        let ids = |ids: &BTreeSet<&str>| ids.iter().map(|id| (*id).to_owned()).collect();
        BarrierRow {
            theme,
            id: book.theme(theme).id.clone(),
            title: book.theme(theme).title.clone(),
            group,
            people: self.people.len(),
            meetings: self.meetings.len(),
            occurrences: self.occurrences,
            first_seen: self.first_seen,
            last_seen: self.last_seen,
            live: with(BarrierStatus::Live),
            eased: with(BarrierStatus::Eased),
            resolved: with(BarrierStatus::Resolved),
            asked: self.asked,
            flexed_once: answered(Answer::FlexedOnce),
            changed_for_all: answered(Answer::ChangedForAll),
            refused: answered(Answer::Refused),
            no_reply: answered(Answer::NoReply),
            services: ids(&self.services),
            agencies: ids(&self.agencies),
        }
    }
}
