//! `marg guide THEME --comments FILE`: what people wrote into a document for Word while they read it, as a register.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::table::{Cell, Table, column, lesser, middling};
use crate::documents::{ReviewEntry, ReviewKind, read_review};
use crate::interchange::MAX_BYTES;
use crate::source::{fingerprint, n_of};
use crate::workspace::read_foreign;

pub(super) fn comments(context: &Context, file: &Path, format: &FormatArgs) -> Result<ExitCode, CommandError> {
    let name = file.display();
    let unreadable = |why: String| CommandError::unusable(format!("`{name}` cannot be read: {why}"));
    let bytes = read_foreign(file, MAX_BYTES).map_err(|error| unreadable(error.to_string()))?;
    let entries = read_review(&bytes).map_err(unreadable)?;
    let table = table(&entries);
    let said = match entries.iter().filter(|entry| !entry.done).count() {
        0 if entries.is_empty() => "The document holds no comments and no tracked changes.".to_owned(),
        0 => "All comments are marked as done.".to_owned(),
        n => format!("{} in the order of the document. Nothing of it is taken into a file.", n_of(n, "entry is open,", "entries are open,")),
    };
    Answer {
        form: "marg/guide-comments/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: Some(said),
        json: &|| json!({ "comments": table.json() }),
        tables: &[("Comments", &table)],
        names: None,
        about: &Vec::new,
    }
    .give(context, format)?;
    Ok(ExitCode::SUCCESS)
}

fn table(entries: &[ReviewEntry]) -> Table {
    let mut table = Table::new(vec![
        column("id", "Id"),
        middling("section", "Section"),
        column("kind", "Kind"),
        column("author", "By"),
        middling("date", "On"),
        lesser("done", "Done"),
        column("quote", "About the words"),
        column("says", "It says"),
        lesser("paragraph", "Paragraph"),
    ]);
    let mut ids = BTreeMap::new();
    for entry in entries {
        table.row(vec![
            id(entry, &mut ids).into(),
            entry.section.as_deref().into(),
            word(entry.kind).into(),
            entry.author.as_str().into(),
            entry.date.into(),
            entry.done.then_some("yes").into(),
            said(&entry.quote),
            said(&entry.says),
            said(&entry.paragraph),
        ]);
    }
    table
}

fn said(text: &str) -> Cell {
    Some(text.trim()).filter(|text| !text.is_empty()).into()
}

/// What an entry is called: the same each time the document is read, and also when others were added to it.
fn id(entry: &ReviewEntry, ids: &mut BTreeMap<String, usize>) -> String {
    let date = entry.date.map(|date| date.to_string()).unwrap_or_default();
    let parts = [word(entry.kind), &entry.author, &date, &entry.paragraph, &entry.quote, &entry.says];
    let print = fingerprint(&parts.join("\n"))[..6].to_owned();
    let times = ids.entry(print.clone()).or_default();
    *times += 1;
    if *times == 1 { print } else { format!("{print}-{times}") }
}

fn word(kind: ReviewKind) -> &'static str {
    match kind {
        ReviewKind::Comment => "comment",
        ReviewKind::Reply => "reply",
        ReviewKind::Inserted => "inserted",
        ReviewKind::Deleted => "deleted",
        ReviewKind::Replaced => "replaced",
    }
}
