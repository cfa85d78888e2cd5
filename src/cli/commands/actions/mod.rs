//! `marg actions`: what was undertaken, and what became of it.

mod by_agency;
pub(in crate::cli) mod files;
mod told;

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use crate::analysis::{ActionQuery, ActionRow, actions};
use crate::cli::answer::{Answer, FormatArgs, about_period};
use crate::cli::args::PeriodArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::{find_agency, find_meeting};
use crate::cli::table::{Ids, Table, column, hidden, lesser, middling};
use crate::model::{ActionStatus, Ledger};
use crate::source::n_of;

/// List actions: open ones first, the oldest of them first
///
/// An action is set by a meeting that was held; what became of it is told under `previous_actions` of a later one. The promise to
/// tell the person what was decided is an action like any other.
///
/// overdue: open, and its day has passed · age: days from the meeting that set it to its end, or to today · carried: how many later
/// meetings were told that it is still open.
///
/// `done`, `not-possible` and the others write what became of an action into the file of the next planned meeting.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  marg actions                            Everything, open actions first
  marg actions --overdue                  What is late, and whose it is
  marg actions --agency housing-options   One agency's actions
  marg actions --meeting 2026-03-12-marg  What one meeting set
  marg actions --status not-done          What an agency did not do
  marg actions --by-age                   Open ones by how long ago they were set
  marg actions --summary                  By agency, and what has to be taken further
  marg actions --files --out desk         For each agency its own actions, to be sent
  marg actions done z9x2                  What became of one, between meetings
  marg actions --since 2026-01 --format csv"
)]
pub(in crate::cli) struct ActionsArgs {
    #[command(subcommand)]
    command: Option<ActionsCommand>,

    /// Only this agency's
    #[arg(long, visible_alias = "agency", value_name = "AGENCY")]
    owner: Option<String>,

    /// By agency, what became of its actions, and which have been open for so long that they go further
    #[arg(long, conflicts_with_all = ["by_age", "files", "meeting", "overdue", "status"])]
    summary: bool,

    /// Open actions by how long ago they were set, in steps of four weeks
    #[arg(long, conflicts_with_all = ["files", "status"])]
    by_age: bool,

    /// For each agency write what it undertook and is open: a letter for Word, a list, a calendar and the draft of an e-mail
    #[arg(long, conflicts_with_all = ["overdue", "status", "since", "until", "format", "output"])]
    files: bool,

    /// With --files: the folder to write into, instead of out/actions/ in the workspace
    #[arg(long, value_name = "DIR", requires = "files")]
    out: Option<PathBuf>,

    /// With --files: only this agency
    #[arg(long = "for", value_name = "AGENCY", requires = "files", conflicts_with = "owner")]
    only: Option<String>,

    /// Only those that this meeting set
    #[arg(long, value_name = "MEETING")]
    meeting: Option<String>,

    /// Only those that are open and past their day
    #[arg(long)]
    overdue: bool,

    /// Only those with this status; may be given more than once
    #[arg(long, value_enum, value_name = "STATUS")]
    status: Vec<StatusArg>,

    #[command(flatten)]
    period: PeriodArgs,

    #[command(flatten)]
    format: FormatArgs,
}

#[derive(Subcommand, Debug)]
enum ActionsCommand {
    /// Say that an action was done
    #[command(after_help = "Examples:
  marg actions done z9x2                        Today
  marg actions done z9x2 x3n5 --on 2026-03-20   Two at once, on another day
  marg actions done z9x2 --outcome partly --note \"A room, on the wrong bus\"")]
    Done(told::DoneArgs),
    /// Say that an action was not possible: circumstances changed
    #[command(after_help = "Examples:\n  marg actions not-possible z9x2 --note \"He moved away\"    And why")]
    NotPossible(told::WhyArgs),
    /// Say that the agency did not do an action
    #[command(after_help = "Examples:\n  marg actions not-done z9x2    With --note, if the agency said why")]
    NotDone(told::EndArgs),
    /// Say that another action took the place of this one
    #[command(after_help = "Examples:\n  marg actions superseded z9x2 --note \"Now asked for from elsewhere\"")]
    Superseded(told::EndArgs),
    /// Say that an action is still open, and why
    #[command(after_help = "Examples:\n  marg actions open z9x2 --note \"Rung twice, no answer\"")]
    Open(told::WhyArgs),
    /// Take back what the file of a planned meeting says of an action
    #[command(after_help = "Examples:\n  marg actions undo z9x2    What was told of it for the next meeting")]
    Undo(told::UndoArgs),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StatusArg {
    Open,
    Done,
    /// Circumstances changed
    NotPossible,
    /// The agency did not do it
    NotDone,
    Superseded,
}

