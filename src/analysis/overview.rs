//! What the report on a period needs to know.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::actions::{ActionTally, tally};
use super::barriers::{BarrierQuery, BarrierReport, barriers};
use super::detail::Companion;
use super::grid::{Grid, grid, needs_by_barrier};
use super::quarters::{ThroughQuarters, through_quarters};
use crate::model::{
    AgencyKey, Answer, Barrier, BarrierStatus, Casebook, Discussion, DiscussionKind, LearningKind, Ledger, Meeting, Period, Stage, ThemeKey, ThemeKind,
};

/// A period of the group's work, added up.
pub struct Overview<'a> {
    pub group: String,
    pub contact: Option<String>,
    /// The day up to which the report knows things: the end of the period, so that the same workspace gives the same report.
    pub as_of: Option<NaiveDate>,
    pub barriers: BarrierReport,
    /// How many meetings of each kind discussed a case, in name order of the kinds.
    pub meetings_by_kind: Vec<(String, usize)>,
    pub discussions: usize,
    pub new_people: usize,
    pub closed_people: usize,
    /// The period as it was asked for.
    pub asked: Period,
    pub quarters: ThroughQuarters,
    pub answers: Answers,
    /// The same by the agency whose barrier it is, most asked first.
    pub answers_by_agency: Vec<AgencyAnswers>,
    pub actions: ActionTally,
    pub grid: Grid,
    /// By the id of the barrier.
    pub needs: BTreeMap<String, Vec<Companion>>,
    pub lessons: Vec<Lesson<'a>>,
    pub next_steps: Vec<NextStep>,
    /// By the id of the barrier: people for whom it is live, those whose case is open at the end of the period and those whose case is closed.
    pub held_up: BTreeMap<String, [usize; 2]>,
    /// Themes that have come further than emerging, furthest first.
    pub stages: Vec<(String, String, Stage)>,
    pub sureness: Sureness,
    /// Name and definition of each barrier in the report, in name order.
    pub words: Vec<(String, String)>,
    /// Names by id, for those who may read them.
    pub service_names: BTreeMap<String, String>,
    pub agency_names: BTreeMap<String, String>,
}

/// What came of asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub asked: usize,
    pub flexed_once: usize,
    pub changed_for_all: usize,
    pub refused: usize,
    pub no_reply: usize,
    /// Asked, and no answer on record.
    pub waiting: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyAnswers {
    pub agency: String,
    pub answers: Answers,
}

/// A learning point with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson<'a> {
    pub id: Option<&'a str>,
    pub kind: LearningKind,
    pub text: &'a str,
    /// Titles of its themes.
    pub themes: Vec<&'a str>,
    pub shareable: bool,
    pub case: &'a str,
    pub date: NaiveDate,
}

/// A barrier that somebody could move next, and why it stands still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    pub title: String,
    /// The agency whose barrier it is, if it is known.
    pub agency: Option<String>,
    /// People for whom it is still live, and whose case is open at the end of the period.
    pub people: usize,
    /// People for whom it was live when their case was closed.
    pub closed: usize,
    /// The last answer; nothing when nobody has been asked.
    pub answer: Option<Answer>,
    pub asked: bool,
}

/// What the figures rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sureness {
    pub discussions: usize,
    pub with_views: usize,
    pub without_barrier: usize,
    pub barriers: usize,
    pub barriers_without_agency: usize,
    pub barriers_without_service: usize,
}

/// How many next steps are named.
const NAMED_STEPS: usize = 8;

