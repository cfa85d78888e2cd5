//! A file of `meetings/`.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::desk::{Desk, Here};
use super::discussion::discussion;
use super::{CheckedFile, Vocabulary};
use crate::model::{
    ActionReport, ActionStatus, AgendaItem, AgendaSubject, Agreed, Attendance, Confidentiality, Discussion, Meeting, MeetingStatus, Recommendation, Session,
    Value,
};
use crate::source::{FileId, Finding};
use crate::yaml::codes;
use crate::yaml::raw::{RawActionReport, RawAgendaItem, RawAttendance, RawDiscussion, RawMeeting, RawSession};

/// One meeting; `id` is the name of its file, and `today` decides whether one without a status has been held.
pub fn check_meeting(file: FileId, id: &str, raw: RawMeeting, findings: Vec<Finding>, names: &Vocabulary, today: NaiveDate) -> CheckedFile<Meeting> {
    let mut desk = Desk::new(file, names, findings);
    let desk = &mut desk;
    let top = Here::top();
    let kind = desk.needed(raw.meeting, top, "meeting", "say what kind of meeting it is: `meeting: marg`");
    desk.needed(raw.date.clone(), top, "date", "say on which day it is: `date: 2026-03-12`");
    let date = desk.date(raw.date, top.field("date"));
    let status = desk.word::<MeetingStatus>(raw.status.as_deref(), top.field("status"));
    let attendance = top.field("attendance");
    let agenda = top.field("agenda");
    let previous = top.field("previous_actions");
    let meeting = Meeting {
        id: id.to_owned(),
        file,
        kind,
        date: date.unwrap_or_default(),
        starts: desk.time(raw.starts, top.field("starts")),
        ends: desk.time(raw.ends, top.field("ends")),
        venue: raw.venue,
        chair: raw.chair,
        coordinator: raw.coordinator,
        minute_taker: raw.minute_taker,
        status: status.unwrap_or_else(|| MeetingStatus::by_day(date.unwrap_or_default(), today)),
        status_is_said: status.is_some(),
        agreed: raw.agreed.map(|said| Agreed { on: desk.date(said.on, top.field("agreed").field("on")), by: said.by, record: said.record }),
        required_agencies: desk.agencies(&raw.required_agencies, &top.field("required_agencies")),
        attendance: raw.attendance.0.into_iter().enumerate().filter_map(|(n, raw)| attended(desk, raw, n, &attendance.entry(n))).collect(),
        confidentiality: raw.confidentiality.map(|said| Confidentiality { read_by: said.read_by, agreement: said.agreement, although: said.although }),
        agenda: raw.agenda.0.into_iter().enumerate().filter_map(|(n, raw)| agenda_item(desk, raw, n, &agenda.entry(n))).collect(),
        previous_actions: raw.previous_actions.0.into_iter().enumerate().filter_map(|(n, raw)| report(desk, raw, n, &previous.entry(n))).collect(),
        cases: discussions(desk, raw.cases.0, &top.field("cases")),
        other_business: raw.other_business,
        next_meeting: desk.date(raw.next_meeting, top.field("next_meeting")),
        session: raw.session.and_then(|raw| session(desk, raw, &top.field("session"))),
    };
    // Without a day a meeting has no place in the order of things.
    CheckedFile { value: date.map(|_| meeting), findings: std::mem::take(&mut desk.findings) }
}

fn attended(desk: &mut Desk<'_>, raw: RawAttendance, nth: usize, here: &Here<'_>) -> Option<Attendance> {
    let agency = desk.needed(raw.agency, *here, "agency", "say which agency it was, by its id in marg.yaml");
    let status = desk.needed(raw.status, *here, "status", "say `present`, `apology`, `sent-information`, `observer` or `no-response`");
    let agency = desk.agency(Some(&agency), here.field("agency"))?;
    Some(Attendance { nth, agency, role: raw.role, status, left: raw.left })
}

fn agenda_item(desk: &mut Desk<'_>, raw: RawAgendaItem, nth: usize, here: &Here<'_>) -> Option<AgendaItem> {
    let subject = match (raw.item, raw.case) {
        (Some(item), None) => AgendaSubject::Item(item),
        (None, Some(case)) => AgendaSubject::Case(desk.case(Some(case), here, "case")?),
        (found, _) => {
            let message = if found.is_some() { "this line is an item and a case at once" } else { "this line is neither an item nor a case" };
            desk.wrong(&codes::ONE_OF, *here, message, "write `{ item: Welcome, minutes: 5 }` or `{ case: QLM-7KQ2, minutes: 15 }`");
            return None;
        }
    };
    Some(AgendaItem { nth, subject, minutes: raw.minutes, took: raw.took, note: raw.note, deferred: raw.deferred })
}

fn report(desk: &mut Desk<'_>, raw: RawActionReport, nth: usize, here: &Here<'_>) -> Option<ActionReport> {
    let id = desk.needed(raw.id, *here, "id", "say which action this is about, by its id");
    let status = desk.needed_word::<ActionStatus>(raw.status.as_deref(), here, "status");
    let on = desk.date(raw.on, here.field("on"));
    let outcome = desk.word(raw.outcome.as_deref(), here.field("outcome"));
    Some(ActionReport { nth, id, status: status?, on, outcome, note: raw.note })
}

fn discussions(desk: &mut Desk<'_>, raw: Vec<RawDiscussion>, here: &Here<'_>) -> Vec<Discussion> {
    let mut seen = BTreeSet::new();
    let mut discussions = Vec::with_capacity(raw.len());
    for (n, raw) in raw.into_iter().enumerate() {
        let at = here.entry(n);
        let Some(found) = discussion(desk, raw, n, &at) else { continue };
        if seen.insert(found.case.clone()) {
            discussions.push(found);
        } else {
            let message = format!("`{}` is discussed at this meeting already", found.case);
            desk.wrong(&codes::CASE_TWICE, at.field("ref"), message, "put the two entries together, or correct one of the refs");
        }
    }
    discussions
}

fn session(desk: &mut Desk<'_>, raw: RawSession, here: &Here<'_>) -> Option<Session> {
    let theme = desk.needed(raw.theme, *here, "theme", "say which theme the session is about, by its id");
    let recommendations = here.field("recommendations");
    let recommendations = raw.recommendations.0.into_iter().enumerate().map(|(n, raw)| Recommendation {
        text: desk.needed(raw.text, recommendations.entry(n), "text", "a recommendation says what should change"),
        owner: desk.agency(raw.owner.as_deref(), recommendations.entry(n).field("owner")),
        reply: raw.reply,
    });
    let recommendations = recommendations.collect();
    let value = here.field("value");
    let value = raw.value.0.into_iter().enumerate().map(|(n, raw)| Value {
        cycle: desk.needed(raw.cycle, value.entry(n), "cycle", "say `immediate`, `potential`, `applied`, `realised` or `reframing`"),
        indicator: raw.indicator,
        story: raw.story,
    });
    let value = value.collect();
    Some(Session {
        theme: desk.theme(Some(&theme), None, here.field("theme"))?,
        facilitator: raw.facilitator,
        lived_experience_lead: raw.lived_experience_lead,
        people: raw.people,
        with_lived_experience: raw.with_lived_experience,
        story: raw.story,
        story_consent: raw.story_consent,
        questions: raw.questions.0,
        issues: raw.issues.0,
        positive_practice: raw.positive_practice.0,
        recommendations,
        value,
    })
}
