//! `marg minutes`: the minutes of a meeting, or before it its agenda.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::analysis::minutes;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::pages::{render, write_for_members};
use crate::documents::minutes_documents;
use crate::model::{Casebook, Ledger, Meeting};
use crate::release::release_minutes;
use crate::source::nearest;

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

/// The meeting of an id, or the only one of a day.
pub(super) fn find_meeting<'a>(book: &'a Casebook, asked: &str) -> Result<&'a Meeting, CommandError> {
    if let Some(meeting) = book.meetings.iter().find(|meeting| meeting.id == asked) {
        return Ok(meeting);
    }
    let of_day: Vec<&Meeting> = book.meetings.iter().filter(|meeting| meeting.date.to_string() == asked).collect();
    match of_day.as_slice() {
        [meeting] => Ok(meeting),
        [] => {
            let near = nearest(asked, book.meetings.iter().map(|meeting| meeting.id.as_str()));
            let error = CommandError::usage(format!("there is no meeting `{asked}`"));
            Err(error
                .hint(near.map_or_else(|| "`marg meetings` lists them".to_owned(), |near| format!("did you mean `{near}`? `marg meetings` lists them all"))))
        }
        many => {
            let ids: Vec<String> = many.iter().take(6).map(|meeting| format!("`{}`", meeting.id)).collect();
            Err(CommandError::usage(format!("there are {} meetings on {asked}", many.len())).hint(format!("name one of them: {}", ids.join(", "))))
        }
    }
}
