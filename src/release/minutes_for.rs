//! The part of the minutes that concerns one agency, and nothing of other cases.
//!
//! It is built up from what an agency may have: how the meeting went, its own actions, and the cases in which it has a part. A text
//! among these that names another case is kept back.

use std::collections::BTreeSet;

use super::Released;
use super::audience::Audience;
use super::count::CountRule;
use super::discussion::{DiscussionPage, discussion};
use super::minutes::{AgendaItemLine, AttendanceLine, MinutesPage, OnlyFor, SessionPage, agenda_line, attendance, previous_line, session_page};
use super::text::Lock;
use crate::analysis::{ActionRow, MinutesReport, have_a_part};
use crate::model::{AgencyKey, AgendaSubject, Casebook, Discussion};

/// What stands in the place of a text that names another case.
const KEPT_BACK: &str = "(kept back: it names another case)";

/// Lets out what one agency may have of the minutes.
pub fn release_minutes_for(book: &Casebook, report: &MinutesReport<'_>, agency: AgencyKey) -> Released<MinutesPage> {
    let meeting = report.meeting;
    let audience = Audience::Members;
    let its = |case: &Discussion| have_a_part(case).contains(&agency);
    let name = book.group.agency(agency);
    let known = known(report, agency, &name.id);
    let mut lock = Lock::against(all_cases(book).filter(|case| !known.contains(*case)));
    let mut page = MinutesPage {
        group: book.group.name.clone(),
        contact: book.group.contact.clone(),
        rule: CountRule::of(audience, &book.group.publishing),
        meeting: meeting.id.clone(),
        kind: meeting.kind.clone(),
        date: meeting.date,
        starts: meeting.starts,
        ends: meeting.ends,
        venue: meeting.venue.clone(),
        chair: meeting.chair.clone(),
        coordinator: meeting.coordinator.clone(),
        minute_taker: meeting.minute_taker.clone(),
        status: meeting.status,
        agreed: meeting.agreed.as_ref().map(|agreed| (agreed.on, agreed.by.clone())),
        draft: report.draft,
        only: Some(OnlyFor { id: name.id.clone(), name: name.name.clone(), other_cases: other_cases(report, agency) }),
        attendance: attendance(book, meeting).into_iter().map(|line| without_role(line, &name.name)).collect(),
        missing: report.missing.iter().map(|key| book.group.agency(*key).name.clone()).collect(),
        informed: report.informed.iter().map(|key| book.group.agency(*key).name.clone()).collect(),
        required: meeting.required_agencies.iter().map(|key| book.group.agency(*key).name.clone()).collect(),
        made_on: book.today,
        statement: book.group.confidentiality.clone(),
        read: meeting.confidentiality.as_ref().filter(|said| said.was_read()).map(|read| (read.read_by.clone(), read.agreement.clone())),
        although: meeting.confidentiality.as_ref().and_then(|said| said.although.clone()),
        agenda: agenda(report, agency),
        previous: report.previous.iter().filter(|told| told.state.task.owner() == Some(agency)).map(|told| previous_line(book, told)).collect(),
        to_ask: report.to_ask.iter().filter(|row| is_owner(row, &name.id)).cloned().collect(),
        cases: report.cases.iter().filter(|(case, _)| its(case)).map(|(case, feedback)| discussion(book, meeting, case, *feedback)).collect(),
        other_business: meeting.other_business.clone(),
        session: meeting.session.as_ref().map(|session| session_page(book, session)),
        next_meeting: meeting.next_meeting,
    };
    texts(&mut page).into_iter().for_each(|text| keep_back(&mut lock, text));
    Released { page, audience, withheld: lock.withheld }
}

fn keep_back(lock: &mut Lock, text: &mut String) {
    if lock.pass(text, "a text of the meeting").is_none() {
        *text = KEPT_BACK.to_owned();
    }
}

/// Every text on the page that people wrote at or for the meeting.
fn texts(page: &mut MinutesPage) -> Vec<&mut String> {
    let MinutesPage { agenda, previous, to_ask, cases, other_business, session, attendance, venue, chair, coordinator, minute_taker, agreed, read, .. } = page;
    let mut texts: Vec<&mut String> = [other_business, venue, chair, coordinator, minute_taker].into_iter().flatten().collect();
    texts.extend(agreed.iter_mut().flat_map(|(_, by)| by));
    texts.extend(read.iter_mut().flat_map(|(by, agreement)| [by, agreement].into_iter().flatten()));
    texts.extend(attendance.iter_mut().flat_map(|line| [&mut line.left, &mut line.role].into_iter().flatten()));
    texts
        .extend(agenda.iter_mut().flat_map(|line| [&mut line.note, &mut line.deferred].into_iter().flatten().chain((!line.is_case).then_some(&mut line.what))));
    texts.extend(previous.iter_mut().flat_map(|line| line.note.iter_mut().chain([&mut line.what])));
    texts.extend(to_ask.iter_mut().flat_map(|row| [&mut row.note, &mut row.person].into_iter().flatten().chain([&mut row.what])));
    texts.extend(cases.iter_mut().flat_map(DiscussionPage::texts));
    texts.extend(session.iter_mut().flat_map(session_texts));
    texts
}

