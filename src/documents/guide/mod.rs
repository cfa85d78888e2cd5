//! The best-practice guide: what people wrote, what the evidence says, and a marked gap wherever only a person can write.

mod checklist;
pub(super) mod pictures;
pub(super) mod sections;
mod short;

use std::collections::BTreeMap;

use serde::Serialize;

use self::sections::{Control, Section, StatementView, checklist, control, control_gaps, look_out, others, sections};
use super::markdown::escape_markdown;
use super::numbers::{and, few, first_alike, people, times};
use super::outline::{Head, Outline, Sentence};
use super::report::came_of;
use super::template::{Templates, tidy};
use super::trail::{EntriesView, entries};
use super::view::{About, AnswersView, Fact, Few, LessonsView, Num, PageView, as_of, day, meeting_kind, period, source};
use super::{Document, Made, RenderError, word_edition};

pub use self::checklist::checklist_documents;
pub use self::sections::Gap;
pub use self::short::short_documents;
use crate::release::{Audience, Count, GuidePage, Released, SupportLine, ThemeKind};
use crate::source::{printable, seal, without_marks};

/// Stands on whatever is made of a guide that was not published.
const DRAFT: &str = "This is a draft. It is not to be relied on before it has been checked and approved.";

/// The guide as Markdown, as a page, and as a document for Word, which is the Markdown edition in another form.
pub fn guide_documents(templates: &Templates, page: &Released<GuidePage>) -> Made {
    let view = GuideView::new(templates, page);
    let name = format!("guide-{}", page.id);
    let marked = templates.render("guide.md", &view);
    let html = templates.render("guide.html", &view);
    let text = marked.as_ref().map(|text| tidy(&without_marks(text))).map_err(Clone::clone);
    let word = text.clone().and_then(|text| word_edition(templates, "guide", &name, &text, &view.page));
    // What may be edited is the members' text: theirs is the file that it goes back into.
    let text = if view.members { marked.map(|text| seal(&printable(&text), &page.id)) } else { text };
    vec![text.map(|text| Document::text(format!("{name}.md"), text)), html.map(|html| Document::text(format!("{name}.html"), html)), word]
}

/// The text that people edit, alone.
pub fn guide_draft(templates: &Templates, page: &Released<GuidePage>) -> Result<Document, RenderError> {
    let text = templates.render("guide.md", &GuideView::new(templates, page))?;
    Ok(Document::text(format!("guide-{}.md", page.id), seal(&printable(&text), &page.id)))
}

/// What kind of document it is, and whether it is a draft.
fn guide_kind(what: &str, draft: bool) -> String {
    if draft { format!("{what}, draft") } else { what.to_owned() }
}

/// What the templates of the guide see.
pub fn guide_data(templates: &Templates, page: &Released<GuidePage>) -> serde_json::Value {
    serde_json::to_value(GuideView::new(templates, page)).unwrap_or_default()
}

/// What only a person can write, and nobody has yet.
pub fn guide_gaps(page: &Released<GuidePage>) -> Vec<Gap> {
    let sections = sections(page);
    control_gaps(&page.prose).into_iter().chain(sections.into_iter().filter_map(|section| section.gap)).collect()
}

#[derive(Serialize)]
struct GuideView {
    page: PageView,
    /// The sections by their ids.
    head: BTreeMap<String, Head>,
    subject: String,
    draft: bool,
    members: bool,
    control: Vec<Control>,
    gaps: Vec<Gap>,
    definition: Option<String>,
    include: Option<String>,
    exclude: Option<String>,
    why: Vec<String>,
    why_text: Option<String>,
    audience: Vec<String>,
    /// What people wrote, in its order; the one with the key `told` stands before the figures.
    sections: Vec<Section>,
    look_out: Vec<StatementView>,
    others: Vec<StatementView>,
    checklist: Vec<StatementView>,
    in_the_way: InTheWay,
    voices: Few<LineView>,
    worked: LessonsView,
    did_not_work: LessonsView,
    questions: LessonsView,
    tried: Few<LineView>,
    recommendations: Vec<RecommendationView>,
    made: Vec<String>,
    /// What people wrote of that; the first of `made`.
    how_it_was_made: Option<String>,
    /// For others than members, how strength is said in short; nothing where no statement is.
    strengths: Option<Strengths>,
    /// For members: what the figures rest on.
    entries: Option<EntriesView>,
}

#[derive(Serialize)]
struct LineView {
    kind: String,
    text: String,
    source: String,
}

#[derive(Serialize)]
struct RecommendationView {
    text: String,
    owner: Option<String>,
    reply: Option<String>,
}

