//! `marg case` without a ref: everybody's case, a line each.

use std::process::ExitCode;

use serde_json::json;

use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::table::{Table, column, lesser, middling};
use crate::model::Ledger;
use crate::source::n_of;

pub(super) fn run(context: &Context, args: &FormatArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound_for_figures()?;
    let ledger = Ledger::fold(&loaded.casebook);
    let mut people = loaded.casebook.register().people();
    let open = people.iter().filter(|person| !person.closed).count();
    let mut table = Table::new(vec![
        column("ref", "Ref"),
        column("stands", "Stands"),
        middling("next_review", "Next review"),
        column("last_discussed", "Last discussed"),
        lesser("meetings", "Meetings"),
    ]);
    // Those that somebody is still working on come first.
    people.sort_by_key(|person| person.closed);
    for person in &people {
        let next = ledger.case(person.case).and_then(|story| story.last().1.next_review).filter(|_| !person.closed);
        let stands = if person.closed { "closed" } else { "open" };
        table.row(vec![person.case.into(), stands.into(), next.into(), person.last_discussed.into(), person.meetings.into()]);
    }
    let status = match people.len() {
        0 => "No meeting has discussed a case yet.".to_owned(),
        n => format!("{}, {open} open. `marg case REF` tells the story of one.", n_of(n, "case", "cases")),
    };
    Answer {
        form: "marg/cases/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: Some(status),
        json: &|| json!({ "cases": table.json() }),
        tables: &[("Cases", &table)],
        names: None,
        about: &|| vec![("Stands".to_owned(), "by the last discussion of each case".to_owned())],
    }
    .give(context, args)?;
    Ok(ExitCode::SUCCESS)
}
