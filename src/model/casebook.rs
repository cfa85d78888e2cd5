//! All that a workspace says, checked and in a fixed order.

use std::collections::HashMap;
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::group::Group;
use super::meeting::{Barrier, Discussion, Meeting};
use super::period::Period;
use super::register::{Names, Register};
use super::theme::{Theme, ThemeKey};

/// A meeting, by its place in [`Casebook::meetings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeetingKey(pub u32);

/// What an id names, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub meeting: MeetingKey,
    /// Place of the discussion in the meeting's `cases`.
    pub discussion: usize,
    pub kind: EntryKind,
}

/// The kinds of things that carry an id, each with its place in the list it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    Action(usize),
    /// The promise to tell the person, which is told later like an action.
    Feedback,
    Learning(usize),
    Barrier(usize),
}

/// The whole workspace: the group, its codebook and its meetings.
#[derive(Clone, Debug, Default)]
pub struct Casebook {
    pub group: Group,
    /// In order of id.
    pub themes: Vec<Theme>,
    /// In order of date, then id.
    pub meetings: Vec<Meeting>,
    /// The day on which the question is asked.
    pub today: NaiveDate,
    /// Looked up by few, and large: made when somebody asks.
    entries: OnceLock<HashMap<Box<str>, Entry>>,
    register: OnceLock<Register>,
}

impl Casebook {
    /// Puts together what was checked. The caller has sorted `themes` and `meetings` and made ids unique.
    pub fn new(group: Group, themes: Vec<Theme>, meetings: Vec<Meeting>, today: NaiveDate) -> Self {
        Self { group, themes, meetings, today, entries: OnceLock::new(), register: OnceLock::new() }
    }

    pub fn theme(&self, key: ThemeKey) -> &Theme {
        &self.themes[key.0 as usize]
    }

    pub fn meeting(&self, key: MeetingKey) -> &Meeting {
        &self.meetings[key.0 as usize]
    }

    /// The meeting of an id.
    pub fn find_meeting(&self, id: &str) -> Option<MeetingKey> {
        self.meetings.iter().position(|meeting| meeting.id == id).map(|at| MeetingKey(at as u32))
    }

    /// The action, learning point or barrier of an id.
    pub fn find_entry(&self, id: &str) -> Option<Entry> {
        let entries = self.entries.get_or_init(|| entries_of(&self.meetings).map(|(id, entry)| (Box::from(id), entry)).collect());
        entries.get(id).copied()
    }

    pub fn discussion(&self, entry: Entry) -> &Discussion {
        &self.meeting(entry.meeting).cases[entry.discussion]
    }

    /// What counting needs.
    pub fn register(&self) -> &Register {
        self.register.get_or_init(|| Register::of(self))
    }

    /// The names behind the keys of the register.
    pub fn names(&self) -> Names<'_> {
        Names { group: &self.group, themes: &self.themes }
    }

    /// Meetings that took place, in order, each with its key.
    pub fn held_meetings(&self) -> impl Iterator<Item = (MeetingKey, &Meeting)> {
        self.meetings.iter().enumerate().filter(|(_, meeting)| meeting.status.counts()).map(|(at, meeting)| (MeetingKey(at as u32), meeting))
    }

    /// Every occurrence of a barrier at the meetings of a period that took place: in order of date, meeting id and place in the file.
    pub fn occurrences(&self, period: Period) -> impl Iterator<Item = (&Meeting, &Discussion, &Barrier)> {
        self.held_meetings()
            .filter(move |(_, meeting)| period.contains(meeting.date))
            .flat_map(|(_, meeting)| meeting.cases.iter().map(move |case| (meeting, case)))
            .flat_map(|(meeting, case)| case.barriers.iter().map(move |barrier| (meeting, case, barrier)))
    }
}

/// Every id that the meetings give to something, in order of meeting and place in the file.
pub fn entries_of(meetings: &[Meeting]) -> impl Iterator<Item = (&str, Entry)> {
    meetings.iter().enumerate().flat_map(|(at, meeting)| {
        let meeting_key = MeetingKey(at as u32);
        meeting.cases.iter().enumerate().flat_map(move |(discussion, case)| {
            let entry = move |kind| Entry { meeting: meeting_key, discussion, kind };
            let actions = case.actions.iter().enumerate().map(|(n, action)| (action.id.as_deref(), EntryKind::Action(n)));
            let learning = case.learning.iter().enumerate().map(|(n, point)| (point.id.as_deref(), EntryKind::Learning(n)));
            let barriers = case.barriers.iter().enumerate().map(|(n, barrier)| (barrier.id.as_deref(), EntryKind::Barrier(n)));
            let feedback = case.feedback_to_person.iter().map(|feedback| (feedback.id.as_deref(), EntryKind::Feedback));
            barriers.chain(actions).chain(learning).chain(feedback).filter_map(move |(id, kind)| Some((id?, entry(kind))))
        })
    })
}
