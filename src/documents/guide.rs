//! The best-practice guide: what people wrote, what the evidence says, and a marked gap wherever only a person can write.

use serde::Serialize;

use super::markdown::escape_markdown;
use super::template::Templates;
use super::view::{AnswersView, LessonView, PageView, day, people, period, source};
use super::{Document, RenderError};

use crate::release::{Count, GuidePage, LearningKind, Prose, Released, StatementLine, SupportLine, ThemeKind};

/// A place in the guide that only a person can fill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The heading it stands under.
    pub section: &'static str,
    /// What belongs there.
    pub what: &'static str,
    /// Where it is written: the field of the theme's file.
    pub field: &'static str,
}

/// The guide as Markdown and as a page.
///
/// # Errors
///
/// When a template of the workspace cannot be used.
pub fn guide_documents(templates: &Templates, page: &Released<GuidePage>) -> Result<Vec<Document>, RenderError> {
    let view = GuideView::new(templates, page);
    let render = |template, ending| Ok(Document { name: format!("guide-{}.{ending}", page.id), text: templates.render(template, &view)? });
    Ok(vec![render("guide.md", "md")?, render("guide.html", "html")?])
}

/// What only a person can write, and nobody has yet.
pub fn guide_gaps(page: &Released<GuidePage>) -> Vec<Gap> {
    let sections = sections(page);
    control_gaps(&page.prose).into_iter().chain(sections.into_iter().filter_map(|section| section.gap)).collect()
}

#[derive(Serialize)]
struct GuideView {
    page: PageView,
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
    sections: Vec<Section>,
    in_the_way: InTheWay,
    voices: Vec<LineView>,
    worked: Vec<LessonView>,
    did_not_work: Vec<LessonView>,
    questions: Vec<LessonView>,
    tried: Vec<LineView>,
    recommendations: Vec<RecommendationView>,
    made: Vec<String>,
}

#[derive(Serialize)]
struct Control {
    name: &'static str,
    value: Option<String>,
}

/// One section of people's text: prose, statements, and a gap where both are missing.
#[derive(Serialize)]
struct Section {
    /// For the template to place it.
    key: &'static str,
    heading: &'static str,
    text: Option<String>,
    statements: Vec<StatementView>,
    gap: Option<Gap>,
}

#[derive(Serialize)]
struct StatementView {
    says: String,
    who: String,
    /// What it rests on: for members by id, for others how much.
    strength: String,
    evidence: Vec<LineView>,
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
    rules: Vec<RuleView>,
    needs: Vec<NamedCount>,
    barriers: Vec<NamedCount>,
    answers: AnswersView,
    answers_by_agency: Vec<AnswersView>,
}

#[derive(Serialize)]
struct NamedCount {
    name: String,
    people: String,
}

#[derive(Serialize)]
struct RuleView {
    rule: String,
    agency: Option<String>,
    people: String,
}

impl GuideView {
    fn new(templates: &Templates, released: &Released<GuidePage>) -> Self {
        let page: &GuidePage = released;
        let audience = released.audience();
        let title = format!("{}: a best-practice guide", page.title);
        let lessons = |kind| page.lessons.iter().filter(|lesson| lesson.kind == kind).map(LessonView::new).collect();
        Self {
            page: PageView::new(title, &page.group, page.contact.as_deref(), audience, period(page.since, page.until, audience), page.rule, templates),
            subject: page.title.clone(),
            draft: page.prose.published_on.is_none(),
            members: audience.is_members(),
            control: control(page),
            gaps: guide_gaps(released),
            definition: page.definition.clone(),
            include: page.include.clone(),
            exclude: page.exclude.clone(),
            why: why(page),
            why_text: page.prose.why_this_guide.clone(),
            audience: page.prose.audience.clone(),
            sections: sections(page),
            in_the_way: in_the_way(page),
            voices: page.voices.iter().map(|voice| LineView { kind: String::new(), text: voice.says.clone(), source: source(&voice.source) }).collect(),
            worked: lessons(LearningKind::Worked),
            did_not_work: lessons(LearningKind::DidNotWork),
            questions: lessons(LearningKind::Question),
            tried: page.tried.iter().map(line).collect(),
            recommendations: recommendations(page),
            made: made(page),
        }
    }
}

