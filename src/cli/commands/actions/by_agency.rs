//! Actions by agency and by age.

use std::process::ExitCode;

use serde_json::json;

use super::ActionsArgs;
use crate::analysis::{ActionRow, AgeGroup, AgencyRecord, Escalated, agency_records, by_age as groups_of, escalated};
use crate::cli::answer::{Answer, about_period};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_agency;
use crate::cli::table::{Cell, Ids, Table, column, hidden, lesser, middling};
use crate::model::{Casebook, Ledger};
use crate::source::n_of;

/// What became of each agency's actions, side by side; and what goes further.
pub(super) fn summary(context: &Context, args: &ActionsArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound_for_figures()?;
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let period = args.period.period()?;
    let owner = args.owner.as_deref().map(|id| find_agency(&book.group, id)).transpose()?;
    let id = owner.map(|key| book.group.agency(key).id.as_str());
    let mut records = agency_records(&ledger, period);
    records.retain(|record| id.is_none_or(|id| record.agency.as_ref().is_some_and(|(agency, _)| agency == id)));
    let mut past = escalated(&ledger, owner);
    past.retain(|action| period.contains(action.row.set_on));
    let (by_agency, further) = (record_table(&records), escalated_table(&past));
    let after = book.group.escalation.after_meetings;
    Answer {
        form: "marg/actions-summary/1",
        text: &|width| {
            if by_agency.is_empty() {
                return String::new();
            }
            let below = if further.is_empty() { String::new() } else { format!("\nTo be taken further\n{}", further.text(width.table)) };
            by_agency.text(width.table) + &below
        },
        status: Some(in_words(&records, &past, after)),
        json: &|| json!({ "today": book.today.to_string(), "after_meetings": after, "agencies": by_agency.json(), "to_take_further": further.json() }),
        tables: &[("Agencies", &by_agency), ("To be taken further", &further)],
        names: Some(book.names()),
        about: &|| vec![about_period(period.since, period.until), ("Overdue on".to_owned(), book.today.to_string())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn in_words(records: &[AgencyRecord], past: &[Escalated], after: u32) -> String {
    if records.is_empty() {
        return "No action fits.".to_owned();
    }
    let rule = format!("open for {} or more, and past its day", n_of(after as usize, "meeting", "meetings"));
    match past.len() {
        0 => format!("Nothing has to be taken further: no action is {rule}."),
        n => format!("{} to be taken further: {rule}.", n_of(n, "action", "actions")),
    }
}

fn record_table(records: &[AgencyRecord]) -> Table {
    let mut table = Table::new(vec![
        hidden("agency"),
        column("name", "Agency"),
        lesser("set", "Set"),
        column("done_on_time", "Done on time"),
        column("done_late", "Done late"),
        lesser("done_without_day", "Done, no day was set"),
        column("open", "Open"),
        column("overdue", "Of these overdue"),
        column("not_possible", "Not possible"),
        column("not_done", "Not done"),
        middling("superseded", "Superseded"),
    ]);
    for record in records {
        let (id, name) = record.agency.as_ref().map_or((None, "nobody"), |(id, name)| (Some(id.as_str()), name.as_str()));
        table.row(vec![
            id.into(),
            name.into(),
            record.set.into(),
            record.done_on_time.into(),
            record.done_late.into(),
            record.done_without_day.into(),
            record.open.into(),
            record.overdue.into(),
            record.not_possible.into(),
            record.not_done.into(),
            record.superseded.into(),
        ]);
    }
    table
}

fn escalated_table(past: &[Escalated]) -> Table {
    let mut table = Table::new(vec![
        column("id", "Id"),
        column("owner", "Agency").ids(Ids::Agencies),
        column("to", "To"),
        column("meetings", "Meetings since"),
        middling("due", "Due"),
        column("what", "What"),
        column("case", "Case"),
        lesser("set_on", "Set on"),
    ]);
    for action in past {
        table.row(vec![
            action.row.id.as_deref().into(),
            action.row.owner.as_ref().map(|(id, _)| id.as_str()).into(),
            action.to.as_deref().unwrap_or("nobody is named").into(),
            action.meetings.into(),
            action.row.due.into(),
            action.row.what.as_str().into(),
            action.row.case.as_str().into(),
            action.row.set_on.into(),
        ]);
    }
    table
}

/// Open actions by how long ago they were set.
pub(super) fn by_age(context: &Context, args: &ActionsArgs, book: &Casebook, rows: &[ActionRow]) -> Result<ExitCode, CommandError> {
    let groups = groups_of(rows);
    let mut table = Table::new(vec![
        column("age", "Days since set"),
        hidden("from_days"),
        hidden("to_days"),
        column("open", "Open"),
        column("overdue", "Of these overdue"),
        column("carried", "Told before"),
        column("agencies", "Whose"),
    ]);
    for group in &groups {
        let agencies = group.agencies.iter().map(|(id, n)| format!("{id} {n}")).collect();
        table.row(vec![
            age(group).into(),
            group.from.into(),
            group.to.into(),
            group.open.into(),
            group.overdue.into(),
            group.carried.into(),
            Cell::List(agencies),
        ]);
    }
    let open: usize = groups.iter().map(|group| group.open).sum();
    Answer {
        form: "marg/actions-by-age/1",
        text: &|width| table.text(width.table),
        status: Some(format!("{} on {}. Told before: a later meeting was told that it is still open.", n_of(open, "open action", "open actions"), book.today)),
        json: &|| json!({ "today": book.today.to_string(), "ages": table.json() }),
        tables: &[("Ages", &table)],
        names: None,
        about: &|| vec![("On".to_owned(), book.today.to_string())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn age(group: &AgeGroup) -> String {
    group.to.map_or_else(|| format!("{} or more", group.from), |to| format!("{} to {to}", group.from))
}
