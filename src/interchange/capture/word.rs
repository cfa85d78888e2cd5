//! A sheet that came back as a document of Word, as Word and LibreOffice write it.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::sheet::{ABOUT, CAME, INTRO, ISSUES, MARKING, NOTES, PRACTICE, QUESTIONS, RECOMMENDATIONS, TITLE, VALUE};
use super::{Line, Problem, Read, Topic, plain};

/// No sheet that people fill in is larger than this, unfolded.
const MOST: u64 = 16 << 20;

/// A paragraph, or a table of cells.
#[derive(Debug, PartialEq, Eq)]
enum Block {
    Paragraph(String),
    Table(Vec<Vec<String>>),
}

/// Reads the tables of a sheet. `name` is put before each place, where several files are read.
pub fn read_capture_word(bytes: &[u8], name: &str) -> Read {
    let mut read = Read::default();
    let blocks = match text_of(bytes).and_then(|text| blocks(&text)) {
        Ok(blocks) => blocks,
        Err(why) => {
            read.problems.push(Problem::new(name.trim_end_matches(", "), why, "save it again as a document of Word (.docx)"));
            return read;
        }
    };
    if !blocks.iter().any(|block| matches!(block, Block::Table(rows) if kind(rows).is_some())) {
        let hint = "`marg cop THEME` writes an empty sheet; its tables are known by the words in their first row";
        read.problems.push(Problem::new(name.trim_end_matches(", "), "this is no capture sheet", hint));
        return read;
    }
    for block in &blocks {
        match block {
            Block::Paragraph(text) => outside(text, name, &mut read),
            Block::Table(rows) => table(rows, name, &mut read),
        }
    }
    read
}

/// What was written beside the tables is kept as a note.
fn outside(text: &str, name: &str, read: &mut Read) {
    let own = |known: &str| plain(text) == plain(known);
    if plain(text).is_empty() || plain(text).starts_with(&plain(TITLE)) || INTRO.into_iter().chain([MARKING]).any(own) {
        return;
    }
    let place = format!("{name}outside the tables");
    read.lines.push(Line { place, topic: Topic::Note, text: text.trim().to_owned(), who: String::new(), more: String::new() });
}

/// What a table of the sheet is about, by its first row.
fn kind(rows: &[Vec<String>]) -> Option<Topic> {
    let first = plain(rows.first()?.first()?);
    let kinds: [(&[&str], Topic); 8] = [
        (&ABOUT, Topic::Theme),
        (&CAME, Topic::Came),
        (&QUESTIONS, Topic::Question),
        (&ISSUES, Topic::Issue),
        (&PRACTICE, Topic::Practice),
        (&RECOMMENDATIONS, Topic::Recommendation),
        (&VALUE, Topic::Value(super::Cycle::Immediate)),
        (&NOTES, Topic::Note),
    ];
    kinds.into_iter().find(|(head, _)| plain(head[0]) == first).map(|(_, topic)| topic)
}

fn table(rows: &[Vec<String>], name: &str, read: &mut Read) {
    let Some(kind) = kind(rows) else {
        let written: Vec<&str> = rows.iter().flatten().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        if let Some(first) = written.first() {
            let hint = "put back the first row of the table, with the words it had, or move what is in it into another table";
            read.problems.push(Problem::new(format!("{name}table that begins “{first}”"), "this table is none of the sheet's", hint));
        }
        return;
    };
    let title = rows[0][0].trim().to_owned();
    for (nth, row) in rows.iter().enumerate().skip(1) {
        let place = format!("{name}table “{title}”, row {}", nth + 1);
        let cell = |at: usize| row.get(at).map(|cell| cell.trim()).filter(|cell| !matches!(*cell, "–" | "-" | "—")).unwrap_or_default().to_owned();
        let [first, second, third] = [0, 1, 2].map(cell);
        let line = |topic, text, who, more| Line { place: place.clone(), topic, text, who, more };
        match kind {
            Topic::Theme | Topic::Value(_) => match Topic::parse(&first) {
                _ if second.is_empty() && third.is_empty() => {}
                Some(topic) => read.lines.push(line(topic, second, String::new(), third)),
                None => {
                    let message =
                        if first.is_empty() { format!("the row does not say what `{second}` is") } else { format!("`{first}` is no row of the sheet") };
                    read.problems.push(Problem::new(place, message, "put back the words that the first column had"));
                }
            },
            Topic::Came if second.is_empty() && third.is_empty() => {}
            Topic::Came => read.lines.push(line(kind, second, first, third)),
            _ if first.is_empty() && second.is_empty() && third.is_empty() => {}
            _ => read.lines.push(line(kind, first, second, third)),
        }
        let head = rows[0].len();
        if let Some(stray) = row.iter().skip(head).map(|cell| cell.trim()).find(|cell| !cell.is_empty()) {
            let place = format!("{name}table “{title}”, row {}", nth + 1);
            read.problems.push(Problem::new(place, format!("`{stray}` stands beside the columns of the table"), "move it into one of them"));
        }
    }
}

