//! The ways to be involved on one page, with pictures: from coming along to deciding together.

use serde::Serialize;

use super::guide::pictures::PictureView;
use super::outline::Outline;
use super::template::Templates;
use super::view::{About, PageView};
use super::{Document, Made};
use crate::release::{Involvement, Released, RoadmapPage};

/// The roadmap as a page, and its words as Markdown.
pub fn roadmap_documents(templates: &Templates, page: &Released<RoadmapPage>) -> Made {
    let view = RoadmapView::new(templates, page);
    let text = templates.render("roadmap.md", &view).map(|text| Document::text("roadmap.md".to_owned(), text));
    let html = templates.render("roadmap.html", &view).map(|text| Document::text("roadmap.html".to_owned(), text));
    vec![text, html]
}

#[derive(Serialize)]
struct RoadmapView {
    page: PageView,
    levels: Vec<LevelView>,
}

#[derive(Serialize)]
struct LevelView {
    number: usize,
    heading: &'static str,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    says: String,
    picture: Option<PictureView>,
    by: Option<String>,
    route: Option<String>,
}

fn heading(level: Involvement) -> &'static str {
    match level {
        Involvement::ComeAlong => "Come along",
        Involvement::TakePart => "Take part",
        Involvement::HelpRun => "Help to run it",
        Involvement::DecideTogether => "Decide together",
    }
}

impl RoadmapView {
    fn new(templates: &Templates, released: &Released<RoadmapPage>) -> Self {
        let page: &RoadmapPage = released;
        let about = About {
            kind: "Short version with pictures".to_owned(),
            title: "Ways to be involved".to_owned(),
            group: &page.group,
            contact: page.contact.as_deref(),
            audience: released.audience(),
            period: None,
            as_of: None,
            made_on: None,
            warning: None,
            rule: page.rule,
            facts: Vec::new(),
        };
        let level = |(nth, (level, ways)): (usize, &(Involvement, Vec<crate::release::WayIn>))| LevelView {
            number: nth + 1,
            heading: heading(*level),
            rows: ways
                .iter()
                .map(|way| RowView { says: way.says.clone(), picture: way.picture.map(PictureView::new), by: way.by.clone(), route: way.route.clone() })
                .collect(),
        };
        // There are no numbers on it.
        let view = PageView { hidden_numbers: None, ..PageView::new(templates, about, &Outline::default()) };
        Self { page: view, levels: page.levels.iter().enumerate().map(level).collect() }
    }
}
