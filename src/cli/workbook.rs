//! A workbook for people with a spreadsheet: numbers are numbers, days are days, texts stay texts, and nothing in it calculates.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use textwrap::core::display_width;

use super::table::{Cell, Ids, Table};
use crate::model::Names;
use crate::source::printable;

/// The longest text that a cell can hold.
const LONGEST: usize = 32_767;
/// Columns are as wide as their texts, within reason; what is longer wraps.
const NARROWEST: usize = 9;
const WIDEST: usize = 60;

struct Formats {
    heading: Format,
    text: Format,
    day: Format,
    plain: Format,
}

/// The sheets, and one that says what the figures are.
///
/// # Errors
///
/// When there are more rows than a sheet can hold.
pub(super) fn workbook(tables: &[(&str, &Table)], about: &[(String, String)], names: Option<Names<'_>>) -> Result<Vec<u8>, XlsxError> {
    let top = || Format::new().set_align(FormatAlign::Top);
    let formats = Formats {
        heading: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color(Color::RGB(0xE8_EDF2)),
        text: top().set_text_wrap(),
        day: top().set_num_format("yyyy-mm-dd"),
        plain: top(),
    };
    let mut book = Workbook::new();
    // A fixed day: the same answer is the same bytes, whenever it is asked for.
    let properties = DocProperties::new().set_title("marg").set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    for (name, table) in tables {
        fill(book.add_worksheet().set_name(*name)?, table, names, &formats)?;
    }
    notes(book.add_worksheet().set_name("About these figures")?, about, &formats)?;
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table, names: Option<Names<'_>>, formats: &Formats) -> Result<(), XlsxError> {
    let columns = table.sheet_columns(names.is_some());
    let mut widths: Vec<usize> = columns.iter().map(|column| display_width(&column.heading) + 3).collect();
    for (at, own) in columns.iter().enumerate() {
        sheet.write_string_with_format(0, column(at), &own.heading, &formats.heading)?;
    }
    for (row, cells) in table.rows().iter().enumerate() {
        let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
        for (at, own) in columns.iter().enumerate() {
            let named = own.names.zip(names).map(|(ids, names)| named(&cells[own.at], ids, names));
            widths[at] = widths[at].max(write(sheet, row, column(at), named.as_ref().unwrap_or(&cells[own.at]), formats)?);
        }
    }
    for (at, width) in widths.iter().enumerate() {
        sheet.set_column_width(column(at), (*width).clamp(NARROWEST, WIDEST) as f64)?;
    }
    let (last_row, last_column) = (u32::try_from(table.rows().len()).unwrap_or(u32::MAX), column(columns.len().saturating_sub(1)));
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    for_print(sheet);
    Ok(())
}

/// A4, on its side, as many pages as it takes but one page wide, and on each whom it is for: questions at the desk are for members.
fn for_print(sheet: &mut Worksheet) {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_header("&LFor members of the meeting only&R&A").set_footer("&LFor members of the meeting only&RPage &P of &N");
}

/// The names of the ids in a cell. An id that has none stays what it is.
fn named(cell: &Cell, ids: Ids, names: Names<'_>) -> Cell {
    let name = |id: &String| {
        let name = match ids {
            Ids::Agencies => names.group.find_agency(id).map(|key| &names.group.agency(key).name),
            Ids::Services => names.group.find_service(id).map(|key| &names.group.service(key).name),
            Ids::Themes => names.find_theme(id).map(|key| &names.theme(key).title),
        };
        name.unwrap_or(id).clone()
    };
    match cell {
        Cell::Text(id) => Cell::Text(name(id)),
        Cell::List(ids) => Cell::List(ids.iter().map(name).collect()),
        other => other.clone(),
    }
}

/// Writes one cell, and says how wide it would like to be.
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, formats: &Formats) -> Result<usize, XlsxError> {
    match cell {
        Cell::Nothing => Ok(0),
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number as f64, &formats.plain).map(|_| number.to_string().len() + 1),
        // A column of TRUE and FALSE hides the few that are true from whoever looks down it.
        Cell::Truth(truth) => write_text(sheet, row, column, if *truth { "yes" } else { "" }, formats),
        Cell::Day(day) => match excel_day(*day) {
            Some(day) => sheet.write_datetime_with_format(row, column, &day, &formats.day).map(|_| 12),
            None => sheet.write_string_with_format(row, column, day.to_string(), &formats.text).map(|_| 12),
        },
        Cell::Text(text) => write_text(sheet, row, column, text, formats),
        Cell::List(items) => write_text(sheet, row, column, &items.join("; "), formats),
    }
}

/// A day as a spreadsheet counts it; its calendar begins in 1900, and has a day too many in that year's February.
fn excel_day(day: chrono::NaiveDate) -> Option<ExcelDateTime> {
    use chrono::Datelike as _;
    let year = u16::try_from(day.year()).ok().filter(|year| *year > 1900)?;
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?).ok()
}

fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, formats: &Formats) -> Result<usize, XlsxError> {
    let text = printable(text);
    let held: String = if text.encode_utf16().count() > LONGEST {
        text.chars().take(LONGEST / 2).chain("… [more in the file]".chars()).collect()
    } else {
        text.into_owned()
    };
    let widest = held.lines().map(display_width).max().unwrap_or(0) + 1;
    if !held.is_empty() {
        sheet.write_string_with_format(row, column, held, &formats.text)?;
    }
    Ok(widest)
}

/// Two columns: what, and in words.
fn notes(sheet: &mut Worksheet, about: &[(String, String)], formats: &Formats) -> Result<(), XlsxError> {
    for (row, (name, words)) in about.iter().enumerate() {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        if !name.is_empty() {
            sheet.write_string_with_format(row, 0, name, &formats.heading)?;
        }
        write_text(sheet, row, 1, words, formats)?;
    }
    sheet.set_column_width(0, 30)?.set_column_width(1, 100)?;
    for_print(sheet);
    Ok(())
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