/// The text part of the document.
fn text_of(bytes: &[u8]) -> Result<String, String> {
    let damaged = || "it is no document of Word, or it is damaged".to_owned();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let part = archive.by_name("word/document.xml").map_err(|_| damaged())?;
    let mut text = Vec::new();
    part.take(MOST + 1).read_to_end(&mut text).map_err(|_| damaged())?;
    if text.len() as u64 > MOST {
        return Err(format!("its text is larger than {} MB, which no sheet is", MOST >> 20));
    }
    String::from_utf8(text).map_err(|_| damaged())
}

/// What is being read: the tables that are open, one in another, and the paragraph.
#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    tables: Vec<Vec<Vec<String>>>,
    paragraph: String,
    /// How deep it is in what is shown a second time for old programs, or was taken out.
    skipped: usize,
    in_text: bool,
}

fn blocks(xml: &str) -> Result<Vec<Block>, String> {
    let wrong = || "its text cannot be read".to_owned();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut reading = Reading::default();
    loop {
        match reader.read_event().map_err(|_| wrong())? {
            Event::DocType(_) => return Err(wrong()),
            Event::Eof => return Ok(reading.blocks),
            Event::Start(tag) => reading.open(&tag),
            Event::Empty(tag) => {
                reading.open(&tag);
                reading.close(tag.local_name().as_ref());
            }
            Event::End(tag) => reading.close(tag.local_name().as_ref()),
            Event::Text(text) if reading.in_text => reading.say(&text),
            Event::CData(text) if reading.in_text => reading.say(&text),
            Event::GeneralRef(name) if reading.in_text => {
                let letter = quick_xml::escape::unescape(&format!("&{};", &*name)).map_err(|_| wrong())?.into_owned();
                reading.say(&letter);
            }
            _ => {}
        }
    }
}

impl Reading {
    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "Fallback" | "del" | "moveFrom" => self.skipped += 1,
            "t" => self.in_text = true,
            "tab" => self.say(" "),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            "tbl" => self.tables.push(Vec::new()),
            "tr" => self.tables.last_mut().into_iter().for_each(|rows| rows.push(Vec::new())),
            "tc" => self.row().into_iter().for_each(|row| row.push(String::new())),
            // A cell over several columns.
            "gridSpan" => {
                let span = tag.try_get_attribute("w:val").ok().flatten().and_then(|value| value.value.parse::<usize>().ok());
                let more = span.unwrap_or(1).clamp(1, 20) - 1;
                self.row().into_iter().for_each(|row| row.splice(row.len() - 1..row.len() - 1, std::iter::repeat_n(String::new(), more)).for_each(drop));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "Fallback" | "del" | "moveFrom" => self.skipped = self.skipped.saturating_sub(1),
            "t" => self.in_text = false,
            "p" => {
                let paragraph = std::mem::take(&mut self.paragraph);
                self.put(paragraph);
            }
            "tbl" => self.end_of_table(),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if self.skipped == 0 {
            self.paragraph += text;
        }
    }

    fn row(&mut self) -> Option<&mut Vec<String>> {
        self.tables.last_mut()?.last_mut()
    }

    fn put(&mut self, paragraph: String) {
        match self.row().and_then(|row| row.last_mut()) {
            Some(cell) if cell.is_empty() => *cell = paragraph,
            Some(cell) if paragraph.trim().is_empty() && cell.ends_with('\n') => {}
            Some(cell) => *cell += &format!("\n{paragraph}"),
            None => self.blocks.push(Block::Paragraph(paragraph)),
        }
    }

    /// A table in a cell is words of that cell.
    fn end_of_table(&mut self) {
        let Some(rows) = self.tables.pop() else { return };
        if self.tables.is_empty() {
            self.blocks.push(Block::Table(rows));
        } else {
            let words = rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join("\n");
            self.put(words);
        }
    }
}
