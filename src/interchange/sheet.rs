//! Codebooks as rows: CSV, and what a spreadsheet shows.

use std::borrow::Cow;

use super::describe::{describe, read_described};
use super::entry::{Entry, MAX_ENTRIES, Trouble, decode, line, one_line, text};
use crate::model::{Stage, ThemeKind, Word};
use crate::source::list_of;

/// `tag` and `description` are what Taguette and others look for; the rest is ours.
pub const COLUMNS: [&str; 12] =
    ["tag", "description", "id", "kind", "parent", "definition", "include", "exclude", "example", "indicators", "also_known_as", "stage"];

/// The cells of an entry, in the order of the columns. Lists have a line an item.
pub fn row(entry: &Entry) -> [String; 12] {
    let own = |text: &Option<String>| text.clone().unwrap_or_default();
    // The columns to the right say what these lines would.
    let shown = Entry { id: None, kind: None, parent: None, stage: None, also_known_as: Vec::new(), indicators: Vec::new(), ..entry.clone() };
    [
        entry.title.clone(),
        describe(&shown, &entry.title),
        own(&entry.id),
        entry.kind.map(ThemeKind::word).unwrap_or_default().to_owned(),
        own(&entry.parent),
        own(&entry.definition),
        own(&entry.include),
        own(&entry.exclude),
        own(&entry.example),
        entry.indicators.join("\n"),
        entry.also_known_as.join("\n"),
        entry.stage.map(Stage::word).unwrap_or_default().to_owned(),
    ]
}

/// The codebook as CSV. A text that a spreadsheet would calculate has an apostrophe before it (OWASP, "CSV Injection").
pub fn write_csv(entries: &[Entry]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has the same length.
    let _ = writer.write_record(COLUMNS);
    for entry in entries {
        let _ = writer.write_record(row(entry).iter().map(|cell| guarded(cell).into_owned()));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn calculates(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Any such text, also one that has an apostrophe of its own: so that reading takes away no more than was put there.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if calculates(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

pub(super) fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| calculates(rest)).unwrap_or(text)
}

/// Reads a codebook with a heading line, its cells divided by commas, semicolons or tabs.
///
/// # Errors
///
/// When no column names the themes, or a word in one is not known.
pub fn read_csv(bytes: &[u8]) -> Result<Vec<Entry>, Trouble> {
    let text = decode(bytes)?;
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|b| *b == sign).count();
    let sign = [b',', b';', b'\t'].into_iter().max_by_key(|sign| (count(*sign), *sign == b',')).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(sign).flexible(true).from_reader(text.as_bytes());
    let wrong = |error: &csv::Error| {
        let line = error.position().and_then(|at| usize::try_from(at.line()).ok());
        Trouble::new(line, format!("the rows cannot be read: {error}"), "save it again from the spreadsheet as \"CSV UTF-8\"")
    };
    let names: Vec<String> = reader.headers().map_err(|error| wrong(&error))?.iter().map(|name| name.trim().to_lowercase().replace([' ', '-'], "_")).collect();
    let Some(title) = ["tag", "name", "title", "theme", "code", "path"].iter().find_map(|wanted| names.iter().position(|name| name == wanted)) else {
        return Err(Trouble::new(
            Some(1),
            "no column says what the themes are called",
            "the first line names the columns: `tag` (or `name`, or `path`) and `description`",
        ));
    };
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| wrong(&error))?;
        let at = record.position().and_then(|at| usize::try_from(at.line()).ok());
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if entries.len() == MAX_ENTRIES {
            return Err(Trouble::too_many());
        }
        entries.push(entry(&Row { names: &names, record: &record, line: at }, title)?);
    }
    Ok(entries)
}

struct Row<'a> {
    names: &'a [String],
    record: &'a csv::StringRecord,
    line: Option<usize>,
}

impl Row<'_> {
    fn cell(&self, name: &str) -> Option<&str> {
        let at = self.names.iter().position(|known| known == name)?;
        self.record.get(at).map(unguarded)
    }

    fn list(&self, name: &str) -> Vec<String> {
        self.cell(name).unwrap_or_default().lines().filter_map(|item| line(Some(item))).collect()
    }

    fn word<W: Word>(&self, name: &str) -> Result<Option<W>, Trouble> {
        let Some(word) = line(self.cell(name)) else { return Ok(None) };
        let known = W::parse(&word.to_lowercase()).map(Some);
        known.ok_or_else(|| Trouble::new(self.line, format!("`{word}` is no `{name}`"), format!("it can be {}", list_of(W::WORDS, "or"))))
    }
}

fn entry(row: &Row<'_>, title: usize) -> Result<Entry, Trouble> {
    let whole = one_line(row.record.get(title).map(unguarded).unwrap_or_default());
    // A path holds the headings as well.
    let (above, name) = match whole.rsplit_once('/').filter(|_| row.names[title] == "path") {
        Some((above, name)) => (line(Some(&above.replace('/', " / "))), name.trim().to_owned()),
        None => (None, whole),
    };
    if name.is_empty() {
        return Err(Trouble::new(row.line, "this row does not say what the theme is called", "fill the first column, or take the row out"));
    }
    let said = read_described(&name, row.cell("description").unwrap_or_default());
    let cell = |name: &str, otherwise: Option<String>| if row.names.iter().any(|known| known == name) { text(row.cell(name)) } else { otherwise };
    let list = |name: &str, otherwise: Vec<String>| if row.names.iter().any(|known| known == name) { row.list(name) } else { otherwise };
    Ok(Entry {
        id: line(row.cell("id")).filter(|id| super::compare::can_be_id(id)).or(said.id),
        title: said.title,
        kind: row.word("kind")?.or(said.kind),
        parent: line(row.cell("parent")).or(said.parent).or(above),
        definition: cell("definition", said.definition),
        include: cell("include", said.include),
        exclude: cell("exclude", said.exclude),
        example: cell("example", said.example),
        indicators: list("indicators", said.indicators),
        also_known_as: list("also_known_as", said.also_known_as),
        stage: row.word("stage")?.or(said.stage),
    })
}
