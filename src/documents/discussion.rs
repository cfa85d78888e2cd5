//! One case at one meeting, in words; the story of a case and the minutes show it alike.

use chrono::NaiveDate;
use serde::Serialize;

use super::numbers::upper;
use super::view::{day, in_plain_words};
use crate::analysis::ActionRow;
use crate::release::{BarrierSaid, DiscussionPage, FeedbackLine, LearningKind, ViewLine};

#[derive(Serialize)]
pub(super) struct DiscussionView {
    /// An id on the page.
    pub(super) anchor: String,
    pub(super) case: String,
    pub(super) meeting: String,
    pub(super) date: String,
    pub(super) kind: Option<&'static str>,
    /// Who leads, and who stands by the person.
    people: Vec<NamedText>,
    referral: Vec<NamedText>,
    /// Markdown.
    update: Option<String>,
    views: Vec<VoiceView>,
    needs: Vec<String>,
    barriers: Vec<String>,
    decisions: Vec<DecisionView>,
    pub(super) actions: Vec<TaskView>,
    learning: Vec<NamedText>,
    offers: Vec<String>,
    custody: Option<String>,
    next: String,
    /// Who tells the person what was decided, and whether they were told.
    feedback: String,
    /// What was left open on purpose.
    left_open: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct NamedText {
    name: String,
    text: String,
}

#[derive(Serialize)]
pub(super) struct VoiceView {
    /// Such as `The person` or `The advocate`.
    whose: String,
    says: Option<String>,
    wants: Option<String>,
    obtained_by: Option<String>,
}

#[derive(Serialize)]
struct DecisionView {
    text: String,
    why: Option<String>,
    dissent: Option<String>,
}

/// An action, in words.
#[derive(Serialize)]
pub(super) struct TaskView {
    pub(super) id: String,
    pub(super) what: String,
    pub(super) owner: String,
    pub(super) due: String,
    pub(super) status: String,
    pub(super) note: String,
    pub(super) case: String,
    pub(super) meeting: String,
}

impl DiscussionView {
    pub(super) fn new(said: &DiscussionPage, anchor: String) -> Self {
        let people = [("Lead agency", &said.lead_agency), ("Lead professional", &said.lead_professional), ("Stands by the person", &said.supporter)];
        Self {
            anchor,
            case: said.case.clone(),
            meeting: said.meeting.clone(),
            date: day(said.date),
            kind: said.kind,
            people: people.into_iter().filter_map(|(name, text)| Some(named(name, text.as_ref()?))).collect(),
            referral: said.referral.iter().map(|(name, text)| named(name, text)).collect(),
            update: said.update.clone(),
            views: said.views.iter().map(voice).collect(),
            needs: said.needs.clone(),
            barriers: said.barriers.iter().map(barrier).collect(),
            decisions: said
                .decisions
                .iter()
                .map(|decided| DecisionView { text: decided.text.clone(), why: decided.why.clone(), dissent: decided.dissent.clone() })
                .collect(),
            actions: said.actions.iter().map(|action| set(action, &said.meeting)).collect(),
            learning: said.learning.iter().map(|(kind, text)| named(learned(*kind), text)).collect(),
            offers: said.offers.clone(),
            custody: said.custody.clone(),
            next: next(said),
            feedback: feedback(said.feedback.as_ref()),
            left_open: said.left_open.iter().map(|(name, why)| left_open(name, why.as_deref())).collect(),
        }
    }
}

fn named(name: &str, text: &str) -> NamedText {
    NamedText { name: name.to_owned(), text: text.to_owned() }
}

fn left_open(name: &str, why: Option<&str>) -> String {
    if name.is_empty() {
        return why.unwrap_or_default().to_owned();
    }
    let name = upper(&in_plain_words(name));
    why.map_or_else(|| format!("{name}: no reason recorded"), |why| format!("{name}: {why}"))
}

fn learned(kind: LearningKind) -> &'static str {
    match kind {
        LearningKind::Worked => "Worked",
        LearningKind::DidNotWork => "Did not work",
        LearningKind::Question => "Question",
    }
}

