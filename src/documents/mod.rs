//! Released pages → finished texts in memory, through view structs and templates.
//!
//! Takes nothing but [`crate::release::Released`], and cannot see a case or a meeting. A template arranges; what it shows was
//! computed in `analysis` and allowed by `release`.

mod case;
mod charts;
mod discussion;
mod guide;
mod markdown;
mod minutes;
mod numbers;
mod outline;
mod report;
mod room;
mod template;
mod trail;
mod view;

pub use case::{case_data, case_documents};
pub use guide::{Gap, guide_data, guide_documents, guide_gaps};
pub use minutes::{minutes_data, minutes_documents};
pub use report::{report_data, report_documents};
pub use room::{room_data, room_document};
pub use template::{BUILT_IN, TemplateProblem, Templates};

/// A text to be written: the name of its file, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub name: String,
    pub text: String,
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
