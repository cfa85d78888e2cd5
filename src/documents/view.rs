//! What templates see, and nothing else that they see. A number is a text by now: `7`, or `[c]`.

use base64::Engine as _;
use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::outline::{Head, Outline, Sentence};
use super::template::Templates;
use crate::release::{AnswerCounts, Audience, Count, CountRule, LessonList, Source};

/// What every page has.
#[derive(Serialize)]
pub(super) struct PageView {
    pub(super) title: String,
    /// What kind of page it is, and of which period or day.
    pub(super) caption: String,
    pub(super) group: String,
    pub(super) contact: Option<String>,
    /// `members`, `board` or `public`.
    pub(super) audience: &'static str,
    /// How the page is to be handled.
    pub(super) marking: &'static str,
    pub(super) period: Option<String>,
    /// The last day that the page knows of.
    pub(super) as_of: Option<String>,
    /// The same as the foot says it, such as `as of 12 March 2026`.
    pub(super) dated: Option<String>,
    /// What a reader must not miss.
    pub(super) warning: Option<String>,
    /// How numbers are treated, in words; nothing for members, who see them all.
    pub(super) hidden_numbers: Option<String>,
    /// The main points, in the order of the sections they come from.
    pub(super) points: Vec<Sentence>,
    pub(super) facts: Vec<Fact>,
    pub(super) contents: Vec<Head>,
    /// Whether the page is part of an edition, whose first page is `index.html`.
    pub(super) edition: bool,
    /// The style sheet and its fingerprint, for pages.
    pub(super) style: String,
    pub(super) style_hash: String,
}

/// What a kind of page says about itself.
pub(super) struct About<'a> {
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) group: &'a str,
    pub(super) contact: Option<&'a str>,
    pub(super) audience: Audience,
    pub(super) period: Option<String>,
    pub(super) as_of: Option<String>,
    /// For a page that looks ahead: the day on which it was made.
    pub(super) made_on: Option<String>,
    pub(super) warning: Option<String>,
    pub(super) rule: CountRule,
    pub(super) facts: Vec<Fact>,
}

impl PageView {
    pub(super) fn new(templates: &Templates, about: About<'_>, outline: &Outline) -> Self {
        // The text between the tags is what the browser hashes; a closing tag in it would end it early.
        // Without blanks around it: checkers do not agree whether those belong to what is hashed.
        let style = format!("{}\n{}", templates.style().trim(), on_every_sheet(about.audience)).replace("</", "<\\/");
        let style_hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
        let caption = about.period.as_ref().map_or_else(|| about.kind.clone(), |period| format!("{}, {period}", about.kind));
        Self {
            title: about.title,
            caption,
            group: about.group.to_owned(),
            contact: about.contact.map(str::to_owned),
            audience: about.audience.word(),
            marking: marking(about.audience),
            period: about.period,
            dated: match (&about.made_on, &about.as_of) {
                (Some(made), Some(day)) => Some(format!("made on {made} for {day}")),
                (_, day) => day.as_ref().map(|day| format!("as of {day}")),
            },
            as_of: about.as_of,
            warning: about.warning,
            hidden_numbers: hidden_numbers(about.rule),
            points: outline.points.clone(),
            facts: about.facts,
            contents: outline.heads.clone(),
            edition: templates.is_edition(),
            style,
            style_hash,
        }
    }
}

/// A fact about the page or what it is about.
#[derive(Serialize)]
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// For members: where on the page it is shown what stands behind it.
    pub(super) to: Option<&'static str>,
}

impl Fact {
    pub(super) fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, value: value.into(), to: None }
    }

    pub(super) fn to(self, anchor: Option<&'static str>) -> Self {
        Self { to: anchor, ..self }
    }
}

/// A number, and for members where on the page it is shown what stands behind it.
#[derive(Clone, Serialize)]
pub(super) struct Num {
    pub(super) text: String,
    pub(super) to: Option<String>,
}

impl Num {
    pub(super) fn new(count: Count, to: Option<&str>) -> Self {
        Self::worded(count, count.to_string(), to)
    }

    /// A number as a sentence says it.
    pub(super) fn worded(count: Count, text: String, to: Option<&str>) -> Self {
        Self { text, to: to.filter(|_| count.shown().is_some_and(|n| n > 0)).map(str::to_owned) }
    }
}

/// The marking and the number of the page, for the margin of every printed page.
fn on_every_sheet(audience: Audience) -> String {
    let marking = match audience {
        Audience::Members => "For members of the meeting only",
        Audience::Session => "For the people at this session",
        Audience::Person => "For the person who asked for it",
        Audience::Board => "For the board",
        Audience::Public => "For everybody",
    };
    format!(
        "@media print{{@page{{@bottom-left{{content:\"{marking}\";font:8pt Arial,sans-serif}}@bottom-right{{content:\"Page \" counter(page) \" of \" counter(pages);font:8pt Arial,sans-serif}}}}}}"
    )
}

