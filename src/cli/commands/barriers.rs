//! `marg barriers`: what keeps getting in the way?

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::{Value as Json, json};

use super::detail;
use crate::analysis::{BarrierQuery, BarrierReport, By, barriers};
use crate::cli::answer::{Answer, FormatArgs, about_period};
use crate::cli::args::PeriodArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::{find_agency, find_service, find_theme};
use crate::cli::table::{Ids, Table, column, hidden, lesser, middling};
use crate::model::Names;
use crate::source::n_of;

/// List the barriers that recur, and for how many people
///
/// The unit is the distinct person: somebody who met a barrier at five meetings is one person. Only meetings that were held count.
/// With a THEME, everything about that one barrier: what it keeps people from and where, what was asked and answered, what comes with
/// it, and every occurrence with its meeting, case and line.
///
/// people: distinct cases · meetings: distinct meetings · occurrences: entries under `barriers` · live, eased, resolved: people by
/// the status of their last occurrence (they add up to people) · asked: occurrences at which somebody had been asked · flexed once,
/// changed for all, refused, no reply: occurrences with that answer. All within the period, both ends included, and within the row.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg barriers                                    The most frequent first
  marg barriers --by agency --min-people 3         Whose they are, for at least three people
  marg barriers --by quarter --since 2025-Q3       How they changed
  marg barriers --blocks supported-accommodation   What keeps people out of one service
  marg barriers arson-blocks-housing               One barrier, down to every line
  marg barriers --format csv > barriers.csv        For a spreadsheet")]
pub(in crate::cli) struct BarriersArgs {
    /// A theme to look into
    #[arg(value_name = "THEME")]
    detail: Option<String>,

    /// Split each row
    #[arg(long, value_enum, value_name = "WHAT")]
    by: Option<ByArg>,

    /// Count only this theme
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,

    /// Count only what blocks this service
    #[arg(long, value_name = "SERVICE")]
    blocks: Option<String>,

    /// Count only what is this agency's rule or practice
    #[arg(long, value_name = "AGENCY")]
    at: Option<String>,

    /// Leave out rows with fewer people than this
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_people: usize,

    #[command(flatten)]
    period: PeriodArgs,

