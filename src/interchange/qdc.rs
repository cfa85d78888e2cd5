//! Codebooks of the REFI-QDA standard (`.qdc`, version 1.0, 2019): written strictly, read liberally.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesStart, Event};

use super::compare::kind_of_heading;
use super::describe::{describe, read_described};
use super::entry::{Entry, MAX_ENTRIES, Trouble, decode, line, one_line};
use super::guid;
use crate::model::ThemeKind;
use crate::source::line_col;

const NAMESPACE: &str = "urn:QDA-XML:codebook:1.0";
/// Deeper than any codebook; more is a slip or an attack.
const MAX_DEPTH: usize = 40;

/// The codebook as a file: kinds, in them headings, in them themes. The standard wants at least one entry.
pub fn write_qdc(entries: &[Entry]) -> String {
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook xmlns=\"{NAMESPACE}\" origin=\"marg\">\n{}</CodeBook>\n", codes(entries))
}

/// The element `Codes`, which projects have too.
pub(super) fn codes(entries: &[Entry]) -> String {
    let names = unique_names(entries);
    let mut xml = "<Codes>\n".to_owned();
    for (kind, plural, color) in
        [(ThemeKind::Barrier, "Barriers", "#B5453B"), (ThemeKind::Need, "Needs", "#2F6DB0"), (ThemeKind::Enabler, "Enablers", "#3A8048")]
    {
        let mut groups: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.kind == Some(kind)) {
            groups.entry(entry.parent.as_deref()).or_default().push(at);
        }
        if groups.is_empty() {
            continue;
        }
        open(&mut xml, &guid(&format!("kind/{plural}")).to_string(), plural, false, color);
        for (heading, members) in groups {
            if let Some(heading) = heading {
                open(&mut xml, &guid(&format!("heading/{plural}/{heading}")).to_string(), &heading_name(heading, plural, entries, kind), false, color);
            }
            for at in members {
                open(&mut xml, &theme_guid(&entries[at]), &names[at], true, color);
                xml.push_str(&format!("<Description>{}</Description>\n</Code>\n", escape(describe(&entries[at], &names[at]))));
            }
            if heading.is_some() {
                xml.push_str("</Code>\n");
            }
        }
        xml.push_str("</Code>\n");
    }
    xml + "</Codes>\n"
}

pub(super) fn theme_guid(entry: &Entry) -> String {
    guid(&format!("themes/{}", entry.id.as_deref().unwrap_or(&entry.title))).to_string()
}

fn open(xml: &mut String, guid: &str, name: &str, codable: bool, color: &str) {
    xml.push_str(&format!("<Code guid=\"{guid}\" name=\"{}\" isCodable=\"{codable}\" color=\"{color}\">\n", escape(name)));
}

/// Other programs take a name once: a title that stands twice gets its id behind it.
fn unique_names(entries: &[Entry]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    entries.iter().for_each(|entry| *seen.entry(entry.title.to_lowercase()).or_default() += 1);
    let name = |entry: &Entry| match &entry.id {
        Some(id) if seen[&entry.title.to_lowercase()] > 1 || entry.title.is_empty() => format!("{} ({id})", entry.title).trim().to_owned(),
        _ => entry.title.clone(),
    };
    entries.iter().map(name).collect()
}

/// And so does a heading that stands under two kinds, or is called as a kind is.
fn heading_name(heading: &str, plural: &str, entries: &[Entry], kind: ThemeKind) -> String {
    let elsewhere = entries.iter().any(|entry| entry.kind != Some(kind) && entry.parent.as_deref() == Some(heading));
    if elsewhere || kind_of_heading(heading).is_some() { format!("{heading} ({})", plural.to_lowercase()) } else { heading.to_owned() }
}

/// One code of a file, with those below it.
#[derive(Default)]
struct Code {
    name: String,
    is_heading: bool,
    description: String,
    below: Vec<Self>,
}

/// Reads a codebook, whatever its namespace, its colours and its nesting. A code that is not to be tagged with is a heading.
///
/// # Errors
///
/// When it is no such file, or one that is not to be trusted.
pub fn read_qdc(bytes: &[u8]) -> Result<Vec<Entry>, Trouble> {
    let text = decode(bytes)?;
    let codes = parse(&text)?;
    let mut entries = Vec::new();
    for code in &codes {
        collect(code, None, &[], &mut entries);
    }
    if entries.is_empty() {
        return Err(Trouble::new(
            None,
            "there is no code in the file",
            "look whether it is a codebook: in other programs it is exported as \"REFI-QDA codebook\"",
        ));
    }
    if entries.len() > MAX_ENTRIES { Err(Trouble::too_many()) } else { Ok(entries) }
}