fn session_texts(session: &mut SessionPage) -> Vec<&mut String> {
    let SessionPage { theme: _, facilitator, lived_experience_lead, people: _, with_lived_experience: _, story, story_consent, questions, issues, .. } =
        session;
    let SessionPage { positive_practice, recommendations, value, .. } = session;
    let mut texts: Vec<&mut String> = [facilitator, lived_experience_lead, story, story_consent].into_iter().flatten().collect();
    texts.extend(questions.iter_mut().chain(issues).chain(positive_practice));
    texts.extend(recommendations.iter_mut().flat_map(|(text, _, reply)| reply.iter_mut().chain([text])));
    texts.extend(value.iter_mut().map(|(_, shows)| shows));
    texts
}

/// Who sat at the table is no secret among agencies; which of another's people it was, they need not have.
fn without_role(line: AttendanceLine, own: &str) -> AttendanceLine {
    let role = line.role.filter(|_| line.agency == own);
    AttendanceLine { role, ..line }
}

fn is_owner(row: &ActionRow, agency: &str) -> bool {
    row.owner.as_ref().is_some_and(|(id, _)| id == agency)
}

/// Items, its own cases, and of the others that there are some.
fn agenda(report: &MinutesReport<'_>, agency: AgencyKey) -> Vec<AgendaItemLine> {
    let is_its = |line: &&crate::analysis::AgendaLine<'_>| matches!(line.subject, AgendaSubject::Item(_)) || line.parts.contains(&agency);
    let mut lines: Vec<AgendaItemLine> = report.agenda.iter().filter(is_its).map(agenda_line).collect();
    let others = report.agenda.len() - lines.len();
    if others > 0 {
        let what = if others == 1 { "1 other case".to_owned() } else { format!("{others} other cases") };
        let minutes = report.agenda.iter().filter(|line| !is_its(line)).filter_map(|line| line.minutes).reduce(u32::saturating_add);
        lines.push(AgendaItemLine { what, minutes, took: None, note: None, deferred: None, last_discussed: None, is_case: false });
    }
    lines
}

/// The cases of the meeting that are not the agency's.
fn other_cases(report: &MinutesReport<'_>, agency: AgencyKey) -> usize {
    let its = its_cases(report, agency);
    let discussed = report.cases.iter().map(|(case, _)| case.case.as_str());
    discussed.chain(report.agenda.iter().filter_map(|line| case_of(line.subject))).filter(|case| !its.contains(case)).collect::<BTreeSet<_>>().len()
}

/// The cases of the meeting in which the agency has a part.
fn its_cases<'a>(report: &'a MinutesReport<'_>, agency: AgencyKey) -> BTreeSet<&'a str> {
    let discussed = report.cases.iter().filter(|(case, _)| have_a_part(case).contains(&agency)).map(|(case, _)| case.case.as_str());
    let on_agenda = report.agenda.iter().filter(|line| line.parts.contains(&agency)).filter_map(|line| case_of(line.subject));
    discussed.chain(on_agenda).collect()
}

/// The cases that the agency's own page may name: its own, and those of its actions.
fn known<'a>(report: &'a MinutesReport<'_>, agency: AgencyKey, id: &str) -> BTreeSet<&'a str> {
    let previous = report.previous.iter().filter(|told| told.state.task.owner() == Some(agency)).map(|told| told.state.discussion.case.as_str());
    let to_ask = report.to_ask.iter().filter(|row| is_owner(row, id)).map(|row| row.case.as_str());
    its_cases(report, agency).into_iter().chain(previous).chain(to_ask).collect()
}

fn case_of(subject: &AgendaSubject) -> Option<&str> {
    match subject {
        AgendaSubject::Case(case) => Some(case.as_str()),
        AgendaSubject::Item(_) => None,
    }
}

fn all_cases(book: &Casebook) -> impl Iterator<Item = &str> {
    let on_agenda = book.meetings.iter().flat_map(|meeting| &meeting.agenda).filter_map(|item| case_of(&item.subject));
    book.meetings.iter().flat_map(|meeting| &meeting.cases).map(|case| case.case.as_str()).chain(on_agenda)
}