    #[command(flatten)]
    format: FormatArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ByArg {
    /// By the agency whose rule or practice it is
    Agency,
    /// By the service it blocks
    Service,
    /// By cause: policy, practice, resource, recording, attitude, law
    Cause,
    /// By each need of the person; an occurrence stands under every need
    Need,
    /// By the quarter of the calendar year
    Quarter,
}

pub(in crate::cli) fn run(context: &Context, args: &BarriersArgs) -> Result<ExitCode, CommandError> {
    if let Some(theme) = &args.detail {
        let loaded = context.load_sound()?;
        let names = loaded.casebook.names();
        return detail::run(context, &loaded, find_theme(names, theme)?, &query(names, args)?, &args.format);
    }
    let counted = context.count()?;
    let report = barriers(counted.names(), &counted.register, &query(counted.names(), args)?);
    if report.rows.is_empty() {
        context.ui.status(&nothing_found(&report));
    }
    let table = table(&report);
    Answer {
        form: "marg/barriers/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: Some(in_words(&report)).filter(|_| !table.is_empty()),
        json: &|| json(&report, &table),
        tables: &[("Barriers", &table)],
        names: Some(counted.names()),
        about: &|| about(&report),
    }
    .give(context, &args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn about(report: &BarrierReport) -> Vec<(String, String)> {
    let figure = |name: &str, n: usize| (name.to_owned(), n.to_string());
    vec![about_period(report.since, report.until), figure("Meetings held", report.meetings), figure("People discussed", report.people)]
}

fn query(names: Names<'_>, args: &BarriersArgs) -> Result<BarrierQuery, CommandError> {
    if args.detail.is_some() && (args.by.is_some() || args.theme.is_some()) {
        return Err(CommandError::usage("`--by` and `--theme` belong to the list; a theme alone is looked into")
            .hint("`marg barriers --theme THEME --by agency` splits one theme"));
    }
    Ok(BarrierQuery {
        period: args.period.period()?,
        by: args.by.map(By::from),
        theme: args.theme.as_deref().map(|id| find_theme(names, id)).transpose()?,
        blocks: args.blocks.as_deref().map(|id| find_service(names.group, id)).transpose()?,
        at: args.at.as_deref().map(|id| find_agency(names.group, id)).transpose()?,
        min_people: args.min_people,
    })
}

impl From<ByArg> for By {
    fn from(by: ByArg) -> Self {
        match by {
            ByArg::Agency => Self::Agency,
            ByArg::Service => Self::Service,
            ByArg::Cause => Self::Cause,
            ByArg::Need => Self::Need,
            ByArg::Quarter => Self::Quarter,
        }
    }
}

fn by_word(by: By) -> &'static str {
    match by {
        By::Agency => "agency",
        By::Service => "service",
        By::Cause => "cause",
        By::Need => "need",
        By::Quarter => "quarter",
    }
}

/// The rows; for people without the columns that only programs need.
fn table(report: &BarrierReport) -> Table {
    let group = match report.by {
        None => hidden("group").for_programs(),
        Some(by) => match ids(by) {
            Some(ids) => column("group", heading(by)).ids(ids),
            None => column("group", heading(by)),
        },
    };
    let mut table = Table::new(vec![
        hidden("theme").in_full("Barrier (id)"),
        column("title", "Barrier"),
        group,
        column("people", "People"),
        hidden("meetings"),
        hidden("occurrences"),
        hidden("first_seen"),
        lesser("last_seen", "Last seen"),
        column("live", "Live"),
        middling("eased", "Eased"),
        middling("resolved", "Resolved"),
        middling("asked", "Asked"),
        lesser("flexed_once", "Flexed").in_full("Flexed once"),
        lesser("changed_for_all", "Changed").in_full("Changed for all"),
        lesser("refused", "Refused"),
        lesser("no_reply", "No reply"),
        hidden("services").ids(Ids::Services),
        hidden("agencies").ids(Ids::Agencies),
    ]);
    for row in &report.rows {
        table.row(vec![
            row.id.as_str().into(),
            row.title.as_str().into(),
            row.group.as_deref().into(),
            row.people.into(),
            row.meetings.into(),
            row.occurrences.into(),
            row.first_seen.into(),
            row.last_seen.into(),
            row.live.into(),
            row.eased.into(),
            row.resolved.into(),
            row.asked.into(),
            row.flexed_once.into(),
            row.changed_for_all.into(),
            row.refused.into(),
            row.no_reply.into(),
            row.services.clone().into(),
            row.agencies.clone().into(),
        ]);
    }
    table
}

/// What the groups are called by.
fn ids(by: By) -> Option<Ids> {
    match by {
        By::Agency => Some(Ids::Agencies),
        By::Service => Some(Ids::Services),
        By::Need => Some(Ids::Themes),
        By::Cause | By::Quarter => None,
    }
}

fn heading(by: By) -> &'static str {
    match by {
        By::Agency => "Agency",
        By::Service => "Keeps people from",
        By::Cause => "Cause",
        By::Need => "Need",
        By::Quarter => "Quarter",
    }
}

/// The object as the design has it: its shape is a promise to other programs.
fn json(report: &BarrierReport, table: &Table) -> Json {
    json!({
        "since": report.since.map(|day| day.to_string()),
        "until": report.until.map(|day| day.to_string()),
        "meetings": report.meetings,
        "people": report.people,
        "by": report.by.map(by_word),
        "barriers": table.json(),
    })
}

fn in_words(report: &BarrierReport) -> String {
    let (Some(since), Some(until)) = (report.since, report.until) else { return String::new() };
    format!(
        "{} and {} discussed from {since} to {until}. A person counts once in each row.",
        n_of(report.meetings, "meeting", "meetings"),
        n_of(report.people, "person", "people")
    )
}

fn nothing_found(report: &BarrierReport) -> String {
    match report.meetings {
        0 => "No meeting of this period has discussed a case yet, so there is nothing to count.".to_owned(),
        n => format!("No such barrier was met at the {} of this period.", n_of(n, "meeting", "meetings")),
    }
}
