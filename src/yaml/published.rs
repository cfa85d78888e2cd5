//! The record of what was published: written once, by the program, and read before the next edition.

use std::fmt::Write as _;

use serde::Deserialize;

use super::read::fast;
use crate::model::{Published, PublishedCount, PublishedTable};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPublished {
    #[serde(rename = "for")]
    audience: String,
    on: String,
    since: String,
    until: String,
    by: String,
    rule: RawRule,
    signed_off_by: Vec<String>,
    tables: Vec<RawTable>,
    figures: Vec<RawFigure>,
    pages: Vec<RawPage>,
    files: Vec<RawFile>,
}

#[derive(Deserialize)]
struct RawRule {
    hide_up_to: usize,
    round_to: usize,
}

#[derive(Deserialize)]
struct RawTable {
    name: String,
    columns: Vec<String>,
    rows: Vec<RawRow>,
}

#[derive(Deserialize)]
struct RawRow {
    row: String,
    counts: Vec<String>,
}

#[derive(Deserialize)]
struct RawFigure {
    name: String,
    count: String,
}

#[derive(Deserialize)]
struct RawPage {
    page: String,
    says: Vec<String>,
}

#[derive(Deserialize)]
struct RawFile {
    name: String,
    sha256: String,
}

/// Reads a record; nothing where it is none that the program wrote.
pub fn read_published(id: &str, text: &str) -> Option<Published> {
    let raw: RawPublished = fast(text).ok()?;
    let count = |text: &String| text.parse::<PublishedCount>().ok();
    let row = |row: RawRow| Some((row.row, row.counts.iter().map(count).collect::<Option<Vec<_>>>()?));
    let table = |table: RawTable| {
        let rows = table.rows.into_iter().map(row).collect::<Option<Vec<_>>>()?;
        let whole = rows.iter().all(|(_, counts)| counts.len() == table.columns.len() + 1) && rows.last().is_some_and(|(name, _)| name == "Total");
        whole.then_some(PublishedTable { name: table.name, columns: table.columns, rows })
    };
    Some(Published {
        id: id.to_owned(),
        audience: raw.audience,
        on: raw.on.parse().ok()?,
        since: raw.since.parse().ok()?,
        until: raw.until.parse().ok()?,
        division: raw.by.parse().ok()?,
        hide_up_to: raw.rule.hide_up_to,
        round_to: raw.rule.round_to,
        signed_off_by: raw.signed_off_by,
        tables: raw.tables.into_iter().map(table).collect::<Option<Vec<_>>>()?,
        figures: raw.figures.into_iter().map(|figure| Some((figure.name, count(&figure.count)?))).collect::<Option<Vec<_>>>()?,
        pages: raw.pages.into_iter().map(|page| (page.page, page.says)).collect(),
        files: raw.files.into_iter().map(|file| (file.name, file.sha256)).collect(),
    })
}

/// A record as it is written. Strings are quoted as JSON quotes them, which means the same in YAML.
pub fn published_text(published: &Published) -> String {
    let mut text = "# What `marg publish` let out, and who let it go. The next edition is reckoned against it: do not change it, and keep it.\n".to_owned();
    let _ = write!(
        text,
        "for: {}\non: {}\nsince: {}\nuntil: {}\nby: {}\nrule: {{ hide_up_to: {}, round_to: {} }}\n",
        published.audience,
        published.on,
        published.since,
        published.until,
        published.division.word(),
        published.hide_up_to,
        published.round_to
    );
    list(&mut text, "", "signed_off_by", &published.signed_off_by, |who| quoted(who));
    text.push_str(if published.tables.is_empty() { "tables: []\n" } else { "tables:\n" });
    for table in &published.tables {
        let columns: Vec<String> = table.columns.iter().map(|column| quoted(column)).collect();
        let _ = writeln!(text, "  - name: {}\n    columns: [{}]\n    rows:", table.name, columns.join(", "));
        for (name, counts) in &table.rows {
            let counts: Vec<String> = counts.iter().map(|count| quoted(&count.to_string())).collect();
            let _ = writeln!(text, "      - {{ row: {}, counts: [{}] }}", quoted(name), counts.join(", "));
        }
    }
    list(&mut text, "", "figures", &published.figures, |(name, count)| format!("{{ name: {}, count: {} }}", quoted(name), quoted(&count.to_string())));
    text.push_str(if published.pages.is_empty() { "pages: []\n" } else { "pages:\n" });
    for (page, says) in &published.pages {
        let _ = writeln!(text, "  - page: {}", quoted(page));
        list(&mut text, "    ", "says", says, |line| quoted(line));
    }
    list(&mut text, "", "files", &published.files, |(name, sha)| format!("{{ name: {}, sha256: {} }}", quoted(name), quoted(sha)));
    text
}

fn list<T>(text: &mut String, indent: &str, name: &str, items: &[T], said: impl Fn(&T) -> String) {
    if items.is_empty() {
        let _ = writeln!(text, "{indent}{name}: []");
        return;
    }
    let _ = writeln!(text, "{indent}{name}:");
    for item in items {
        let _ = writeln!(text, "{indent}  - {}", said(item));
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Division, Quarter};

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let quarter = |year, number| Quarter { year, number };
        let published = Published {
            id: "2026-03-26-public".to_owned(),
            audience: "public".to_owned(),
            on: "2026-03-26".parse().unwrap(),
            since: quarter(2025, 2),
            until: quarter(2025, 4),
            division: Division::Quarter,
            hide_up_to: 7,
            round_to: 5,
            signed_off_by: vec!["Coordinator: \"the\" forum, # 1".to_owned()],
            tables: vec![PublishedTable {
                name: "barriers".to_owned(),
                columns: vec!["Still live".to_owned()],
                rows: vec![
                    ("yes".to_owned(), vec![PublishedCount::Shown(10), PublishedCount::Small]),
                    ("Total".to_owned(), vec![PublishedCount::HeldBack, PublishedCount::Shown(0)]),
                ],
            }],
            figures: vec![("People".to_owned(), PublishedCount::Shown(20))],
            pages: vec![("index.html".to_owned(), vec!["- a: b \u{e9}\u{2019}".to_owned(), String::new()]), ("empty.html".to_owned(), Vec::new())],
            files: vec![("index.html".to_owned(), "00ff".to_owned())],
        };
        let text = published_text(&published);
        assert_eq!(read_published("2026-03-26-public", &text).as_ref(), Some(&published), "{text}");
        assert_eq!(read_published("x", "for: public\n"), None);
        assert_eq!(read_published("x", &text.replace("Total", "Sum")), None);
    }
}
