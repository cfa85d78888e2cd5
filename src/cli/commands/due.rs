//! `marg due`: what the calendar asks.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{Days, NaiveDate};
use clap::Args;
use serde_json::json;

use crate::analysis::{DueRow, due};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_agency;
use crate::cli::pages::write_calendar;
use crate::cli::table::{Ids, Table, column, hidden, lesser, middling};
use crate::model::Ledger;
use crate::release::release_due;
use crate::source::n_of;

/// List what the calendar asks: what is overdue, and what comes up
///
/// Reviews, actions, people who were promised to be told what was decided, meetings, the information sharing agreement and guides that
/// have to be looked at again; and releases from custody: 28 and 7 days before, the day itself, the day after and 7 days after, each
/// with what has to be settled by then. What is longest overdue comes first.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg due                       Overdue, and in the next 28 days
  marg due --days 7              This week
  marg due --until 2026-06-30    Up to a day
  marg due --agency probation    What one agency undertook
  marg due --ics due.ics         For a calendar: refs and days, and no account of anybody
  marg due -o due.xlsx           As a spreadsheet")]
pub(in crate::cli) struct DueArgs {
    /// So many days ahead
    #[arg(long, value_name = "N", default_value_t = 28, value_parser = clap::value_parser!(u64).range(0..=3660), conflicts_with = "until")]
    days: u64,

    /// Up to this day, included
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<NaiveDate>,

    /// Only what this agency undertook
    #[arg(long, visible_alias = "owner", value_name = "AGENCY")]
    agency: Option<String>,

    /// Write it as a calendar file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "output"])]
    ics: Option<PathBuf>,

    #[command(flatten)]
    format: FormatArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &DueArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let until = args.until.or_else(|| book.today.checked_add_days(Days::new(args.days))).unwrap_or(book.today);
    if until < book.today {
        return Err(CommandError::usage(format!("{until} is past: today is {}", book.today)).hint("what is overdue is listed in any case"));
    }
    let owner = args.agency.as_deref().map(|id| find_agency(&book.group, id)).transpose()?;
    let rows = due(&Ledger::fold(book), until, owner);
    if let Some(file) = &args.ics {
        write_calendar(context, file, &release_due(book, &rows))?;
        return Ok(ExitCode::SUCCESS);
    }
    let table = table(&rows);
    Answer {
        form: "marg/due/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: Some(in_words(&rows, book.today, until)),
        json: &|| json!({ "today": book.today.to_string(), "until": until.to_string(), "due": table.json() }),
        tables: &[("Due", &table)],
        names: Some(book.names()),
        about: &|| vec![("Today".to_owned(), book.today.to_string()), ("Until".to_owned(), until.to_string())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn table(rows: &[DueRow]) -> Table {
    let mut table = Table::new(vec![
        column("due", "Due"),
        column("days_late", "Days late"),
        hidden("kind"),
        column("label", "What for"),
        column("case", "Case"),
        column("what", "What"),
        middling("owner", "Agency").ids(Ids::Agencies),
        middling("id", "Id"),
        lesser("from", "From"),
    ]);
    for row in rows {
        table.row(vec![
            row.date.into(),
            (row.days_late > 0).then_some(row.days_late).into(),
            row.kind.word().into(),
            row.kind.label().into(),
            row.case.as_deref().into(),
            row.what.as_str().into(),
            row.agency.as_ref().map(|(id, _)| id.as_str()).into(),
            row.id.as_deref().into(),
            row.meeting.as_str().into(),
        ]);
    }
    table
}

fn in_words(rows: &[DueRow], today: NaiveDate, until: NaiveDate) -> String {
    let overdue = rows.iter().filter(|row| row.days_late > 0).count();
    match rows.len() {
        0 => format!("Nothing is overdue, and nothing is due from {today} to {until}."),
        n => format!("{} from {today} to {until}, and {overdue} overdue.", n_of(n - overdue, "thing is due", "things are due")),
    }
}
