//! `marg meetings`: the meetings, a line each.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::analysis::meetings;
use crate::cli::args::{Format, FormatArgs, PeriodArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::table::{Table, column, hidden, if_wide, json_text};

/// List the meetings, with what each brought
///
/// cases: discussed, or for a planned meeting on its agenda · new, closed: of these · barriers, actions: recorded there · told:
/// earlier actions it was told about · present: agencies present.
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
    let rows = meetings(&loaded.casebook, args.period.period()?);
    let mut table = Table::new(vec![
        column("meeting", "Meeting"),
        hidden("date"),
        column("kind", "Kind"),
        column("status", "Status"),
        column("cases", "Cases"),
        if_wide("new", "New"),
        column("closed", "Closed"),
        column("barriers", "Barriers"),
        column("actions", "Actions"),
        if_wide("told", "Told"),
        if_wide("present", "Present"),
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
    match args.format.format {
        Format::Table if rows.is_empty() => context.ui.status("There is no meeting in this period: a meeting is a file in `meetings/`."),
        Format::Table => context.ui.answer(&table.text(context.ui.width)),
        Format::Json => context.ui.answer(&json_text(&json!({ "meetings": table.json() }))),
        Format::Csv => context.ui.answer(&table.csv()),
    }
    Ok(ExitCode::SUCCESS)
}
