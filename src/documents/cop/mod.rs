//! The pack for a session of a community of practice: the sheet that it is led by, and the evidence on one page.

mod questions;
mod series;
mod steps;

use chrono::NaiveTime;
use serde::Serialize;

pub use self::series::{series_data, series_documents};
use self::steps::{StepView, steps};
use super::guide::why;
use super::numbers::{n_of, people, times};
use super::outline::{Outline, Sentence};
use super::report::came_of;
use super::template::Templates;
use super::view::{About, Fact, PageView, as_of, day, period};
use super::{Document, Made, word_edition};
use crate::analysis::Round;
use crate::release::{CopPage, Count, CountRule, LessonList, Released};

/// The sheet of a session and its evidence, each as Markdown, as a page, and for Word.
pub fn cop_documents(templates: &Templates, page: &Released<CopPage>) -> Made {
    let name = format!("cop-{}", page.guide.id);
    let (sheet, evidence) = (SheetView::new(templates, page), EvidenceView::new(templates, page));
    let mut made = editions(templates, "cop", &name, &sheet, &sheet.page);
    made.extend(editions(templates, "cop-evidence", &format!("{name}-evidence"), &evidence, &evidence.page));
    made
}

/// What the templates of the sheet and of the evidence see.
pub fn cop_data(templates: &Templates, page: &Released<CopPage>) -> serde_json::Value {
    serde_json::json!({ "sheet": SheetView::new(templates, page), "evidence": EvidenceView::new(templates, page) })
}

/// A page in its three forms; the one for Word is the text in another form.
pub(super) fn editions(templates: &Templates, template: &str, name: &str, view: &impl Serialize, page: &PageView) -> Made {
    let text = templates.render(&format!("{template}.md"), view);
    let html = templates.render(&format!("{template}.html"), view);
    let word = text.clone().and_then(|text| word_edition(templates, "cop", name, &text, page));
    vec![text.map(|text| Document::text(format!("{name}.md"), text)), html.map(|html| Document::text(format!("{name}.html"), html)), word]
}

#[derive(Serialize)]
struct SheetView {
    page: PageView,
    /// The parts of the session, each with its minutes, which add up.
    steps: Vec<StepView>,
    total: String,
    /// What is to be seen to before it.
    before: Vec<String>,
    /// What earlier sessions asked, and has no answer yet.
    waiting: Vec<String>,
}

#[derive(Serialize)]
struct EvidenceView {
    page: PageView,
    /// Markdown.
    definition: Option<String>,
    summary: String,
    in_the_way: Vec<Named>,
    worked: Vec<String>,
    did_not_work: Vec<String>,
}

#[derive(Serialize)]
struct Named {
    name: &'static str,
    text: String,
}

/// So much of each kind goes on one page.
const ON_ONE_PAGE: usize = 3;
/// And so much of what was told at sessions.
const IN_SHORT: usize = 1;

/// Small numbers are said as "a few", so no mark has to be explained.
const IN_WORDS: CountRule = CountRule { hide_up_to: 0, round_to: 1 };

impl SheetView {
    fn new(templates: &Templates, released: &Released<CopPage>) -> Self {
        let page: &CopPage = released;
        let steps = steps(page);
        let mut outline = Outline::default();
        let evidence = why(&page.guide).join(" ");
        outline.point(Sentence::of("What we look for: what gets people past “").strong(page.guide.title.clone()).and("”, and who can change it."));
        outline.point(Sentence::of(evidence));
        outline.section("before", "Before the session");
        outline.section("hours", format!("The session, in {}", n_of(page.length as usize, "minute", "minutes")));
        steps.iter().for_each(|step| outline.section(step.id, step.title));
        let waiting = waiting(page);
        if !waiting.is_empty() {
            outline.section("waiting", "Asked before, and not answered yet");
        }
        let about = About {
            kind: "Session sheet".to_owned(),
            title: format!("Community of practice: {}", page.guide.title),
            group: &page.guide.group,
            contact: page.guide.contact.as_deref(),
            audience: released.audience(),
            period: None,
            as_of: page.date.map(day),
            made_on: None,
            warning: None,
            rule: IN_WORDS,
            facts: facts(page),
        };
        let heads = outline.by_id();
        let numbered = |step: StepView| StepView { number: heads.get(step.id).map_or(0, |head| head.number), ..step };
        Self {
            page: PageView::new(templates, about, &outline),
            steps: steps.into_iter().map(numbered).collect(),
            total: n_of(page.rounds.iter().map(|(_, minutes)| *minutes as usize).sum(), "minute", "minutes"),
            before: before(page),
            waiting,
        }
    }
}

