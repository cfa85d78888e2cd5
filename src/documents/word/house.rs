//! What is around the text of a document.

use quick_xml::events::Event;

use super::body::List;
use super::package::{Part, Relation};
use super::scan::{attribute, scan};
use super::styles::Styles;
use super::xml::HEAD;

/// The namespace of WordprocessingML.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Styles, header, footer and sheet of a document.
#[derive(Clone, Debug)]
pub struct HouseStyle {
    /// The name of the main part.
    pub(super) main: String,
    /// The attributes of its root.
    pub(super) root: String,
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// Whether its headings are numbered, as those of a text are already.
    pub(super) numbers_headings: bool,
    /// Whether left and right sheets differ.
    pub(super) even_and_odd: bool,
    /// What stands in the last section's properties.
    pub(super) section: String,
    /// Between the margins, in twentieths of a point.
    pub(super) width: usize,
    /// How the main part leads to those parts that are around the text.
    pub(super) relations: Vec<Relation>,
    pub(super) parts: Vec<Part>,
}

/// The lists that the styles refer to, among which those of the text are put.
#[derive(Clone, Debug)]
pub(super) struct Numbering {
    /// Up to the end of the abstract lists, then the lists, then the end.
    before: String,
    lists: String,
    /// The first number that is free, of abstract lists and of lists.
    free: usize,
}

impl Default for Numbering {
    fn default() -> Self {
        Self { before: format!("{HEAD}<w:numbering xmlns:w=\"{W}\">"), lists: String::new(), free: 1 }
    }
}

impl Numbering {
    /// The lists of a template.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let (mut first_list, mut end, mut highest, mut is_usual) = (None, None, 0_usize, false);
        scan(text, |event, at| match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let id = |name: &str| attribute(tag, name).and_then(|id| id.parse::<usize>().ok()).unwrap_or(0).min(1_000_000);
                match tag.name().as_ref() {
                    "w:numbering" => is_usual = attribute(tag, "xmlns:w").as_deref() == Some(W) && matches!(event, Event::Start(_)),
                    "w:abstractNum" => highest = highest.max(id("w:abstractNumId")),
                    "w:num" => {
                        first_list = first_list.or(Some(at.start));
                        highest = highest.max(id("w:numId"));
                    }
                    "w:numIdMacAtCleanup" => end = end.or(Some(at.start)),
                    _ => {}
                }
            }
            Event::End(tag) if tag.name().as_ref() == "w:numbering" => end = end.or(Some(at.start)),
            _ => {}
        })?;
        let Some(end) = end.filter(|_| is_usual) else { return Ok(Self::default()) };
        let lists = first_list.unwrap_or(end).min(end);
        Ok(Self { before: text[..lists].to_owned(), lists: text[lists..end].to_owned(), free: highest + 1 })
    }

    /// The number of the text's `nth` list.
    pub(super) fn number(&self, nth: usize) -> usize {
        self.free + nth
    }

    /// With the lists of a text; each counts anew.
    pub(super) fn with_lists(&self, lists: &[List]) -> String {
        let (bullets, ordinals) = (self.free, self.free + 1);
        let mut text = format!("{}{}{}{}", self.before, levels(bullets, bullet), levels(ordinals, ordinal), self.lists);
        for (nth, List { level, first }) in lists.iter().enumerate() {
            let number = self.number(nth);
            text += &match first {
                None => format!("<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{bullets}\"/></w:num>"),
                Some(first) => format!(
                    "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{ordinals}\"/><w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{first}\"/></w:lvlOverride></w:num>"
                ),
            };
        }
        text + "</w:numbering>"
    }
}

fn levels(id: usize, level: fn(usize) -> String) -> String {
    let levels: String = (0..9).map(level).collect();
    format!("<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"multilevel\"/>{levels}</w:abstractNum>")
}

fn bullet(level: usize) -> String {
    let sign = if level.is_multiple_of(2) { "•" } else { "–" };
    level_of(level, "bullet", sign)
}

fn ordinal(level: usize) -> String {
    level_of(level, "decimal", &format!("%{}.", level + 1))
}

fn level_of(level: usize, format: &str, text: &str) -> String {
    let left = (level + 1) * super::body::STEP;
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{}\"/></w:pPr></w:lvl>",
        super::body::STEP
    )
}