impl From<StatusArg> for ActionStatus {
    fn from(status: StatusArg) -> Self {
        match status {
            StatusArg::Open => Self::Open,
            StatusArg::Done => Self::Done,
            StatusArg::NotPossible => Self::NotPossible,
            StatusArg::NotDone => Self::NotDone,
            StatusArg::Superseded => Self::Superseded,
        }
    }
}

pub(in crate::cli) fn run(context: &Context, args: &ActionsArgs) -> Result<ExitCode, CommandError> {
    match &args.command {
        Some(command) => told::run(context, command),
        None if args.files => files::run(context, args),
        None if args.summary => by_agency::summary(context, args),
        None => list(context, args),
    }
}

fn list(context: &Context, args: &ActionsArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let query = ActionQuery {
        period: args.period.period()?,
        owner: args.owner.as_deref().map(|id| find_agency(&book.group, id)).transpose()?,
        overdue: args.overdue,
        statuses: args.status.iter().map(|status| ActionStatus::from(*status)).collect(),
        today: book.today,
    };
    let meeting = args.meeting.as_deref().map(|id| find_meeting(book, id)).transpose()?;
    let mut rows = actions(&Ledger::fold(book), &query);
    rows.retain(|row| meeting.is_none_or(|meeting| meeting.id == row.meeting));
    if args.by_age {
        return by_agency::by_age(context, args, book, &rows);
    }
    if args.overdue {
        rows.sort_by_key(|row| row.due);
    }
    let table = table(&rows);
    Answer {
        form: "marg/actions/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: Some(if args.overdue { overdue_in_words(&rows, book.today) } else { in_words(&rows, book.today) }),
        json: &|| json!({ "today": book.today.to_string(), "actions": table.json() }),
        tables: &[("Actions", &table)],
        names: Some(book.names()),
        about: &|| vec![about_period(query.period.since, query.period.until), ("Overdue on".to_owned(), book.today.to_string())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn overdue_in_words(rows: &[ActionRow], today: NaiveDate) -> String {
    match rows.len() {
        0 => format!("Nothing is overdue on {today}."),
        n => format!("{n} overdue on {today}, the longest first."),
    }
}

fn in_words(rows: &[ActionRow], today: NaiveDate) -> String {
    if rows.is_empty() {
        return "No action fits.".to_owned();
    }
    let open = rows.iter().filter(|row| row.status.is_open()).count();
    let overdue = rows.iter().filter(|row| row.overdue).count();
    format!("{}, {open} open, {overdue} overdue on {today}.", n_of(rows.len(), "action", "actions"))
}

/// The rows of actions, here and in a person's story.
pub(super) fn table(rows: &[ActionRow]) -> Table {
    let mut table = Table::new(vec![
        column("id", "Id"),
        column("status", "Status"),
        column("due", "Due"),
        hidden("overdue"),
        lesser("age_in_days", "Age (days)").in_full("Days since set"),
        lesser("carried", "Carried").in_full("Times carried over"),
        middling("owner", "Owner").ids(Ids::Agencies),
        column("what", "What"),
        middling("case", "Case"),
        hidden("person"),
        hidden("set_on"),
        hidden("meeting"),
        hidden("ended_on"),
        hidden("was_late"),
        hidden("outcome"),
        hidden("addresses").ids(Ids::Themes),
        hidden("note"),
    ]);
    for row in rows {
        table.row(vec![
            row.id.as_deref().into(),
            row.status.word().into(),
            row.due.into(),
            row.overdue.into(),
            row.age_in_days.into(),
            row.carried.into(),
            row.owner.as_ref().map(|(id, _)| id.as_str()).into(),
            row.what.as_str().into(),
            row.case.as_str().into(),
            row.person.as_deref().into(),
            row.set_on.into(),
            row.meeting.as_str().into(),
            row.ended_on.into(),
            row.was_late.into(),
            row.outcome.map(crate::model::Outcome::word).into(),
            row.addresses.as_deref().into(),
            row.note.as_deref().into(),
        ]);
    }
    table
}
