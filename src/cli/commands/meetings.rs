//! `marg meetings`: the meetings, a line each.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::check::tell_unfinished;
use crate::analysis::meetings;
use crate::cli::answer::{Answer, FormatArgs, about_period};
use crate::cli::args::PeriodArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::table::{Table, column, hidden, lesser, middling};

/// List the meetings, with what each brought
///
/// cases: discussed, or for a planned meeting on its agenda · new, closed: of these · barriers, actions: recorded there · earlier
/// actions reported on: those it was told about · present: agencies present.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg meetings                    All, in order of date
  marg meetings --since 2026-Q1    Those of a quarter")]
pub(in crate::cli) struct MeetingsArgs {
    #[command(flatten)]
    period: PeriodArgs,

    #[command(flatten)]
    format: FormatArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &MeetingsArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let period = args.period.period()?;
    let rows = meetings(&loaded.casebook, period);
    let mut table = Table::new(vec![
        column("meeting", "Meeting"),
        hidden("date"),
        middling("kind", "Kind"),
        middling("status", "Status"),
        column("cases", "Cases"),
        lesser("new", "New"),
        column("closed", "Closed"),
        column("barriers", "Barriers"),
        column("actions", "Actions"),
        lesser("told", "Earlier actions reported on"),
        lesser("present", "Present"),
    ]);
    for row in &rows {
        table.row(vec![
            row.id.as_str().into(),
            row.date.into(),
            row.kind.as_str().into(),
            row.status.word().into(),
            row.cases.into(),
            row.new.into(),
            row.closed.into(),
            row.barriers.into(),
            row.actions.into(),
            row.reports.into(),
            row.present.into(),
        ]);
    }
    Answer {
        form: "marg/meetings/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: rows.is_empty().then(|| "There is no meeting in this period: a meeting is a file in `meetings/`.".to_owned()),
        json: &|| json!({ "meetings": table.json() }),
        tables: &[("Meetings", &table)],
        names: None,
        about: &|| vec![about_period(period.since, period.until)],
    }
    .give(context, &args.format)?;
    tell_unfinished(context, loaded.files.root());
    Ok(ExitCode::SUCCESS)
}
