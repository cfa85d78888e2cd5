//! The report: main points first, then what they rest on.

use serde::Serialize;

use super::template::Templates;
use super::view::{AnswersView, LessonView, PageView, people, period, times};
use super::{Document, RenderError};

use crate::release::{ActionCounts, Answer, Audience, BarrierLine, Count, LearningKind, Released, ReportPage, StepLine, Sure};

/// The report as Markdown and as a page.
///
/// # Errors
///
/// When a template of the workspace cannot be used.
pub fn report_documents(templates: &Templates, page: &Released<ReportPage>) -> Result<Vec<Document>, RenderError> {
    let view = ReportView::new(templates, page);
    ["report.md", "report.html"].into_iter().map(|name| Ok(Document { name: name.to_owned(), text: templates.render(name, &view)? })).collect()
}

#[derive(Serialize)]
struct ReportView {
    page: PageView,
    points: Vec<String>,
    facts: Vec<Fact>,
    barriers: Vec<BarrierView>,
    /// Whether rows show more than one status and the agencies.
    members: bool,
    quarters: Vec<String>,
    lines: Vec<LineView>,
    change: String,
    answers: AnswersView,
    answers_by_agency: Vec<AnswersView>,
    worked: Vec<LessonView>,
    did_not_work: Vec<LessonView>,
    questions: Vec<LessonView>,
    steps: Vec<String>,
    actions: Vec<Fact>,
    stages: Vec<StageView>,
    sure: Vec<String>,
    words: Vec<WordView>,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
struct BarrierView {
    title: String,
    people: String,
    live: String,
    eased: String,
    resolved: String,
    services: String,
    agencies: String,
    seen: Option<String>,
}

#[derive(Serialize)]
struct LineView {
    title: String,
    counts: Vec<String>,
}

#[derive(Serialize)]
struct StageView {
    title: String,
    stage: String,
}

#[derive(Serialize)]
struct WordView {
    title: String,
    definition: String,
}

impl ReportView {
    fn new(templates: &Templates, released: &Released<ReportPage>) -> Self {
        let page: &ReportPage = released;
        let audience = released.audience();
        let title = "What keeps getting in the way".to_owned();
        let lessons = |kind| page.lessons.iter().filter(|lesson| lesson.kind == kind).map(LessonView::new).collect();
        Self {
            page: PageView::new(title, &page.group, page.contact.as_deref(), audience, period(page.since, page.until, audience), page.rule, templates),
            points: points(page),
            facts: facts(page),
            barriers: page.barriers.iter().map(barrier).collect(),
            members: audience.is_members(),
            quarters: page.quarters.names.clone(),
            lines: lines(page),
            change: change(page),
            answers: AnswersView::new(None, &page.answers),
            answers_by_agency: page.answers_by_agency.iter().map(|row| AnswersView::new(Some(&row.agency), &row.answers)).collect(),
            worked: lessons(LearningKind::Worked),
            did_not_work: lessons(LearningKind::DidNotWork),
            questions: lessons(LearningKind::Question),
            steps: page.steps.iter().map(|step| in_words(step, audience)).collect(),
            actions: page.actions.as_ref().map(actions).unwrap_or_default(),
            stages: page.stages.iter().map(|line| StageView { title: line.title.clone(), stage: line.stage.word().replace('-', " ") }).collect(),
            sure: page.sure.as_ref().map(sure).unwrap_or_default(),
            words: page.words.iter().map(|(title, definition)| WordView { title: title.clone(), definition: definition.clone() }).collect(),
        }
    }
}

/// The report in a few sentences, the biggest first.
fn points(page: &ReportPage) -> Vec<String> {
    let mut points = Vec::new();
    if page.meetings == 0 {
        return vec!["No meeting of this period has discussed a case, so there is nothing to report yet.".to_owned()];
    }
    if let Some(first) = page.barriers.first().filter(|line| line.people.shown().is_some()) {
        let still = match first.live.shown().filter(|_| page.rule.round_to == 1) {
            Some(n) if first.people.shown() == Some(n) => ", all of them still".to_owned(),
            Some(n) if n > 0 => format!(", {n} of them still"),
            _ => String::new(),
        };
        points.push(format!("The barrier met most often is “{}”: {}{still}.", first.title, people(first.people)));
    }
    let meetings = if page.meetings == 1 { "1 meeting".to_owned() } else { format!("{} meetings", page.meetings) };
    points.push(format!("{meetings} discussed {}; {} were new, and {} closed.", people(page.people), page.new_people, page.closed_people));
    points.push(asked(page));
    if let Some(actions) = &page.actions
        && !actions.set.is_zero()
    {
        points.push(format!(
            "Of {} actions {} were done, {} of them late; {} are open, {} of these overdue.",
            actions.set, actions.done, actions.late, actions.open, actions.overdue
        ));
    }
    if let Some(stage) = page.stages.first() {
        points.push(format!("“{}” has come furthest on its way to a guide: {}.", stage.title, stage.stage.word().replace('-', " ")));
    }
    points
}

fn asked(page: &ReportPage) -> String {
    let answers = &page.answers;
    if answers.asked.is_zero() {
        return "Nobody has been asked to move a barrier yet.".to_owned();
    }
    format!(
        "Somebody was asked to move a barrier {}: {} flexed once, {} changed for all, {} refused, {} gave no reply.",
        times(answers.asked),
        answers.flexed_once,
        answers.changed_for_all,
        answers.refused,
        answers.no_reply
    )
}

fn facts(page: &ReportPage) -> Vec<Fact> {
    let fact = |name, value: String| Fact { name, value };
    vec![
        fact("Meetings that discussed a case", page.meetings.to_string()),
        fact("People discussed", page.people.to_string()),
        fact("Discussions", page.discussions.to_string()),
        fact("New people", page.new_people.to_string()),
        fact("People whose case was closed", page.closed_people.to_string()),
    ]
}

fn barrier(line: &BarrierLine) -> BarrierView {
    BarrierView {
        title: line.title.clone(),
        people: line.people.to_string(),
        live: line.live.to_string(),
        eased: line.eased.to_string(),
        resolved: line.resolved.to_string(),
        services: line.services.join(", "),
        agencies: line.agencies.join(", "),
        seen: line.seen.map(|(first, last)| if first == last { first.to_string() } else { format!("{first} to {last}") }),
    }
}

fn lines(page: &ReportPage) -> Vec<LineView> {
    let texts = |counts: &[Count]| counts.iter().map(ToString::to_string).collect();
    let mut lines: Vec<LineView> = page.quarters.lines.iter().map(|(title, counts)| LineView { title: title.clone(), counts: texts(counts) }).collect();
    if !lines.is_empty() {
        lines.push(LineView { title: "People with any barrier".to_owned(), counts: texts(&page.quarters.any) });
    }
    lines
}

/// Fewer than this many quarters are no trend.
const QUARTERS_FOR_A_TREND: usize = 3;

/// The change in a sentence; or that there is too little to speak of one.
fn change(page: &ReportPage) -> String {
    let quarters = &page.quarters;
    if quarters.names.len() < QUARTERS_FOR_A_TREND {
        return "The period is too short to speak of a change: it takes at least three quarters.".to_owned();
    }
    if page.rule.round_to > 1 {
        return "The numbers are rounded, so that small changes cannot be seen in them.".to_owned();
    }
    let moved = |line: &&(String, Vec<Count>)| {
        let (first, last) = (line.1.first()?.shown()?, line.1.last()?.shown()?);
        Some((first.abs_diff(last), line.0.clone(), first, last))
    };
    let most = quarters.lines.iter().filter_map(|line| moved(&line)).max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    match most {
        Some((by, title, first, last)) if by > 1 => {
            let way = if first < last { "rose" } else { "fell" };
            format!("“{title}” {way} from {first} to {last} people between {} and {}.", quarters.names[0], quarters.names[quarters.names.len() - 1])
        }
        _ => "No barrier changed by more than one person between the first and the last quarter, or the numbers are too small to say.".to_owned(),
    }
}

fn in_words(step: &StepLine, audience: Audience) -> String {
    let at = step.agency.as_ref().map_or(String::new(), |agency| format!(" at {agency}"));
    let why = match (step.answer, step.asked) {
        (Some(Answer::Refused), _) => "the answer was no: take it further up",
        (Some(Answer::NoReply), _) => "there was no reply: ask again, and say by when",
        (Some(Answer::FlexedOnce | Answer::ChangedForAll), _) => "the answer helped some: ask for the others",
        (None, true) if audience.is_members() => "somebody was asked, and no answer is recorded: ask for it",
        (None, true) => "some have been asked: ask for what came of it",
        (None, false) if audience.is_members() => "nobody has been asked to move it: ask",
        (None, false) => "ask who could move it",
    };
    format!("{}{at}: {} still held up; {why}.", step.title, people(step.people))
}

fn actions(counts: &ActionCounts) -> Vec<Fact> {
    let fact = |name, value: Count| Fact { name, value: value.to_string() };
    vec![
        fact("Set", counts.set),
        fact("Done", counts.done),
        fact("Done late", counts.late),
        fact("Open", counts.open),
        fact("Overdue", counts.overdue),
        fact("Not possible: circumstances changed", counts.not_possible),
        fact("Not done by the agency", counts.not_done),
        fact("Superseded", counts.superseded),
        fact("Done, and worked", counts.worked),
        fact("Done, and worked in part", counts.partly),
        fact("Done, and did not work", counts.did_not_work),
        fact("Done, too soon to say", counts.too_soon),
    ]
}

fn sure(sure: &Sure) -> Vec<String> {
    vec![
        format!("In {} of {} discussions somebody recorded what the person thinks and wants.", sure.with_views, sure.discussions),
        format!("{} discussions name no barrier. That may mean that there was none, or that nobody wrote it down.", sure.without_barrier),
        format!(
            "Of {} barrier entries {} do not say whose rule or practice it is, and {} not what it keeps the person from.",
            sure.barriers, sure.barriers_without_agency, sure.barriers_without_service
        ),
    ]
}
