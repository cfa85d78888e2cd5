//! A document of the group's own as the template of others: its styles, header, footer and sheet are taken, and nothing else.
//!
//! What is taken is an allow-list. A template that could run something, or load something from another place, is refused whole, and why
//! is said, since the built-in one is taken in its place.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::Event;

use super::archive::unpack;
use super::house::{HouseStyle, Numbering, W};
use super::package::{Part, Relation, relations_of};
use super::scan::{attribute, scan, text_of};
use super::section::{Section, section};
use super::styles::Styles;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A document of others while it is read.
pub(super) struct Template {
    parts: BTreeMap<String, Vec<u8>>,
    /// What parts are: by their names, and by their endings.
    kinds: BTreeMap<String, String>,
    endings: BTreeMap<String, String>,
    kept: BTreeMap<String, Part>,
}

impl HouseStyle {
    /// Reads a template.
    ///
    /// # Errors
    ///
    /// Why it cannot be used, in words.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut template = Template::open(bytes)?;
        let main = template.main()?;
        let section = section(template.text(&main)?)?;
        let relations = template.around(&main, &section)?;
        let styles = relations.iter().find(|relation| relation.is("styles")).map(|relation| resolved(&main, &relation.target));
        let (styles, numbers_headings) = template.styles(&styles.ok_or("there are no styles in it")?)?;
        let numbering = template.numbering(&main)?;
        let even_and_odd = template.settings(&main)?.contains("<w:evenAndOddHeaders");
        let relations = relations.into_iter().map(|relation| Relation { target: format!("/{}", resolved(&main, &relation.target)), ..relation }).collect();
        Ok(Self {
            main,
            root: section.root,
            styles,
            numbering,
            numbers_headings,
            even_and_odd,
            section: section.xml,
            width: section.width,
            relations,
            parts: template.kept.into_values().collect(),
        })
    }
}

impl Template {
    pub(super) fn open(bytes: &[u8]) -> Result<Self, String> {
        let parts = unpack(bytes)?;
        if parts.keys().any(|name| name.to_ascii_lowercase().contains("vbaproject")) {
            return Err("it holds macros: save it as an ordinary document (.docx) without them".to_owned());
        }
        let mut template = Self { parts, kinds: BTreeMap::new(), endings: BTreeMap::new(), kept: BTreeMap::new() };
        template.read_kinds()?;
        Ok(template)
    }

    pub(super) fn text(&self, name: &str) -> Result<&str, String> {
        let part = self.parts.get(name).ok_or_else(|| format!("its part `{name}` is missing"))?;
        text_of(part)
    }

    fn read_kinds(&mut self) -> Result<(), String> {
        let (mut kinds, mut endings) = (BTreeMap::new(), BTreeMap::new());
        scan(self.text("[Content_Types].xml").map_err(|_| "it is not a document of Word".to_owned())?, |event, _| {
            if let Event::Empty(tag) | Event::Start(tag) = event {
                let kind = attribute(tag, "ContentType").unwrap_or_default();
                match tag.local_name().as_ref() {
                    "Override" => drop(kinds.insert(attribute(tag, "PartName").unwrap_or_default().trim_start_matches('/').to_owned(), kind)),
                    "Default" => drop(endings.insert(attribute(tag, "Extension").unwrap_or_default().to_ascii_lowercase(), kind)),
                    _ => {}
                }
            }
        })?;
        (self.kinds, self.endings) = (kinds, endings);
        Ok(())
    }

    fn kind(&self, name: &str) -> &str {
        let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
        self.kinds.get(name).or_else(|| self.endings.get(&ending)).map_or("", String::as_str)
    }

    /// The part that holds the text.
    pub(super) fn main(&self) -> Result<String, String> {
        let top = relations(self.text("_rels/.rels").map_err(|_| "it is not a document of Word".to_owned())?)?;
        if top.iter().any(|relation| relation.kind.starts_with("http://purl.oclc.org/ooxml/")) {
            return Err("it was saved as “Strict Open XML”: save it as an ordinary Word document".to_owned());
        }
        let main = top.iter().find(|relation| relation.is("officeDocument")).ok_or("it is not a document of Word")?;
        let main = resolved("", &main.target);
        let kind = self.kind(&main);
        if kind.contains("macroEnabled") {
            return Err("it holds macros: save it as an ordinary document (.docx) without them".to_owned());
        }
        let is_word = [format!("{WORD}.document.main+xml"), format!("{WORD}.template.main+xml")].iter().any(|known| known == kind);
        if is_word { Ok(main) } else { Err("it is not a document of Word".to_owned()) }
    }

    pub(super) fn relations_of(&self, name: &str) -> Result<Vec<Relation>, String> {
        match self.parts.get(&relations_of(name)) {
            Some(part) => relations(text_of(part)?),
            None => Ok(Vec::new()),
        }
    }

    /// How the text leads to what is around it; those parts are kept.
    fn around(&mut self, main: &str, section: &Section) -> Result<Vec<Relation>, String> {
        let all = self.relations_of(main)?;
        if let Some(missing) = section.references.iter().find(|id| !all.iter().any(|relation| relation.id == **id)) {
            return Err(format!("a header or footer of it is missing (`{missing}`)"));
        }
        let is_sheet = |relation: &&Relation| (relation.is("header") || relation.is("footer")) && section.references.contains(&relation.id);
        let wanted = |relation: &&Relation| is_sheet(relation) || relation.is("styles") || relation.is("theme") || relation.is("fontTable");
        let mut around: Vec<Relation> = all.iter().filter(wanted).cloned().collect();
        // Letters that are embedded would have to be read for what else they are.
        around.retain(|relation| !relation.is("fontTable") || self.relations_of(&resolved(main, &relation.target)).is_ok_and(|own| own.is_empty()));
        for relation in &around {
            self.keep(&resolved(main, &relation.target))?;
        }
        Ok(around)
    }