#[derive(Serialize)]
struct InTheWay {
    met: bool,
    summary: String,
    services: Vec<NamedCount>,
    causes: Vec<NamedCount>,
    rules: Few<RuleView>,
    needs: Vec<NamedCount>,
    barriers: Vec<NamedCount>,
    answers: AnswersView,
    answers_by_agency: Few<AnswersView>,
}

#[derive(Serialize)]
struct NamedCount {
    name: String,
    people: Num,
}

#[derive(Serialize)]
struct RuleView {
    rule: String,
    agency: Option<String>,
    people: Num,
}

impl GuideView {
    fn new(templates: &Templates, released: &Released<GuidePage>) -> Self {
        let page: &GuidePage = released;
        let audience = released.audience();
        let draft = page.prose.published_on.is_none();
        let mut sections = sections(page);
        let outline = outline(page, &sections);
        let head = outline.by_id();
        for section in &mut sections {
            section.number = head.get(section.key).map_or(0, |head| head.number);
        }
        let about = About {
            kind: guide_kind("Best-practice guide", draft),
            title: format!("What to do: {}", page.title),
            group: &page.group,
            contact: page.contact.as_deref(),
            audience,
            period: period(page.since, page.until, audience),
            as_of: as_of(page.until, audience),
            made_on: None,
            warning: draft.then(|| DRAFT.to_owned()),
            rule: page.rule,
            facts: facts(page),
        };
        Self {
            page: PageView::new(templates, about, &outline),
            head,
            subject: page.title.clone(),
            draft,
            members: audience.is_members(),
            control: control(page),
            gaps: guide_gaps(released),
            definition: page.definition.clone(),
            include: page.include.clone(),
            exclude: page.exclude.clone(),
            why: why(page),
            why_text: page.prose.why_this_guide.clone(),
            audience: page.prose.audience.clone(),
            strengths: strengths(&sections, audience),
            sections,
            look_out: look_out(page),
            others: others(page),
            checklist: checklist(page),
            in_the_way: in_the_way(page),
            voices: Few::of(page.voices.iter().rev(), |voice| LineView { kind: String::new(), text: voice.says.clone(), source: source(&voice.source) }),
            worked: LessonsView::new(&page.lessons.worked),
            did_not_work: LessonsView::new(&page.lessons.did_not_work),
            questions: LessonsView::new(&page.lessons.questions),
            tried: Few::of(page.tried.iter().rev(), line),
            recommendations: recommendations(page),
            made: made(page),
            how_it_was_made: page.prose.how_it_was_made.clone(),
            entries: page.entries.as_ref().filter(|newest| !newest.items.is_empty()).map(EntriesView::new),
        }
    }
}

fn facts(page: &GuidePage) -> Vec<Fact> {
    let prose = &page.prose;
    let or = |text: Option<String>, missing: &str| text.unwrap_or_else(|| missing.to_owned());
    let who = (!prose.audience.is_empty()).then(|| prose.audience.join("; "));
    vec![
        Fact::new("Who it is for", or(who, "to be written")),
        Fact::new("Edition", or(prose.edition.clone(), "to be written")),
        Fact::new("Published", or(prose.published_on.map(day), "not yet")),
        Fact::new("To be read again", or(prose.review_date.map(day), "no day set")),
    ]
}

/// The sections in their order, and the points that the figures and statements make.
fn outline(page: &GuidePage, sections: &[Section]) -> Outline {
    let mut outline = Outline::default();
    outline.section("why", "Why this guide");
    if let Some(met) = page.people {
        let sentence = Sentence::of("Meetings of the group recorded this barrier for ").strong(people(met));
        outline.point(sentence.and(if page.live.is_zero() {
            "; by the last record it stands for none of them.".to_owned()
        } else {
            format!("; by the last record it still stands for {}.", still(met, page.live))
        }));
    }
    outline.section("mean", "What we mean");
    let written = |outline: &mut Outline, told: bool| {
        sections.iter().filter(|section| (section.key == "told") == told).for_each(|section| outline.section(section.key, section.heading));
    };
    written(&mut outline, true);
    outline.section("way", "What gets in the way");
    if let Some((services, count)) = first_alike(page.services.iter().map(|(name, count)| (name.as_str(), *count)), "services") {
        let each = services.verb("", " each");
        outline.point(Sentence::of("Most often it keeps people from ").strong(services.text).and(": ").strong(format!("{}{each}", people(count))).and("."));
    }
    outline.section("unlock", "Who can unlock it");
    if page.kind == ThemeKind::Barrier && !page.answers.asked.is_zero() {
        let sentence = Sentence::of("Somebody was asked to move it ").strong(times(page.answers.asked));
        outline.point(sentence.and(format!("{}.", came_of(&page.answers))));
    }
    written(&mut outline, false);
    if let Some(first) = page.statements.iter().find(|line| line.section == "what-works" || line.section == "what-to-do") {
        outline.point(Sentence::of("Begin here: ").strong(first.says.clone()));
    }
    if !others(page).is_empty() {
        outline.section("other", "Other advice");
    }
    outline.section("made", "How this guide was made");
    outline.section("control", "Document control");
    if !checklist(page).is_empty() {
        outline.section("checklist", "Checklist");
    }
    if page.entries.as_ref().is_some_and(|newest| !newest.items.is_empty()) {
        outline.section("from", "Where the numbers come from");
    }
    outline
}

