//! Questions that look for solutions, made from what stands in the way and from what is not known yet.

use serde::Serialize;

use super::super::guide::sections::sections;
use crate::analysis::barrier_subject;
use crate::release::{AnswerCounts, CopPage, LessonList, ThemeKind};

/// Questions that belong together.
#[derive(Serialize)]
pub(super) struct Questions {
    heading: &'static str,
    lines: Vec<String>,
}

/// So many of a kind are enough for one session.
const OF_EACH: usize = 3;

pub(super) fn questions(page: &CopPage) -> Vec<Questions> {
    let all = [
        ("Best hopes", hopes()),
        ("What already works", works(page)),
        ("What stands in the way", in_the_way(page)),
        ("What we do not know yet", unknown(page)),
    ];
    all.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(heading, lines)| Questions { heading, lines }).collect()
}

/// Best hopes, scaling, the first small sign: the questions of solution-focused practice.
fn hopes() -> Vec<String> {
    [
        "Suppose it goes as well as it can: what do people have in a year that they do not have now?",
        "From 0 to 10, where 10 is that nobody meets this any more: where are we? What keeps it from being lower? What is one step up?",
        "What would be the first small sign that it moves, and who would notice it first?",
    ]
    .map(str::to_owned)
    .into()
}

fn works(page: &CopPage) -> Vec<String> {
    let guide = &page.guide;
    let subject = barrier_subject(&guide.title);
    let services = guide.services.iter().filter(|_| guide.kind == ThemeKind::Barrier).take(2);
    let mut lines: Vec<String> =
        services.map(|(service, _)| format!("{subject}: when has somebody got {service} all the same? What did they do, and what did you do?")).collect();
    if lines.is_empty() {
        lines.push("When has somebody got past this? What did they do, and what did you do?".to_owned());
    }
    lines.extend(some(&guide.lessons.worked).map(|text| format!("We saw this work: “{text}” Where else has it been done, and what made it possible?")));
    lines
}

fn some(lessons: &LessonList) -> impl Iterator<Item = &str> {
    lessons.lines.iter().take(OF_EACH).map(|lesson| lesson.text.as_str())
}

fn in_the_way(page: &CopPage) -> Vec<String> {
    let guide = &page.guide;
    let causes = guide.causes.iter().filter_map(|(cause, _)| of_cause(cause));
    let mut lines: Vec<String> = causes.take(OF_EACH).map(str::to_owned).collect();
    lines.extend(of_answers(&guide.answers, guide.people.is_some()).into_iter().map(str::to_owned));
    if let Some((other, _)) = guide.barriers.first() {
        lines.push(format!("It often comes together with “{other}”. What helps with both at once?"));
    }
    lines.extend(some(&guide.lessons.did_not_work).take(1).map(|text| format!("We saw this fail: “{text}” What would we do instead?")));
    lines
}

fn of_cause(cause: &str) -> Option<&'static str> {
    Some(match cause {
        "policy" => "Which rule is it, word for word? Who wrote it, what was it for, and who may set it aside for one person?",
        "practice" => "Where is it done otherwise already, with the same rules? What do they do at the moment when we say no?",
        "resource" => "What is there that nobody uses fully? What could two services do together that neither can do alone?",
        "recording" => "What exactly is written down, by whom, and when? How would the person see it, and how is it put right?",
        "attitude" => "What are people afraid of, and what would make them feel safe enough to try?",
        "law" => "What does the law say, in its own words, and what do we only think it says? Whom can we ask?",
        _ => return None,
    })
}

fn of_answers(answers: &AnswerCounts, met: bool) -> Vec<&'static str> {
    let all = [
        (met && answers.asked.is_zero(), "Nobody has been asked yet to move it. Whom would we ask first, and what would we bring?"),
        (!answers.flexed_once.is_zero(), "An exception has been made. What would turn it into the rule for everybody?"),
        (!answers.changed_for_all.is_zero(), "A rule has been changed for everybody. Who else could do the same, and what would they need?"),
        (!answers.refused.is_zero(), "When the answer was no: what was it made of, and who above it could say yes?"),
        (!answers.no_reply.is_zero(), "When nobody answers: whom do we ask next, and after how long?"),
    ];
    all.into_iter().filter(|(fits, _)| *fits).map(|(_, question)| question).collect()
}

/// Open questions from meetings, and what the guide still lacks.
fn unknown(page: &CopPage) -> Vec<String> {
    let mut lines: Vec<String> = some(&page.guide.lessons.questions).map(str::to_owned).collect();
    let gaps = sections(&page.guide).into_iter().filter(|section| section.gap.is_some());
    lines.extend(gaps.filter_map(|section| of_gap(section.key)).take(OF_EACH).map(str::to_owned));
    lines
}

fn of_gap(section: &str) -> Option<&'static str> {
    Some(match section {
        "told" => "What have people told you about it, in their own words, and may we write it down?",
        "works" => "When it goes well, what happens first, what next, and who does it?",
        "risk" => "How do you look at the risk together with the person, and who is rung at two in the morning?",
        "ask" => "Which question, asked early, would have changed what happened?",
        "sharing" => "Who had to know something and did not? Who knew more than they needed?",
        "escalate" => "When it stopped, whom did you go to, and what made them listen?",
        "contacts" => "Whom do you ring, and whom would you like to be able to ring?",
        _ => return None,
    })
}
