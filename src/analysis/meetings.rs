//! The meetings, a line each.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::{Casebook, DiscussionKind, MeetingStatus, Period};

/// One meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingRow {
    pub id: String,
    pub date: NaiveDate,
    pub kind: String,
    pub status: MeetingStatus,
    /// Cases discussed, or for a planned meeting those that stand on its agenda.
    pub cases: usize,
    /// Of the cases: new ones.
    pub new: usize,
    /// Of the cases: closed there.
    pub closed: usize,
    pub barriers: usize,
    /// Actions set.
    pub actions: usize,
    /// Earlier actions it was told about.
    pub reports: usize,
    /// Agencies present.
    pub present: usize,
}

/// All meetings of a period, whatever their status, in order of date.
pub fn meetings(book: &Casebook, period: Period) -> Vec<MeetingRow> {
    let rows = book.meetings.iter().filter(|meeting| period.contains(meeting.date)).map(|meeting| {
        let on_agenda = meeting.agenda.iter().filter(|item| matches!(item.subject, crate::model::AgendaSubject::Case(_))).count();
        let planned = meeting.status == MeetingStatus::Planned;
        MeetingRow {
            id: meeting.id.clone(),
            date: meeting.date,
            kind: meeting.kind.clone(),
            status: meeting.status,
            cases: if planned { on_agenda.max(meeting.cases.len()) } else { meeting.cases.len() },
            new: meeting.cases.iter().filter(|case| case.kind == Some(DiscussionKind::New)).count(),
            closed: meeting.cases.iter().filter(|case| case.closed.is_some()).count(),
            barriers: meeting.cases.iter().map(|case| case.barriers.len()).sum(),
            actions: meeting.cases.iter().map(|case| case.actions.len()).sum(),
            reports: meeting.previous_actions.len(),
            present: meeting.attendance.iter().filter(|line| line.status == "present").map(|line| line.agency).collect::<BTreeSet<_>>().len(),
        }
    });
    rows.collect()
}