impl EvidenceView {
    fn new(templates: &Templates, released: &Released<CopPage>) -> Self {
        let page: &CopPage = released;
        let guide = &page.guide;
        let about = About {
            kind: "What we know".to_owned(),
            title: guide.title.clone(),
            group: &guide.group,
            contact: guide.contact.as_deref(),
            audience: released.audience(),
            period: period(guide.since, guide.until, released.audience()),
            as_of: as_of(guide.until, released.audience()),
            made_on: None,
            warning: None,
            rule: IN_WORDS,
            facts: Vec::new(),
        };
        let practice = page.earlier.iter().rev().flat_map(|session| session.positive_practice.iter().map(|told| format!("Told at a session: {told}")));
        Self {
            page: PageView::new(templates, about, &Outline::default()),
            summary: why(guide).join(" "),
            definition: guide.definition.clone(),
            in_the_way: in_the_way(page),
            worked: some(&guide.lessons.worked, ON_ONE_PAGE).into_iter().chain(practice.take(IN_SHORT)).collect(),
            did_not_work: some(&guide.lessons.did_not_work, ON_ONE_PAGE - 1),
        }
    }
}

fn some(lessons: &LessonList, most: usize) -> Vec<String> {
    lessons.lines.iter().take(most).map(|lesson| lesson.text.clone()).collect()
}

/// The figures, a line each.
fn in_the_way(page: &CopPage) -> Vec<Named> {
    let guide = &page.guide;
    let named = |counts: &[(String, Count)]| {
        let named = counts.iter().take(ON_ONE_PAGE).map(|(name, count)| format!("{name} ({})", people(*count)));
        named.collect::<Vec<_>>().join("; ")
    };
    let answers = &guide.answers;
    let asked = (!answers.asked.is_zero()).then(|| format!("{}{}", times(answers.asked), came_of(answers)));
    let lines = [
        ("It keeps people from", named(&guide.services)),
        ("Causes", named(&guide.causes)),
        ("What people live with who meet it", named(&guide.needs)),
        ("Other barriers that come with it", named(&guide.barriers)),
        ("Somebody was asked to move it", asked.unwrap_or_default()),
    ];
    lines.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| Named { name, text }).collect()
}

fn facts(page: &CopPage) -> Vec<Fact> {
    let time = |time: NaiveTime| time.format("%H:%M").to_string();
    let ends = |starts: NaiveTime| starts + chrono::TimeDelta::minutes(i64::from(page.length));
    let [time_as_last, place_as_last] = page.as_last_time.map(|as_last| if as_last { ", if it is as last time" } else { "" });
    let to_say = |text: &Option<String>| text.clone().unwrap_or_else(|| "still to be said".to_owned());
    let mut facts = vec![
        Fact::new("Session", if page.nth == 1 { "the first on this theme".to_owned() } else { format!("number {} on this theme", page.nth) }),
        Fact::new("Day", page.date.map_or_else(|| "still to be said".to_owned(), day)),
        Fact::new(
            "Time",
            page.starts.map_or_else(|| "still to be said".to_owned(), |starts| format!("{} to {}{time_as_last}", time(starts), time(ends(starts)))),
        ),
        Fact::new("Where", page.venue.as_ref().map_or_else(|| "still to be said".to_owned(), |venue| format!("{venue}{place_as_last}"))),
        Fact::new("Facilitator", to_say(&page.facilitator)),
        Fact::new("Lived experience lead", to_say(&page.lived_experience_lead)),
    ];
    if let Some(first) = page.guide.stage {
        facts.push(Fact::new("Stage of the theme", super::view::in_plain_words(first.word())));
    }
    facts
}

/// What is to be seen to before people come.
fn before(page: &CopPage) -> Vec<String> {
    let minutes = page.rounds.iter().find(|(round, _)| *round == Round::Story).map_or(0, |(_, minutes)| *minutes);
    let mut before = vec![
        "Ask people who know this from their own life first, and early. Pay their travel; if you pay their time, say what that does to benefits.".to_owned(),
        format!("Find the story, and agree on it: {minutes} minutes, told by the person or with them in the room."),
        "Ask somebody with lived experience of it to answer the story.".to_owned(),
        "Invite those who could say yes: people who may change a rule, beside those who work with it.".to_owned(),
        "A room with daylight and a way out, chairs in a circle, something to eat, a quiet room beside it.".to_owned(),
        "Print this sheet once, the evidence for each table, and a capture sheet for each group.".to_owned(),
    ];
    if !waiting(page).is_empty() {
        before.push("Ask for the answers that are still missing; they are listed at the end of this sheet.".to_owned());
    }
    before
}

/// What sessions asked of somebody, and nobody has answered.
fn waiting(page: &CopPage) -> Vec<String> {
    let asked = page.earlier.iter().flat_map(|session| session.recommendations.iter().map(move |said| (session, said)));
    let unanswered = asked.filter(|(_, said)| said.reply.is_none());
    unanswered
        .map(|(session, said)| {
            let owner = said.owner.as_deref().map_or_else(|| "nobody in particular".to_owned(), str::to_owned);
            format!("{} (asked of {owner}, {})", said.text.trim_end_matches('.'), day(session.date))
        })
        .collect()
}
