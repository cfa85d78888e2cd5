//! `marg minutes`: the minutes of a meeting, or before it its agenda; and that they were agreed.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::minutes_agree;
use crate::analysis::minutes;
use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::{find_agency, find_meeting};
use crate::cli::pages::{render, tell_withheld, write_for_members};
use crate::documents::minutes_documents;
use crate::model::{Casebook, Ledger, Meeting};
use crate::release::{release_minutes, release_minutes_for};

/// Write the minutes of a meeting, or before it the agenda
///
/// They are written as a page (minutes-MEETING.html), as text (minutes-MEETING.md) and for Word (minutes-MEETING.docx), for members
/// only: who was there, what became of earlier actions, each case with its decisions and actions, who tells the person, and a list of
/// actions by agency. They are marked as a draft until they are agreed. Change the meeting's file, not the page: it is made new each
/// time. If templates/minutes.docx or templates/house.docx is there, the document for Word has its styles, header and footer.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  marg minutes                             Of the last meeting that was held, into the folder out/
  marg minutes 2026-03-12-marg             Of this one
  marg minutes 2026-03-12 --for probation  One agency's part: its actions, and the cases in which it has a part
  marg minutes 2026-04-09-marg --out desk  The agenda of a meeting to come, into a folder of your own
  marg minutes agree 2026-03-12-marg       The meeting has agreed them"
)]
pub(in crate::cli) struct MinutesArgs {
    #[command(subcommand)]
    command: Option<MinutesCommand>,

    /// The meeting: the name of its file without .yaml, or its day; otherwise the last that was held
    #[arg(value_name = "MEETING")]
    meeting: Option<String>,

    /// Only this agency's part: its own actions, and the cases in which it has a part; other cases are not named
    #[arg(long = "for", value_name = "AGENCY")]
    agency: Option<String>,

    /// Mark them as a draft although they were agreed; until then they are marked so anyway
    #[arg(long)]
    draft: bool,

    /// The folder to write into, instead of out/ in the workspace
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
enum MinutesCommand {
    /// Say that the minutes were agreed; from then on `marg check` tells when the record changes
    #[command(after_help = "Examples:
  marg minutes agree 2026-03-12-marg                          Today
  marg minutes agree 2026-03-12 --on 2026-04-09 --by chair    On another day, and by whom
  marg minutes agree 2026-03-12 --again                       The record was changed, and agreed as it is now
  marg minutes agree 2026-03-12 --undo                        Take it back")]
    Agree(AgreeArgs),
}

#[derive(Args, Debug)]
pub(super) struct AgreeArgs {
    /// The meeting: the name of its file without .yaml, or its day
    #[arg(value_name = "MEETING")]
    pub(super) meeting: String,

    /// The day on which they were agreed, instead of today
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) on: Option<NaiveDate>,

    /// By whom, in a few words
    #[arg(long, value_name = "WHO")]
    pub(super) by: Option<String>,

    /// Agree minutes anew whose record has changed since
    #[arg(long)]
    pub(super) again: bool,

    /// Take the agreement back
    #[arg(long, conflicts_with_all = ["on", "by", "again"])]
    pub(super) undo: bool,
}

pub(in crate::cli) fn run(context: &Context, args: &MinutesArgs) -> Result<ExitCode, CommandError> {
    if let Some(MinutesCommand::Agree(args)) = &args.command {
        return minutes_agree::run(context, args);
    }
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let meeting = args.meeting.as_deref().map_or_else(|| last_held(book), |asked| find_meeting(book, asked))?;
    let mut report = minutes(&ledger, meeting);
    report.draft = args.draft;
    let page = match &args.agency {
        Some(agency) => release_minutes_for(book, &report, find_agency(&book.group, agency)?),
        None => release_minutes(book, &report),
    };
    let documents = render(context, &loaded.files, |templates| minutes_documents(templates, &page))?;
    tell_withheld(context, page.withheld());
    write_for_members(context, &loaded.files, args.out.as_deref(), &documents)
}

fn last_held(book: &Casebook) -> Result<&Meeting, CommandError> {
    let held = book.held_meetings().map(|(_, meeting)| meeting).last();
    held.ok_or_else(|| CommandError::usage("no meeting was held yet").hint("name one: `marg meetings` lists them all"))
}
