//! The guide on one sheet, to lie beside the form: what to do, who does it, and a box to tick.

use serde::Serialize;

use super::super::outline::Outline;
use super::super::template::Templates;
use super::super::view::{About, Fact, PageView, as_of, day};
use super::super::{Document, Made, word_edition};
use super::sections::{StatementView, look_out, others, sections};
use super::{DRAFT, guide_kind};
use crate::release::{GuidePage, Released};

/// The checklist as Markdown, as a page and for Word.
pub fn checklist_documents(templates: &Templates, page: &Released<GuidePage>) -> Made {
    let view = ChecklistView::new(templates, page);
    let name = format!("checklist-{}", page.id);
    let text = templates.render("checklist.md", &view);
    let html = templates.render("checklist.html", &view);
    let word = text.clone().and_then(|text| word_edition(templates, "guide", &name, &text, &view.page));
    vec![text.map(|text| Document::text(format!("{name}.md"), text)), html.map(|html| Document::text(format!("{name}.html"), html)), word]
}

#[derive(Serialize)]
struct ChecklistView {
    page: PageView,
    /// In the order of the guide; sections without a step are left out.
    groups: Vec<Group>,
    look_out: Vec<StatementView>,
}

#[derive(Serialize)]
struct Group {
    heading: &'static str,
    statements: Vec<StatementView>,
}

impl ChecklistView {
    fn new(templates: &Templates, released: &Released<GuidePage>) -> Self {
        let page: &GuidePage = released;
        let audience = released.audience();
        let draft = page.prose.published_on.is_none();
        let about = About {
            kind: guide_kind("Checklist", draft),
            title: format!("What to do: {}", page.title),
            group: &page.group,
            contact: page.contact.as_deref(),
            audience,
            period: None,
            as_of: as_of(page.until, audience),
            made_on: None,
            warning: draft.then(|| DRAFT.to_owned()),
            rule: page.rule,
            facts: facts(page),
        };
        let written = sections(page).into_iter().map(|section| Group { heading: section.heading, statements: section.statements });
        let own = Group { heading: "Other advice", statements: others(page) };
        Self {
            // One sheet: no contents, no main points, since all of it is to be read.
            page: PageView::new(templates, about, &Outline::default()),
            groups: written.chain([own]).filter(|group| !group.statements.is_empty()).collect(),
            look_out: look_out(page),
        }
    }
}

fn facts(page: &GuidePage) -> Vec<Fact> {
    let prose = &page.prose;
    let named = [("Edition", prose.edition.clone()), ("To be read again", prose.review_date.map(day))];
    named.into_iter().filter_map(|(name, value)| Some(Fact::new(name, value?))).collect()
}