fn line(support: &SupportLine) -> LineView {
    LineView { kind: support.kind.clone(), text: support.text.clone(), source: source(&support.source) }
}

fn recommendations(page: &GuidePage) -> Vec<RecommendationView> {
    page.recommendations.iter().map(|(text, owner, reply)| RecommendationView { text: text.clone(), owner: owner.clone(), reply: reply.clone() }).collect()
}

/// Why there is a guide, as far as the figures can say it.
pub(super) fn why(page: &GuidePage) -> Vec<String> {
    let mut why = Vec::new();
    if page.kind != ThemeKind::Barrier {
        if page.prose.why_this_guide.is_none() {
            why.push("Nobody has written yet why this guide is needed.".to_owned());
        }
        return why;
    }
    let Some(met) = page.people else {
        return vec!["No meeting has recorded this barrier yet.".to_owned()];
    };
    why.push(format!("Meetings of the group recorded this barrier for {}.", people(met)));
    why.extend(standing(met, page));
    why
}

/// For how many of those who met it a barrier still stands: where neither number is shown, it need not be said twice.
fn still(met: Count, live: Count) -> String {
    match (met.shown(), live.shown()) {
        (None, None) => "some of them".to_owned(),
        (_, None) => "a few of them".to_owned(),
        (_, Some(n)) => n.to_string(),
    }
}

/// Where the barrier stands by the last record, as far as the numbers can be shown.
fn standing(met: Count, page: &GuidePage) -> Option<String> {
    let all = [(page.live, "it still stands for"), (page.eased, "it has eased for"), (page.resolved, "it is resolved for")];
    let said: Vec<String> = all.iter().filter(|(count, _)| !count.is_zero()).map(|(count, what)| format!("{what} {}", few(*count))).collect();
    if met.shown().is_none() || said.is_empty() {
        return None;
    }
    Some(format!("By the last record {}.", and(&said.iter().map(String::as_str).collect::<Vec<_>>())))
}

/// How strength is said in short, above the first steps of which it is said.
#[derive(Serialize)]
struct Strengths {
    /// The key of the section.
    above: &'static str,
    text: &'static str,
}

/// For those who do not see what a statement rests on.
fn strengths(sections: &[Section], audience: Audience) -> Option<Strengths> {
    let first = sections.iter().find(|section| !audience.is_members() && !section.statements.is_empty())?;
    Some(Strengths {
        above: first.key,
        text: "In brackets: how many things we saw a step rests on. “One” is one thing, “few” is two or three, “many” is more, “none” is none that is named yet.",
    })
}

fn in_the_way(page: &GuidePage) -> InTheWay {
    let to = page.entries.as_ref().map(|_| entries());
    let people = |count: Count| Num::worded(count, people(count), to);
    let named = |counts: &[(String, Count)]| {
        counts.iter().take(Few::<()>::MOST).map(|(name, count)| NamedCount { name: name.clone(), people: people(*count) }).collect()
    };
    InTheWay {
        met: page.people.is_some(),
        summary: why(page).join(" "),
        services: named(&page.services),
        causes: named(&page.causes),
        rules: Few::of(page.rules.iter(), |(rule, agency, count)| RuleView { rule: rule.clone(), agency: agency.clone(), people: people(*count) }),
        needs: named(&page.needs),
        barriers: named(&page.barriers),
        answers: AnswersView::new(None, &page.answers, to),
        answers_by_agency: Few::of(page.answers_by_agency.iter(), |row| AnswersView::new(Some(&row.agency), &row.answers, to)),
    }
}

/// How the guide was made, as far as the records can say it.
fn made(page: &GuidePage) -> Vec<String> {
    let mut made: Vec<String> = page.prose.how_it_was_made.iter().cloned().collect();
    if !page.sessions.is_empty() {
        // The kind is a plain word of the group's own, and these lines are read as Markdown.
        let held: Vec<String> = page.sessions.iter().map(|(kind, date)| format!("{} on {}", escape_markdown(&meeting_kind(kind)), day(*date))).collect();
        made.push(format!("Sessions on the theme: {}.", held.join("; ")));
    } else if page.n_sessions > 0 {
        let sessions = if page.n_sessions == 1 { "One session".to_owned() } else { format!("{} sessions", page.n_sessions) };
        made.push(format!("{sessions} of a community of practice or workshop worked on the theme."));
    }
    made
}
