//! The state of every case, action and barrier, computed from the meetings in date order.
//!
//! Plain-text accounting is the model: the meetings are the journal, and nothing else has to be kept in step. An action is set by a
//! meeting that took place. What became of it is told under `previous_actions` of a later file, whatever that meeting's status:
//! between two meetings the coordinator writes it into the next one's file, which is still planned.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::casebook::Casebook;
use super::group::{AgencyKey, ServiceKey};
use super::meeting::{Action, ActionReport, AgendaItem, AgendaSubject, Asked, Barrier, CaseRef, Discussion, Feedback, Meeting};
use super::theme::ThemeKey;
use super::words::{ActionStatus, Answer, BarrierStatus, MeetingStatus, Outcome};

/// The balances of the journal.
pub struct Ledger<'a> {
    pub book: &'a Casebook,
    /// By ref.
    pub cases: BTreeMap<&'a str, CaseStory<'a>>,
    /// In the order in which they were set.
    pub actions: Vec<ActionState<'a>>,
}

/// One person across the meetings that discussed them.
pub struct CaseStory<'a> {
    pub case: &'a CaseRef,
    /// Oldest first.
    pub discussions: Vec<(&'a Meeting, &'a Discussion)>,
}

/// A case that a meeting put off, and that no later one has taken up.
#[derive(Clone, Copy, Debug)]
pub struct PutOff<'a> {
    pub case: &'a CaseRef,
    pub meeting: &'a Meeting,
    /// Which line of its agenda.
    pub item: &'a AgendaItem,
}

impl<'a> PutOff<'a> {
    pub fn why(&self) -> &'a str {
        self.item.deferred.as_deref().unwrap_or_default()
    }
}

/// Something that somebody has undertaken to do.
#[derive(Clone, Copy, Debug)]
pub enum Task<'a> {
    Action(&'a Action),
    /// Tell the person what was decided.
    Feedback(&'a Feedback),
}

/// A task, the meeting that set it, and all that was told about it since.
pub struct ActionState<'a> {
    pub task: Task<'a>,
    pub meeting: &'a Meeting,
    pub discussion: &'a Discussion,
    /// Oldest first.
    pub told: Vec<Told<'a>>,
}

/// What one later meeting's file says about a task.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub meeting: &'a Meeting,
    pub report: &'a ActionReport,
}

/// One barrier of one person over time: the same theme at the same agency, blocking the same service.
pub struct BarrierThread<'a> {
    pub theme: ThemeKey,
    pub blocks: Option<ServiceKey>,
    pub at: Option<AgencyKey>,
    /// Oldest first, never empty.
    pub sightings: Vec<Sighting<'a>>,
}

/// A barrier as one meeting recorded it.
#[derive(Clone, Copy, Debug)]
pub struct Sighting<'a> {
    pub meeting: &'a Meeting,
    pub discussion: &'a Discussion,
    pub barrier: &'a Barrier,
}

impl<'a> Ledger<'a> {
    /// Folds the meetings in date order.
    pub fn fold(book: &'a Casebook) -> Self {
        Self::fold_as_of(book, None)
    }

    /// The same as it was known on a day: what later meetings told about actions is left out.
    pub fn fold_as_of(book: &'a Casebook, day: Option<NaiveDate>) -> Self {
        let mut ledger = Self { book, cases: BTreeMap::new(), actions: Vec::new() };
        let mut numbers = HashMap::new();
        for (_, meeting) in book.held_meetings() {
            for discussion in &meeting.cases {
                let story = ledger.cases.entry(discussion.case.as_str());
                story.or_insert_with(|| CaseStory { case: &discussion.case, discussions: Vec::new() }).discussions.push((meeting, discussion));
                for task in tasks(discussion) {
                    numbers.extend(task.id().map(|id| (id, ledger.actions.len())));
                    ledger.actions.push(ActionState { task, meeting, discussion, told: Vec::new() });
                }
            }
        }
        for meeting in book.meetings.iter().filter(|meeting| day.is_none_or(|day| meeting.date <= day)) {
            for report in &meeting.previous_actions {
                if let Some(number) = numbers.get(report.id.as_str()) {
                    ledger.actions[*number].told.push(Told { meeting, report });
                }
            }
        }
        ledger
    }

    pub fn case(&self, case: &str) -> Option<&CaseStory<'a>> {
        self.cases.get(case)
    }

    /// The cases that were put off by a meeting before `day` and have not been taken up since, in order of ref. A case that stands on a
    /// later agenda has come back, be it that it was put off once more.
    pub fn put_off(&self, day: Option<NaiveDate>) -> Vec<PutOff<'a>> {
        let mut waiting: BTreeMap<&str, PutOff<'a>> = BTreeMap::new();
        let before = |meeting: &&Meeting| day.is_none_or(|day| meeting.date < day) && meeting.status != MeetingStatus::CalledOff;
        for meeting in self.book.meetings.iter().filter(before) {
            if meeting.status.counts() {
                for discussed in &meeting.cases {
                    waiting.remove(discussed.case.as_str());
                }
            }
            for item in &meeting.agenda {
                let AgendaSubject::Case(case) = &item.subject else { continue };
                if meeting.status.counts() && item.deferred.is_some() {
                    waiting.insert(case.as_str(), PutOff { case, meeting, item });
                } else {
                    waiting.remove(case.as_str());
                }
            }
        }
        waiting.into_values().collect()
    }
}