fn line(support: &SupportLine) -> LineView {
    LineView { kind: support.kind.clone(), text: support.text.clone(), source: source(&support.source) }
}

fn recommendations(page: &GuidePage) -> Vec<RecommendationView> {
    page.recommendations.iter().map(|(text, owner, reply)| RecommendationView { text: text.clone(), owner: owner.clone(), reply: reply.clone() }).collect()
}

/// The control sheet: what a reader needs to know before relying on the guide.
fn control(page: &GuidePage) -> Vec<Control> {
    let prose = &page.prose;
    let list = |items: &[String]| (!items.is_empty()).then(|| items.join("; "));
    let legal = prose.legal_check.as_ref().map(|(by, on)| [by.clone(), on.map(day)].into_iter().flatten().collect::<Vec<_>>().join(", "));
    vec![
        Control { name: "Edition", value: prose.edition.clone() },
        Control { name: "Stage", value: page.stage.map(|stage| stage.word().replace('-', " ")) },
        Control { name: "Who it is for", value: list(&prose.audience) },
        Control { name: "Made by", value: list(&prose.made_by) },
        Control { name: "Checked for the law", value: legal.filter(|text| !text.is_empty()) },
        Control { name: "Approved by", value: prose.approved_by.clone() },
        Control { name: "Published", value: prose.published_on.map(day) },
        Control { name: "To be read again", value: prose.review_date.map(day) },
    ]
}

