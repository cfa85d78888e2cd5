//! The short version with pictures: one idea a row. It is called easy read only when the people it is for have said that it is.

use serde::Serialize;

use super::super::outline::Outline;
use super::super::template::Templates;
use super::super::view::{About, PageView, as_of, day};
use super::super::{Document, Made};
use super::pictures::PictureView;
use super::{DRAFT, guide_kind};
use crate::release::{GuidePage, Picture, Released};

/// The short version as a page, and its words as Markdown.
pub fn short_documents(templates: &Templates, page: &Released<GuidePage>) -> Made {
    let view = ShortView::new(templates, page);
    let name = format!("short-{}", page.id);
    let text = templates.render("short.md", &view).map(|text| Document::text(format!("{name}.md"), text));
    let html = templates.render("short.html", &view).map(|text| Document::text(format!("{name}.html"), text));
    vec![text, html]
}

#[derive(Serialize)]
struct ShortView {
    page: PageView,
    rows: Vec<RowView>,
    signed_off_by: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    says: String,
    picture: Option<PictureView>,
}

impl ShortView {
    fn new(templates: &Templates, released: &Released<GuidePage>) -> Self {
        let page: &GuidePage = released;
        let draft = page.prose.published_on.is_none();
        let what = if page.short_signed_off_by.is_some() { "Easy read" } else { "Short version with pictures" };
        let about = About {
            kind: guide_kind(what, draft),
            title: page.title.clone(),
            group: &page.group,
            contact: page.contact.as_deref(),
            audience: released.audience(),
            period: None,
            as_of: as_of(page.until, released.audience()),
            made_on: page.prose.published_on.map(day),
            warning: draft.then(|| DRAFT.to_owned()),
            rule: page.rule,
            facts: Vec::new(),
        };
        let row = |(says, picture): &(String, Option<Picture>)| RowView { says: says.clone(), picture: picture.map(PictureView::new) };
        Self {
            // There are no numbers on it.
            page: PageView { hidden_numbers: None, ..PageView::new(templates, about, &Outline::default()) },
            rows: page.short.iter().map(row).collect(),
            signed_off_by: page.short_signed_off_by.clone(),
        }
    }
}
