//! What one agency undertook, as a letter for Word.

use std::fmt::Write as _;

use super::markdown::escape_markdown as plain;
use super::word::{WordAbout, WordError, document};
use crate::release::{AgencyActionLine, AgencyActionsPage, Released};

/// The letter as the bytes of a .docx file.
///
/// # Errors
///
/// When the packer refuses.
pub fn agency_letter(page: &Released<AgencyActionsPage>) -> Result<Vec<u8>, WordError> {
    let title = format!("Actions of {}", page.agency_name);
    let about = WordAbout { title: &title, group: &page.group, marking: "Confidential: for this agency only" };
    document(&markdown(page, &title), &about, None)
}

fn markdown(page: &AgencyActionsPage, title: &str) -> String {
    let mut text = format!("# {}\n\n", plain(title));
    let about = match &page.set_at {
        Some((_, date)) => format!("Set at the meeting of {}.", date.format("%-d %B %Y")),
        None => format!("Open on {}.", page.made_on.format("%-d %B %Y")),
    };
    let by = page.answer_by.map_or(String::new(), |day| format!(" before {}", day.format("%-d %B %Y")));
    let _ = write!(text, "{}: {about} Please say{by} what became of each.\n\n", plain(&page.group));
    text.push_str("| Id | Case | What | Due | What became of it |\n| --- | --- | --- | --- | --- |\n");
    for action in &page.actions {
        let _ = writeln!(text, "| {} | {} | {} | {} | |", plain(action.id.as_deref().unwrap_or_default()), plain(&action.case), what(action), due(action));
    }
    text.push_str("\nDone, and whether it worked; not possible, and why; not done; or still open: each is an answer.\n");
    if let Some(contact) = &page.contact {
        let _ = write!(text, "\n{}\n", plain(contact));
    }
    text
}

fn what(action: &AgencyActionLine) -> String {
    let what = action.what.as_deref().unwrap_or("(its wording names another case or a person: ask the coordinator)");
    plain(&what.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn due(action: &AgencyActionLine) -> String {
    match action.due {
        Some(due) if action.overdue => format!("{}, overdue", due.format("%-d %B %Y")),
        Some(due) => due.format("%-d %B %Y").to_string(),
        None => "no day".to_owned(),
    }
}
