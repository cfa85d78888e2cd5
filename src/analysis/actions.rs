//! What was undertaken, and what became of it.

use chrono::NaiveDate;

use crate::model::{ActionState, ActionStatus, AgencyKey, Ledger, Outcome, Period, Task};

/// Which actions to list.
#[derive(Clone, Debug, Default)]
pub struct ActionQuery {
    /// Set at meetings of this period.
    pub period: Period,
    pub owner: Option<AgencyKey>,
    /// Only those that are open and past their day.
    pub overdue: bool,
    /// Only these; all when empty.
    pub statuses: Vec<ActionStatus>,
    /// The day on which the question is asked.
    pub today: NaiveDate,
}

/// One action with its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionRow {
    pub id: Option<String>,
    pub what: String,
    /// The owner's id and name.
    pub owner: Option<(String, String)>,
    pub person: Option<String>,
    pub case: String,
    /// The meeting that set it, and its day.
    pub meeting: String,
    pub set_on: NaiveDate,
    pub due: Option<NaiveDate>,
    pub status: ActionStatus,
    pub outcome: Option<Outcome>,
    pub ended_on: Option<NaiveDate>,
    /// What was last said about it.
    pub note: Option<String>,
    pub overdue: bool,
    pub was_late: bool,
    /// Days since it was set, or until it ended.
    pub age_in_days: i64,
    /// Later meetings that were told it is still open.
    pub carried: usize,
    /// The barrier it is meant to move: the theme's id.
    pub addresses: Option<String>,
}

/// Actions by what became of them. That it was not possible and that it was not done are two things, and never one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActionTally {
    pub set: usize,
    pub open: usize,
    /// Of the open ones: past their day.
    pub overdue: usize,
    pub done: usize,
    /// Of the done ones: after their day.
    pub late: usize,
    pub not_possible: usize,
    pub not_done: usize,
    pub superseded: usize,
    /// Of the done ones, where somebody said what came of them.
    pub worked: usize,
    pub partly: usize,
    pub did_not_work: usize,
    pub too_soon: usize,
}

/// Lists actions: open ones first, and the oldest of them first; then the others, the latest ended first.
pub fn actions(ledger: &Ledger<'_>, query: &ActionQuery) -> Vec<ActionRow> {
    let wanted = |state: &&ActionState<'_>| {
        query.period.contains(state.meeting.date)
            && query.owner.is_none_or(|owner| state.task.owner() == Some(owner))
            && (!query.overdue || state.is_overdue(query.today))
            && (query.statuses.is_empty() || query.statuses.contains(&state.status()))
    };
    let mut rows: Vec<ActionRow> = ledger.actions.iter().filter(wanted).map(|state| row(ledger, state, query.today)).collect();
    rows.sort_by(|a, b| {
        let open_first = b.status.is_open().cmp(&a.status.is_open());
        let by_age = if a.status.is_open() { a.set_on.cmp(&b.set_on) } else { b.ended_on.cmp(&a.ended_on) };
        open_first.then(by_age).then_with(|| a.due.cmp(&b.due)).then_with(|| a.meeting.cmp(&b.meeting)).then_with(|| a.id.cmp(&b.id))
    });
    rows
}

pub(super) fn row(ledger: &Ledger<'_>, state: &ActionState<'_>, today: NaiveDate) -> ActionRow {
    let book = ledger.book;
    let (person, addresses) = match state.task {
        Task::Action(action) => (action.person.clone(), action.addresses),
        Task::Feedback(_) => (None, None),
    };
    ActionRow {
        id: state.task.id().map(str::to_owned),
        what: state.task.what().to_owned(),
        owner: state.task.owner().map(|key| book.group.agency(key)).map(|agency| (agency.id.clone(), agency.name.clone())),
        person,
        case: state.discussion.case.to_string(),
        meeting: state.meeting.id.clone(),
        set_on: state.meeting.date,
        due: state.task.due(),
        status: state.status(),
        outcome: state.outcome(),
        ended_on: state.ended_on(),
        note: state.told.iter().rev().find_map(|told| told.report.note.clone()),
        overdue: state.is_overdue(today),
        was_late: state.was_late(),
        age_in_days: state.age_in_days(today),
        carried: state.carried(),
        addresses: addresses.map(|key| book.theme(key).id.clone()),
    }
}

/// Adds up the actions set in a period.
pub fn tally(ledger: &Ledger<'_>, period: Period, today: NaiveDate) -> ActionTally {
    let mut tally = ActionTally::default();
    for state in ledger.actions.iter().filter(|state| period.contains(state.meeting.date) && matches!(state.task, Task::Action(_))) {
        tally.set += 1;
        match state.status() {
            ActionStatus::Open => tally.open += 1,
            ActionStatus::Done => tally.done += 1,
            ActionStatus::NotPossible => tally.not_possible += 1,
            ActionStatus::NotDone => tally.not_done += 1,
            ActionStatus::Superseded => tally.superseded += 1,
        }
        tally.overdue += usize::from(state.is_overdue(today));
        tally.late += usize::from(state.was_late());
        match state.outcome().filter(|_| state.status() == ActionStatus::Done) {
            Some(Outcome::Worked) => tally.worked += 1,
            Some(Outcome::Partly) => tally.partly += 1,
            Some(Outcome::DidNotWork) => tally.did_not_work += 1,
            Some(Outcome::TooSoon) => tally.too_soon += 1,
            None => {}
        }
    }
    tally
}
