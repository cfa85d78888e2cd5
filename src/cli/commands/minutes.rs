//! `marg minutes`: the minutes of a meeting, or before it its agenda.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::analysis::minutes;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_meeting;
use crate::cli::pages::{render, write_for_members};
use crate::documents::minutes_documents;
use crate::model::Ledger;
use crate::release::release_minutes;

/// Write the minutes of a meeting, or before it the agenda
///
/// They are written as a page (minutes-MEETING.html) and as text (minutes-MEETING.md), for members only: who was there, what became
/// of earlier actions, each case with its decisions and actions, whether the person was told, and a list of actions by agency. They
/// are marked as a draft until the meeting's `status` is `agreed`. Change the meeting's file, not the page: it is made new each time.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg minutes 2026-03-12-marg             Into the folder out/
  marg minutes 2026-04-09-marg --out desk  The agenda of a meeting to come, into a folder of your own")]
pub(in crate::cli) struct MinutesArgs {
    /// The meeting: the name of its file without .yaml, or its day
    #[arg(value_name = "MEETING")]
    meeting: String,

    /// The folder to write into, instead of out/ in the workspace
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(in crate::cli) fn run(context: &Context, args: &MinutesArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let page = release_minutes(book, &minutes(&ledger, find_meeting(book, &args.meeting)?));
    let documents = render(context, &loaded.files, |templates| minutes_documents(templates, &page))?;
    write_for_members(context, &loaded.files, args.out.as_deref(), &documents)
}
