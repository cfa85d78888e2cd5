//! `marg cop`: the pack for a session of a community of practice, and what comes back from it.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, Subcommand};

use super::{cop_record, cop_series};
use crate::analysis::{CopFacts, CopQuery, SHORTEST, cop_facts};
use crate::cli::args::{day, time};
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_theme;
use crate::cli::pages::{render, tell_withheld, write_for};
use crate::documents::{Document, Made, Templates, WordAbout, cop_documents, word_document};
use crate::interchange::{MARKING, Sheet, sheet_csv, sheet_markdown};
use crate::model::Casebook;
use crate::release::{CopPage, Released, release_cop};
use crate::source::n_of;

/// Make the pack for a session of a community of practice on a theme
///
/// It is a session sheet of two hours whose minutes add up, with questions made from what stands in the way and from what nobody knows
/// yet; the evidence on one page; and a capture sheet to print or fill in, which `marg cop record` reads. It is for the people who come:
/// it names no case, no agency of a case and nobody, and small numbers are hidden. Day, time and place are taken from the file of the
/// session, if there is one, and otherwise from the last session.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  marg cop arson-blocks-housing                   The pack for the next session, into the folder out/
  marg cop arson-blocks-housing --on 2026-05-14 --starts 12:30 --minutes 150
  marg cop arson-blocks-housing --out desk/cop    Into a folder of your own
  marg cop record filled.docx                     What came back, as the file of a meeting
  marg cop series arson-blocks-housing            What all sessions came to, on one page"
)]
pub(in crate::cli) struct CopArgs {
    #[command(subcommand)]
    command: Option<CopCommand>,

    /// The theme
    #[arg(value_name = "THEME", required = true)]
    theme: Option<String>,

    /// The day of the session, if the workspace does not say it
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<NaiveDate>,

    /// When it starts, like 12:30
    #[arg(long, value_name = "TIME", value_parser = time)]
    starts: Option<NaiveTime>,

    /// How long it lasts, in minutes: two hours if nobody says otherwise
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(i64::from(SHORTEST)..=480))]
    minutes: Option<u32>,

    /// The folder to write into, instead of out/ in the workspace
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
enum CopCommand {
    Record(cop_record::RecordArgs),
    Series(cop_series::SeriesArgs),
}

pub(in crate::cli) fn run(context: &Context, args: &CopArgs) -> Result<ExitCode, CommandError> {
    match &args.command {
        Some(CopCommand::Record(record)) => cop_record::run(context, record),
        Some(CopCommand::Series(series)) => cop_series::run(context, series),
        None => pack(context, args),
    }
}

fn pack(context: &Context, args: &CopArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let theme = find_theme(book.names(), args.theme.as_deref().unwrap_or_default())?;
    let facts = cop_facts(book, theme, CopQuery { on: args.on, starts: args.starts, length: args.minutes });
    let page = release_cop(book, &facts);
    tell_withheld(context, page.withheld());
    let sheet = sheet(book, &facts, &page);
    let documents = render(context, &loaded.files, |templates| {
        let mut made = cop_documents(templates, &page);
        made.extend(capture_documents(templates, &sheet, &page));
        made
    })?;
    let written = write_for(context, &loaded.files, args.out.as_deref(), page.audience(), &documents)?;
    let missing: Vec<&str> = [("the day (`--on`)", page.date.is_none()), ("when it starts (`--starts`)", page.starts.is_none())]
        .into_iter()
        .filter_map(|(what, missing)| missing.then_some(what))
        .collect();
    if !missing.is_empty() {
        context.ui.hint(&format!("still to be said: {}", missing.join(", ")));
    }
    if let Some(waiting) = Some(page.earlier.iter().flat_map(|session| &session.recommendations).filter(|said| said.reply.is_none()).count()).filter(|n| *n > 0)
    {
        context.ui.hint(&format!("{} of earlier sessions without an answer: the sheet lists them", n_of(waiting, "recommendation is", "recommendations are")));
    }
    Ok(written)
}

/// What stands in a capture sheet before it is filled in.
fn sheet(book: &Casebook, facts: &CopFacts<'_>, page: &Released<CopPage>) -> Sheet {
    // What is only supposed does not come back as if somebody had said it.
    let starts = page.starts.filter(|_| !page.as_last_time[0]);
    Sheet {
        theme: facts.guide.theme.id.clone(),
        title: facts.guide.theme.title.clone(),
        date: page.date,
        starts,
        ends: starts.map(|starts| starts + chrono::TimeDelta::minutes(i64::from(page.length))),
        venue: page.venue.clone().filter(|_| !page.as_last_time[1]),
        facilitator: page.facilitator.clone(),
        lead: page.lived_experience_lead.clone(),
        agencies: book.group.agencies.iter().map(|agency| agency.name.clone()).collect(),
    }
}

fn capture_documents(templates: &Templates, sheet: &Sheet, page: &Released<CopPage>) -> Made {
    let name = format!("cop-{}-capture", sheet.theme);
    let about = WordAbout { title: &sheet.title, group: &page.guide.group, marking: MARKING };
    let word = word_document(&sheet_markdown(sheet), &about, templates.house("cop"));
    let word = word
        .map(|bytes| Document::bytes(format!("{name}.docx"), bytes))
        .map_err(|error| crate::documents::RenderError { name: format!("{name}.docx"), why: error.to_string() });
    vec![word, Ok(Document::bytes(format!("{name}.csv"), sheet_csv(sheet).into_bytes()))]
}
