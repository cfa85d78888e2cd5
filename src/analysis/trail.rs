//! What the figures of a period rest on, for those who may know: the newest entries behind each, and how many more there are.

use std::collections::{BTreeMap, VecDeque};

use chrono::NaiveDate;

use super::actions::{ActionRow, row};
use super::detail::Occurrence;
use super::meetings::{MeetingRow, meetings};
use crate::model::{ActionState, ActionStatus, Answer, Barrier, BarrierStatus, Casebook, Discussion, Ledger, Meeting, Outcome, Period, Task, ThemeKey};

/// The newest of many, newest first, and how many are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest<T> {
    pub items: Vec<T>,
    pub more: usize,
}

/// The entries behind the figures of a report.
#[derive(Clone, Debug)]
pub struct Trail {
    /// By the id of the theme.
    pub barriers: BTreeMap<String, Newest<Sight>>,
    /// Barrier entries at which somebody was asked, or answered.
    pub answers: Newest<Sight>,
    /// Meetings that discussed a case, each with its file.
    pub meetings: Newest<(MeetingRow, String)>,
    /// For each figure, in their order.
    pub actions: Vec<(ActionFigure, Newest<ActionRow>)>,
}

impl Trail {
    /// For pages that show nothing of it.
    pub fn none() -> Self {
        Self { barriers: BTreeMap::new(), answers: Newest { items: Vec::new(), more: 0 }, meetings: Newest { items: Vec::new(), more: 0 }, actions: Vec::new() }
    }
}

/// A figure about actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionFigure {
    Set,
    Done,
    Late,
    Open,
    Overdue,
    NotPossible,
    NotDone,
    Superseded,
    Worked,
    Partly,
    DidNotWork,
    TooSoon,
}

impl ActionFigure {
    pub const ALL: [Self; 12] = [
        Self::Set,
        Self::Done,
        Self::Late,
        Self::Open,
        Self::Overdue,
        Self::NotPossible,
        Self::NotDone,
        Self::Superseded,
        Self::Worked,
        Self::Partly,
        Self::DidNotWork,
        Self::TooSoon,
    ];

    /// Whether an action is counted in it, on the day as of which is counted.
    pub fn holds(self, action: &ActionState<'_>, as_of: NaiveDate) -> bool {
        let status = action.status();
        let came = |outcome| status == ActionStatus::Done && action.outcome() == Some(outcome);
        match self {
            Self::Set => true,
            Self::Done => status == ActionStatus::Done,
            Self::Late => action.was_late(),
            Self::Open => status.is_open(),
            Self::Overdue => action.is_overdue(as_of),
            Self::NotPossible => status == ActionStatus::NotPossible,
            Self::NotDone => status == ActionStatus::NotDone,
            Self::Superseded => status == ActionStatus::Superseded,
            Self::Worked => came(Outcome::Worked),
            Self::Partly => came(Outcome::Partly),
            Self::DidNotWork => came(Outcome::DidNotWork),
            Self::TooSoon => came(Outcome::TooSoon),
        }
    }
}

/// One barrier entry, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    pub date: NaiveDate,
    pub case: String,
    /// The title of the theme.
    pub title: String,
    /// The name of the agency whose barrier it is.
    pub at: Option<String>,
    pub status: BarrierStatus,
    pub asked: bool,
    pub answer: Option<Answer>,
    /// The path of the meeting's file.
    pub file: String,
}

/// Lines for each barrier, and for each of the other lists.
const A_BARRIER: usize = 12;
const A_LIST: usize = 24;