pub(super) fn voice(view: &ViewLine) -> VoiceView {
    let wants = (!view.wants.is_empty()).then(|| view.wants.join("; "));
    VoiceView { whose: format!("The {}", view.whose), says: view.says.clone(), wants, obtained_by: view.obtained_by.clone() }
}

/// A barrier as a sentence with all that was recorded of it.
pub(super) fn barrier(said: &BarrierSaid) -> String {
    let mut text = said.sentence.clone();
    if let Some(rule) = &said.rule {
        text += &format!(", under the rule “{}”", rule.trim_end_matches('.'));
    }
    text += &format!(". Status: {}.", said.status);
    if let Some((of, on)) = &said.asked {
        let whom = of.as_ref().map_or_else(|| "Somebody was asked".to_owned(), |of| format!("{of} was asked"));
        let when = on.map_or(String::new(), |on| format!(" on {}", day(on)));
        text += &format!(" {whom} to move it{when}; {}.", said.answer.map_or("no answer is recorded", answer_words));
    } else if let Some(answer) = said.answer {
        text += &format!(" The answer: {}.", answer_words(answer));
    }
    if let Some(evidence) = &said.evidence {
        text += &format!(" {evidence}");
    }
    text
}

pub(super) fn answer_words(answer: &str) -> &str {
    match answer {
        "flexed-once" => "it was flexed once",
        "changed-for-all" => "it was changed for all",
        "refused" => "it was refused",
        "no-reply" => "there was no reply",
        other => other,
    }
}

fn set(action: &crate::release::ActionLine, meeting: &str) -> TaskView {
    TaskView {
        id: or(action.id.clone(), "none"),
        what: action.what.clone(),
        owner: owner(action.owner.as_deref(), action.person.as_deref()),
        due: due(action.due),
        status: "set".to_owned(),
        note: String::new(),
        case: action.case.clone(),
        meeting: meeting.to_owned(),
    }
}

/// An action as it stands by now.
pub(super) fn task(row: &ActionRow) -> TaskView {
    let outcome = row.outcome.map_or(String::new(), |outcome| format!(", {}", in_plain_words(outcome.word())));
    let ended = row.ended_on.map_or(String::new(), |on| format!(" on {}", day(on)));
    let status = if row.overdue { "open, overdue".to_owned() } else { in_plain_words(row.status.word()) };
    TaskView {
        id: or(row.id.clone(), "none"),
        what: row.what.clone(),
        owner: owner(row.owner.as_ref().map(|(_, name)| name.as_str()), row.person.as_deref()),
        due: due(row.due),
        status: format!("{status}{ended}{outcome}"),
        note: or(row.note.clone(), "none recorded"),
        case: row.case.clone(),
        meeting: row.meeting.clone(),
    }
}

pub(super) fn or(text: Option<String>, missing: &str) -> String {
    text.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| missing.to_owned())
}

pub(super) fn owner(agency: Option<&str>, person: Option<&str>) -> String {
    match (agency, person) {
        (Some(agency), Some(person)) => format!("{agency} ({person})"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "nobody named".to_owned(),
    }
}

pub(super) fn due(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "no day set".to_owned(), day)
}

fn next(said: &DiscussionPage) -> String {
    match (&said.closed, said.next_review) {
        (Some(reason), _) if reason.trim().is_empty() => "The case was closed.".to_owned(),
        (Some(reason), _) => format!("The case was closed: {}", reason.trim()),
        (None, Some(date)) => format!("Next review on {}.", day(date)),
        (None, None) => "No next review was set.".to_owned(),
    }
}

fn feedback(line: Option<&FeedbackLine>) -> String {
    let Some(line) = line else { return "Nobody is recorded as telling the person what was decided.".to_owned() };
    let by = line.by.as_deref().unwrap_or("Somebody");
    match (line.told_on, line.due) {
        (Some(on), _) => format!("{by} told the person what was decided, on {}.", day(on)),
        (None, _) if line.status != "open" => format!("{by} was to tell the person what was decided: {}.", in_plain_words(line.status)),
        (None, Some(due)) => format!("{by} tells the person what was decided, by {}; no record says that it was done.", day(due)),
        (None, None) => format!("{by} tells the person what was decided; no day was set, and no record says that it was done."),
    }
}