/// The actions of a discussion, and after them the promise to tell the person.
fn tasks<'a>(discussion: &'a Discussion) -> impl Iterator<Item = Task<'a>> {
    discussion.actions.iter().map(Task::Action).chain(discussion.feedback_to_person.iter().map(|feedback| Task::Feedback(feedback)))
}

impl<'a> CaseStory<'a> {
    pub fn first(&self) -> (&'a Meeting, &'a Discussion) {
        self.discussions[0]
    }

    pub fn last(&self) -> (&'a Meeting, &'a Discussion) {
        self.discussions[self.discussions.len() - 1]
    }

    /// Why the case was closed, if its last discussion closed it. One that came back afterwards is open again.
    pub fn closed(&self) -> Option<&'a str> {
        self.last().1.closed.as_deref()
    }

    /// The day on which the person is released from custody, as it was last recorded.
    pub fn release(&self) -> Option<NaiveDate> {
        self.discussions.iter().rev().find_map(|(_, discussion)| discussion.custody.as_ref()).and_then(|custody| custody.release_date)
    }

    /// Each barrier in this person's way, in the order in which they were first met.
    pub fn barriers(&self) -> Vec<BarrierThread<'a>> {
        let mut threads: Vec<BarrierThread<'a>> = Vec::new();
        for (meeting, discussion) in &self.discussions {
            for barrier in &discussion.barriers {
                let sighting = Sighting { meeting, discussion, barrier };
                let same = |thread: &&mut BarrierThread<'_>| (thread.theme, thread.blocks, thread.at) == (barrier.theme, barrier.blocks, barrier.at);
                match threads.iter_mut().find(same) {
                    Some(thread) => thread.sightings.push(sighting),
                    None => threads.push(BarrierThread { theme: barrier.theme, blocks: barrier.blocks, at: barrier.at, sightings: vec![sighting] }),
                }
            }
        }
        threads
    }
}

impl<'a> BarrierThread<'a> {
    pub fn status(&self) -> BarrierStatus {
        self.sightings[self.sightings.len() - 1].barrier.status
    }

    pub fn asked(&self) -> Option<&'a Asked> {
        self.sightings.iter().rev().find_map(|sighting| sighting.barrier.asked.as_ref())
    }

    pub fn answer(&self) -> Option<Answer> {
        self.sightings.iter().rev().find_map(|sighting| sighting.barrier.answer)
    }
}

impl<'a> Task<'a> {
    pub fn id(self) -> Option<&'a str> {
        match self {
            Self::Action(action) => action.id.as_deref(),
            Self::Feedback(feedback) => feedback.id.as_deref(),
        }
    }

    pub fn what(self) -> &'a str {
        match self {
            Self::Action(action) => &action.what,
            Self::Feedback(_) => "Tell the person what was decided",
        }
    }

    pub fn owner(self) -> Option<AgencyKey> {
        match self {
            Self::Action(action) => action.owner,
            Self::Feedback(feedback) => feedback.by,
        }
    }

    pub fn due(self) -> Option<NaiveDate> {
        match self {
            Self::Action(action) => action.due,
            Self::Feedback(feedback) => feedback.due,
        }
    }
}

impl ActionState<'_> {
    /// What the last report says; open when nobody has reported.
    pub fn status(&self) -> ActionStatus {
        match (self.told.last(), self.task) {
            (Some(told), _) => told.report.status,
            (None, Task::Feedback(Feedback { given_on: Some(_), .. })) => ActionStatus::Done,
            (None, _) => ActionStatus::Open,
        }
    }

    pub fn outcome(&self) -> Option<Outcome> {
        self.told.iter().rev().find_map(|told| told.report.outcome)
    }

    /// The day on which it was done, or otherwise ended: as told, or else the day of the meeting that told it.
    pub fn ended_on(&self) -> Option<NaiveDate> {
        if self.status().is_open() {
            return None;
        }
        match (self.told.last(), self.task) {
            (Some(told), _) => Some(told.report.on.unwrap_or(told.meeting.date)),
            (None, Task::Feedback(feedback)) => feedback.given_on,
            (None, Task::Action(_)) => None,
        }
    }

    /// Open, and the day it was due has passed.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.status().is_open() && self.task.due().is_some_and(|due| due < today)
    }

    /// Done, but after the day it was due.
    pub fn was_late(&self) -> bool {
        self.status() == ActionStatus::Done && self.task.due().zip(self.ended_on()).is_some_and(|(due, ended)| due < ended)
    }

    /// How many later meetings were told that it is still open.
    pub fn carried(&self) -> usize {
        self.told.iter().filter(|told| told.report.status.is_open()).count()
    }

    /// Days from the meeting that set it to its end, or to `today` while it is open.
    pub fn age_in_days(&self, today: NaiveDate) -> i64 {
        (self.ended_on().unwrap_or(today) - self.meeting.date).num_days().max(0)
    }
}