/// Gathers what stands behind the figures of a period. `file` knows where a meeting is kept.
pub fn trail(book: &Casebook, period: Period, file: impl Fn(&Meeting) -> String) -> Trail {
    let mut barriers: BTreeMap<ThemeKey, Tail<_>> = BTreeMap::new();
    let mut answers = Tail::of(A_LIST);
    for seen in book.occurrences(period) {
        barriers.entry(seen.2.theme).or_insert_with(|| Tail::of(A_BARRIER)).push(seen);
        if seen.2.asked.is_some() || seen.2.answer.is_some() {
            answers.push(seen);
        }
    }
    let sight = |seen| sight(book, seen, &file);
    let as_of = period.until.unwrap_or(book.today).min(book.today);
    let ledger = Ledger::fold_as_of(book, Some(as_of));
    let counted = ledger.actions.iter().filter(|state| period.contains(state.meeting.date) && matches!(state.task, Task::Action(_)));
    let mut set: Vec<&ActionState<'_>> = counted.collect();
    set.sort_by_key(|state| std::cmp::Reverse(state.meeting.date));
    let newest_actions = |figure: ActionFigure| {
        let of: Vec<&ActionState<'_>> = set.iter().filter(|state| figure.holds(state, as_of)).copied().collect();
        Newest { more: of.len().saturating_sub(A_BARRIER), items: of.into_iter().take(A_BARRIER).map(|state| row(&ledger, state, as_of)).collect() }
    };
    Trail {
        barriers: barriers.into_iter().map(|(theme, tail)| (book.theme(theme).id.clone(), tail.newest(sight))).collect(),
        answers: answers.newest(sight),
        meetings: newest_meetings(book, period, &file),
        actions: ActionFigure::ALL.map(|figure| (figure, newest_actions(figure))).into(),
    }
}

/// The newest entries of one barrier, each with the id of its meeting.
pub(super) fn entries(book: &Casebook, seen: &[Occurrence<'_>]) -> Newest<Sight> {
    let mut tail = Tail::of(A_LIST);
    seen.iter().for_each(|occurrence| tail.push((occurrence.meeting, occurrence.discussion, occurrence.barrier)));
    tail.newest(|seen| sight(book, seen, &|meeting: &Meeting| meeting.id.clone()))
}

type Seen<'a> = (&'a Meeting, &'a Discussion, &'a Barrier);

fn sight(book: &Casebook, (meeting, discussion, barrier): Seen<'_>, file: &impl Fn(&Meeting) -> String) -> Sight {
    Sight {
        date: meeting.date,
        case: discussion.case.to_string(),
        title: book.theme(barrier.theme).title.clone(),
        at: barrier.at.map(|key| book.group.agency(key).name.clone()),
        status: barrier.status,
        asked: barrier.asked.is_some(),
        answer: barrier.answer,
        file: file(meeting),
    }
}

fn newest_meetings(book: &Casebook, period: Period, file: &impl Fn(&Meeting) -> String) -> Newest<(MeetingRow, String)> {
    let mut tail = Tail::of(A_LIST);
    for (_, meeting) in book.held_meetings().filter(|(_, meeting)| period.contains(meeting.date) && !meeting.cases.is_empty()) {
        tail.push(meeting);
    }
    let days = Period { since: tail.last.front().map(|meeting| meeting.date), until: period.until };
    let rows = meetings(book, days);
    let row = |meeting: &Meeting| Some((rows.iter().find(|row| row.id == meeting.id)?.clone(), file(meeting)));
    let Newest { items, more } = tail.newest(row);
    Newest { items: items.into_iter().flatten().collect(), more }
}

/// The last few of many that come oldest first.
struct Tail<T> {
    most: usize,
    last: VecDeque<T>,
    left_out: usize,
}

impl<T> Tail<T> {
    fn of(most: usize) -> Self {
        Self { most, last: VecDeque::new(), left_out: 0 }
    }

    fn push(&mut self, item: T) {
        if self.last.len() == self.most {
            self.last.pop_front();
            self.left_out += 1;
        }
        self.last.push_back(item);
    }

    fn newest<U>(self, row: impl Fn(T) -> U) -> Newest<U> {
        Newest { items: self.last.into_iter().rev().map(row).collect(), more: self.left_out }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_the_last_come_first_and_the_others_are_counted() {
        let mut tail = Tail::of(2);
        (1..=5).for_each(|n| tail.push(n));
        assert_eq!(tail.newest(|n| n), Newest { items: vec![5, 4], more: 3 });
    }
}
