//! A series of sessions on one page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::Made;
use super::super::numbers::{and, n_of, upper};
use super::super::outline::{Head, Outline, Sentence};
use super::super::template::Templates;
use super::super::view::{About, Fact, PageView, day, in_plain_words, meeting_kind};
use super::{IN_WORDS, editions};
use crate::release::{Released, SeriesPage, SessionBrought};

/// The series as Markdown, as a page, and for Word.
pub fn series_documents(templates: &Templates, page: &Released<SeriesPage>) -> Made {
    let view = SeriesView::new(templates, page);
    editions(templates, "cop-series", &format!("cop-{}-series", page.id), &view, &view.page)
}

/// What the templates of a series see.
pub fn series_data(templates: &Templates, page: &Released<SeriesPage>) -> serde_json::Value {
    serde_json::to_value(SeriesView::new(templates, page)).unwrap_or_default()
}

#[derive(Serialize)]
struct SeriesView {
    page: PageView,
    head: BTreeMap<String, Head>,
    sessions: Vec<SessionRow>,
    /// Agencies by how many sessions they came to.
    came: Vec<String>,
    practice: Vec<FromSession>,
    issues: Vec<FromSession>,
    questions: Vec<FromSession>,
    recommendations: Vec<Recommended>,
    value: Vec<CycleView>,
}

#[derive(Serialize)]
struct SessionRow {
    date: String,
    kind: String,
    people: String,
    with_lived_experience: String,
    agencies: usize,
}

/// What one session brought of a kind.
#[derive(Serialize)]
struct FromSession {
    date: String,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct Recommended {
    text: String,
    owner: String,
    date: String,
    reply: String,
}

/// One cycle of value creation, with all that shows it.
#[derive(Serialize)]
struct CycleView {
    name: String,
    means: &'static str,
    lines: Vec<ValueView>,
}

#[derive(Serialize)]
struct ValueView {
    date: String,
    indicator: Option<String>,
    story: Option<String>,
}

impl SeriesView {
    fn new(templates: &Templates, released: &Released<SeriesPage>) -> Self {
        let page: &SeriesPage = released;
        let of = |lines: fn(&SessionBrought) -> &Vec<String>| -> Vec<FromSession> {
            let sessions = page.sessions.iter().filter(|session| !lines(session).is_empty());
            sessions.map(|session| FromSession { date: day(session.date), lines: lines(session).clone() }).collect()
        };
        let outline = outline(page);
        let about = About {
            kind: "What the sessions came to".to_owned(),
            title: format!("Community of practice: {}", page.title),
            group: &page.group,
            contact: page.contact.as_deref(),
            audience: released.audience(),
            period: None,
            as_of: page.sessions.last().map(|session| day(session.date)),
            made_on: None,
            warning: None,
            rule: IN_WORDS,
            facts: facts(page),
        };
        Self {
            page: PageView::new(templates, about, &outline),
            head: outline.by_id(),
            sessions: page.sessions.iter().map(row).collect(),
            came: came(page),
            practice: of(|session| &session.positive_practice),
            issues: of(|session| &session.issues),
            questions: of(|session| &session.questions),
            recommendations: recommendations(page),
            value: value(page),
        }
    }
}

fn row(session: &SessionBrought) -> SessionRow {
    let number = |n: Option<u32>| n.map_or_else(|| "not recorded".to_owned(), |n| n.to_string());
    SessionRow {
        date: day(session.date),
        kind: meeting_kind(&session.kind),
        people: number(session.people),
        with_lived_experience: number(session.with_lived_experience),
        agencies: session.came.len(),
    }
}

fn facts(page: &SeriesPage) -> Vec<Fact> {
    let mut facts = vec![Fact::new("Sessions", page.sessions.len().to_string())];
    if let [first, .., last] = page.sessions.as_slice() {
        facts.push(Fact::new("From and to", format!("{} to {}", day(first.date), day(last.date))));
    }
    facts.extend(page.stage.map(|stage| Fact::new("Stage of the theme", in_plain_words(stage.word()))));
    facts.extend(page.next.map(|next| Fact::new("Next session", day(next))));
    facts
}

/// Agencies by how many sessions they came to, most first.
fn came(page: &SeriesPage) -> Vec<String> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    page.sessions.iter().flat_map(|session| &session.came).for_each(|agency| *times.entry(agency).or_default() += 1);
    let mut agencies: Vec<(&str, usize)> = times.into_iter().collect();
    agencies.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    agencies.iter().map(|(agency, n)| format!("{agency}: {}", n_of(*n, "session", "sessions"))).collect()
}

