//! The sheet of a template: its size and margins, and which headers and footers it has.

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::built_in;
use super::house::W;
use super::package::OFFICE;
use super::scan::{attribute, scan};

/// What is taken of the last section of a document, and of its root.
pub(super) struct Section {
    /// The attributes of the root: which names stand for what.
    pub(super) root: String,
    pub(super) xml: String,
    /// Between the margins.
    pub(super) width: usize,
    /// The relations that it needs.
    pub(super) references: BTreeSet<String>,
}

/// What a section may say. Columns and kinds of breaks are for another text.
const TAKEN: [&str; 11] = [
    "w:headerReference",
    "w:footerReference",
    "w:pgSz",
    "w:pgMar",
    "w:pgBorders",
    "w:pgNumType",
    "w:vAlign",
    "w:titlePg",
    "w:textDirection",
    "w:bidi",
    "w:docGrid",
];

#[derive(Default)]
struct Sheet {
    width: Option<usize>,
    margins: usize,
    references: BTreeSet<String>,
}

impl Sheet {
    fn take(&mut self, tag: &BytesStart<'_>) {
        let number = |name: &str| attribute(tag, name).and_then(|value| value.parse::<usize>().ok()).unwrap_or(0).min(100_000);
        match tag.name().as_ref() {
            "w:pgSz" => self.width = Some(number("w:w")),
            "w:pgMar" => self.margins = number("w:left") + number("w:right") + number("w:gutter"),
            "w:headerReference" | "w:footerReference" => self.references.extend(attribute(tag, "r:id")),
            _ => {}
        }
    }
}

/// The last section of a document, whose properties stand at the end of its body.
pub(super) fn section(text: &str) -> Result<Section, String> {
    let mut path: Vec<String> = Vec::new();
    let mut root = None;
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut sheet = Sheet::default();
    let mut begin = 0;
    scan(text, |event, at| {
        let inside = |path: &[String]| path.len() == 3 && path[1] == "w:body" && path[2] == "w:sectPr";
        match event {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                if path.is_empty() {
                    root = Some(root_attributes(tag));
                }
                if path.len() == 2 && name == "w:sectPr" {
                    (pieces, sheet) = (Vec::new(), Sheet::default());
                }
                if inside(&path) && TAKEN.contains(&name.as_str()) {
                    begin = at.start;
                    sheet.take(tag);
                }
                path.push(name);
            }
            Event::Empty(tag) if inside(&path) && TAKEN.contains(&tag.name().as_ref()) => {
                sheet.take(tag);
                pieces.push(at);
            }
            Event::End(tag) => {
                path.pop();
                if inside(&path) && TAKEN.contains(&tag.name().as_ref()) {
                    pieces.push(begin..at.end);
                }
            }
            _ => {}
        }
    })?;
    let root = root.ok_or("there is nothing in it")??;
    let xml: String = pieces.into_iter().map(|piece| &text[piece]).collect();
    Ok(match sheet.width.and_then(|width| width.checked_sub(sheet.margins)).filter(|width| *width > 1500) {
        Some(width) => Section { root, xml, width, references: sheet.references },
        None => Section { root, xml: built_in::SHEET.to_owned(), width: built_in::WIDTH, references: BTreeSet::new() },
    })
}

/// The names that the root gives to what is in it. Those of the text and of its relations have to be the usual ones.
fn root_attributes(tag: &BytesStart<'_>) -> Result<String, String> {
    let is_usual = |name: &str, usual: &str| attribute(tag, name).is_none_or(|given| given == usual);
    if tag.name().as_ref() != "w:document" || attribute(tag, "xmlns:w").as_deref() != Some(W) || !is_usual("xmlns:r", OFFICE) {
        return Err("it is not written as Word writes its documents: open it in Word and save it again as .docx".to_owned());
    }
    let mut kept: Vec<String> = Vec::new();
    for attribute in tag.attributes().flatten().filter(|attribute| attribute.key.as_ref().starts_with("xmlns:") || attribute.key.as_ref() == "mc:Ignorable") {
        kept.push(format!("{}=\"{}\"", attribute.key.as_ref(), attribute.value.replace('"', "&quot;")));
    }
    if attribute(tag, "xmlns:r").is_none() {
        kept.push(format!("xmlns:r=\"{OFFICE}\""));
    }
    Ok(kept.join(" "))
}
