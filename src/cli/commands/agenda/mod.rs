//! `marg agenda`: the next meeting, from what the earlier ones say.

mod add;
mod ask;
mod make;
mod show;

pub(super) use ask::{Lines, from_terminal, somebody_is_there};

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::error::CommandError;

/// Make the next meeting's file: what is due, and how long it will take
///
/// On the agenda come the standing items, open actions, then urgent cases, reviews that are due by that day and cases that were put off,
/// and new ones. How many minutes each is given is learnt from how long such items took before. Why each case is there stands in the
/// file, which is yours from then on: it is never written over. Where it is there already, what is missing on it is said.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  marg agenda                       Make the file of the next meeting, or say what is missing on it
  marg agenda --date 2026-05-14     The day, where the last meeting did not say it
  marg agenda --dry-run             Show what would be on it, and write nothing
  marg agenda --update              Add what is missing to the file that is there
  marg agenda add QLM-X4T9          A new referral, with what a referral needs
  marg agenda --print               The agenda as text, to be sent round
  marg agenda --print --out desk    The same as a page and as text, into a folder
  marg agenda --ics invitation.ics  The invitation, for a calendar"
)]
pub(in crate::cli) struct AgendaArgs {
    #[command(subcommand)]
    command: Option<AgendaCommand>,

    /// The meeting to print or to invite to: the name of its file, or its day; the next one if not given
    #[arg(value_name = "MEETING")]
    meeting: Option<String>,

    /// The day of the meeting, if the last one did not say it
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<chrono::NaiveDate>,

    /// Whose meeting: a kind of meeting, or what the group's files are called behind the day
    #[arg(long, value_name = "NAME", default_value = "marg")]
    kind: String,

    /// Why the group meets although the review of its sharing agreement is overdue; stands in the meeting's file
    #[arg(long, value_name = "REASON")]
    although: Option<String>,

    /// Show what would be on it, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Add the cases that are missing to the file that is there
    #[arg(long)]
    update: bool,

    /// Print the agenda of a planned meeting as text
    #[arg(long)]
    print: bool,

    /// With --print: write it as a page and as text into this folder
    #[arg(long, value_name = "DIR", requires = "print")]
    out: Option<PathBuf>,

    /// Write the invitation as a calendar file; it names cases by their refs and nobody
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
enum AgendaCommand {
    Add(add::AddArgs),
}

pub(in crate::cli) fn run(context: &Context, args: &AgendaArgs) -> Result<ExitCode, CommandError> {
    match &args.command {
        Some(AgendaCommand::Add(args)) => add::run(context, args),
        None if args.print || args.ics.is_some() || args.meeting.is_some() => show::run(context, args),
        None => make::run(context, args),
    }
}