fn recommendations(page: &SeriesPage) -> Vec<Recommended> {
    let all = page.sessions.iter().flat_map(|session| session.recommendations.iter().map(move |said| (session, said)));
    let line = |(session, said): (&SessionBrought, &crate::release::RecommendedLine)| Recommended {
        text: said.text.clone(),
        owner: said.owner.clone().unwrap_or_else(|| "nobody yet".to_owned()),
        date: day(session.date),
        reply: said.reply.clone().unwrap_or_else(|| "no reply yet".to_owned()),
    };
    all.map(line).collect()
}

const CYCLES: [(&str, &str); 5] = [
    ("immediate", "what the sessions themselves were like"),
    ("potential", "what people took with them"),
    ("applied", "what somebody has done otherwise since"),
    ("realised", "what came of that for people"),
    ("reframing", "what we now see otherwise"),
];

/// The five cycles in their order; one that nothing shows is named all the same, since that is worth knowing.
fn value(page: &SeriesPage) -> Vec<CycleView> {
    let of = |cycle: &str| -> Vec<ValueView> {
        let all = page.sessions.iter().flat_map(|session| session.value.iter().map(move |value| (session, value)));
        let of_cycle = all.filter(|(_, value)| value.cycle == cycle);
        of_cycle.map(|(session, value)| ValueView { date: day(session.date), indicator: value.indicator.clone(), story: value.story.clone() }).collect()
    };
    let own = page.sessions.iter().flat_map(|session| &session.value).map(|value| value.cycle.as_str());
    let mut cycles: Vec<(&str, &'static str)> = CYCLES.to_vec();
    for word in own {
        if !cycles.iter().any(|(known, _)| *known == word) {
            cycles.push((word, "a word of the group's own"));
        }
    }
    cycles.into_iter().map(|(cycle, means)| CycleView { name: upper(&in_plain_words(cycle)), means, lines: of(cycle) }).collect()
}

fn outline(page: &SeriesPage) -> Outline {
    let mut outline = Outline::default();
    let people: u32 = page.sessions.iter().filter_map(|session| session.people).sum();
    let sessions = n_of(page.sessions.len(), "session", "sessions");
    let sentence = Sentence::of("There were ").strong(sessions);
    outline.point(if people > 0 { sentence.and(format!(", with {people} places taken where somebody counted.")) } else { sentence.and(".") });
    let all: Vec<_> = page.sessions.iter().flat_map(|session| &session.recommendations).collect();
    let answered = all.iter().filter(|said| said.reply.is_some()).count();
    if !all.is_empty() {
        let asked = Sentence::of("Something was asked ").strong(n_of(all.len(), "time", "times"));
        outline.point(asked.and(format!("; {answered} of these had an answer.")));
    }
    let empty: Vec<&str> = value_missing(page);
    if !empty.is_empty() {
        outline.point(Sentence::of(format!("Nothing is recorded yet of the value that is {}.", and(&empty))));
    }
    outline.section("came", "Who came");
    outline.section("learned", "What was learned");
    outline.section("asked", "What was asked, and what was answered");
    outline.section("value", "What it was worth");
    outline
}

fn value_missing(page: &SeriesPage) -> Vec<&'static str> {
    let has = |cycle: &str| page.sessions.iter().any(|session| session.value.iter().any(|value| value.cycle == cycle));
    CYCLES.iter().map(|(cycle, _)| *cycle).filter(|cycle| !has(cycle)).collect()
}
