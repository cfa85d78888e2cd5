//! Rows and columns for the desk: the same table as text, JSON or CSV.

use chrono::NaiveDate;
use serde_json::{Map, Value as Json};

use super::layout::{Grid, GridColumn, Yields};
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
    yields: Yields,
    /// A heading that says all, for a sheet, where there is room.
    in_full: Option<&'static str>,
    /// What its cells are ids of, for a sheet, where the names stand beside them.
    ids: Option<Ids>,
    /// Whether it is in no sheet either.
    for_programs: bool,
}

/// What an id in a cell can be the id of.
#[derive(Clone, Copy)]
pub(super) enum Ids {
    Agencies,
    Services,
    Themes,
}

/// A column as a sheet has it.
pub(super) struct SheetColumn {
    pub(super) heading: String,
    /// Its place in the rows.
    pub(super) at: usize,
    /// Set where it shows the names of the ids in these cells.
    pub(super) names: Option<Ids>,
}

#[derive(Clone, Debug)]
pub(super) enum Cell {
    Nothing,
    Text(String),
    Number(i64),
    Day(NaiveDate),
    Truth(bool),
    List(Vec<String>),
}

/// A column that everybody sees.
pub(super) fn column(name: &'static str, heading: &'static str) -> Column {
    Column { name, heading: Some(heading), yields: Yields::Last, in_full: None, ids: None, for_programs: false }
}

/// A column that is the first to go below its row where there is no room for all.
pub(super) fn lesser(name: &'static str, heading: &'static str) -> Column {
    Column { yields: Yields::First, ..column(name, heading) }
}

/// A column that goes below its row where there is still no room.
pub(super) fn middling(name: &'static str, heading: &'static str) -> Column {
    Column { yields: Yields::Next, ..column(name, heading) }
}

/// A column that stands in no table on the screen.
pub(super) fn hidden(name: &'static str) -> Column {
    Column { heading: None, ..column(name, "") }
}

impl Column {
    /// With a heading that says more, for a sheet.
    pub(super) fn in_full(self, heading: &'static str) -> Self {
        Self { in_full: Some(heading), ..self }
    }

    /// A column whose cells are ids.
    pub(super) fn ids(self, ids: Ids) -> Self {
        Self { ids: Some(ids), ..self }
    }

    /// A column that only programs see.
    pub(super) fn for_programs(self) -> Self {
        Self { for_programs: true, ..self }
    }

    fn sheet_heading(&self) -> String {
        match self.in_full.or(self.heading) {
            Some(heading) if !heading.is_empty() => heading.to_owned(),
            _ => {
                let words = self.name.replace('_', " ");
                words.chars().next().map_or(String::new(), |first| first.to_uppercase().chain(words.chars().skip(1)).collect())
            }
        }
    }
}

impl Table {
    pub(super) fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell for every column");
        self.rows.push(cells);
    }

    pub(super) fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// The columns of a sheet, also those that stand in no table on the screen; ids have their names before them, if those are known.
    pub(super) fn sheet_columns(&self, names_known: bool) -> Vec<SheetColumn> {
        let mut columns = Vec::new();
        for (at, column) in self.columns.iter().enumerate().filter(|(_, column)| !column.for_programs) {
            let heading = column.sheet_heading();
            match column.ids.filter(|_| names_known) {
                Some(ids) => {
                    columns.push(SheetColumn { heading: heading.clone(), at, names: Some(ids) });
                    columns.push(SheetColumn { heading: format!("{heading} (id)"), at, names: None });
                }
                None => columns.push(SheetColumn { heading, at, names: None }),
            }
        }
        columns
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Text that fits the width: see [`Grid::text`].
    pub(super) fn text(&self, width: usize) -> String {
        let shown: Vec<usize> = (0..self.columns.len()).filter(|at| self.columns[*at].heading.is_some()).collect();
        let column = |at: &usize| GridColumn {
            heading: self.columns[*at].heading.unwrap_or_default(),
            yields: self.columns[*at].yields,
            right: self.rows.iter().any(|row| matches!(row[*at], Cell::Number(_))),
        };
        let row = |row: &Vec<Cell>| shown.iter().map(|at| row[*at].shown()).collect();
        Grid { columns: shown.iter().map(column).collect(), rows: self.rows.iter().map(row).collect() }.text(width)
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
    /// One line for people.
    fn shown(&self) -> String {
        let text = match self {
            Self::List(items) => items.join(", "),
            Self::Truth(true) => "yes".to_owned(),
            Self::Truth(false) => String::new(),
            Self::Text(text) => text.clone(),
            Self::Nothing | Self::Number(_) | Self::Day(_) => return self.plain(),
        };
        printable(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
    }

    fn json(&self) -> Json {
        match self {
            Self::Nothing => Json::Null,
            Self::Text(text) => Json::from(text.as_str()),
            Self::Number(number) => Json::from(*number),
            Self::Day(day) => Json::from(day.to_string()),
            Self::Truth(truth) => Json::from(*truth),
            Self::List(items) => Json::from(items.clone()),
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => harmless(&printable(text)).into_owned(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
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

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
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

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
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