    /// Keeps a part, and the pictures in it.
    fn keep(&mut self, name: &str) -> Result<(), String> {
        let text = self.text(name)?;
        let mut fields = String::new();
        let mut in_field = false;
        scan(text, |event, _| match event {
            Event::Start(tag) if tag.local_name().as_ref() == "instrText" => in_field = true,
            Event::End(tag) if tag.local_name().as_ref() == "instrText" => in_field = false,
            Event::Text(words) if in_field => fields += words,
            Event::Start(tag) | Event::Empty(tag) => fields += &attribute(tag, "w:instr").map_or(String::new(), |instruction| format!(" {instruction} ")),
            _ => {}
        })?;
        let fields = fields.to_ascii_uppercase();
        if let Some(word) = ["DDE", "INCLUDE", "LINK", "MACRO", "IMPORT", "DATABASE", "RD "].iter().find(|word| fields.contains(*word)) {
            return Err(format!("a field of its header or footer ({}) would load or run something", word.trim()));
        }
        let relations = self.relations_of(name)?;
        for relation in &relations {
            self.keep_picture(name, relation)?;
        }
        let kind = self.kind(name).to_owned();
        let bytes = self.parts.get(name).cloned().unwrap_or_default();
        self.kept.insert(name.to_owned(), Part::new(name, &kind, bytes));
        if !relations.is_empty() {
            self.kept.insert(relations_of(name), Part::relations(&relations_of(name), &relations));
        }
        Ok(())
    }

    fn keep_picture(&mut self, from: &str, relation: &Relation) -> Result<(), String> {
        if relation.outside {
            return if relation.is("hyperlink") {
                Ok(())
            } else {
                Err("it loads something from another place, perhaps a picture: put it into the document".to_owned())
            };
        }
        let name = resolved(from, &relation.target);
        let kind = self.kind(&name).to_owned();
        if !relation.is("image") || !kind.starts_with("image/") {
            return Err("its header or footer holds something beside text and pictures".to_owned());
        }
        let bytes = self.parts.get(&name).cloned().ok_or("a picture of it is missing")?;
        self.kept.insert(name.clone(), Part::new(&name, &kind, bytes));
        Ok(())
    }

    /// The styles, with those that are missing put in; and whether its headings have numbers.
    fn styles(&mut self, name: &str) -> Result<(Styles, bool), String> {
        let text = self.text(name)?.to_owned();
        let mut found: Vec<(String, String)> = Vec::new();
        let mut style: Option<String> = None;
        let (mut is_heading, mut numbers_headings, mut is_sheet) = (false, false, false);
        scan(&text, |event, _| match event {
            Event::Start(tag) if tag.name().as_ref() == "w:styles" => is_sheet = attribute(tag, "xmlns:w").as_deref() == Some(W),
            Event::Start(tag) if tag.name().as_ref() == "w:style" => style = attribute(tag, "w:styleId"),
            Event::Empty(tag) if tag.name().as_ref() == "w:name" => {
                if let (Some(id), Some(name)) = (style.take(), attribute(tag, "w:val")) {
                    is_heading = name.to_ascii_lowercase().starts_with("heading ");
                    found.push((name, id));
                }
            }
            Event::Start(tag) if tag.name().as_ref() == "w:numPr" => numbers_headings |= is_heading,
            Event::End(tag) if tag.name().as_ref() == "w:style" => is_heading = false,
            _ => {}
        })?;
        let end = text.rfind("</w:styles>").filter(|_| is_sheet && !found.is_empty()).ok_or("there are no styles in it")?;
        let names: BTreeSet<String> = found.iter().map(|(name, _)| name.to_lowercase()).collect();
        let styles = Styles::of(found);
        let added = styles.definitions(|name| names.contains(&name.to_lowercase()));
        let kind = self.kind(name).to_owned();
        self.kept.insert(name.to_owned(), Part::new(name, &kind, format!("{}{added}{}", &text[..end], &text[end..])));
        Ok((styles, numbers_headings))
    }

    /// The lists that its styles refer to. Those with pictures for marks are left out.
    fn numbering(&self, main: &str) -> Result<Numbering, String> {
        let all = self.relations_of(main)?;
        let Some(name) = all.iter().find(|relation| relation.is("numbering")).map(|relation| resolved(main, &relation.target)) else {
            return Ok(Numbering::default());
        };
        if self.relations_of(&name)?.is_empty() { Numbering::read(self.text(&name)?) } else { Ok(Numbering::default()) }
    }

    fn settings(&self, main: &str) -> Result<&str, String> {
        let all = self.relations_of(main)?;
        let name = all.iter().find(|relation| relation.is("settings")).map(|relation| resolved(main, &relation.target));
        name.map_or(Ok(""), |name| self.text(&name))
    }
}

fn relations(text: &str) -> Result<Vec<Relation>, String> {
    let mut relations = Vec::new();
    scan(text, |event, _| {
        if let Event::Empty(tag) | Event::Start(tag) = event
            && tag.local_name().as_ref() == "Relationship"
        {
            let of = |name: &str| attribute(tag, name).unwrap_or_default();
            relations.push(Relation { id: of("Id"), kind: of("Type"), target: of("Target"), outside: of("TargetMode") == "External" });
        }
    })?;
    Ok(relations)
}

/// The name of the part that a relation of `from` leads to.
pub(super) fn resolved(from: &str, target: &str) -> String {
    let base = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = target.strip_prefix('/').map_or_else(|| format!("{base}/{target}"), str::to_owned);
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}
