//! Rows and columns for the desk: the same table as text, JSON or CSV.

use comfy_table::{Cell as Shown, CellAlignment, ColumnConstraint, ContentArrangement, presets};
use serde_json::{Map, Value as Json};

use crate::export::harmless;
use crate::source::printable;

/// A table whose cells have types, so that each format can write them its own way.
pub(super) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

pub(super) struct Column {
    /// The name in JSON and CSV.
    name: &'static str,
    /// The heading for people; nothing for a column that only programs need.
    heading: Option<&'static str>,
    /// Whether people see it only where there is room.
    if_wide: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Cell {
    Nothing,
    Text(String),
    Number(i64),
    Truth(bool),
    List(Vec<String>),
}

/// A column that everybody sees.
pub(super) fn column(name: &'static str, heading: &'static str) -> Column {
    Column { name, heading: Some(heading), if_wide: false }
}

/// A column that everybody sees where there is room for it.
pub(super) fn if_wide(name: &'static str, heading: &'static str) -> Column {
    Column { name, heading: Some(heading), if_wide: true }
}

/// A width at which there is room for everything.
const WIDE: usize = 110;
/// Words up to this length are not broken: dates, numbers, statuses.
const UNBROKEN: usize = 12;

/// A column that only programs see.
pub(super) fn hidden(name: &'static str) -> Column {
    Column { name, heading: None, if_wide: false }
}

impl Table {
    pub(super) fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell for every column");
        self.rows.push(cells);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Aligned text that wraps to the width.
    pub(super) fn text(&self, width: usize) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(u16::try_from(width).unwrap_or(u16::MAX));
        let seen = |column: &Column| column.heading.is_some() && (width >= WIDE || !column.if_wide);
        let shown: Vec<usize> = (0..self.columns.len()).filter(|at| seen(&self.columns[*at])).collect();
        table.set_header(shown.iter().map(|at| Shown::new(self.columns[*at].heading.unwrap_or_default())));
        for row in &self.rows {
            table.add_row(shown.iter().map(|at| row[*at].shown()));
        }
        for (place, at) in shown.iter().enumerate() {
            let short = self.rows.iter().all(|row| row[*at].plain().chars().count() <= UNBROKEN);
            if let Some(column) = table.column_mut(place).filter(|_| short) {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        let lines: Vec<String> = table.lines().map(|line| line.trim_end().strip_prefix(' ').unwrap_or(line.trim_end()).to_owned()).collect();
        lines.join("\n") + "\n"
    }

    /// The rows as objects.
    pub(super) fn json(&self) -> Json {
        let object = |row: &Vec<Cell>| self.columns.iter().zip(row).map(|(column, cell)| (column.name.to_owned(), cell.json())).collect::<Map<_, _>>();
        self.rows.iter().map(|row| Json::Object(object(row))).collect()
    }

    /// The rows as CSV with a line of names.
    pub(super) fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail, and every row has a cell for every column.
        let _ = writer.write_record(self.columns.iter().map(|column| column.name));
        for row in &self.rows {
            let _ = writer.write_record(row.iter().map(Cell::plain));
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

impl Cell {
    fn shown(&self) -> Shown {
        let cell = Shown::new(match self {
            Self::List(items) => printable(&items.join(", ")).into_owned(),
            Self::Truth(true) => "yes".to_owned(),
            Self::Truth(false) => String::new(),
            Self::Text(text) => printable(text).into_owned(),
            other => other.plain(),
        });
        cell.set_alignment(if matches!(self, Self::Number(_)) { CellAlignment::Right } else { CellAlignment::Left })
    }

    fn json(&self) -> Json {
        match self {
            Self::Nothing => Json::Null,
            Self::Text(text) => Json::from(text.as_str()),
            Self::Number(number) => Json::from(*number),
            Self::Truth(truth) => Json::from(*truth),
            Self::List(items) => Json::from(items.clone()),
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => harmless(&printable(text)).into_owned(),
            Self::Number(number) => number.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::List(items) => harmless(&printable(&items.join("; "))).into_owned(),
        }
    }
}

/// JSON for a terminal or a program: indented, and with everything that could steer a terminal written as an escape.
pub(super) fn json_text(json: &Json) -> String {
    let text = serde_json::to_string_pretty(json).unwrap_or_default();
    let mut safe = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if c != '\n' && printable(c.encode_utf8(&mut [0; 4])).starts_with('⟨') && c != '⟨' {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(c);
        }
    }
    safe.push('\n');
    safe
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<chrono::NaiveDate> for Cell {
    fn from(day: chrono::NaiveDate) -> Self {
        Self::Text(day.to_string())
    }
}

impl From<Vec<String>> for Cell {
    fn from(items: Vec<String>) -> Self {
        Self::List(items)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_csv_calculates() {
        let mut table = Table::new(vec![column("what", "What"), column("n", "N")]);
        for text in ["=HYPERLINK(\"http://x\")", "+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "plain, with \"quotes\""] {
            table.row(vec![text.into(), Cell::Number(-3)]);
        }
        let csv = table.csv();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        for record in reader.records() {
            let record = record.unwrap();
            assert!(!record[0].starts_with(['=', '+', '-', '@', '\t', '＝']), "{record:?}");
            assert_eq!(&record[1], "-3");
        }
    }

    #[test]
    fn json_carries_no_escape_byte() {
        let text = json_text(&serde_json::json!({ "note": "a\u{1b}[2J\u{9b}b\u{202e}c" }));
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']));
        assert_eq!(serde_json::from_str::<Json>(&text).unwrap()["note"], "a\u{1b}[2J\u{9b}b\u{202e}c");
    }
}
