//! A text in Markdown as a document for a word processor: Office Open XML, ECMA-376 part 1, written by hand.
//!
//! The events of the text pass the same filter as those of a page, so there is no second opinion on what is safe. What is around the
//! text (styles, header, footer, the sheet) is a [`HouseStyle`]: the built-in one, or what was read from a template of the group's own.

mod archive;
mod body;
mod built_in;
mod grid;
mod house;
mod link;
mod package;
mod review;
mod scan;
mod section;
mod styles;
mod template;
mod xml;

use body::Body;
pub use house::HouseStyle;
use package::{Part, Relation};
pub use review::{ReviewEntry, ReviewKind, read_review};

use super::markdown::document_events;

/// What a document says of itself beside its text.
#[derive(Clone, Copy, Debug)]
pub struct WordAbout<'a> {
    pub title: &'a str,
    /// Whose document it is.
    pub group: &'a str,
    /// How it is to be handled: on every sheet, or where a group's own template has the say there, before the text.
    pub marking: &'a str,
}

/// The document could not be packed.
#[derive(Debug, thiserror::Error)]
#[error("the document cannot be packed: {0}")]
pub struct WordError(#[from] zip::result::ZipError);

/// The text as the bytes of a .docx file. The same text makes the same bytes.
///
/// # Errors
///
/// When the packer refuses; nothing that stands in a text is a reason for it.
pub fn document(markdown: &str, about: &WordAbout<'_>, house: Option<&HouseStyle>) -> Result<Vec<u8>, WordError> {
    let frame = house.cloned().unwrap_or_else(|| built_in::frame(about));
    let events = document_events(markdown);
    let body = Body::write(&events, &frame, about.marking, house.is_some());
    let own = parts(about, &frame, &body);
    Ok(package::pack(&own.iter().chain(&frame.parts).collect::<Vec<_>>())?)
}

/// The parts that hold the text, or depend on it.
fn parts(about: &WordAbout<'_>, frame: &HouseStyle, body: &Body<'_>) -> Vec<Part> {
    const W: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let main = format!("{}<w:document {}><w:body>{}<w:sectPr>{}</w:sectPr></w:body></w:document>", xml::HEAD, frame.root, body.xml, frame.section);
    let numbering = frame.numbering.with_lists(&body.lists);
    let mut relations = frame.relations.clone();
    relations.push(Relation::part("margNumbering", "numbering", "/marg/numbering.xml"));
    relations.push(Relation::part("margSettings", "settings", "/marg/settings.xml"));
    relations.extend(body.links.iter().zip(1..).map(|(url, n)| Relation::outside(&format!("margLink{n}"), url)));
    vec![
        Part::new(&frame.main, &format!("{W}.document.main+xml"), main),
        Part::new("marg/numbering.xml", &format!("{W}.numbering+xml"), numbering),
        Part::new("marg/settings.xml", &format!("{W}.settings+xml"), built_in::settings(frame.even_and_odd)),
        Part::new("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", built_in::properties(about)),
        Part::relations(&package::relations_of(&frame.main), &relations),
        Part::relations("_rels/.rels", &package::top(&frame.main)),
    ]
}

#[cfg(test)]
mod tests;
