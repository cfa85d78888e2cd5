//! A project of the REFI-QDA standard (`.qdpx`, version 1.0, 2019): the codebook, the people, a text a discussion, and what is tagged where.
//! It holds what was said of people.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use chrono::NaiveDate;
use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::entry::{Entry, one_line};
use super::guid;
use super::passages::{Told, told};
use super::qdc::{codes, theme_guid};
use crate::model::{Casebook, Discussion, Meeting, ThemeKey};

const NAMESPACE: &str = "urn:QDA-XML:project:1.0";

/// A project, and how much of people is in it.
pub struct Project {
    pub bytes: Vec<u8>,
    pub n_people: usize,
    pub n_discussions: usize,
    pub n_passages: usize,
}

/// One discussion with its text.
struct Source<'a> {
    meeting: &'a Meeting,
    discussion: &'a Discussion,
    name: String,
    told: Told,
}

impl Source<'_> {
    fn guid(&self) -> String {
        guid(&format!("source/{}", self.name)).to_string()
    }
}

/// The project of all discussions at meetings that were held.
///
/// # Errors
///
/// When the file would be too large for its format.
pub fn project(book: &Casebook) -> Result<Project, String> {
    let entries: Vec<Entry> = book.themes.iter().map(Entry::of).collect();
    let sources: Vec<Source<'_>> = book
        .held_meetings()
        .flat_map(|(_, meeting)| meeting.cases.iter().map(move |discussion| (meeting, discussion)))
        .map(|(meeting, discussion)| Source { meeting, discussion, name: format!("{}@{}", discussion.case, meeting.id), told: told(book, meeting, discussion) })
        .collect();
    let mut people: BTreeMap<&str, Vec<&Source<'_>>> = BTreeMap::new();
    sources.iter().for_each(|source| people.entry(source.discussion.case.as_str()).or_default().push(source));
    let xml = xml(&book.group.name, &entries, &people, &sources);
    let bytes = packed(&xml, &sources).map_err(|error| error.to_string())?;
    let n_passages = sources.iter().map(|source| source.told.passages.len()).sum();
    Ok(Project { bytes, n_people: people.len(), n_discussions: sources.len(), n_passages })
}

fn packed(xml: &str, sources: &[Source<'_>]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed day: the same workspace is the same bytes, whenever it is asked for.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    archive.start_file("project.qde", options)?;
    archive.write_all(xml.as_bytes())?;
    for source in sources {
        archive.start_file(format!("sources/{}.txt", source.guid()), options)?;
        archive.write_all(source.told.text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn xml(group: &str, entries: &[Entry], people: &BTreeMap<&str, Vec<&Source<'_>>>, sources: &[Source<'_>]) -> String {
    let user = guid("user");
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project xmlns=\"{NAMESPACE}\" name=\"{}\" origin=\"marg\" creatingUserGUID=\"{user}\">\n<Users>\n<User guid=\"{user}\" name=\"marg\"/>\n</Users>\n",
        escape(one_line(group))
    );
    if !entries.is_empty() {
        xml.push_str(&format!("<CodeBook>\n{}</CodeBook>\n", codes(entries)));
    }
    if !sources.is_empty() {
        xml.push_str("<Variables>\n");
        for (name, kind) in VARIABLES {
            xml.push_str(&format!("<Variable guid=\"{}\" name=\"{name}\" typeOfVariable=\"{kind}\"/>\n", guid(&format!("variable/{name}"))));
        }
        xml.push_str("</Variables>\n<Cases>\n");
        people.iter().for_each(|(case, sources)| xml.push_str(&case_xml(case, sources)));
        xml.push_str("</Cases>\n<Sources>\n");
        sources.iter().for_each(|source| xml.push_str(&source_xml(source, entries)));
        xml.push_str("</Sources>\n");
    }
    xml + "<Description>Made by marg from the record of the meetings. It holds what was said of people: for members of the meetings only.</Description>\n</Project>\n"
}

const VARIABLES: [(&str, &str); 4] = [("Meetings", "Integer"), ("First discussed", "Date"), ("Last discussed", "Date"), ("Closed", "Boolean")];

fn case_xml(case: &str, sources: &[&Source<'_>]) -> String {
    let days: BTreeSet<NaiveDate> = sources.iter().map(|source| source.meeting.date).collect();
    let day = |day: Option<&NaiveDate>| day.map(NaiveDate::to_string).unwrap_or_default();
    let closed = sources.last().is_some_and(|source| source.discussion.closed.is_some());
    let values = [("Integer", sources.len().to_string()), ("Date", day(days.first())), ("Date", day(days.last())), ("Boolean", closed.to_string())];
    let mut xml = format!("<Case guid=\"{}\" name=\"{}\">\n", guid(&format!("case/{case}")), escape(case));
    for ((name, _), (kind, value)) in VARIABLES.iter().zip(values) {
        let variable = guid(&format!("variable/{name}"));
        xml.push_str(&format!("<VariableValue><VariableRef targetGUID=\"{variable}\"/><{kind}Value>{value}</{kind}Value></VariableValue>\n"));
    }
    sources.iter().for_each(|source| xml.push_str(&format!("<SourceRef targetGUID=\"{}\"/>\n", source.guid())));
    xml + "</Case>\n"
}

fn source_xml(source: &Source<'_>, entries: &[Entry]) -> String {
    let (own, user, when) = (source.guid(), guid("user"), format!("{}T00:00:00Z", source.meeting.date));
    let made = format!("creatingUser=\"{user}\" creationDateTime=\"{when}\"");
    let mut xml = format!("<TextSource guid=\"{own}\" name=\"{}\" plainTextPath=\"internal://{own}.txt\" {made}>\n", escape(source.name.as_str()));
    for (start, end, theme) in &source.told.passages {
        let ThemeKey(at) = theme;
        let entry = &entries[*at as usize];
        let path = format!("{}/{start}-{end}/{}", source.name, entry.id.as_deref().unwrap_or_default());
        let (passage, coding) = (guid(&format!("passage/{path}")), guid(&format!("coding/{path}")));
        xml.push_str(&format!(
            "<PlainTextSelection guid=\"{passage}\" name=\"\" startPosition=\"{start}\" endPosition=\"{end}\" {made}>\n<Coding guid=\"{coding}\" {made}><CodeRef targetGUID=\"{}\"/></Coding>\n</PlainTextSelection>\n",
            theme_guid(entry)
        ));
    }
    xml + "</TextSource>\n"
}
