//! One case at one meeting, for members: what the story of a case and the minutes of a meeting are made of.

use chrono::NaiveDate;

use crate::analysis::barrier_sentence;
use crate::model::{Action, ActionState, AgencyKey, Barrier, Casebook, Discussion, LearningKind, Meeting, Task};

/// What was said about one case.
#[derive(Clone, Debug)]
pub struct DiscussionPage {
    pub case: String,
    pub meeting: String,
    pub date: NaiveDate,
    /// `new`, `review` or `urgent`.
    pub kind: Option<&'static str>,
    pub lead_agency: Option<String>,
    pub lead_professional: Option<String>,
    pub supporter: Option<String>,
    /// What the referral says: a name and a text.
    pub referral: Vec<(&'static str, String)>,
    /// Markdown.
    pub update: Option<String>,
    pub views: Vec<ViewLine>,
    pub needs: Vec<String>,
    pub barriers: Vec<BarrierSaid>,
    pub decisions: Vec<DecisionLine>,
    pub actions: Vec<ActionLine>,
    pub learning: Vec<(LearningKind, String)>,
    pub offers: Vec<String>,
    pub custody: Option<String>,
    pub next_review: Option<NaiveDate>,
    /// The reason, when the case was closed here; an empty text where none is given.
    pub closed: Option<String>,
    pub feedback: Option<FeedbackLine>,
    /// What was left open on purpose: a name, and the reason if there is one.
    pub left_open: Vec<(String, Option<String>)>,
}

impl DiscussionPage {
    /// Every text in it that people wrote; a field that is added has to be looked at here.
    pub(super) fn texts(&mut self) -> Vec<&mut String> {
        let Self { case: _, meeting: _, date: _, kind: _, lead_agency: _, needs: _, next_review: _, feedback: _, .. } = self;
        let Self { lead_professional, supporter, referral, update, views, barriers, decisions, actions, learning, offers, custody, closed, left_open, .. } =
            self;
        let mut texts: Vec<&mut String> = [lead_professional, supporter, update, custody, closed].into_iter().flatten().collect();
        texts.extend(referral.iter_mut().map(|(_, text)| text));
        texts.extend(views.iter_mut().flat_map(|ViewLine { whose, obtained_by: _, says, wants }| says.iter_mut().chain(wants).chain([whose])));
        texts.extend(barriers.iter_mut().flat_map(|BarrierSaid { rule, evidence, sentence, .. }| [rule, evidence].into_iter().flatten().chain([sentence])));
        texts.extend(decisions.iter_mut().flat_map(|DecisionLine { text, why, dissent }| [why, dissent].into_iter().flatten().chain([text])));
        texts.extend(actions.iter_mut().flat_map(|ActionLine { what, person, .. }| person.iter_mut().chain([what])));
        texts.extend(learning.iter_mut().map(|(_, text)| text).chain(offers));
        texts.extend(left_open.iter_mut().flat_map(|(name, reason)| reason.iter_mut().chain([name])));
        texts
    }
}

/// What a person, or one who speaks for them, thinks and wants.
#[derive(Clone, Debug)]
pub struct ViewLine {
    pub whose: String,
    pub obtained_by: Option<String>,
    pub says: Option<String>,
    pub wants: Vec<String>,
}

/// A barrier as it was recorded.
#[derive(Clone, Debug)]
pub struct BarrierSaid {
    pub sentence: String,
    pub rule: Option<String>,
    pub evidence: Option<String>,
    pub status: &'static str,
    /// Whether somebody was asked to move it: whom, and when.
    pub asked: Option<(Option<String>, Option<NaiveDate>)>,
    pub answer: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub struct DecisionLine {
    pub text: String,
    pub why: Option<String>,
    pub dissent: Option<String>,
}

/// An action as it was set.
#[derive(Clone, Debug)]
pub struct ActionLine {
    pub id: Option<String>,
    pub what: String,
    pub owner: Option<String>,
    pub person: Option<String>,
    pub due: Option<NaiveDate>,
    pub case: String,
}

/// The promise to tell the person what was decided.
#[derive(Clone, Debug)]
pub struct FeedbackLine {
    pub by: Option<String>,
    pub due: Option<NaiveDate>,
    /// When they were told, if they were.
    pub told_on: Option<NaiveDate>,
    /// What has become of it otherwise.
    pub status: &'static str,
}

/// A discussion as members read it; `feedback` is the promise to tell the person, with all that was told about it since.
pub(super) fn discussion(book: &Casebook, meeting: &Meeting, case: &Discussion, feedback: Option<&ActionState<'_>>) -> DiscussionPage {
    DiscussionPage {
        case: case.case.to_string(),
        meeting: meeting.id.clone(),
        date: meeting.date,
        kind: case.kind.map(crate::model::DiscussionKind::word),
        lead_agency: name(book, case.lead_agency),
        lead_professional: case.lead_professional.clone(),
        supporter: case.lived_experience_supporter.clone(),
        referral: referral(book, case),
        update: case.update.clone().filter(|text| !text.trim().is_empty()),
        views: views(book, case),
        needs: case.needs.iter().map(|key| book.theme(*key).title.clone()).collect(),
        barriers: case.barriers.iter().map(|barrier| barrier_said(book, barrier)).collect(),
        decisions: case
            .decisions
            .iter()
            .map(|decision| DecisionLine { text: decision.text.clone(), why: decision.why.clone(), dissent: decision.dissent.clone() })
            .collect(),
        actions: case.actions.iter().map(|action| action_line(book, case, action)).collect(),
        learning: case.learning.iter().map(|point| (point.kind, point.text.trim().to_owned())).collect(),
        offers: case.offers.iter().map(|offer| offer_words(book, offer)).collect(),
        custody: case.custody.as_deref().map(custody_words),
        next_review: case.next_review,
        closed: case.closed.clone(),
        feedback: feedback.map(|state| feedback_line(book, state)),
        left_open: case.left_open.iter().chain(case.referral.iter().flat_map(|referral| &referral.left_open)).map(|text| left_open(text)).collect(),
    }
}

pub(super) fn name(book: &Casebook, agency: Option<AgencyKey>) -> Option<String> {
    agency.map(|key| book.group.agency(key).name.clone())
}

fn referral(book: &Casebook, case: &Discussion) -> Vec<(&'static str, String)> {
    let Some(referral) = &case.referral else { return Vec::new() };
    let fields = [
        ("Referred by", name(book, referral.agency)),
        ("The person was asked by", name(book, referral.asked_by)),
        ("Because", referral.reason.clone()),
        ("Tried so far", referral.tried.clone()),
        ("The referrer offers", referral.offer.clone()),
        ("Legal basis", referral.legal_basis.clone()),
        ("Consent", referral.consent.clone()),
        ("Signed off by", referral.senior_sign_off.clone()),
    ];
    fields.into_iter().filter_map(|(label, text)| Some((label, text?.trim().to_owned()))).collect()
}

/// The fields that can be left open on purpose, of a case and of a referral.
const CAN_BE_LEFT_OPEN: &[&str] = &[
    "views",
    "outcome",
    "decisions",
    "actions",
    "next_review",
    "owner",
    "due",
    "agency",
    "reason",
    "tried",
    "offer",
    "legal_basis",
    "consent",
    "senior_sign_off",
    "asked_by",
];

/// `next_review: the person is away`, in two. What begins with no such field is somebody's own words, and stays whole.
fn left_open(text: &str) -> (String, Option<String>) {
    let field = text.split(':').next().unwrap_or(text).trim();
    if !CAN_BE_LEFT_OPEN.contains(&field) {
        return (String::new(), Some(text.trim().to_owned()));
    }
    let (name, reason) = text.split_once(':').map_or((text, None), |(name, reason)| (name, Some(reason.trim())));
    (name.trim().to_owned(), reason.filter(|reason| !reason.is_empty()).map(str::to_owned))
}

fn views(book: &Casebook, case: &Discussion) -> Vec<ViewLine> {
    let line = |view: &crate::model::View| ViewLine {
        whose: view.whose.clone().unwrap_or_else(|| "person".to_owned()),
        obtained_by: name(book, view.obtained_by),
        says: view.says.as_ref().map(|says| says.trim().to_owned()),
        wants: view.wants.clone(),
    };
    case.views.iter().map(line).collect()
}

pub(super) fn barrier_said(book: &Casebook, barrier: &Barrier) -> BarrierSaid {
    BarrierSaid {
        sentence: barrier_sentence(book, barrier),
        rule: barrier.rule.as_ref().map(|rule| rule.trim().to_owned()),
        evidence: barrier.evidence.as_ref().map(|evidence| evidence.trim().to_owned()),
        status: barrier.status.word(),
        asked: barrier.asked.as_ref().map(|asked| (name(book, asked.of), asked.on)),
        answer: barrier.answer.map(crate::model::Answer::word),
    }
}

fn action_line(book: &Casebook, case: &Discussion, action: &Action) -> ActionLine {
    ActionLine {
        id: action.id.clone(),
        what: action.what.trim().to_owned(),
        owner: name(book, action.owner),
        person: action.person.clone(),
        due: action.due,
        case: case.case.to_string(),
    }
}

fn offer_words(book: &Casebook, offer: &crate::model::Offer) -> String {
    let by = name(book, offer.by).map_or(String::new(), |by| format!(" by {by}"));
    let accepted = offer.accepted.as_ref().map_or(String::new(), |accepted| format!("; accepted: {}", accepted.replace('-', " ")));
    format!("{}{by}{accepted}", offer.kind.as_deref().unwrap_or("something that is not named").replace('-', " "))
}

fn custody_words(custody: &crate::model::Custody) -> String {
    let prison = custody.prison.as_ref().map(|prison| prison.trim().to_owned());
    let release = custody.release_date.map(|day| format!("release on {}", day.format("%-d %B %Y")));
    [custody.status.clone(), prison, release].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn feedback_line(book: &Casebook, state: &ActionState<'_>) -> FeedbackLine {
    let done = matches!(state.task, Task::Feedback(_)) && state.status() == crate::model::ActionStatus::Done;
    FeedbackLine { by: name(book, state.task.owner()), due: state.task.due(), told_on: state.ended_on().filter(|_| done), status: state.status().word() }
}
