//! The agenda of a planned meeting, as text, as a page and as an invitation.

use std::process::ExitCode;

use super::AgendaArgs;
use super::make::find_series;
use crate::analysis::minutes;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_meeting;
use crate::cli::pages::{render, tell_withheld, write_calendar, write_for_members};
use crate::documents::{Contents, minutes_documents};
use crate::model::{Casebook, Ledger, Meeting, MeetingStatus};
use crate::release::{release_invitation, release_minutes};
use crate::source::printable;

pub(super) fn run(context: &Context, args: &AgendaArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let meeting = planned(book, args)?;
    if let Some(file) = &args.ics {
        let page = release_invitation(book, meeting);
        tell_withheld(context, page.withheld());
        if meeting.starts.is_none() {
            context.ui.hint(&format!("{} does not say when it starts, so it stands in the calendar as a day; write `starts` into its file", meeting.id));
        }
        write_calendar(context, file, &page)?;
        if !args.print {
            return Ok(ExitCode::SUCCESS);
        }
    }
    let ledger = Ledger::fold(book);
    let page = release_minutes(book, &minutes(&ledger, meeting));
    let documents = render(context, &loaded.files, |templates| minutes_documents(templates, &page))?;
    if let Some(folder) = &args.out {
        return write_for_members(context, &loaded.files, Some(folder), &documents);
    }
    let text = documents.iter().filter(|document| document.name.ends_with(".md")).find_map(|document| match &document.contents {
        Contents::Text(text) => Some(text.as_str()),
        Contents::Bytes(_) => None,
    });
    context.ui.answer(&printable(text.unwrap_or_default()));
    Ok(ExitCode::SUCCESS)
}

/// The meeting that was asked for, or the next one of its kind.
fn planned<'a>(book: &'a Casebook, args: &AgendaArgs) -> Result<&'a Meeting, CommandError> {
    let Some(asked) = &args.meeting else {
        let next = find_series(book, &args.kind)?.planned_from(book.today).next();
        return next
            .ok_or_else(|| CommandError::usage(format!("no meeting is planned from {} on", book.today)).hint("`marg agenda` makes the file of the next one"));
    };
    let meeting = find_meeting(book, asked)?;
    if meeting.status != MeetingStatus::Planned {
        let error = CommandError::usage(format!("{} is not planned any more: it is {}", meeting.id, meeting.status.word()));
        return Err(error.hint(format!("`marg minutes {}` writes its minutes", meeting.id)));
    }
    Ok(meeting)
}
