//! Which barriers recur, for how many people, and what became of them.
//!
//! The unit is the distinct person, not the mention: five notes about one person at one meeting are one person. Every figure is
//! defined in the manual (`docs/figures.md`), and a plain count over the same files, which shares no code with this one, agrees.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{AgencyKey, Answer, BarrierStatus, CauseKey, Names, Occurred, Period, PersonKey, Quarter, Register, ServiceKey, ThemeKey};

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
    pub blocks: Option<ServiceKey>,
    pub at: Option<AgencyKey>,
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
pub fn barriers(names: Names<'_>, register: &Register, query: &BarrierQuery) -> BarrierReport {
    let (meetings, people) = discussed(register, query.period);
    let mut rows = rows(names, register, query.by, query.occurrences(register));
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

/// The rows of some occurrences, which come in the order of the register.
pub(super) fn rows<'a>(names: Names<'_>, register: &Register, by: Option<By>, occurrences: impl Iterator<Item = Occurred<'a>>) -> Vec<BarrierRow> {
    let mut tallies: BTreeMap<(ThemeKey, Option<Group>), Tally> = BTreeMap::new();
    for seen in occurrences {
        each_group(by, &seen, |group| tallies.entry((seen.barrier.theme, group)).or_insert_with(|| Tally::new(&seen)).add(&seen));
    }
    let mut rows: Vec<BarrierRow> = tallies.into_iter().map(|((theme, group), tally)| tally.row(names, register, theme, group)).collect();
    // Themes are in order of id, so ties are in order of theme; the group without a name comes last.
    rows.sort_by(|a, b| b.people.cmp(&a.people).then(a.theme.cmp(&b.theme)).then((a.group.is_none(), &a.group).cmp(&(b.group.is_none(), &b.group))));
    rows
}

/// The days of the meetings that discussed a case, in order, and how many people they discussed.
fn discussed(register: &Register, period: Period) -> (Vec<NaiveDate>, usize) {
    let mut met = vec![false; register.n_people()];
    let meetings = register.discussed(period).map(|(date, people)| {
        people.for_each(|person| met[person.0 as usize] = true);
        date
    });
    (meetings.collect(), met.into_iter().filter(|met| *met).count())
}

impl BarrierQuery {
    /// Whether an occurrence passes the filters, the period apart.
    pub(super) fn wants(&self, theme: ThemeKey, blocks: Option<ServiceKey>, at: Option<AgencyKey>) -> bool {
        self.theme.is_none_or(|wanted| wanted == theme) && (self.blocks.is_none() || self.blocks == blocks) && (self.at.is_none() || self.at == at)
    }

    /// The occurrences it asks for, in order.
    pub(super) fn occurrences<'r>(&self, register: &'r Register) -> impl Iterator<Item = Occurred<'r>> {
        register.occurrences(self.period).filter(|seen| self.wants(seen.barrier.theme, seen.barrier.blocks, seen.barrier.at))
    }
}

/// What a row is split by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Agency(AgencyKey),
    Service(ServiceKey),
    Cause(CauseKey),
    Need(ThemeKey),
    Quarter(Quarter),
}

/// The groups in which an occurrence stands: one, or one for each need.
fn each_group(by: Option<By>, seen: &Occurred<'_>, mut stand: impl FnMut(Option<Group>)) {
    match by {
        None => stand(None),
        Some(By::Agency) => stand(seen.barrier.at.map(Group::Agency)),
        Some(By::Service) => stand(seen.barrier.blocks.map(Group::Service)),
        Some(By::Cause) => stand(seen.barrier.cause.map(Group::Cause)),
        Some(By::Quarter) => stand(Some(Group::Quarter(Quarter::of(seen.date)))),
        Some(By::Need) if seen.needs.is_empty() => stand(None),
        Some(By::Need) => {
            for (at, need) in seen.needs.iter().enumerate() {
                if !seen.needs[..at].contains(need) {
                    stand(Some(Group::Need(*need)));
                }
            }
        }
    }
}

impl Group {
    /// The id that stands for it in the report.
    fn name(self, names: Names<'_>, register: &Register) -> String {
        match self {
            Self::Agency(key) => names.group.agency(key).id.clone(),
            Self::Service(key) => names.group.service(key).id.clone(),
            Self::Cause(key) => register.cause(key).to_owned(),
            Self::Need(key) => names.theme(key).id.clone(),
            Self::Quarter(quarter) => quarter.to_string(),
        }
    }
}

/// What one row adds up.
struct Tally {
    /// Each occurrence's person with the status there, in order: the last one of a person is the one that stays.
    people: Vec<(PersonKey, BarrierStatus)>,
    meetings: usize,
    last_meeting: usize,
    first_seen: NaiveDate,
    last_seen: NaiveDate,
    asked: usize,
    answers: BTreeMap<Answer, usize>,
    /// Each once; there are few, so that looking through them is quicker than any set.
    services: Vec<ServiceKey>,
    agencies: Vec<AgencyKey>,
}

impl Tally {
    fn new(first: &Occurred<'_>) -> Self {
        Self {
            people: Vec::new(),
            meetings: 1,
            last_meeting: first.meeting,
            first_seen: first.date,
            last_seen: first.date,
            asked: 0,
            answers: BTreeMap::new(),
            services: Vec::new(),
            agencies: Vec::new(),
        }
    }

    /// Takes one occurrence. They come in order of meetings, so a meeting is new when it is not the last one.
    fn add(&mut self, seen: &Occurred<'_>) {
        let barrier = &seen.barrier;
        self.people.push((seen.person, barrier.status));
        self.meetings += usize::from(seen.meeting != self.last_meeting);
        self.last_meeting = seen.meeting;
        self.last_seen = seen.date;
        self.asked += usize::from(barrier.asked);
        if let Some(answer) = barrier.answer {
            *self.answers.entry(answer).or_default() += 1;
        }
        add_once(&mut self.services, barrier.blocks);
        add_once(&mut self.agencies, barrier.at);
    }

    fn row(mut self, names: Names<'_>, register: &Register, theme: ThemeKey, group: Option<Group>) -> BarrierRow {
        let occurrences = self.people.len();
        // The sort keeps the order of one person's occurrences, so the last of each run is the last of all.
        self.people.sort_by_key(|(person, _)| *person);
        let last: Vec<BarrierStatus> = self.people.chunk_by(|a, b| a.0 == b.0).filter_map(|run| run.last()).map(|(_, status)| *status).collect();
        let with = |status| last.iter().filter(|last| **last == status).count();
        let answered = |answer| self.answers.get(&answer).copied().unwrap_or(0);
        BarrierRow {
            theme,
            id: names.theme(theme).id.clone(),
            title: names.theme(theme).title.clone(),
            group: group.map(|group| group.name(names, register)),
            people: last.len(),
            meetings: self.meetings,
            occurrences,
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
            services: sorted(self.services.iter().map(|key| names.group.service(*key).id.as_str())),
            agencies: sorted(self.agencies.iter().map(|key| names.group.agency(*key).id.as_str())),
        }
    }
}

fn add_once<T: PartialEq>(list: &mut Vec<T>, one: Option<T>) {
    list.extend(one.filter(|one| !list.contains(one)));
}

fn sorted<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut ids: Vec<String> = ids.map(str::to_owned).collect();
    ids.sort();
    ids
}
