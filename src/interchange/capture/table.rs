//! A sheet that came back as CSV: from Excel with its semicolons, marks and old letters, or from anywhere else.

use super::super::sheet::unguarded;
use super::sheet::COLUMNS;
use super::{Line, Problem, Read, Topic, plain};

/// Reads the rows of a sheet. `name` is put before each place, where several files are read.
pub fn read_capture_csv(bytes: &[u8], name: &str) -> Read {
    let mut read = Read::default();
    let text = decoded(bytes);
    // Excel writes this line, or is told by it, how cells are divided.
    let (sign, text) = match text.strip_prefix("sep=").or_else(|| text.strip_prefix("\"sep=")) {
        Some(rest) => (rest.bytes().next(), rest.split_once('\n').map_or("", |(_, rest)| rest)),
        None => (None, text.as_str()),
    };
    let skipped = usize::from(sign.is_some());
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|b| *b == sign).count();
    let likely = || [b';', b'\t', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(sign.unwrap_or_else(likely)).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut columns: Option<[Option<usize>; 4]> = None;
    for (nth, record) in reader.byte_records().enumerate() {
        let place = |column: Option<usize>| {
            let column = column.and_then(|column| COLUMNS.get(column)).map_or(String::new(), |column| format!(", column “{column}”"));
            format!("{name}row {}{column}", nth + 1 + skipped)
        };
        let Ok(record) = record else { continue };
        let cells: Vec<String> = record.iter().map(|cell| unguarded(&String::from_utf8_lossy(cell)).trim().to_owned()).collect();
        let Some(columns) = columns else {
            if cells.iter().all(String::is_empty) {
                continue;
            }
            let found = columns_of(&cells);
            if found[0].is_none() || found[1].is_none() {
                let hint = format!(
                    "its first row names the columns: {}; `marg cop THEME` writes an empty sheet",
                    COLUMNS.map(|column| format!("“{column}”")).join(", ")
                );
                read.problems.push(Problem::new(place(None), "this is no capture sheet", hint));
                return read;
            }
            columns = Some(found);
            continue;
        };
        take(&cells, &columns, &place, &mut read);
    }
    if columns.is_none() {
        read.problems.push(Problem::new(name.trim_end_matches(", "), "there is nothing in the file", "`marg cop THEME` writes an empty sheet"));
    }
    read
}

/// Which column is which, by the first row.
fn columns_of(head: &[String]) -> [Option<usize>; 4] {
    COLUMNS.map(|name| head.iter().position(|cell| plain(cell) == plain(name)))
}

fn take(cells: &[String], columns: &[Option<usize>; 4], place: &dyn Fn(Option<usize>) -> String, read: &mut Read) {
    let cell = |nth: usize| columns[nth].and_then(|at| cells.get(at)).map(String::as_str).unwrap_or_default();
    let [what, text, who, more] = [0, 1, 2, 3].map(cell);
    let stray = cells.iter().enumerate().find(|(at, cell)| !cell.is_empty() && !columns.contains(&Some(*at)));
    if let Some((_, stray)) = stray {
        let hint = "a text with a comma or semicolon in it has to be saved by a spreadsheet program, which puts it between quotation marks";
        read.problems.push(Problem::new(place(None), format!("`{stray}` stands beside the columns of the sheet"), hint));
    }
    if [text, who, more].iter().all(|cell| cell.is_empty()) && (what.is_empty() || Topic::parse(what).is_some()) {
        return;
    }
    match Topic::parse(what) {
        Some(topic) => {
            read.lines.push(Line { place: place(None), topic, text: text.to_owned(), who: who.to_owned(), more: more.to_owned() });
        }
        None => read.problems.push(unknown(what, text, place(Some(0)))),
    }
}

/// A row of which nobody knows what it is.
fn unknown(what: &str, text: &str, place: String) -> Problem {
    let known = super::TOPICS.iter().map(|(_, words)| words[0]);
    let near = crate::source::nearest(what, known.clone());
    let hint = match near {
        Some(near) => format!("did you mean “{near}”?"),
        None => format!("it is one of {}", known.map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ")),
    };
    if what.is_empty() {
        return Problem::new(place, format!("the row does not say what `{text}` is"), hint);
    }
    Problem::new(place, format!("`{what}` is nothing that a sheet has"), hint)
}

/// The text of a file: UTF-8 or UTF-16, with a mark or without, or else the letters of Windows, which Excel saves unless it is told not to.
fn decoded(bytes: &[u8]) -> String {
    let wide = |of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
            Err(_) => bytes.iter().map(|byte| windows(*byte)).collect(),
        },
    }
}

/// A letter of Windows-1252. The five that stand for nothing are shown as what cannot be read.
fn windows(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—',
        '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte) - 0x80],
        other => char::from(other),
    }
}
