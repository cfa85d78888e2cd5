//! Released pages → finished texts in memory, through view structs and templates.
//!
//! Takes nothing but [`crate::release::Released`], and cannot see a case or a meeting. A template arranges; what it shows was
//! computed in `analysis` and allowed by `release`.

mod agency;
mod case;
mod charts;
mod cop;
mod discussion;
mod edition;
mod guide;
mod markdown;
mod minutes;
mod numbers;
mod outline;
mod report;
mod roadmap;
mod room;
mod sar;
mod template;
mod trail;
mod view;
mod word;

pub use agency::agency_letter;
pub use case::{case_data, case_documents};
pub use cop::{cop_data, cop_documents, series_data, series_documents};
pub use edition::{edition_documents, plain_lines};
pub use guide::{Gap, checklist_documents, guide_data, guide_documents, guide_draft, guide_gaps, short_documents};
pub use minutes::{minutes_data, minutes_documents};
pub use report::{report_data, report_documents};
pub use roadmap::roadmap_documents;
pub use room::{room_data, room_document};
pub use sar::access_documents;
pub use template::{BUILT_IN, HOUSES, TemplateProblem, Templates};
pub use word::{HouseStyle, ReviewEntry, ReviewKind, WordAbout, WordError, document as word_document, read_review};

/// What is to be written: the name of its file, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub name: String,
    pub contents: Contents,
}

/// What stands in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// For people to read as it is: what cannot be seen in it has to be shown when it is written.
    Text(String),
    /// For a program, in which that has been seen to.
    Bytes(Vec<u8>),
}

impl Document {
    pub fn text(name: impl Into<String>, text: String) -> Self {
        Self { name: name.into(), contents: Contents::Text(text) }
    }

    pub fn bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { name: name.into(), contents: Contents::Bytes(bytes) }
    }
}

/// A text edition as a document for Word; `kind` names the template whose styles it has.
fn word_edition(templates: &Templates, kind: &str, name: &str, markdown: &str, page: &view::PageView) -> Result<Document, RenderError> {
    let about = WordAbout { title: &page.title, group: &page.group, marking: page.marking };
    let name = format!("{name}.docx");
    match word_document(markdown, &about, templates.house(kind)) {
        Ok(bytes) => Ok(Document::bytes(name, bytes)),
        Err(error) => Err(RenderError { name, why: error.to_string() }),
    }
}

/// What came of each document: one that a broken template keeps from being made does not keep the others.
pub type Made = Vec<Result<Document, RenderError>>;

/// A page could not be made from its template.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the template `{name}` cannot be used: {why}")]
pub struct RenderError {
    /// The template in which it broke: the page's own, or one that it is built on.
    pub name: String,
    pub why: String,
}
