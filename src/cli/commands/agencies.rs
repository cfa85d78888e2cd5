//! `marg agencies`: who is at the table, how to reach them, whom they say they do not take, and when somebody last asked.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::table::{Cell, Table, column, lesser, middling};
use crate::source::n_of;

/// List the agencies: how to reach them, whom they do not take, and when that was last checked
///
/// It is the directory of marg.yaml. What an agency says it does not take changes without notice, so that it is said when nobody has asked for half
/// a year, or ever.
///
/// checked: days since somebody last asked whether the exclusions still hold.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg agencies                     The directory
  marg agencies --stale             Those that nobody has asked for half a year
  marg agencies -o directory.xlsx   As a spreadsheet")]
pub(in crate::cli) struct AgenciesArgs {
    /// Only those whose exclusions nobody has checked for half a year, or ever
    #[arg(long)]
    stale: bool,

    #[command(flatten)]
    format: FormatArgs,
}

/// Days after which somebody should ask again.
const HALF_A_YEAR: i64 = 183;

pub(in crate::cli) fn run(context: &Context, args: &AgenciesArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_codebook()?;
    let book = &loaded.casebook;
    let mut table = Table::new(vec![
        column("agency", "Id"),
        column("name", "Agency"),
        middling("contact", "How to reach it"),
        lesser("escalate_to", "Further up"),
        column("exclusions", "Says it does not take"),
        middling("checked_on", "Last checked"),
        column("checked", "Days since"),
    ]);
    let mut stale = 0;
    for agency in &book.group.agencies {
        let days = agency.checked_on.map(|on| (book.today - on).num_days());
        let is_stale = !agency.exclusions.is_empty() && days.is_none_or(|days| days > HALF_A_YEAR);
        stale += usize::from(is_stale);
        if args.stale && !is_stale {
            continue;
        }
        table.row(vec![
            agency.id.as_str().into(),
            agency.name.as_str().into(),
            agency.contact.as_deref().into(),
            agency.escalate_to.as_deref().into(),
            agency.exclusions.join("; ").into(),
            agency.checked_on.into(),
            days.map_or(Cell::Nothing, Cell::Number),
        ]);
    }
    let said = match stale {
        0 => format!("{}. What they say they do not take was checked within half a year.", n_of(book.group.agencies.len(), "agency", "agencies")),
        n => format!("{} nobody has asked for half a year whether that still holds.", n_of(n, "agency whom", "agencies whom")),
    };
    Answer {
        form: "marg/agencies/1",
        text: &|widths| if table.is_empty() { String::new() } else { table.text(widths.table) },
        status: Some(said),
        json: &|| json!({ "agencies": table.json() }),
        tables: &[("Agencies", &table)],
        names: Some(book.names()),
        about: &|| vec![("Today".to_owned(), book.today.to_string())],
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}