fn marking(audience: Audience) -> &'static str {
    match audience {
        Audience::Members => "For members of the meeting only. Not to be copied or passed on without the agreement of the chair.",
        Audience::Session => "For the people at this session. It names no case and nobody, and small numbers are hidden.",
        Audience::Person => "For the person who asked for it. It holds personal information: keep it in a safe place.",
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
    let other = ", or one from which such a number could be worked out";
    (rule.hide_up_to > 0).then(|| {
        format!("[c] stands for a number from 1 to {}{other}, which is not shown so that nobody can be recognised. A 0 is a true 0.{round}", rule.hide_up_to)
    })
}

/// The first of many, and how many there are beside them.
#[derive(Serialize)]
pub(super) struct Few<T> {
    pub(super) lines: Vec<T>,
    pub(super) more: Option<usize>,
}

impl<T> Few<T> {
    /// What a page can hold.
    pub(super) const MOST: usize = 12;

    pub(super) fn of<U>(all: impl ExactSizeIterator<Item = U>, view: impl Fn(U) -> T) -> Self {
        let more = all.len().saturating_sub(Self::MOST);
        Self { lines: all.take(Self::MOST).map(view).collect(), more: (more > 0).then_some(more) }
    }
}

#[derive(Serialize)]
pub(super) struct AnswersView {
    pub(super) agency: Option<String>,
    pub(super) asked: Num,
    pub(super) flexed_once: Num,
    pub(super) changed_for_all: Num,
    pub(super) refused: Num,
    pub(super) no_reply: Num,
    pub(super) waiting: Num,
    /// Whether anybody was asked at all.
    pub(super) any: bool,
}

impl AnswersView {
    pub(super) fn new(agency: Option<&str>, answers: &AnswerCounts, to: Option<&str>) -> Self {
        let counts = [answers.asked, answers.flexed_once, answers.changed_for_all, answers.refused, answers.no_reply, answers.waiting];
        let [asked, flexed_once, changed_for_all, refused, no_reply, waiting] = counts.map(|count| Num::new(count, to));
        let any = counts.iter().any(|count| !count.is_zero());
        Self { agency: agency.map(str::to_owned), asked, flexed_once, changed_for_all, refused, no_reply, waiting, any }
    }
}

/// Learning points of one kind, newest first, with where they come from for those who may know.
#[derive(Serialize)]
pub(super) struct LessonsView {
    pub(super) lines: Vec<LessonView>,
    /// How many there are beside them; nothing when these are all.
    pub(super) more: Option<String>,
}

#[derive(Serialize)]
pub(super) struct LessonView {
    pub(super) text: String,
    pub(super) themes: Vec<String>,
    pub(super) source: Option<String>,
}

impl LessonsView {
    pub(super) fn new(list: &LessonList) -> Self {
        let line = |lesson: &crate::release::LessonLine| LessonView {
            text: lesson.text.clone(),
            themes: lesson.themes.clone(),
            source: lesson.source.as_ref().map(source),
        };
        Self { lines: list.lines.iter().map(line).collect(), more: (list.more > 0).then(|| list.more.to_string()) }
    }
}

/// Where something comes from: the day of the meeting, the case, and its id.
pub(super) fn source(source: &Source) -> String {
    let id = source.id.as_ref().map_or(String::new(), |id| format!(", {id}"));
    format!("{}, {}{id}", day(source.date), source.case)
}

/// `1 April 2025`.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `10 April 2025 to 12 March 2026`; for others than members the months alone, since the day of a meeting can tell who was there.
pub(super) fn period(since: Option<NaiveDate>, until: Option<NaiveDate>, audience: Audience) -> Option<String> {
    let show = |date: NaiveDate| if audience.is_members() { day(date) } else { date.format("%B %Y").to_string() };
    let (first, last) = (show(since?), show(until?));
    Some(if first == last { first } else { format!("{first} to {last}") })
}

/// The last day that a page knows of, as [`period`] shows days.
pub(super) fn as_of(date: Option<NaiveDate>, audience: Audience) -> Option<String> {
    Some(if audience.is_members() { day(date?) } else { date?.format("%B %Y").to_string() })
}

/// A fixed word as it stands in a sentence: `no-reply`, `did_not_work`.
pub(super) fn in_plain_words(word: &str) -> String {
    word.replace(['-', '_'], " ")
}

/// A kind of meeting in words.
pub(super) fn meeting_kind(kind: &str) -> String {
    if kind == "marg" { "multi-agency meeting".to_owned() } else { in_plain_words(kind) }
}
