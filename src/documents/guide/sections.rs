//! What people wrote for the guide, in its order, with a marked gap wherever only a person can write.

use serde::Serialize;

use super::super::view::day;
use super::{LineView, line};
use crate::release::{GuidePage, Prose, StatementLine};

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

#[derive(Serialize)]
pub(super) struct Control {
    pub(super) name: &'static str,
    pub(super) value: Option<String>,
}

/// One section of people's text: prose, statements, and a gap where both are missing.
#[derive(Serialize)]
pub(in crate::documents) struct Section {
    /// For the template to place it.
    pub(in crate::documents) key: &'static str,
    pub(super) heading: &'static str,
    /// Its number on the page.
    pub(super) number: usize,
    pub(super) text: Option<String>,
    /// The field that its text is kept in; nothing for a section of statements alone.
    pub(super) field: Option<&'static str>,
    pub(super) statements: Vec<StatementView>,
    pub(in crate::documents) gap: Option<Gap>,
}

#[derive(Serialize)]
pub(super) struct StatementView {
    /// For members: how it is called, by its id or its place in the list.
    pub(super) name: Option<String>,
    pub(super) says: String,
    pub(super) who: String,
    /// What it rests on: for members by id, for others how much.
    pub(super) strength: String,
    pub(super) evidence: Vec<LineView>,
}

/// The control sheet: what a reader needs to know before relying on the guide.
pub(super) fn control(page: &GuidePage) -> Vec<Control> {
    let prose = &page.prose;
    let list = |items: &[String]| (!items.is_empty()).then(|| items.join("; "));
    let legal = prose.legal_check.as_ref().map(|(by, on)| [by.clone(), on.map(day)].into_iter().flatten().collect::<Vec<_>>().join(", "));
    vec![
        Control { name: "Edition", value: prose.edition.clone() },
        Control { name: "Stage", value: page.stage.map(|stage| stage.word().replace('-', " ")) },
        Control { name: "Who it is for", value: list(&prose.audience) },
        Control { name: "Made by", value: list(&prose.made_by) },
        Control { name: "Checked for the law", value: legal.filter(|text| !text.is_empty() && prose.what_the_law_says.is_some()) },
        Control { name: "Approved by", value: prose.approved_by.clone() },
        Control { name: "Published", value: Some(prose.published_on.map_or_else(|| "not yet".to_owned(), day)) },
        Control { name: "To be read again", value: prose.review_date.map(day) },
    ]
}

pub(super) fn control_gaps(prose: &Prose) -> Vec<Gap> {
    let gap = |missing: bool, what, field| missing.then_some(Gap { section: "Document control", what, field });
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

/// Key, heading, the text, the sections of statements that belong here, and what a gap would ask for, and where it is written.
type Written<'a> = (&'static str, &'static str, &'a Option<String>, &'static [&'static str], &'static str, &'static str);

/// The sections that people write, in the order of the guide.
pub(in crate::documents) fn sections(page: &GuidePage) -> Vec<Section> {
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
            "Do this, step by step",
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
            // Only the steps have no text of their own.
            let field = (key != "works").then_some(field);
            Section { key, heading, number: 0, text: text.clone(), field, statements, gap }
        })
        .collect()
}

/// The section of statements about what to avoid.
const TO_AVOID: &str = "what-does-not-work";
/// The sections of statements that have a place of their own.
const PLACED: [&str; 8] =
    ["what-works", "what-to-do", "managing-the-risk", "questions-to-ask", "information-sharing", "when-to-escalate", "who-can-unlock-it", TO_AVOID];

/// What does not work.
pub(super) fn look_out(page: &GuidePage) -> Vec<StatementView> {
    page.statements.iter().filter(|line| line.section == TO_AVOID).map(statement).collect()
}

/// Statements of sections of the group's own.
pub(super) fn others(page: &GuidePage) -> Vec<StatementView> {
    page.statements.iter().filter(|line| !PLACED.contains(&line.section.as_str())).map(statement).collect()
}

/// The guide on one sheet: each thing to do, and who does it.
pub(super) fn checklist(page: &GuidePage) -> Vec<StatementView> {
    page.statements.iter().filter(|line| line.section != TO_AVOID).map(statement).collect()
}

fn statement(line_: &StatementLine) -> StatementView {
    let strength = match line_.n_evidence {
        0 => "none",
        1 => "one",
        2 | 3 => "few",
        _ => "many",
    };
    StatementView {
        name: line_.name.clone(),
        says: line_.says.clone(),
        who: line_.who.join(", "),
        strength: strength.to_owned(),
        evidence: line_.evidence.iter().map(line).collect(),
    }
}
