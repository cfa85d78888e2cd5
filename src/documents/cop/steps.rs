//! The parts of a session in words: what is done, who leads, and what is said.

use chrono::{NaiveTime, TimeDelta};
use serde::Serialize;

use super::questions::{Questions, questions};
use crate::analysis::Round;
use crate::release::CopPage;

/// One part of the session.
#[derive(Serialize)]
pub(super) struct StepView {
    pub(super) id: &'static str,
    pub(super) number: usize,
    pub(super) title: &'static str,
    pub(super) minutes: u32,
    /// When it begins: a time of day, or the hours and minutes since the beginning.
    pub(super) from: String,
    pub(super) lead: String,
    /// What the one who leads does, line by line.
    pub(super) does: Vec<String>,
    /// What is asked of everybody.
    pub(super) asks: Option<String>,
    /// What is read out.
    pub(super) reads: Vec<String>,
    pub(super) questions: Vec<Questions>,
    /// Markdown that people wrote.
    pub(super) text: Option<String>,
    pub(super) gap: Option<String>,
}

pub(super) fn steps(page: &CopPage) -> Vec<StepView> {
    let mut gone = 0;
    let mut steps = Vec::new();
    for (round, minutes) in &page.rounds {
        let step = step(page, *round, *minutes);
        steps.push(StepView { minutes: *minutes, from: from(page.starts, gone), ..step });
        gone += minutes;
    }
    steps
}

fn from(starts: Option<NaiveTime>, gone: u32) -> String {
    match starts {
        Some(starts) => (starts + TimeDelta::minutes(i64::from(gone))).format("%H:%M").to_string(),
        None => format!("{}:{:02}", gone / 60, gone % 60),
    }
}

fn step(page: &CopPage, round: Round, minutes: u32) -> StepView {
    let facilitator = || page.facilitator.clone().unwrap_or_else(|| "facilitator".to_owned());
    let with_experience = || page.lived_experience_lead.clone().unwrap_or_else(|| "lived experience lead".to_owned());
    let new = |id, title, lead: String, does: &[&str]| StepView {
        id,
        title,
        lead,
        number: 0,
        minutes,
        from: String::new(),
        does: does.iter().map(|line| (*line).to_owned()).collect(),
        asks: None,
        reads: Vec::new(),
        questions: Vec::new(),
        text: None,
        gap: None,
    };
    match round {
        Round::Welcome => StepView { reads: paragraphs(page.statement.as_deref()), ..new("welcome", "Welcome", facilitator(), &WELCOME) },
        Round::Opening => StepView {
            does: vec![
                "Everybody speaks once, uninterrupted, before anybody speaks twice. Anybody may pass.".to_owned(),
                format!("{minutes} minutes are a minute each for {minutes} people; with more people, a sentence each."),
            ],
            asks: Some("What has gone well lately that has to do with this, in your work or in your life?".to_owned()),
            ..new("opening", "Opening round", facilitator(), &[])
        },
        Round::Story => story(page, new("story", "A story", with_experience(), &STORY)),
        Round::Response => StepView {
            asks: Some("What did you recognise? What was left out? What would have helped, and when? What should we stop doing?".to_owned()),
            ..new("response", "An answer from lived experience", with_experience(), &RESPONSE)
        },
        Round::Evidence => new("evidence", "What we know", facilitator(), &EVIDENCE),
        Round::Groups => StepView { questions: questions(page), ..new("groups", "Small groups", facilitator(), &GROUPS) },
        Round::Exchange => new("exchange", "What works, and what is still stuck", facilitator(), &EXCHANGE),
        Round::Recommendations => new("recommendations", "What we ask, and of whom", facilitator(), &RECOMMENDATIONS),
        Round::Closing => StepView {
            asks: Some("What will you do differently, or try, before we meet again?".to_owned()),
            ..new("closing", "Closing round", with_experience(), &CLOSING)
        },
    }
}

const WELCOME: [&str; 4] = [
    "Thank people for coming. Say where the way out, the kettle and the quiet room are.",
    "Say what the session is for, and that it looks for what helps, not for who is to blame.",
    "Say how we talk here: one at a time; no names, and no details by which somebody could be recognised; anybody may pass, or step out.",
    "Say what is written down: what is learned, and what is asked of whom. Not who said it.",
];

const STORY: [&str; 5] = [
    "Best is a real story, told by the person, or with them beside whoever tells it.",
    "They have agreed to it for this room and this day, and have said what may be written down and what may not.",
    "They can stop at any moment, and can change their mind afterwards: then it is taken out of the record.",
    "Somebody of their choice is with them before, during and after.",
    "Nobody asks what the person did. We ask what services did, and what helped.",
];

const RESPONSE: [&str; 2] = ["Somebody who knows it from their own life speaks first.", "Nobody explains, and nobody answers back. The room says thank you."];

const EVIDENCE: [&str; 3] = [
    "The evidence lies on every table. Leave two minutes to read it in silence.",
    "Figures are counts of people whom the group knows of; how many there are in the city, nobody knows.",
    "Ask what does not fit with what people in the room know.",
];

const GROUPS: [&str; 3] = [
    "Four or five in each; services mixed; somebody with lived experience in each who wants to be.",
    "One question after another, the first ones in any case. Each has a turn before anybody has two.",
    "One writes on the capture sheet, in the words that were said.",
];

const EXCHANGE: [&str; 3] = [
    "Each group says one thing that already works, and what it needs.",
    "Then one thing that is still stuck, and who could move it.",
    "No discussion yet; what others said already is not said again.",
];

const RECOMMENDATIONS: [&str; 3] = [
    "Each is one sentence: who does what. It goes to an agency that can say yes.",
    "If that agency is in the room, it answers now: yes, no, or by which day it will.",
    "Read the list out once before it is closed.",
];

const CLOSING: [&str; 3] = [
    "Everybody speaks once. Anybody may pass.",
    "Say when we meet next, who writes this up, and how everybody hears what came of it.",
    "Ask the person who told the story how they are, today and in a few days.",
];

/// The story, and what stands for it where nobody tells one.
fn story(page: &CopPage, step: StepView) -> StepView {
    if let Some(example) = &page.guide.prose.example {
        let intro = "If nobody tells one today, this was made of at least three people, so that nobody can be recognised:";
        return StepView { does: step.does.into_iter().chain([intro.to_owned()]).collect(), text: Some(example.clone()), ..step };
    }
    let gap = if page.can_be_composite {
        format!(
            "If nobody tells one today: a composite, made of at least three people, without ages, days and places, and without an offence together with an area. It is written by a person, as the example of the guide in the file of the theme, {}.yaml.",
            page.guide.id
        )
    } else {
        "If nobody tells one today: an invented story, and said to be one. Too few people are on record for a composite in which nobody could be recognised."
            .to_owned()
    };
    StepView { gap: Some(gap), ..step }
}

fn paragraphs(text: Option<&str>) -> Vec<String> {
    let paragraphs = text.unwrap_or_default().split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect()
}