/// Adds up a period.
pub fn overview(book: &Casebook, asked: Period) -> Overview<'_> {
    let report = barriers(book.names(), book.register(), &BarrierQuery { period: asked, ..BarrierQuery::default() });
    let period = Period { since: report.since, until: report.until };
    let discussions: Vec<(&Meeting, &Discussion)> = discussions(book, period).collect();
    let closed = closed_at_the_end(&discussions);
    let as_of = report.until.map(|until| until.min(book.today));
    let ledger = Ledger::fold_as_of(book, as_of);
    Overview {
        group: book.group.name.clone(),
        contact: book.group.contact.clone(),
        as_of,
        meetings_by_kind: meetings_by_kind(&discussions),
        discussions: discussions.len(),
        new_people: people(discussions.iter().filter(|(_, case)| case.kind == Some(DiscussionKind::New))),
        closed_people: people(discussions.iter().filter(|(_, case)| case.closed.is_some())),
        asked,
        quarters: through_quarters(book, period, as_of, &report),
        answers: Answers::of(book.occurrences(period).map(|(_, _, barrier)| barrier)),
        answers_by_agency: answers_by_agency(book, book.occurrences(period).map(|(_, _, barrier)| barrier)),
        actions: tally(&ledger, period, as_of.unwrap_or(book.today)),
        grid: grid(book, period),
        needs: needs_by_barrier(book, period),
        lessons: discussions.iter().flat_map(|(meeting, case)| lessons(book, meeting, case)).collect(),
        next_steps: next_steps(book, period, &closed),
        held_up: held_up(book, period, &closed),
        stages: stages(book),
        sureness: sureness(&discussions),
        words: words(book, &report),
        service_names: book.group.services.iter().map(|service| (service.id.clone(), service.name.clone())).collect(),
        agency_names: book.group.agencies.iter().map(|agency| (agency.id.clone(), agency.name.clone())).collect(),
        barriers: report,
    }
}

fn discussions(book: &Casebook, period: Period) -> impl Iterator<Item = (&Meeting, &Discussion)> {
    let held = book.held_meetings().map(|(_, meeting)| meeting).filter(move |meeting| period.contains(meeting.date));
    held.flat_map(|meeting| meeting.cases.iter().map(move |case| (meeting, case)))
}

fn people<'a>(discussions: impl Iterator<Item = &'a (&'a Meeting, &'a Discussion)>) -> usize {
    discussions.map(|(_, case)| case.case.as_str()).collect::<BTreeSet<_>>().len()
}

fn meetings_by_kind(discussions: &[(&Meeting, &Discussion)]) -> Vec<(String, usize)> {
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (meeting, _) in discussions {
        kinds.entry(&meeting.kind).or_default().insert(&meeting.id);
    }
    kinds.into_iter().map(|(kind, meetings)| (kind.to_owned(), meetings.len())).collect()
}

impl Answers {
    /// Adds up what came of asking about these barriers.
    pub(super) fn of<'a>(barriers: impl Iterator<Item = &'a Barrier>) -> Self {
        let mut answers = Self::default();
        for barrier in barriers {
            answers.asked += usize::from(barrier.asked.is_some());
            answers.waiting += usize::from(barrier.asked.is_some() && barrier.answer.is_none());
            match barrier.answer {
                Some(Answer::FlexedOnce) => answers.flexed_once += 1,
                Some(Answer::ChangedForAll) => answers.changed_for_all += 1,
                Some(Answer::Refused) => answers.refused += 1,
                Some(Answer::NoReply) => answers.no_reply += 1,
                None => {}
            }
        }
        answers
    }
}

/// The same by the agency whose barrier it is, most asked first.
pub(super) fn answers_by_agency<'a>(book: &Casebook, barriers: impl Iterator<Item = &'a Barrier>) -> Vec<AgencyAnswers> {
    let mut of_agency: BTreeMap<AgencyKey, Vec<&Barrier>> = BTreeMap::new();
    for barrier in barriers {
        if let Some(agency) = barrier.at {
            of_agency.entry(agency).or_default().push(barrier);
        }
    }
    let rows =
        of_agency.into_iter().map(|(key, barriers)| AgencyAnswers { agency: book.group.agency(key).name.clone(), answers: Answers::of(barriers.into_iter()) });
    let mut rows: Vec<AgencyAnswers> = rows.filter(|row| row.answers != Answers::default()).collect();
    rows.sort_by(|a, b| b.answers.asked.cmp(&a.answers.asked).then_with(|| a.agency.cmp(&b.agency)));
    rows
}

pub(super) fn lessons<'a>(book: &'a Casebook, meeting: &'a Meeting, case: &'a Discussion) -> impl Iterator<Item = Lesson<'a>> + 'a {
    case.learning.iter().map(move |point| Lesson {
        id: point.id.as_deref(),
        kind: point.kind,
        text: &point.text,
        themes: point.themes.iter().map(|key| book.theme(*key).title.as_str()).collect(),
        shareable: point.shareable,
        case: case.case.as_str(),
        date: meeting.date,
    })
}

/// The cases that the last discussion of the period closed: one that came back afterwards is open again.
fn closed_at_the_end<'a>(discussions: &[(&Meeting, &'a Discussion)]) -> BTreeSet<&'a str> {
    let mut closed = BTreeSet::new();
    for (_, case) in discussions {
        if case.closed.is_some() {
            closed.insert(case.case.as_str())
        } else {
            closed.remove(case.case.as_str())
        };
    }
    closed
}

