//! The package: parts, what they are, and how one leads to another (ECMA-376 part 2). The same parts make the same bytes, on every
//! system: days, permissions and the system in the archive are fixed.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::{self, words};

/// The namespace of relations, and of their kinds.
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A file in the package.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) name: String,
    /// What it is; nothing for relations, which their ending tells.
    kind: Option<String>,
    bytes: Vec<u8>,
}

/// How a part leads to another, or to a place outside.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
    pub(super) outside: bool,
}

impl Part {
    pub(super) fn new(name: &str, kind: &str, text: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), kind: Some(kind.to_owned()), bytes: text.into() }
    }

    pub(super) fn relations(name: &str, relations: &[Relation]) -> Self {
        let mut text = format!("{}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">", xml::HEAD);
        for Relation { id, kind, target, outside } in relations {
            let mode = if *outside { " TargetMode=\"External\"" } else { "" };
            text += &format!("<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{mode}/>", words(id), words(kind), words(target));
        }
        Self { name: name.to_owned(), kind: None, bytes: (text + "</Relationships>").into_bytes() }
    }
}

impl Relation {
    pub(super) fn part(id: &str, kind: &str, target: &str) -> Self {
        Self { id: id.to_owned(), kind: format!("{OFFICE}/{kind}"), target: target.to_owned(), outside: false }
    }

    pub(super) fn outside(id: &str, url: &str) -> Self {
        Self { outside: true, ..Self::part(id, "hyperlink", url) }
    }

    /// Whether it is of one of the office's own kinds, such as `header`.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.strip_prefix(OFFICE).and_then(|rest| rest.strip_prefix('/')) == Some(kind)
    }
}

/// The relations of the package itself.
pub(super) fn top(main: &str) -> Vec<Relation> {
    let properties = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned();
    vec![
        Relation::part("rId1", "officeDocument", main),
        Relation { id: "rId2".to_owned(), kind: properties, target: "docProps/core.xml".to_owned(), outside: false },
    ]
}

/// The part that holds the relations of a part.
pub(super) fn relations_of(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

fn kinds(parts: &[&Part]) -> String {
    let mut text = format!("{}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">", xml::HEAD);
    text += "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>";
    text += "<Default Extension=\"xml\" ContentType=\"application/xml\"/>";
    for (name, kind) in parts.iter().filter_map(|part| Some((&part.name, part.kind.as_ref()?))) {
        text += &format!("<Override PartName=\"/{}\" ContentType=\"{}\"/>", words(name), words(kind));
    }
    text + "</Types>"
}

/// The bytes of the package.
pub(super) fn pack(parts: &[&Part]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .system(zip::System::Unix);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // Readers look for the kinds first.
    writer.start_file("[Content_Types].xml", options)?;
    writer.write_all(kinds(parts).as_bytes())?;
    let by_name: BTreeMap<&str, &Part> = parts.iter().map(|part| (part.name.as_str(), *part)).collect();
    for (name, part) in by_name {
        writer.start_file(name, options)?;
        writer.write_all(&part.bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
