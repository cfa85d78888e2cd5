//! People from a table, and what is checked of each.

use chrono::NaiveDate;

use super::book::{Person, Reference};

/// What is wrong, by line and column; never what stands there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    #[error("the table has no column `name`")]
    NoNames,
    #[error("the table has a column that is not known: column {0}")]
    Column(usize),
    #[error("line {line}: {}", .why.message())]
    Line { line: usize, why: Wrong },
}

/// What is wrong with one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Table,
    Name,
    Born,
    Nhs,
    Reference,
    Ref,
}

impl Wrong {
    pub fn message(self) -> &'static str {
        match self {
            Self::Table => "this is no line of a table in CSV",
            Self::Name => "a name is missing",
            Self::Born => "the date of birth is no day; it is written like 1984-05-30",
            Self::Nhs => "the NHS number is none: it has ten digits, the last of which checks the others",
            Self::Reference => "an agency's reference is written AGENCY=NUMBER",
            Self::Ref => "a ref has 3 to 24 capitals, digits and hyphens",
        }
    }
}

/// Reads a table with the columns `name`, `born`, `aliases`, `nhs`, `references` and `ref`; only the first must be there. Several aliases or
/// references stand in one cell, with `;` between them.
///
/// # Errors
///
/// Says the first line in which something is wrong.
pub fn read_csv(text: &[u8]) -> Result<Vec<Person>, EntryError> {
    const COLUMNS: [&str; 6] = ["name", "born", "aliases", "nhs", "references", "ref"];
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text));
    let at = |line: usize, why| EntryError::Line { line, why };
    let headings = reader.headers().map_err(|_| at(1, Wrong::Table))?.clone();
    let known = |heading: &str| COLUMNS.iter().position(|known| heading.eq_ignore_ascii_case(known));
    let columns = headings.iter().enumerate().map(|(n, heading)| known(heading).ok_or(EntryError::Column(n + 1))).collect::<Result<Vec<_>, _>>()?;
    if !columns.contains(&0) {
        return Err(EntryError::NoNames);
    }
    let mut people = Vec::new();
    for (n, record) in reader.records().enumerate() {
        let record = record.map_err(|_| at(n + 2, Wrong::Table))?;
        let line = record.position().map_or(n + 2, |position| usize::try_from(position.line()).unwrap_or(n + 2));
        let cell = |wanted: usize| columns.iter().position(|column| *column == wanted).and_then(|at| record.get(at)).unwrap_or_default();
        let person = person(cell(0), cell(1), &parts(cell(2)), cell(3), &parts(cell(4)), cell(5)).map_err(|why| at(line, why))?;
        people.push(person);
    }
    Ok(people)
}

fn parts(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// One person, checked; an empty text is one that was not given. Without a ref, a new one is made later.
///
/// # Errors
///
/// What is wrong, without what was typed.
pub fn person(name: &str, born: &str, aliases: &[String], nhs: &str, references: &[String], case: &str) -> Result<Person, Wrong> {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let reference = |text: &String| {
        let (agency, number) = text.split_once('=').ok_or(Wrong::Reference)?;
        let reference = Reference { agency: agency.trim().to_owned(), number: number.trim().to_owned() };
        if reference.agency.is_empty() || reference.number.is_empty() { Err(Wrong::Reference) } else { Ok(reference) }
    };
    let is_ref = |case: &str| (3..=24).contains(&case.len()) && case.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    let case = case.trim();
    if !case.is_empty() && !is_ref(case) {
        return Err(Wrong::Ref);
    }
    Ok(Person {
        case: case.to_owned(),
        name: given(name).ok_or(Wrong::Name)?,
        born: given(born).map(|born| birthday(&born).ok_or(Wrong::Born)).transpose()?,
        aliases: aliases.iter().filter_map(|alias| given(alias)).collect(),
        nhs: given(nhs).map(|nhs| nhs_number(&nhs).ok_or(Wrong::Nhs)).transpose()?,
        references: references.iter().map(reference).collect::<Result<_, _>>()?,
        added: None,
    })
}

/// A day as `1984-05-30`, also where it was written as forms have it: `30/05/1984`, `30.5.1984`.
pub(super) fn birthday(text: &str) -> Option<String> {
    let text = text.trim();
    let day = text.parse().ok().or_else(|| ["%d/%m/%Y", "%d.%m.%Y"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok()));
    day.filter(|day: &NaiveDate| (1900..=2100).contains(&chrono::Datelike::year(day))).map(|day| day.to_string())
}

/// Ten digits whose last checks the others: weights 10 to 2, modulo 11 (NHS Data Dictionary, "NHS number").
fn nhs_number(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let sum: u32 = digits.bytes().zip((2..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = (11 - sum % 11) % 11;
    (u32::from(digits.as_bytes()[9] - b'0') == check).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_and_what_is_wrong_is_said_without_it() {
        let table = "name,born,aliases,nhs,references,ref\nMarisol Wrenfield,30/05/1984,Mari; Wren,999 000 0018,housing=HB/1;police=7,\nTam Lo,,,,,QLM-4XYZ\n";
        let people = read_csv(table.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((people.len(), people[0].born.as_deref(), people[0].aliases.len(), people[0].references.len()), (2, Some("1984-05-30"), 2, 2));
        assert_eq!(people[1].case, "QLM-4XYZ");
        for (line, why) in [
            ("Marisol,1984-13-30,,,,", Wrong::Born),
            (",,,,,", Wrong::Name),
            ("Marisol,,,9990000019,,", Wrong::Nhs),
            ("Marisol,,,,housing,", Wrong::Reference),
            ("Marisol,,,,,mw84", Wrong::Ref),
        ] {
            let error = read_csv(format!("name,born,aliases,nhs,references,ref\nA B,,,,,\n{line}\n").as_bytes()).err().unwrap();
            assert_eq!(error, EntryError::Line { line: 3, why });
            assert!(!error.to_string().contains("Marisol"));
        }
        assert_eq!(read_csv(b"born\n").err(), Some(EntryError::NoNames));
        assert_eq!(read_csv(b"name,mother\n").err(), Some(EntryError::Column(2)));
    }
}
