//! The minutes of a meeting, or before it the agenda: for members alone.

use chrono::{NaiveDate, NaiveTime};

use super::Released;
use super::audience::Audience;
use super::count::CountRule;
use super::discussion::{DiscussionPage, discussion, name};
use crate::analysis::{ActionRow, AgendaLine, MinutesReport, PreviousAction};
use crate::model::{AgendaSubject, Casebook, Meeting, MeetingStatus, Session};

/// The minutes as members may read them.
#[derive(Clone, Debug)]
pub struct MinutesPage {
    pub group: String,
    pub contact: Option<String>,
    pub rule: CountRule,
    pub meeting: String,
    pub kind: String,
    pub date: NaiveDate,
    pub starts: Option<NaiveTime>,
    pub ends: Option<NaiveTime>,
    pub venue: Option<String>,
    pub chair: Option<String>,
    pub coordinator: Option<String>,
    pub minute_taker: Option<String>,
    pub status: MeetingStatus,
    /// When the minutes were agreed, and by whom.
    pub agreed: Option<(Option<NaiveDate>, Option<String>)>,
    /// Whether they are shown as a draft although they were agreed.
    pub draft: bool,
    /// The one agency that they are for, when they are not for all members.
    pub only: Option<OnlyFor>,
    pub attendance: Vec<AttendanceLine>,
    pub missing: Vec<String>,
    /// Required agencies that sent information instead.
    pub informed: Vec<String>,
    pub required: Vec<String>,
    /// The day on which the page is asked for.
    pub made_on: NaiveDate,
    /// The group's statement, and who read it out under which agreement.
    pub statement: Option<String>,
    pub read: Option<(Option<String>, Option<String>)>,
    /// Why it was held although the review of that agreement was overdue.
    pub although: Option<String>,
    pub agenda: Vec<AgendaItemLine>,
    pub previous: Vec<PreviousLine>,
    /// Open actions to ask about at a meeting that is still to come.
    pub to_ask: Vec<ActionRow>,
    pub cases: Vec<DiscussionPage>,
    /// Markdown.
    pub other_business: Option<String>,
    pub session: Option<SessionPage>,
    pub next_meeting: Option<NaiveDate>,
}

/// An agency whose part of the minutes is shown.
#[derive(Clone, Debug)]
pub struct OnlyFor {
    pub id: String,
    pub name: String,
    /// Cases that were discussed, or stand on the agenda, and are left out.
    pub other_cases: usize,
}

#[derive(Clone, Debug)]
pub struct AttendanceLine {
    pub agency: String,
    pub role: Option<String>,
    pub status: String,
    /// When they left, if before the end.
    pub left: Option<String>,
}

#[derive(Clone, Debug)]
pub struct AgendaItemLine {
    pub what: String,
    pub minutes: Option<u32>,
    /// How many minutes it took.
    pub took: Option<u32>,
    /// What was said on it: Markdown.
    pub note: Option<String>,
    /// Why it was put off.
    pub deferred: Option<String>,
    /// For a case: when it was last discussed.
    pub last_discussed: Option<NaiveDate>,
    pub is_case: bool,
}

/// What was told about an earlier action.
#[derive(Clone, Debug)]
pub struct PreviousLine {
    pub id: String,
    pub what: String,
    pub owner: Option<String>,
    pub case: String,
    pub due: Option<NaiveDate>,
    pub status: &'static str,
    pub on: Option<NaiveDate>,
    pub outcome: Option<&'static str>,
    pub note: Option<String>,
}

/// A session of the community of practice, or a workshop.
#[derive(Clone, Debug)]
pub struct SessionPage {
    pub theme: String,
    pub facilitator: Option<String>,
    pub lived_experience_lead: Option<String>,
    pub people: Option<u32>,
    pub with_lived_experience: Option<u32>,
    pub story: Option<String>,
    pub story_consent: Option<String>,
    pub questions: Vec<String>,
    pub issues: Vec<String>,
    pub positive_practice: Vec<String>,
    /// The text, to whom, and the reply.
    pub recommendations: Vec<(String, Option<String>, Option<String>)>,
    /// What it was worth: the cycle, and what shows it.
    pub value: Vec<(String, String)>,
}

