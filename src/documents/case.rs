//! One person's story: where it stands, what is in the way, what was undertaken, and then what was said at each meeting.

use std::collections::BTreeMap;

use serde::Serialize;

use super::discussion::{DiscussionView, TaskView, VoiceView, answer_words, barrier, task, voice};
use super::numbers::{lower, meetings, part_of, upper};
use super::outline::{Head, Outline, Sentence};
use super::template::Templates;
use super::view::{About, Fact, PageView, as_of, day, period};
use super::{Document, Made};
use crate::release::{CasePage, Count, Released, ThreadLine};

/// The story as Markdown and as a page.
pub fn case_documents(templates: &Templates, page: &Released<CasePage>) -> Made {
    let view = CaseView::new(templates, page);
    let render = |template, ending| Ok(Document::text(format!("case-{}.{ending}", page.case), templates.render(template, &view)?));
    vec![render("case.md", "md"), render("case.html", "html")]
}

/// What the templates of a case see.
pub fn case_data(templates: &Templates, page: &Released<CasePage>) -> serde_json::Value {
    serde_json::to_value(CaseView::new(templates, page)).unwrap_or_default()
}

#[derive(Serialize)]
struct CaseView {
    page: PageView,
    head: BTreeMap<String, Head>,
    case: String,
    barriers: Vec<ThreadView>,
    actions: Vec<TaskView>,
    voices: Vec<SaidView>,
    discussions: Vec<DiscussionView>,
}

#[derive(Serialize)]
struct ThreadView {
    sentence: String,
    status: &'static str,
    /// Such as `10 April 2025 live; 12 June 2025 eased`.
    story: String,
    answer: String,
}

#[derive(Serialize)]
struct SaidView {
    date: String,
    voice: VoiceView,
}

impl CaseView {
    fn new(templates: &Templates, released: &Released<CasePage>) -> Self {
        let page: &CasePage = released;
        let audience = released.audience();
        let outline = outline(page);
        let days = (page.discussions.first().map(|said| said.date), page.discussions.last().map(|said| said.date));
        let about = About {
            kind: "One person’s story".to_owned(),
            title: page.case.clone(),
            group: &page.group,
            contact: page.contact.as_deref(),
            audience,
            period: period(days.0, days.1, audience),
            as_of: as_of(page.as_of, audience),
            made_on: None,
            warning: Some("This page is about one person. Before you print it, ask whether the people in the room need it on paper.".to_owned()),
            rule: page.rule,
            facts: facts(page),
        };
        let said = |discussion: &crate::release::DiscussionPage| {
            let date = day(discussion.date);
            discussion.views.iter().map(move |view| SaidView { date: date.clone(), voice: voice(view) }).collect::<Vec<_>>()
        };
        Self {
            page: PageView::new(templates, about, &outline),
            head: outline.by_id(),
            case: page.case.clone(),
            barriers: page.barriers.iter().map(thread).collect(),
            actions: page.actions.iter().map(task).collect(),
            voices: page.discussions.iter().flat_map(said).collect(),
            discussions: page.discussions.iter().map(|said| DiscussionView::new(said, format!("at-{}", said.meeting))).collect(),
        }
    }
}

fn thread(line: &ThreadLine) -> ThreadView {
    let story: Vec<String> = line.story.iter().map(|(date, status)| format!("{} {status}", day(*date))).collect();
    let answer = match (line.answer, &line.last.asked) {
        (Some(answer), _) => answer_words(answer).to_owned(),
        (None, Some(_)) => "asked, no answer recorded".to_owned(),
        (None, None) => "nobody was asked".to_owned(),
    };
    ThreadView {
        sentence: barrier(&crate::release::BarrierSaid { asked: None, answer: None, evidence: None, ..line.last.clone() }),
        status: line.last.status,
        story: story.join("; "),
        answer,
    }
}

fn standing(page: &CasePage) -> String {
    match (page.closed.as_deref().map(str::trim), page.next_review) {
        (Some(""), _) => "Closed".to_owned(),
        (Some(reason), _) => format!("Closed: {reason}"),
        (None, Some(date)) => format!("Open, next review on {}", day(date)),
        (None, None) => "Open, no next review set".to_owned(),
    }
}

