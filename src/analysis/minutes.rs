//! One meeting: its agenda before, and what its minutes have to say after.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::actions::{ActionRow, row};
use crate::model::{ActionReport, ActionState, AgencyKey, AgendaItem, AgendaSubject, Discussion, Ledger, Meeting, MeetingStatus, Task};

/// One meeting, with what its file alone does not tell.
pub struct MinutesReport<'a> {
    pub meeting: &'a Meeting,
    /// Whether the minutes are to be shown as a draft although they were agreed.
    pub draft: bool,
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
    /// How many minutes it took.
    pub took: Option<u32>,
    /// What was said on it: Markdown.
    pub note: Option<&'a str>,
    /// Why it was put off.
    pub deferred: Option<&'a str>,
    /// For a case: when it was last discussed before this meeting.
    pub last_discussed: Option<NaiveDate>,
    /// For a case: the agencies that have a part in it.
    pub parts: BTreeSet<AgencyKey>,
}

/// One meeting, whatever its status.
pub fn minutes<'a>(ledger: &'a Ledger<'a>, meeting: &'a Meeting) -> MinutesReport<'a> {
    let previous: Vec<PreviousAction<'a>> = meeting.previous_actions.iter().filter_map(|report| previous(ledger, report)).collect();
    let has_feedback = |state: &&ActionState<'a>| std::ptr::eq(state.meeting, meeting) && matches!(state.task, Task::Feedback(_));
    let feedback: Vec<&ActionState<'a>> = ledger.actions.iter().filter(has_feedback).collect();
    let of_case = |case: &'a Discussion| feedback.iter().find(|state| std::ptr::eq(state.discussion, case)).copied();
    MinutesReport {
        to_ask: to_ask(ledger, meeting),
        draft: false,
        agenda: meeting.agenda.iter().map(|item| agenda_line(ledger, meeting, item)).collect(),
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

fn agenda_line<'a>(ledger: &Ledger<'_>, meeting: &'a Meeting, item: &'a AgendaItem) -> AgendaLine<'a> {
    AgendaLine {
        subject: &item.subject,
        minutes: item.minutes,
        took: item.took,
        note: item.note.as_deref(),
        deferred: item.deferred.as_deref(),
        last_discussed: last_discussed(ledger, meeting, &item.subject),
        parts: parts_in_item(ledger, meeting, &item.subject),
    }
}

/// The agencies that have a part in what was said about a case: they lead, referred the person or asked them, took something on, brought
/// the person's views, offered something, tell the person, or are the place of a barrier or were asked to move it.
pub fn have_a_part(case: &Discussion) -> BTreeSet<AgencyKey> {
    let referral = case.referral.iter().flat_map(|referral| [referral.agency, referral.asked_by]);
    let barriers = case.barriers.iter().flat_map(|barrier| [barrier.at, barrier.asked.as_ref().and_then(|asked| asked.of)]);
    let others = case.views.iter().map(|view| view.obtained_by).chain(case.actions.iter().map(|action| action.owner));
    let others = others.chain(case.offers.iter().map(|offer| offer.by)).chain(case.feedback_to_person.iter().map(|promise| promise.by));
    [case.lead_agency].into_iter().chain(referral).chain(barriers).chain(others).flatten().collect()
}

/// Where a case was discussed, that tells; before that, the last discussion and the open actions do.
fn parts_in_item(ledger: &Ledger<'_>, meeting: &Meeting, subject: &AgendaSubject) -> BTreeSet<AgencyKey> {
    let AgendaSubject::Case(case) = subject else { return BTreeSet::new() };
    let mut parts: BTreeSet<AgencyKey> = meeting.cases.iter().filter(|said| said.case == *case).flat_map(have_a_part).collect();
    // That nobody had a part in it here does not open it to those who once had.
    if meeting.status == MeetingStatus::Planned || meeting.cases.iter().all(|said| said.case != *case) {
        let before = ledger.case(case.as_str()).and_then(|story| story.discussions.iter().rev().find(|(held, _)| held.date < meeting.date));
        parts.extend(before.into_iter().flat_map(|(_, said)| have_a_part(said)));
        let open = ledger.actions.iter().filter(|state| state.discussion.case == *case && state.status().is_open() && state.meeting.date < meeting.date);
        parts.extend(open.filter_map(|state| state.task.owner()));
    }
    parts
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
