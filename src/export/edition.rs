//! The tables of an edition as files, and what their marks mean.

use super::harmless;
use crate::release::{BY_STATE, BY_TIME, EditionPage, EditionTable, Released, TABLES, place};

/// The files below `data/`: a table each, and what explains them.
pub fn edition_files(page: &Released<EditionPage>) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = [(&page.barriers, BY_STATE), (&page.barriers, BY_TIME), (&page.answers, 0)]
        .into_iter()
        .zip(TABLES)
        .map(|((table, part), name)| (format!("data/{name}.csv"), csv(table, part)))
        .collect();
    files.push(("data/README.txt".to_owned(), marks(page)));
    files
}

fn csv(table: &EditionTable, part: usize) -> String {
    let numbers = &table.numbers;
    let division = &numbers.table.parts[part];
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has the same length.
    let _ = writer.write_record(std::iter::once("Barrier").chain(division.columns.iter().map(String::as_str)).chain(["Total"]));
    let mut write = |title: &str, row: Option<usize>| {
        let columns = (0..division.columns.len()).map(Some).chain([None]);
        let counts = columns.map(|column| numbers.count(place(part, row, column)).to_string());
        let _ = writer.write_record(std::iter::once(harmless(title).into_owned()).chain(counts));
    };
    numbers.table.rows.iter().enumerate().for_each(|(row, title)| write(title, Some(row)));
    // No row, no total: a 0 would say that nobody met anything.
    if !numbers.table.rows.is_empty() {
        write("Total", None);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn marks(page: &EditionPage) -> String {
    let rule = page.rule;
    let round = match rule.round_to {
        1 => "All other numbers are exact.".to_owned(),
        n => format!("All other numbers are rounded to the nearest {n}, each by itself, totals too: they need not add up."),
    };
    format!(
        "{group}: {since} to {until}\n\n\
         The tables hold numbers of people. Each person is counted once for each barrier they met; the row Total counts\n\
         a person once for each barrier, so it is more than the number of people.\n\n\
         Barriers that were met by 1 to {hide} people each are named on the page of figures. They are in no row and no total.\n\n\
         [c]   a number from 1 to {hide}, or one from which such a number could be worked out. It is not shown so that\n      \
         nobody can be recognised.\n\
         0     a true 0.\n\
         {round}\n\n\
         barriers.csv           where the barrier stands by the last record\n\
         barriers-by-time.csv   the {stretch} in which the barrier was first recorded for the person\n\
         asked.csv              people for whom somebody was asked to move the barrier, by the last answer\n",
        group = page.group,
        since = page.since,
        until = page.until,
        hide = rule.hide_up_to,
        stretch = page.division.word(),
    )
}
