//! What templates see, and nothing else that they see. A number is a text by now: `7`, or `[c]`.

use base64::Engine as _;
use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::template::Templates;
use crate::release::{AnswerCounts, Audience, Count, CountRule, LessonLine, Source};

/// What every page has.
#[derive(Serialize)]
pub(super) struct PageView {
    pub(super) title: String,
    pub(super) group: String,
    pub(super) contact: Option<String>,
    /// `members`, `board` or `public`.
    pub(super) audience: &'static str,
    /// How the page is to be handled.
    pub(super) marking: &'static str,
    pub(super) period: Option<String>,
    /// How numbers are treated, in words; nothing for members, who see them all.
    pub(super) hidden_numbers: Option<String>,
    /// The style sheet and its fingerprint, for pages.
    pub(super) style: String,
    pub(super) style_hash: String,
}

impl PageView {
    pub(super) fn new(
        title: String,
        group: &str,
        contact: Option<&str>,
        audience: Audience,
        period: Option<String>,
        rule: CountRule,
        templates: &Templates,
    ) -> Self {
        // The text between the tags is what the browser hashes; a closing tag in it would end it early.
        // Without blanks around it: checkers do not agree whether those belong to what is hashed.
        let style = templates.style().trim().replace("</", "<\\/");
        let style_hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
        Self {
            title,
            group: group.to_owned(),
            contact: contact.map(str::to_owned),
            audience: audience.word(),
            marking: marking(audience),
            period,
            hidden_numbers: hidden_numbers(rule),
            style,
            style_hash,
        }
    }
}

fn marking(audience: Audience) -> &'static str {
    match audience {
        Audience::Members => "For members of the meeting only. Not to be copied or passed on without the agreement of the chair.",
        Audience::Board => "For the board. It holds no cases and no figures by agency, and small numbers are hidden.",
        Audience::Public => "For everybody. It holds no cases and no figures by agency; small numbers are hidden and the others rounded.",
    }
}

fn hidden_numbers(rule: CountRule) -> Option<String> {
    let round = if rule.round_to > 1 {
        format!(" All other numbers are rounded to the nearest {}, totals too, so that they need not add up.", rule.round_to)
    } else {
        String::new()
    };
    (rule.hide_up_to > 0)
        .then(|| format!("[c] stands for a number from 1 to {}, which is not shown so that nobody can be recognised. A 0 is a true 0.{round}", rule.hide_up_to))
}

#[derive(Serialize)]
pub(super) struct AnswersView {
    pub(super) agency: Option<String>,
    pub(super) asked: String,
    pub(super) flexed_once: String,
    pub(super) changed_for_all: String,
    pub(super) refused: String,
    pub(super) no_reply: String,
    /// Whether anybody was asked at all.
    pub(super) any: bool,
}

impl AnswersView {
    pub(super) fn new(agency: Option<&str>, answers: &AnswerCounts) -> Self {
        let counts = [answers.asked, answers.flexed_once, answers.changed_for_all, answers.refused, answers.no_reply];
        Self {
            agency: agency.map(str::to_owned),
            asked: answers.asked.to_string(),
            flexed_once: answers.flexed_once.to_string(),
            changed_for_all: answers.changed_for_all.to_string(),
            refused: answers.refused.to_string(),
            no_reply: answers.no_reply.to_string(),
            any: counts.iter().any(|count| !count.is_zero()),
        }
    }
}

/// A learning point, with where it comes from for those who may know.
#[derive(Serialize)]
pub(super) struct LessonView {
    pub(super) text: String,
    pub(super) themes: Vec<String>,
    pub(super) source: Option<String>,
}

impl LessonView {
    pub(super) fn new(lesson: &LessonLine) -> Self {
        Self { text: lesson.text.clone(), themes: lesson.themes.clone(), source: lesson.source.as_ref().map(source) }
    }
}

/// Where something comes from: its id, its case and its meeting.
pub(super) fn source(source: &Source) -> String {
    let id = source.id.as_ref().map_or(String::new(), |id| format!("{id}, "));
    format!("{id}{} at {}", source.case, source.meeting)
}

/// `1 April 2025`.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `10 April 2025 to 12 March 2026`; for others than members the months alone, since the day of a meeting can tell who was there.
pub(super) fn period(since: Option<NaiveDate>, until: Option<NaiveDate>, audience: Audience) -> Option<String> {
    let show = |date: NaiveDate| if audience.is_members() { day(date) } else { date.format("%B %Y").to_string() };
    Some(format!("{} to {}", show(since?), show(until?)))
}

/// `7 people`, `1 person`, `[c] people`.
pub(super) fn people(count: Count) -> String {
    format!("{count} {}", if count.shown() == Some(1) { "person" } else { "people" })
}

/// `once`, `5 times`, `[c] times`.
pub(super) fn times(count: Count) -> String {
    if count.shown() == Some(1) { "once".to_owned() } else { format!("{count} times") }
}