fn facts(page: &CasePage) -> Vec<Fact> {
    let last = |of: fn(&crate::release::DiscussionPage) -> &Option<String>| page.discussions.iter().rev().find_map(|said| of(said).clone());
    let or = |text: Option<String>| text.unwrap_or_else(|| "none recorded".to_owned());
    let mut facts = vec![
        Fact::new("Where it stands", standing(page)),
        Fact::new("Discussed at", meetings(page.discussions.len())),
        Fact::new("Lead agency", or(last(|said| &said.lead_agency))),
        Fact::new("Lead professional", or(last(|said| &said.lead_professional))),
        Fact::new("Stands by the person", or(last(|said| &said.supporter))),
    ];
    facts.extend(page.as_of.map(|date| Fact::new("As of", day(date))));
    facts
}

fn outline(page: &CasePage) -> Outline {
    let mut outline = Outline::default();
    outline.point(Sentence::of("The case is ").strong(lower(standing(page).trim_end_matches('.'))).and("."));
    let heading = barriers_heading(page);
    outline.point(Sentence::default().strong(heading.clone()).and("."));
    outline.section("barriers", heading);
    let open = page.actions.iter().filter(|action| action.status.is_open()).count();
    let overdue = page.actions.iter().filter(|action| action.overdue).count();
    let heading = if page.actions.is_empty() { "Nothing was undertaken".to_owned() } else { actions_heading(page.actions.len(), open, overdue) };
    outline.point(Sentence::default().strong(heading.clone()).and("."));
    outline.section("actions", heading);
    let views = page.discussions.iter().flat_map(|said| &said.views);
    let wants = views.clone().rfind(|view| view.whose == "person" && !view.wants.is_empty());
    if let Some(said) = wants {
        let all: Vec<&str> = said.wants.iter().map(|wants| wanted(wants)).collect();
        outline.point(Sentence::of("What the person last said they want: ").strong(all.join("; ")).and("."));
    }
    if views.count() > 0 {
        outline.section("voices", "What the person says and wants");
    } else {
        outline.section("voices", "Nobody recorded what the person says and wants");
    }
    outline.section("story", format!("The story, from {}", page.discussions.first().map_or_else(String::new, |said| day(said.date))));
    outline
}

/// What still stands in the way of somebody whose case is open; of one whose case was closed, what was never recorded as moved.
fn barriers_heading(page: &CasePage) -> String {
    let all = page.barriers.len();
    let count = |wanted: &dyn Fn(&ThreadLine) -> bool| page.barriers.iter().filter(|line| wanted(line)).count();
    let said = |part, is, are| upper(&part_of(Count::Shown(part), Count::Shown(all), ("barrier", "barriers"), (is, are)));
    if all == 0 {
        return "No barrier is recorded".to_owned();
    }
    if page.closed.is_some() {
        let never = count(&|line| line.story.iter().all(|(_, status)| *status == "live"));
        return match never {
            0 => "Every barrier was recorded as eased or resolved at some time".to_owned(),
            never => said(never, "was never recorded as eased or resolved", "were never recorded as eased or resolved"),
        };
    }
    match count(&|line| line.last.status != "resolved") {
        0 => "Nothing that was recorded is in the way any more".to_owned(),
        still => said(still, "is still in the way", "are still in the way"),
    }
}

fn actions_heading(all: usize, open: usize, overdue: usize) -> String {
    let said = upper(&part_of(Count::Shown(open), Count::Shown(all), ("action", "actions"), ("is open", "are open")));
    if overdue > 0 { format!("{said}, {overdue} overdue") } else { said }
}

/// Wishes are recorded in free words; that there are none is said in one way.
fn wanted(wants: &str) -> &str {
    match wants.trim().trim_end_matches('.') {
        none if none.eq_ignore_ascii_case("none") || none.eq_ignore_ascii_case("nothing") => "nothing more recorded",
        wants => wants,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_actions_go_with_their_numbers() {
        assert_eq!(actions_heading(2, 0, 0), "None of 2 actions is open");
        assert_eq!(actions_heading(21, 1, 0), "1 of 21 actions is open");
        assert_eq!(actions_heading(21, 2, 1), "2 of 21 actions are open, 1 overdue");
        assert_eq!((wanted("none"), wanted("a door of my own.")), ("nothing more recorded", "a door of my own"));
    }
}