fn control_gaps(prose: &Prose) -> Vec<Gap> {
    let gap = |missing: bool, what, field| missing.then_some(Gap { section: "Control sheet", what, field });
    let legal = prose.legal_check.as_ref().is_none_or(|(by, on)| by.is_none() || on.is_none());
    [
        gap(prose.audience.is_empty(), "who the guide is for", "audience"),
        gap(prose.made_by.is_empty(), "who made it, people with lived experience among them", "made_by"),
        gap(legal, "who checked what it says about the law, and when", "legal_check"),
        gap(prose.approved_by.is_none(), "who approved it", "approved_by"),
        gap(prose.edition.is_none(), "which edition this is", "edition"),
        gap(prose.review_date.is_none(), "when it is to be read again", "review_date"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Why there is a guide, as far as the figures can say it.
fn why(page: &GuidePage) -> Vec<String> {
    let mut why = Vec::new();
    if page.kind != ThemeKind::Barrier {
        return why;
    }
    let Some(met) = page.people else {
        return vec!["No meeting has recorded this barrier yet.".to_owned()];
    };
    why.push(format!("Meetings of the group recorded this barrier for {}.", people(met)));
    why.push(format!("By the last record it still stands for {}, has eased for {}, and is resolved for {}.", page.live, page.eased, page.resolved));
    why
}

/// Key, heading, the text, the sections of statements that belong here, and what a gap would ask for, and where it is written.
type Written<'a> = (&'static str, &'static str, &'a Option<String>, &'static [&'static str], &'static str, &'static str);

/// The sections that people write, in the order of the guide.
fn sections(page: &GuidePage) -> Vec<Section> {
    let prose = &page.prose;
    let table: [Written<'_>; 9] = [
        (
            "told",
            "What people told us",
            &prose.what_people_told_us,
            &[],
            "what people who met the barrier told you, in their own words, with their consent",
            "what_people_told_us",
        ),
        ("law", "What the law says", &prose.what_the_law_says, &[], "written and checked by somebody who may", "what_the_law_says"),
        (
            "works",
            "What works, step by step",
            &None,
            &["what-works", "what-to-do"],
            "what to do, step by step, and who does what",
            "statements (section: what-works, what-to-do)",
        ),
        ("risk", "Managing the risk", &prose.managing_the_risk, &["managing-the-risk"], "how the risk is looked at and managed", "managing_the_risk"),
        ("ask", "Questions to ask", &prose.questions_to_ask, &["questions-to-ask"], "the questions that help", "questions_to_ask"),
        (
            "sharing",
            "Sharing information",
            &prose.information_sharing,
            &["information-sharing"],
            "what may be shared, with whom, and when",
            "information_sharing",
        ),
        (
            "escalate",
            "When to take it further",
            &prose.when_to_escalate,
            &["when-to-escalate", "who-can-unlock-it"],
            "when to take it further up, and to whom",
            "when_to_escalate",
        ),
        ("example", "An example", &prose.example, &[], "made of at least three people, so that nobody can be recognised", "example"),
        ("contacts", "Whom to ask", &prose.contacts, &[], "offices to ask, not private persons", "contacts"),
    ];
    table
        .into_iter()
        .map(|(key, heading, text, statement_sections, what, field)| {
            let statements: Vec<StatementView> =
                page.statements.iter().filter(|line| statement_sections.contains(&line.section.as_str())).map(statement).collect();
            let gap = (text.is_none() && statements.is_empty()).then_some(Gap { section: heading, what, field });
            Section { key, heading, text: text.clone(), statements, gap }
        })
        .chain(other_statements(page))
        .collect()
}

/// What does not work, and statements of sections of the group's own.
fn other_statements(page: &GuidePage) -> Vec<Section> {
    const PLACED: [&str; 7] =
        ["what-works", "what-to-do", "managing-the-risk", "questions-to-ask", "information-sharing", "when-to-escalate", "who-can-unlock-it"];
    let others = |section: &str| !PLACED.contains(&section);
    let statements: Vec<StatementView> = page.statements.iter().filter(|line| others(&line.section)).map(statement).collect();
    if statements.is_empty() {
        return Vec::new();
    }
    let only_not = page.statements.iter().filter(|line| others(&line.section)).all(|line| line.section == "what-does-not-work");
    let heading = if only_not { "What does not work" } else { "What does not work, and other advice" };
    vec![Section { key: "not", heading, text: None, statements, gap: None }]
}

fn statement(line_: &StatementLine) -> StatementView {
    let strength = match line_.n_evidence {
        0 => "No evidence is named yet.",
        1 => "It rests on one thing we saw.",
        2 | 3 => "It rests on a few things we saw.",
        _ => "It rests on many things we saw.",
    };
    StatementView { says: line_.says.clone(), who: line_.who.join(", "), strength: strength.to_owned(), evidence: line_.evidence.iter().map(line).collect() }
}

fn in_the_way(page: &GuidePage) -> InTheWay {
    let named = |counts: &[(String, Count)]| counts.iter().map(|(name, count)| NamedCount { name: name.clone(), people: people(*count) }).collect();
    InTheWay {
        met: page.people.is_some(),
        summary: why(page).join(" "),
        services: named(&page.services),
        causes: named(&page.causes),
        rules: page.rules.iter().map(|(rule, agency, count)| RuleView { rule: rule.clone(), agency: agency.clone(), people: people(*count) }).collect(),
        needs: named(&page.needs),
        barriers: named(&page.barriers),
        answers: AnswersView::new(None, &page.answers),
        answers_by_agency: page.answers_by_agency.iter().map(|row| AnswersView::new(Some(&row.agency), &row.answers)).collect(),
    }
}

/// How the guide was made, as far as the records can say it.
fn made(page: &GuidePage) -> Vec<String> {
    let mut made: Vec<String> = page.prose.how_it_was_made.iter().cloned().collect();
    if !page.sessions.is_empty() {
        // The kind is a plain word of the group's own, and these lines are read as Markdown.
        let held: Vec<String> = page.sessions.iter().map(|(kind, date)| format!("{} on {}", escape_markdown(&kind.replace('-', " ")), day(*date))).collect();
        made.push(format!("Sessions on the theme: {}.", held.join("; ")));
    } else if page.n_sessions > 0 {
        let sessions = if page.n_sessions == 1 { "One session".to_owned() } else { format!("{} sessions", page.n_sessions) };
        made.push(format!("{sessions} of a community of practice or workshop worked on the theme."));
    }
    made
}
