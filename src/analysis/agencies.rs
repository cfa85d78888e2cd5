//! What each agency undertook and what became of it: side by side, and never as one number.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::actions::{ActionRow, row};
use crate::model::{ActionState, ActionStatus, AgencyKey, HeldDays, Ledger, Meeting, Period};

/// An open action and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyTask {
    pub agency: AgencyKey,
    pub row: ActionRow,
}

/// The open actions that an agency owns, in the order in which they were set; of one meeting, if one is given.
pub fn agency_tasks(ledger: &Ledger<'_>, set_at: Option<&Meeting>) -> Vec<AgencyTask> {
    let wanted = |state: &&ActionState<'_>| state.status().is_open() && set_at.is_none_or(|meeting| std::ptr::eq(meeting, state.meeting));
    let task = |state: &ActionState<'_>| Some(AgencyTask { agency: state.task.owner()?, row: row(ledger, state, ledger.book.today) });
    ledger.actions.iter().filter(wanted).filter_map(task).collect()
}

/// What became of the actions of one agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgencyRecord {
    /// Its id and name; nothing for actions that nobody owns.
    pub agency: Option<(String, String)>,
    pub set: usize,
    pub done_on_time: usize,
    pub done_late: usize,
    /// Done, and nobody had said by when.
    pub done_without_day: usize,
    pub open: usize,
    /// Of the open ones: past their day.
    pub overdue: usize,
    pub not_possible: usize,
    pub not_done: usize,
    pub superseded: usize,
}

/// The agencies by name, with what became of the actions set in a period.
pub fn agency_records(ledger: &Ledger<'_>, period: Period) -> Vec<AgencyRecord> {
    let mut records: BTreeMap<Option<AgencyKey>, AgencyRecord> = BTreeMap::new();
    for state in ledger.actions.iter().filter(|state| period.contains(state.meeting.date)) {
        records.entry(state.task.owner()).or_default().add(state, ledger.book.today);
    }
    let named = |(key, record): (Option<AgencyKey>, AgencyRecord)| {
        let agency = key.map(|key| ledger.book.group.agency(key)).map(|agency| (agency.id.clone(), agency.name.clone()));
        AgencyRecord { agency, ..record }
    };
    let mut records: Vec<AgencyRecord> = records.into_iter().map(named).collect();
    let by_name = |record: &AgencyRecord| (record.agency.is_none(), record.agency.as_ref().map(|(_, name)| name.to_lowercase()));
    records.sort_by_cached_key(by_name);
    records
}

impl AgencyRecord {
    fn add(&mut self, state: &ActionState<'_>, today: NaiveDate) {
        self.set += 1;
        self.overdue += usize::from(state.is_overdue(today));
        match state.status() {
            ActionStatus::Open => self.open += 1,
            ActionStatus::Done if state.was_late() => self.done_late += 1,
            ActionStatus::Done if state.task.due().is_some() => self.done_on_time += 1,
            ActionStatus::Done => self.done_without_day += 1,
            ActionStatus::NotPossible => self.not_possible += 1,
            ActionStatus::NotDone => self.not_done += 1,
            ActionStatus::Superseded => self.superseded += 1,
        }
    }
}

/// An action that has stayed open for so long that it goes further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalated {
    pub row: ActionRow,
    /// Meetings that took place since the one that set it.
    pub meetings: usize,
    /// To whom, if anybody has said.
    pub to: Option<String>,
}

/// The open actions that have gone past the group's rule, the longest waiting first.
pub fn escalated(ledger: &Ledger<'_>, owner: Option<AgencyKey>) -> Vec<Escalated> {
    let group = &ledger.book.group;
    let held = HeldDays::of(ledger.book);
    let past = ledger.actions.iter().filter(|state| state.status().is_open() && owner.is_none_or(|owner| state.task.owner() == Some(owner)));
    let mut found: Vec<Escalated> = past
        .filter_map(|state| {
            let meetings = held.since(state.meeting);
            let due = state.task.due().is_none_or(|due| due < ledger.book.today);
            let to = state.task.owner().and_then(|key| group.agency(key).escalate_to.clone()).or_else(|| group.escalation.to.clone());
            let is_past = due && meetings >= group.escalation.after_meetings as usize;
            is_past.then(|| Escalated { row: row(ledger, state, ledger.book.today), meetings, to })
        })
        .collect();
    found.sort_by(|a, b| b.meetings.cmp(&a.meetings).then_with(|| (a.row.set_on, &a.row.case, &a.row.id).cmp(&(b.row.set_on, &b.row.case, &b.row.id))));
    found
}

/// Open actions by how long ago they were set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeGroup {
    /// From how many days on.
    pub from: i64,
    /// Up to how many, included; nothing for all that are older.
    pub to: Option<i64>,
    pub open: usize,
    pub overdue: usize,
    /// Of which later meetings were told that they are still open.
    pub carried: usize,
    /// Each agency with how many are its own, most first.
    pub agencies: Vec<(String, usize)>,
}

/// A group that meets every four weeks sets an action, hears of it, and hears of it again.
const WEEKS_4: i64 = 28;

/// The open actions among these, in four groups of age.
pub fn by_age(rows: &[ActionRow]) -> Vec<AgeGroup> {
    let group = |n: i64| {
        let (from, to) = (if n == 0 { 0 } else { n * WEEKS_4 + 1 }, (n < 3).then_some((n + 1) * WEEKS_4));
        let own: Vec<&ActionRow> =
            rows.iter().filter(|row| row.status.is_open() && row.age_in_days >= from && to.is_none_or(|to| row.age_in_days <= to)).collect();
        let mut agencies: BTreeMap<String, usize> = BTreeMap::new();
        own.iter().filter_map(|row| row.owner.as_ref()).for_each(|(id, _)| *agencies.entry(id.clone()).or_default() += 1);
        let mut agencies: Vec<(String, usize)> = agencies.into_iter().collect();
        agencies.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let overdue = own.iter().filter(|row| row.overdue).count();
        AgeGroup { from, to, open: own.len(), overdue, carried: own.iter().filter(|row| row.carried > 0).count(), agencies }
    };
    (0..4).map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_of_age_meet_and_do_not_overlap() {
        let groups = by_age(&[]);
        let edges: Vec<(i64, Option<i64>)> = groups.iter().map(|group| (group.from, group.to)).collect();
        assert_eq!(edges, [(0, Some(28)), (29, Some(56)), (57, Some(84)), (85, None)]);
    }
}
