//! One meeting: its agenda before, and what its minutes have to say after.

use chrono::NaiveDate;

use super::actions::{ActionRow, row};
use crate::model::{ActionReport, ActionState, AgencyKey, AgendaSubject, Discussion, Ledger, Meeting, MeetingStatus, Task};

/// One meeting, with what its file alone does not tell.
pub struct MinutesReport<'a> {
    pub meeting: &'a Meeting,
    /// What the meeting was told about earlier actions, in the order of its file.
    pub previous: Vec<PreviousAction<'a>>,
    /// For a meeting that has not taken place yet: open actions that are due by then, and of which its file says nothing.
    pub to_ask: Vec<ActionRow>,
    pub agenda: Vec<AgendaLine<'a>>,
    /// Each case with the promise to tell the person, if there is one.
    pub cases: Vec<(&'a Discussion, Option<&'a ActionState<'a>>)>,
    /// Agencies that are required, were not there and sent nothing.
    pub missing: Vec<AgencyKey>,
    /// Agencies that are required, and sent information instead of coming.
    pub informed: Vec<AgencyKey>,
}

/// An earlier action, and what was told about it.
pub struct PreviousAction<'a> {
    pub report: &'a ActionReport,
    pub state: &'a ActionState<'a>,
}

/// A line of the agenda.
pub struct AgendaLine<'a> {
    pub subject: &'a AgendaSubject,
    pub minutes: Option<u32>,
    /// For a case: when it was last discussed before this meeting.
    pub last_discussed: Option<NaiveDate>,
}

/// One meeting, whatever its status.
pub fn minutes<'a>(ledger: &'a Ledger<'a>, meeting: &'a Meeting) -> MinutesReport<'a> {
    let previous: Vec<PreviousAction<'a>> = meeting.previous_actions.iter().filter_map(|report| previous(ledger, report)).collect();
    let has_feedback = |state: &&ActionState<'a>| std::ptr::eq(state.meeting, meeting) && matches!(state.task, Task::Feedback(_));
    let feedback: Vec<&ActionState<'a>> = ledger.actions.iter().filter(has_feedback).collect();
    let of_case = |case: &'a Discussion| feedback.iter().find(|state| std::ptr::eq(state.discussion, case)).copied();
    MinutesReport {
        to_ask: to_ask(ledger, meeting),
        agenda: meeting
            .agenda
            .iter()
            .map(|item| AgendaLine { subject: &item.subject, minutes: item.minutes, last_discussed: last_discussed(ledger, meeting, &item.subject) })
            .collect(),
        cases: meeting.cases.iter().map(|case| (case, of_case(case))).collect(),
        missing: absent(meeting, false),
        informed: absent(meeting, true),
        previous,
        meeting,
    }
}

fn previous<'a>(ledger: &'a Ledger<'a>, report: &'a ActionReport) -> Option<PreviousAction<'a>> {
    let told = |state: &&ActionState<'a>| state.told.iter().any(|told| std::ptr::eq(told.report, report));
    Some(PreviousAction { report, state: ledger.actions.iter().find(told)? })
}

fn to_ask(ledger: &Ledger<'_>, meeting: &Meeting) -> Vec<ActionRow> {
    if meeting.status != MeetingStatus::Planned {
        return Vec::new();
    }
    let said = |state: &ActionState<'_>| state.told.iter().any(|told| std::ptr::eq(told.meeting, meeting));
    let wanted = |state: &&ActionState<'_>| {
        state.status().is_open() && state.meeting.date < meeting.date && state.task.due().is_none_or(|due| due <= meeting.date) && !said(state)
    };
    let mut rows: Vec<ActionRow> = ledger.actions.iter().filter(wanted).map(|state| row(ledger, state, ledger.book.today)).collect();
    rows.sort_by(|a, b| (a.due.is_none(), a.due).cmp(&(b.due.is_none(), b.due)).then_with(|| a.set_on.cmp(&b.set_on)));
    rows
}

fn last_discussed(ledger: &Ledger<'_>, meeting: &Meeting, subject: &AgendaSubject) -> Option<NaiveDate> {
    let AgendaSubject::Case(case) = subject else { return None };
    let story = ledger.case(case.as_str())?;
    story.discussions.iter().map(|(held, _)| held.date).filter(|date| *date < meeting.date).max()
}

/// Required agencies that were not present: those that sent information, or those that did not.
fn absent(meeting: &Meeting, informed: bool) -> Vec<AgencyKey> {
    if meeting.attendance.is_empty() {
        return Vec::new();
    }
    let was = |agency: &AgencyKey, status: &str| meeting.attendance.iter().any(|line| line.agency == *agency && line.status == status);
    let wanted = |agency: &&AgencyKey| !was(agency, "present") && was(agency, "sent-information") == informed;
    meeting.required_agencies.iter().filter(wanted).copied().collect()
}
