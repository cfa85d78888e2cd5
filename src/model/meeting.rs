//! A meeting: the agenda before, the record during, the minutes after.
//!
//! Lists keep the place of each entry in its file (`nth`), so that anything said about an entry can be shown where it stands.

use std::fmt;

use chrono::{NaiveDate, NaiveTime};

use super::group::{AgencyKey, Group, ServiceKey};
use super::theme::ThemeKey;
use super::words::{ActionStatus, Answer, BarrierStatus, DiscussionKind, LearningKind, MeetingStatus, Outcome};
use crate::source::{FileId, Place};

/// The pseudonym of a person: 3 to 24 capitals, digits and hyphens; never a name, initials or a date of birth.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseRef(pub String);

impl CaseRef {
    pub fn is_valid(text: &str) -> bool {
        (3..=24).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One meeting: a file in `meetings/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The name of its file.
    pub id: String,
    pub file: FileId,
    /// `marg`, `community-of-practice`, `workshop`, or a kind of the group's own.
    pub kind: String,
    pub date: NaiveDate,
    pub starts: Option<NaiveTime>,
    pub ends: Option<NaiveTime>,
    pub venue: Option<String>,
    pub chair: Option<String>,
    pub coordinator: Option<String>,
    pub minute_taker: Option<String>,
    /// As the file says, or else from its date and the day on which the question is asked.
    pub status: MeetingStatus,
    /// Whether the file says it.
    pub status_is_said: bool,
    pub agreed: Option<Agreed>,
    pub required_agencies: Vec<AgencyKey>,
    pub attendance: Vec<Attendance>,
    pub confidentiality: Option<Confidentiality>,
    pub agenda: Vec<AgendaItem>,
    pub previous_actions: Vec<ActionReport>,
    pub cases: Vec<Discussion>,
    pub other_business: Option<String>,
    pub next_meeting: Option<NaiveDate>,
    pub session: Option<Session>,
}

impl Meeting {
    /// Lets go of the accounts that no report tells again: what was said of a case and by the person, how the case came, why it was
    /// decided so, the wording of rules. They are most of what a large workspace says. That somebody was heard is still known.
    pub fn forget_accounts(&mut self) {
        self.other_business = None;
        self.previous_actions.iter_mut().for_each(|report| report.note = None);
        for case in &mut self.cases {
            case.update = None;
            case.decisions = Vec::new();
            (case.offers, case.tagging) = (Vec::new(), Vec::new());
            if let Some(referral) = &mut case.referral {
                (referral.reason, referral.tried, referral.offer) = (None, None, None);
            }
            case.barriers.iter_mut().for_each(|barrier| (barrier.rule, barrier.evidence, barrier.scope) = (None, None, None));
            case.views = if case.has_views() { vec![View { says: Some(String::new()), ..View::default() }] } else { Vec::new() };
        }
    }

    pub fn place(&self) -> Place {
        Place::top(self.file)
    }

    /// What the name of its file says behind the day, by which the meetings of several groups are told apart; its kind, where that is nothing.
    pub fn name(&self) -> &str {
        let behind = self.id.strip_prefix(&self.date.to_string()).and_then(|rest| rest.strip_prefix('-'));
        behind.filter(|rest| !rest.is_empty()).unwrap_or(&self.kind)
    }

    /// How long it lasts, in minutes: by its own times, or as its group says, or else two hours.
    pub fn length(&self, group: &Group) -> u32 {
        let minutes = self.starts.zip(self.ends).map(|(starts, ends)| (ends - starts).num_minutes());
        minutes.and_then(|minutes| u32::try_from(minutes).ok()).filter(|minutes| *minutes > 0).unwrap_or_else(|| group.meeting_length())
    }

    /// What it has on its agenda, in minutes.
    pub fn booked(&self) -> u32 {
        self.agenda.iter().filter_map(|item| item.minutes).fold(0, u32::saturating_add)
    }

    /// The cases on its agenda, in their order.
    pub fn cases_on_agenda(&self) -> impl Iterator<Item = &CaseRef> {
        self.agenda.iter().filter_map(|item| match &item.subject {
            AgendaSubject::Case(case) => Some(case),
            AgendaSubject::Item(_) => None,
        })
    }

    pub fn case_place(&self, discussion: &Discussion) -> Place {
        self.place().field("cases").entry(discussion.nth)
    }

    pub fn barrier_place(&self, discussion: &Discussion, barrier: &Barrier) -> Place {
        self.case_place(discussion).field("barriers").entry(barrier.nth)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    pub nth: usize,
    pub agency: AgencyKey,
    pub role: Option<String>,
    /// One of [`super::known::ATTENDANCE`].
    pub status: String,
    /// When they left, if before the end: a time, or the item or case that was on the table.
    pub left: Option<String>,
}

/// That the minutes were agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub on: Option<NaiveDate>,
    pub by: Option<String>,
    /// The fingerprint of the record as it was agreed.
    pub record: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confidentiality {
    pub read_by: Option<String>,
    pub agreement: Option<String>,
    /// Why the group meets although the agreement's review is overdue.
    pub although: Option<String>,
}

impl Confidentiality {
    /// Whether the record says that the statement was read.
    pub fn was_read(&self) -> bool {
        self.read_by.is_some() || self.agreement.is_some()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItem {
    pub nth: usize,
    pub subject: AgendaSubject,
    pub minutes: Option<u32>,
    /// How many minutes it took.
    pub took: Option<u32>,
    /// What was said on it, when it is not a case: Markdown.
    pub note: Option<String>,
    /// Why it was put off to the next meeting.
    pub deferred: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgendaSubject {
    Item(String),
    Case(CaseRef),
}

/// What happened to an earlier action, told at a later meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionReport {
    pub nth: usize,
    pub id: String,
    pub status: ActionStatus,
    pub on: Option<NaiveDate>,
    pub outcome: Option<Outcome>,
    pub note: Option<String>,
}

/// One case at one meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discussion {
    pub nth: usize,
    pub case: CaseRef,
    pub kind: Option<DiscussionKind>,
    /// Boxed, as the two below: few discussions have one, and there are many discussions.
    pub referral: Option<Box<Referral>>,
    pub lead_agency: Option<AgencyKey>,
    pub lead_professional: Option<String>,
    pub lived_experience_supporter: Option<String>,
    /// What was said, in Markdown.
    pub update: Option<String>,
    pub views: Vec<View>,
    pub needs: Vec<ThemeKey>,
    pub barriers: Vec<Barrier>,
    /// What helped: themes of kind enabler.
    pub enablers: Vec<ThemeKey>,
    /// Themes whose guide was used in this case.
    pub guides_used: Vec<ThemeKey>,
    pub tagging: Vec<Tagging>,
    pub decisions: Vec<Decision>,
    pub actions: Vec<Action>,
    pub learning: Vec<LearningPoint>,
    pub offers: Vec<Offer>,
    pub custody: Option<Box<Custody>>,
    pub next_review: Option<NaiveDate>,
    /// The reason, when the case was closed here; an empty text where none is given.
    pub closed: Option<String>,
    pub feedback_to_person: Option<Box<Feedback>>,
    /// What was asked about and left open on purpose: a field's name, and after a colon the reason if there is one.
    pub left_open: Vec<String>,
}

/// Whether a list of what was left open on purpose names a field: `views`, or `views: he was not well enough to be asked`.
fn names(left_open: &[String], field: &str) -> bool {
    left_open.iter().any(|open| open.split(':').next().unwrap_or(open).trim() == field)
}

impl Referral {
    /// Whether this is missing, and somebody said why.
    pub fn is_left_open(&self, field: &str) -> bool {
        names(&self.left_open, field)
    }
}

impl Discussion {
    /// Whether somebody was asked about this, and chose to go on without it.
    pub fn is_left_open(&self, field: &str) -> bool {
        names(&self.left_open, field)
    }

    /// Whether somebody recorded what the person, or one who speaks for them, thinks or wants.
    pub fn has_views(&self) -> bool {
        self.views.iter().any(|view| view.says.is_some() || !view.wants.is_empty())
    }
}

/// How a new case came: what was tried, and what the referrer itself offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referral {
    pub agency: Option<AgencyKey>,
    pub reason: Option<String>,
    pub tried: Option<String>,
    pub offer: Option<String>,
    pub legal_basis: Option<String>,
    pub consent: Option<String>,
    pub senior_sign_off: Option<String>,
    /// The agency that asked the person.
    pub asked_by: Option<AgencyKey>,
    /// What is missing, each with the reason: a field's name, a colon and the reason.
    pub left_open: Vec<String>,
}

/// The person's own voice, or that of someone who speaks for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    pub nth: usize,
    pub whose: Option<String>,
    pub obtained_by: Option<AgencyKey>,
    pub says: Option<String>,
    pub wants: Vec<String>,
}

/// A barrier as a sentence: this theme blocks that service, at this agency, under this rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barrier {
    pub nth: usize,
    pub id: Option<String>,
    pub theme: ThemeKey,
    pub blocks: Option<ServiceKey>,
    pub at: Option<AgencyKey>,
    pub rule: Option<String>,
    /// One of [`super::known::CAUSES`].
    pub cause: Option<String>,
    pub scope: Option<String>,
    pub evidence: Option<String>,
    pub status: BarrierStatus,
    pub asked: Option<Asked>,
    pub answer: Option<Answer>,
}

impl Barrier {
    /// A barrier of which nothing is known but its theme: it is live.
    pub fn of(theme: ThemeKey) -> Self {
        Self {
            nth: 0,
            id: None,
            theme,
            blocks: None,
            at: None,
            rule: None,
            cause: None,
            scope: None,
            evidence: None,
            status: BarrierStatus::Live,
            asked: None,
            answer: None,
        }
    }
}

/// What people did about one theme when they tagged a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagging {
    pub nth: usize,
    pub theme: ThemeKey,
    pub by: Option<String>,
    pub on: Option<NaiveDate>,
    pub confirmed_by: Option<String>,
    /// Who said that it does not fit.
    pub refused_by: Option<String>,
    pub memo: Option<String>,
    /// One of [`super::known::MEMOS`].
    pub about: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub of: Option<AgencyKey>,
    pub on: Option<NaiveDate>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub nth: usize,
    pub text: String,
    pub why: Option<String>,
    pub dissent: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    pub nth: usize,
    pub id: Option<String>,
    pub what: String,
    pub owner: Option<AgencyKey>,
    pub person: Option<String>,
    pub due: Option<NaiveDate>,
    pub addresses: Option<ThemeKey>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearningPoint {
    pub nth: usize,
    pub id: Option<String>,
    pub kind: LearningKind,
    pub text: String,
    pub themes: Vec<ThemeKey>,
    /// Whether a person has said that others may read it.
    pub shareable: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub nth: usize,
    pub kind: Option<String>,
    pub by: Option<AgencyKey>,
    pub accepted: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Custody {
    pub status: Option<String>,
    pub prison: Option<String>,
    pub release_date: Option<NaiveDate>,
}

/// The promise that the person is told what was decided. With an id it is an action like any other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    pub id: Option<String>,
    pub by: Option<AgencyKey>,
    pub due: Option<NaiveDate>,
    pub given_on: Option<NaiveDate>,
}

/// A community-of-practice session or a workshop on one theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub theme: ThemeKey,
    pub facilitator: Option<String>,
    pub lived_experience_lead: Option<String>,
    /// How many people came, and how many of them with lived experience of the theme.
    pub people: Option<u32>,
    pub with_lived_experience: Option<u32>,
    pub story: Option<String>,
    /// What was agreed with whoever told it, or that it is a composite.
    pub story_consent: Option<String>,
    pub questions: Vec<String>,
    pub issues: Vec<String>,
    pub positive_practice: Vec<String>,
    pub recommendations: Vec<Recommendation>,
    pub value: Vec<Value>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    pub text: String,
    pub owner: Option<AgencyKey>,
    pub reply: Option<String>,
}

/// What a session was worth: one cycle of value creation (Wenger, Trayner and de Laat 2011), with an indicator and a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub cycle: String,
    pub indicator: Option<String>,
    pub story: Option<String>,
}