/// Lets minutes out. They hold what nobody outside the meeting may read, so there is no other audience to choose.
pub fn release_minutes(book: &Casebook, report: &MinutesReport<'_>) -> Released<MinutesPage> {
    let meeting = report.meeting;
    let audience = Audience::Members;
    let page = MinutesPage {
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
        only: None,
        attendance: attendance(book, meeting),
        missing: report.missing.iter().map(|key| book.group.agency(*key).name.clone()).collect(),
        informed: report.informed.iter().map(|key| book.group.agency(*key).name.clone()).collect(),
        required: meeting.required_agencies.iter().map(|key| book.group.agency(*key).name.clone()).collect(),
        made_on: book.today,
        statement: book.group.confidentiality.clone(),
        read: meeting.confidentiality.as_ref().filter(|said| said.was_read()).map(|read| (read.read_by.clone(), read.agreement.clone())),
        although: meeting.confidentiality.as_ref().and_then(|said| said.although.clone()),
        agenda: report.agenda.iter().map(agenda_line).collect(),
        previous: report.previous.iter().map(|told| previous_line(book, told)).collect(),
        to_ask: report.to_ask.clone(),
        cases: report.cases.iter().map(|(case, feedback)| discussion(book, meeting, case, *feedback)).collect(),
        other_business: meeting.other_business.clone(),
        session: meeting.session.as_ref().map(|session| session_page(book, session)),
        next_meeting: meeting.next_meeting,
    };
    Released { page, audience, withheld: Vec::new() }
}

pub(super) fn attendance(book: &Casebook, meeting: &Meeting) -> Vec<AttendanceLine> {
    let line = |line: &crate::model::Attendance| AttendanceLine {
        agency: book.group.agency(line.agency).name.clone(),
        role: line.role.clone(),
        status: line.status.clone(),
        left: line.left.clone().filter(|left| !left.trim().is_empty()),
    };
    meeting.attendance.iter().map(line).collect()
}

pub(super) fn agenda_line(line: &AgendaLine<'_>) -> AgendaItemLine {
    let (what, is_case) = match line.subject {
        AgendaSubject::Item(item) => (item.clone(), false),
        AgendaSubject::Case(case) => (case.to_string(), true),
    };
    let text = |text: Option<&str>| text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
    AgendaItemLine {
        what,
        minutes: line.minutes,
        took: line.took,
        note: text(line.note),
        deferred: line.deferred.map(str::to_owned),
        last_discussed: line.last_discussed,
        is_case,
    }
}

pub(super) fn previous_line(book: &Casebook, told: &PreviousAction<'_>) -> PreviousLine {
    PreviousLine {
        id: told.report.id.clone(),
        what: told.state.task.what().trim().to_owned(),
        owner: name(book, told.state.task.owner()),
        case: told.state.discussion.case.to_string(),
        due: told.state.task.due(),
        status: told.report.status.word(),
        on: told.report.on,
        outcome: told.report.outcome.map(crate::model::Outcome::word),
        note: told.report.note.clone(),
    }
}

pub(super) fn session_page(book: &Casebook, session: &Session) -> SessionPage {
    let shows = |value: &crate::model::Value| [value.indicator.clone(), value.story.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    SessionPage {
        theme: book.theme(session.theme).title.clone(),
        facilitator: session.facilitator.clone(),
        lived_experience_lead: session.lived_experience_lead.clone(),
        people: session.people,
        with_lived_experience: session.with_lived_experience,
        story: session.story.clone(),
        story_consent: session.story_consent.clone(),
        questions: session.questions.clone(),
        issues: session.issues.clone(),
        positive_practice: session.positive_practice.clone(),
        recommendations: session.recommendations.iter().map(|said| (said.text.clone(), name(book, said.owner), said.reply.clone())).collect(),
        value: session.value.iter().map(|value| (value.cycle.clone(), shows(value))).collect(),
    }
}
