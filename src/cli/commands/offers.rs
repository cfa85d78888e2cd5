//! `marg offers`: what was offered to people and has no answer, and what there is that could be offered.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::opportunities;
use crate::analysis::{OfferQuery, OfferRow, offers};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_agency;
use crate::cli::table::{Cell, Table, column, lesser, middling};
use crate::model::Ledger;
use crate::source::n_of;

/// List what was offered to people and has no answer yet, the oldest first
///
/// With --for, it lists what there is to take part in (`opportunities` in marg.yaml), held against one person: what fits comes first, and of that
/// what takes people with that for which others refuse them; each with the reason. Needs and barriers that are not resolved count.
///
/// An offer is answered when a meeting records `accepted: yes` or `no`; `not-yet` is no answer. The same offer of the same agency at a
/// later meeting is the same offer. Cases that are closed are left out.
///
/// waiting: days from the meeting that first recorded it to today · meetings: how many have spoken of it.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg offers                                  What waits for an answer, longest first
  marg offers --agency lived-experience-forum  One agency's offers
  marg offers --all                            Those that were answered too, and of closed cases
  marg offers --for QLM-7KQ2                   What there is to take part in, and what fits this person
  marg offers --roadmap                        The ways to be involved as a page with pictures, for everybody
  marg offers -o offers.xlsx                   As a spreadsheet")]
pub(in crate::cli) struct OffersArgs {
    /// Only what this agency offers
    #[arg(long, value_name = "AGENCY")]
    agency: Option<String>,

    /// Those that were answered too, and those of closed cases
    #[arg(long)]
    all: bool,

    /// What there is to take part in for this person, with the reason why it fits or does not
    #[arg(long = "for", value_name = "REF", conflicts_with_all = ["agency", "all"])]
    for_case: Option<String>,

    /// Write the ways to be involved as a page with pictures: roadmap.html and .md, into out/ or the folder of --out
    #[arg(long, conflicts_with_all = ["agency", "all", "for_case"])]
    roadmap: bool,

    /// With --roadmap: the folder to write into
    #[arg(long, value_name = "DIR", requires = "roadmap")]
    out: Option<PathBuf>,

    #[command(flatten)]
    format: FormatArgs,
}

pub(in crate::cli) fn run(context: &Context, args: &OffersArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    if let Some(case) = &args.for_case {
        return opportunities::run(context, &loaded, case, &args.format);
    }
    if args.roadmap {
        return opportunities::roadmap(context, &loaded, args.out.as_deref());
    }
    let by = args.agency.as_deref().map(|id| find_agency(&book.group, id)).transpose()?;
    let rows = offers(&Ledger::fold(book), OfferQuery { by, all: args.all });
    let table = table(&rows);
    Answer {
        form: "marg/offers/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: Some(in_words(&rows)),
        json: &|| json!({ "today": book.today.to_string(), "offers": table.json() }),
        tables: &[("Offers", &table)],
        names: Some(book.names()),
        about: &|| vec![("Today".to_owned(), book.today.to_string())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn table(rows: &[OfferRow]) -> Table {
    let mut table = Table::new(vec![
        column("waiting", "Days waiting"),
        column("case", "Case"),
        column("kind", "Offer"),
        column("by", "Agency"),
        middling("offered_on", "Offered on"),
        lesser("meeting", "Meeting"),
        middling("last_on", "Last spoken of"),
        lesser("meetings", "Meetings"),
        column("answer", "Answer"),
        lesser("closed", "Case closed"),
    ]);
    for row in rows {
        table.row(vec![
            row.waiting.map_or(Cell::Nothing, |days| usize::try_from(days).unwrap_or_default().into()),
            row.case.as_str().into(),
            row.kind.as_deref().into(),
            row.by.as_deref().into(),
            row.offered_on.into(),
            row.meeting.as_str().into(),
            row.last_on.into(),
            row.meetings.into(),
            row.answer.as_deref().into(),
            row.closed.into(),
        ]);
    }
    table
}

fn in_words(rows: &[OfferRow]) -> String {
    let waiting: Vec<&OfferRow> = rows.iter().filter(|row| row.answer.is_none()).collect();
    if waiting.is_empty() {
        return "No offer waits for an answer.".to_owned();
    }
    let longest = waiting.iter().filter_map(|row| row.waiting).max().unwrap_or_default();
    let wait = if waiting.len() == 1 { "waits" } else { "wait" };
    format!(
        "{} {wait} for an answer, the oldest for {}.",
        n_of(waiting.len(), "offer", "offers"),
        n_of(usize::try_from(longest).unwrap_or_default(), "day", "days")
    )
}
