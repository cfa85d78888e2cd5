//! `marg retention`: which records are due.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::analysis::{RetentionState, retention};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::table::{Table, column, hidden, middling};
use crate::model::Ledger;
use crate::source::n_of;
use crate::workspace::forgotten;

/// List the records that are due to be reviewed or disposed of
///
/// By the group's own rule, `retention` in marg.yaml; without one, a record is reviewed six years after its case was closed. Cases that
/// were never closed, and that nobody has spoken of for as long, are listed too. People who were forgotten are not. Whether a record
/// is still needed is for a person to decide, whom the group has named; the command deletes nothing.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg retention                     What is due today
  marg retention --all               All closed cases, with the day on which each is due
  marg retention -o due.xlsx         As a spreadsheet")]
pub(in crate::cli) struct RetentionArgs {
    /// Also closed cases whose day is to come
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    format: FormatArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &RetentionArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound_for_figures()?;
    let book = &loaded.casebook;
    let mut rows = retention(&Ledger::fold(book), &forgotten(loaded.files.root()));
    rows.retain(|row| args.all || row.state != RetentionState::Kept);
    let mut table = Table::new(vec![
        column("case", "Case"),
        hidden("state"),
        column("label", "Is"),
        column("on", "On"),
        column("closed_on", "Closed"),
        column("last_discussed", "Last discussed"),
        middling("meetings", "Meetings"),
    ]);
    for row in &rows {
        table.row(vec![
            row.case.as_str().into(),
            row.state.word().into(),
            row.state.label().into(),
            row.on.into(),
            row.closed_on.into(),
            row.last_discussed.into(),
            row.meetings.into(),
        ]);
    }
    let years = |years: u32| n_of(years as usize, "year", "years");
    let gone = book.group.retention.dispose_after.map_or_else(String::new, |after| format!(", and disposed of after {}", years(after)));
    let rule = format!("The group's rule: reviewed {} after closing{gone}.", years(book.group.retention.review_after));
    let due = rows.iter().filter(|row| row.state != RetentionState::Kept).count();
    Answer {
        form: "marg/retention/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: Some(format!("{} due on {}. {rule}", n_of(due, "record is", "records are"), book.today)),
        json: &|| json!({ "today": book.today.to_string(), "review_after_years": book.group.retention.review_after, "dispose_after_years": book.group.retention.dispose_after, "records": table.json() }),
        tables: &[("Retention", &table)],
        names: None,
        about: &|| vec![("Today".to_owned(), book.today.to_string()), ("Rule".to_owned(), rule.clone())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}