fn collect(code: &Code, kind: Option<ThemeKind>, above: &[&str], entries: &mut Vec<Entry>) {
    let own_kind = kind_of_heading(&code.name).filter(|_| above.is_empty() && code.is_heading && kind.is_none());
    if !code.is_heading {
        let read = read_described(&code.name, &code.description);
        let parent = read.parent.clone().or_else(|| line(Some(&above.join(" / "))));
        entries.push(Entry { parent, kind: read.kind.or(kind), ..read });
    }
    let path: Vec<&str> = above.iter().copied().chain((own_kind.is_none()).then_some(code.name.as_str())).collect();
    for below in &code.below {
        collect(below, own_kind.or(kind), &path, entries);
    }
}

fn parse(text: &str) -> Result<Vec<Code>, Trouble> {
    let mut reader = Reader::from_str(text);
    let (mut open, mut done, mut n): (Vec<Code>, Vec<Code>, usize) = (Vec::new(), Vec::new(), 0);
    // How far inside a description, which other programs may have filled with elements of their own.
    let mut inside = 0_usize;
    let mut close = |open: &mut Vec<Code>| {
        if let Some(code) = open.pop() {
            open.last_mut().map_or(&mut done, |above| &mut above.below).push(code);
        }
    };
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let here = || Some(line_col(text, at).line);
        let event = reader.read_event().map_err(|error| {
            let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
            Trouble::new(Some(line_col(text, at).line), format!("this is not well-formed XML: {error}"), "export the codebook again")
        })?;
        let said = match &event {
            Event::DocType(_) => {
                return Err(Trouble::new(
                    here(),
                    "the file brings a document type of its own",
                    "such files can be made to do harm, and are not read; export the codebook again",
                ));
            }
            Event::Start(tag) if tag.local_name().as_ref() == "Code" && inside == 0 => {
                n += 1;
                if n > MAX_ENTRIES || open.len() >= MAX_DEPTH {
                    return Err(Trouble::too_many());
                }
                open.push(code(tag).map_err(|why| Trouble::new(here(), why, "each code has a name; give it one in the other program"))?);
                None
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "Code" && inside == 0 => {
                n += 1;
                open.push(code(tag).map_err(|why| Trouble::new(here(), why, "each code has a name; give it one in the other program"))?);
                close(&mut open);
                None
            }
            Event::Start(tag) if inside > 0 || (tag.local_name().as_ref() == "Description" && !open.is_empty()) => {
                inside += 1;
                None
            }
            Event::End(_) if inside > 0 => {
                inside -= 1;
                None
            }
            Event::End(tag) if tag.local_name().as_ref() == "Code" => {
                close(&mut open);
                None
            }
            Event::Text(words) if inside > 0 => Some(words.xml10_content().into_owned()),
            Event::CData(words) if inside > 0 => Some(words.xml10_content().into_owned()),
            Event::GeneralRef(name) if inside > 0 => Some(match name.resolve_char_ref() {
                Ok(Some(c)) => c.to_string(),
                _ => resolve_predefined_entity(name.as_ref()).unwrap_or_default().to_owned(),
            }),
            Event::Eof => break,
            _ => None,
        };
        if let (Some(said), Some(code)) = (said, open.last_mut()) {
            code.description.push_str(&said);
        }
    }
    if open.is_empty() { Ok(done) } else { Err(Trouble::new(None, "the file ends too early", "it was not stored whole: export the codebook again")) }
}

fn code(tag: &BytesStart<'_>) -> Result<Code, String> {
    let mut code = Code::default();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| format!("a code is written wrongly: {error}"))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| format!("a code is written wrongly: {error}"))?;
        match attribute.key.local_name().as_ref() {
            "name" => code.name = one_line(&value),
            "isCodable" => code.is_heading = matches!(value.trim(), "false" | "0"),
            _ => {}
        }
    }
    if code.name.is_empty() { Err("this code has no name".to_owned()) } else { Ok(code) }
}