fn held_up(book: &Casebook, period: Period, closed: &BTreeSet<&str>) -> BTreeMap<String, [usize; 2]> {
    let mut last: BTreeMap<(ThemeKey, &str), BarrierStatus> = BTreeMap::new();
    for (_, case, barrier) in book.occurrences(period) {
        last.insert((barrier.theme, case.case.as_str()), barrier.status);
    }
    let mut held: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for ((theme, case), _) in last.into_iter().filter(|(_, status)| *status == BarrierStatus::Live) {
        held.entry(book.theme(theme).id.clone()).or_default()[usize::from(closed.contains(case))] += 1;
    }
    held
}

/// Barriers that are live for somebody with an open case, by theme and agency: those nobody was asked about, and those that asking has not moved.
fn next_steps(book: &Casebook, period: Period, closed: &BTreeSet<&str>) -> Vec<NextStep> {
    #[derive(Default)]
    struct Standing<'a> {
        last: BTreeMap<&'a str, BarrierStatus>,
        asked: bool,
        answer: Option<Answer>,
        /// Those for whom an exception was made: it helps nobody else.
        flexed: BTreeSet<&'a str>,
    }
    impl<'a> Standing<'a> {
        fn live(&self) -> impl Iterator<Item = &'a str> {
            let live = self.last.iter().filter(|(_, status)| **status == BarrierStatus::Live).map(|(case, _)| *case);
            live.filter(|case| !self.flexed.contains(case))
        }
    }
    let mut standing: BTreeMap<(ThemeKey, Option<AgencyKey>), Standing<'_>> = BTreeMap::new();
    for (_, case, barrier) in book.occurrences(period) {
        let entry = standing.entry((barrier.theme, barrier.at)).or_default();
        entry.last.insert(case.case.as_str(), barrier.status);
        entry.asked |= barrier.asked.is_some();
        entry.answer = barrier.answer.or(entry.answer);
        match barrier.answer {
            Some(Answer::FlexedOnce) => drop(entry.flexed.insert(case.case.as_str())),
            Some(_) => drop(entry.flexed.remove(case.case.as_str())),
            None => {}
        }
    }
    let steps = standing.into_iter().map(|((theme, at), standing)| NextStep {
        title: book.theme(theme).title.clone(),
        agency: at.map(|key| book.group.agency(key).name.clone()),
        people: standing.live().filter(|case| !closed.contains(case)).count(),
        closed: standing.live().filter(|case| closed.contains(case)).count(),
        answer: standing.answer,
        asked: standing.asked,
    });
    let mut steps: Vec<NextStep> = steps.filter(|step| step.people > 0 && step.answer != Some(Answer::ChangedForAll)).collect();
    steps.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| (&a.title, &a.agency).cmp(&(&b.title, &b.agency))));
    steps.truncate(NAMED_STEPS);
    steps
}

fn stages(book: &Casebook) -> Vec<(String, String, Stage)> {
    let further = book.themes.iter().filter(|theme| theme.kind == ThemeKind::Barrier);
    let mut stages: Vec<_> =
        further.filter_map(|theme| Some((theme.id.clone(), theme.title.clone(), theme.stage.filter(|stage| *stage > Stage::Emerging)?))).collect();
    stages.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
    stages
}

fn sureness(discussions: &[(&Meeting, &Discussion)]) -> Sureness {
    let mut sureness = Sureness { discussions: discussions.len(), ..Sureness::default() };
    for (_, case) in discussions {
        sureness.with_views += usize::from(case.has_views());
        sureness.without_barrier += usize::from(case.barriers.is_empty());
        sureness.barriers += case.barriers.len();
        sureness.barriers_without_agency += case.barriers.iter().filter(|barrier| barrier.at.is_none()).count();
        sureness.barriers_without_service += case.barriers.iter().filter(|barrier| barrier.blocks.is_none()).count();
    }
    sureness
}

fn words(book: &Casebook, report: &BarrierReport) -> Vec<(String, String)> {
    let mut words: Vec<(String, String)> =
        report.rows.iter().filter_map(|row| Some((row.title.clone(), book.theme(row.theme).definition.clone()?.trim().to_owned()))).collect();
    words.sort();
    words
}
