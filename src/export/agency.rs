//! What one agency undertook, as a list for a spreadsheet and as a letter.

use std::fmt::Write as _;

use super::harmless;
use crate::release::{AgencyActionLine, AgencyActionsPage, Released};

/// What stands for an action whose wording names another case or a person.
pub(super) const NOT_SHOWN: &str = "(its wording names another case or a person: ask the coordinator)";

/// The actions as CSV.
pub fn agency_csv(page: &Released<AgencyActionsPage>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every record has the same length.
    let _ = writer.write_record(["Id", "Due", "Overdue", "What", "Case", "Set on"]);
    for action in &page.actions {
        let due = action.due.map(|due| due.to_string()).unwrap_or_default();
        let overdue = if action.overdue { "yes" } else { "" };
        let what = one_line(action);
        let id = action.id.as_deref().unwrap_or_default();
        let _ =
            writer.write_record([harmless(id).as_ref(), &due, overdue, harmless(&what).as_ref(), harmless(&action.case).as_ref(), &action.set_on.to_string()]);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The letter that goes with them, as plain text.
pub fn agency_text(page: &Released<AgencyActionsPage>) -> String {
    let mut text = match &page.set_at {
        Some((_, date)) => format!("{} undertook this at the meeting of {}:\n", page.agency_name, date.format("%-d %B %Y")),
        None => format!("These actions of {} are open on {}:\n", page.agency_name, page.made_on.format("%-d %B %Y")),
    };
    for action in &page.actions {
        let due = match action.due {
            Some(due) if action.overdue => format!("was due on {}", due.format("%-d %B %Y")),
            Some(due) => format!("due on {}", due.format("%-d %B %Y")),
            None => "no day was agreed".to_owned(),
        };
        let id = action.id.as_ref().map_or(String::new(), |id| format!("{id}, "));
        let _ = write!(text, "\n- {}\n  ({id}case {}, {due}, set on {})\n", one_line(action), action.case, action.set_on.format("%-d %B %Y"));
    }
    let by = page.answer_by.map_or(String::new(), |day| format!(" before {}", day.format("%-d %B %Y")));
    let _ = write!(text, "\nPlease say{by} what became of each: done, and whether it worked; not possible, and why; or still open.\n");
    let from = page.contact.as_ref().map_or_else(|| page.group.clone(), |contact| format!("{contact}\n{}", page.group));
    let _ = write!(text, "\n{from}\n\nThis list is confidential. It names people by their refs only; please keep it so in your answer.\n");
    text
}

fn one_line(action: &AgencyActionLine) -> String {
    action.what.as_deref().unwrap_or(NOT_SHOWN).split_whitespace().collect::<Vec<_>>().join(" ")
}
