//! For each agency what it undertook, in files that can be sent to it. Nothing is sent from here.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::ActionsArgs;
use crate::analysis::{AgencyTask, agency_tasks};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::{find_agency, find_meeting};
use crate::cli::pages::{tell_withheld, write_folder};
use crate::documents::{Document, agency_letter};
use crate::export::{agency_calendar, agency_csv, agency_mail};
use crate::model::{AgencyKey, Ledger, Meeting, MeetingStatus};
use crate::release::{AgencyActionsPage, Released, release_agency_actions};
use crate::source::n_of;
use crate::workspace::Files;

pub(super) fn run(context: &Context, args: &ActionsArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let only = args.only.as_deref().or(args.owner.as_deref()).map(|id| find_agency(&book.group, id)).transpose()?;
    let set_at = args.meeting.as_deref().map(|id| find_meeting(book, id)).transpose()?;
    write_agency_files(context, &loaded.files, &Ledger::fold(book), Wanted { only, set_at }, args.out.as_deref())?;
    Ok(ExitCode::SUCCESS)
}

/// Whose actions, and those that which meeting set; all where it is not said.
#[derive(Clone, Copy, Default)]
pub(in crate::cli) struct Wanted<'m> {
    pub(in crate::cli) only: Option<AgencyKey>,
    pub(in crate::cli) set_at: Option<&'m Meeting>,
}

/// Writes each agency's files for its open actions: into the folder that is named, or else `out/actions/`.
///
/// # Errors
///
/// When the disk refuses.
pub(in crate::cli) fn write_agency_files(
    context: &Context,
    files: &Files,
    ledger: &Ledger<'_>,
    wanted: Wanted<'_>,
    out: Option<&Path>,
) -> Result<(), CommandError> {
    let tasks = agency_tasks(ledger, wanted.set_at);
    let mut documents = Vec::new();
    let mut agencies: Vec<AgencyKey> = tasks.iter().map(|task| task.agency).filter(|agency| wanted.only.is_none_or(|only| only == *agency)).collect();
    agencies.sort_unstable();
    agencies.dedup();
    for agency in &agencies {
        let page = page(ledger, *agency, &tasks, wanted.set_at);
        tell_withheld(context, page.withheld());
        documents.extend(editions(&page)?);
    }
    if documents.is_empty() {
        context.ui.status("No agency has an open action that these files could hold.");
        return Ok(());
    }
    let folder = out.map_or_else(|| files.root().join("out").join("actions"), PathBuf::from);
    write_folder(context, files, &folder, out.is_some(), &documents)?;
    let unowned = ledger.actions.iter().filter(|state| state.status().is_open() && state.task.owner().is_none());
    let unowned = unowned.filter(|state| wanted.set_at.is_none_or(|meeting| std::ptr::eq(meeting, state.meeting))).count();
    if unowned > 0 && wanted.only.is_none() {
        context.ui.warning(&format!("{} nobody's, and stands in none of the files", n_of(unowned, "open action is", "open actions are")));
    }
    context
        .ui
        .status(&format!("Written for {}. Nothing was sent: open an .eml file, read it, and send it yourself.", n_of(agencies.len(), "agency", "agencies")));
    Ok(())
}

fn page(ledger: &Ledger<'_>, agency: AgencyKey, tasks: &[AgencyTask], set_at: Option<&Meeting>) -> Released<AgencyActionsPage> {
    let book = ledger.book;
    let next = book.meetings.iter().find(|meeting| meeting.status == MeetingStatus::Planned && meeting.date >= book.today).map(|meeting| meeting.date);
    release_agency_actions(book, agency, tasks, set_at.map(|meeting| (meeting.id.clone(), meeting.date)), next)
}

/// The same actions as a letter for Word, a list, a calendar and the draft of an e-mail.
fn editions(page: &Released<AgencyActionsPage>) -> Result<Vec<Document>, CommandError> {
    let of = page.set_at.as_ref().map_or(String::new(), |(meeting, _)| format!("{meeting}-"));
    let name = |ending: &str| format!("actions-{of}{}.{ending}", page.agency);
    let letter = agency_letter(page).map_err(|error| CommandError::unusable(error.to_string()))?;
    let mut made = vec![Document::bytes(name("docx"), letter), Document::text(name("csv"), agency_csv(page))];
    // A calendar without an entry is taken for a broken one.
    if page.actions.iter().any(|action| action.due.is_some()) {
        made.push(Document::bytes(name("ics"), agency_calendar(page).into_bytes()));
    }
    made.push(Document::bytes(name("eml"), agency_mail(page)));
    Ok(made)
}
