//! `marg release-day`: whether the day of a release can be walked.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::release_day_words::{Words, verdict};
use crate::analysis::{DayReport, WhyMissed, day_report, mends};
use crate::cli::answer::{Answer, FormatArgs};
use crate::cli::context::Context;
use crate::cli::error::{CommandError, NOT_IN_ORDER};
use crate::cli::lookup::not_found;
use crate::cli::snippet::locate;
use crate::cli::table::{Cell, Table, column, lesser, middling};
use crate::model::{Plan, TravelBy};
use crate::personal::Finder;
use crate::source::{FileId, Finding, Severity, n_of};
use crate::workspace::{Loaded, read_plans};

/// Say whether the day of a release can be walked: appointments, opening hours, and the way from one to the next
///
/// A plan is a file in plans/, with the places of the day, what has to be done there, and how long the ways take. Every order of the
/// stops is tried, and the one that makes the most of them is shown: first so that the person is in time where they have to be at the
/// end, then appointments, then the rest. A bus is waited for as long as it can take. Ends with 1 when something cannot be made.
///
/// spare: how many minutes later one can arrive and still make it and all that follows · standing: made, missed or late.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg release-day                                All plans, and how much of each can be made by what
  marg release-day QLM-Z365                       The day of one person
  marg release-day 2026-01-28-qlm-z365 --by car   A plan, as it would go with a worker's car
  marg release-day QLM-Z365 -o day.xlsx           As a spreadsheet")]
pub(in crate::cli) struct ReleaseDayArgs {
    /// A file in plans/, or the ref of a case; if not given, all plans
    #[arg(value_name = "FILE|REF")]
    plan: Option<String>,

    /// How the person gets about, if not as the plan says; all but foot walk where that is quicker
    #[arg(long, value_enum, value_name = "HOW", requires = "plan")]
    by: Option<ByArg>,

    #[command(flatten)]
    format: FormatArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ByArg {
    /// By bus
    Bus,
    /// On foot alone
    Foot,
    /// By taxi, which is called and waited for each time
    Taxi,
    /// With a worker's car, which is there all day
    Car,
}

impl From<ByArg> for TravelBy {
    fn from(by: ByArg) -> Self {
        match by {
            ByArg::Bus => Self::Bus,
            ByArg::Foot => Self::Foot,
            ByArg::Taxi => Self::Taxi,
            ByArg::Car => Self::Car,
        }
    }
}

pub(in crate::cli) fn run(context: &Context, args: &ReleaseDayArgs) -> Result<ExitCode, CommandError> {
    let mut loaded = context.load_sound()?;
    let (plans, findings) = read_plans(&mut loaded);
    match &args.plan {
        None => {
            sound(context, &loaded, findings, None)?;
            all(context, args, &loaded, plans)
        }
        Some(asked) => {
            let plan = find(context, &loaded, &plans, findings, asked)?;
            one(context, args, plan)
        }
    }
}

/// Stops where something is wrong in a plan, in one file or in any, and shows all of it; what is only unwise is told.
fn sound(context: &Context, loaded: &Loaded, findings: Vec<Finding>, only: Option<FileId>) -> Result<(), CommandError> {
    let (wrong, unwise): (Vec<Finding>, Vec<Finding>) = findings
        .into_iter()
        .filter(|finding| only.is_none_or(|file| finding.at.file() == Some(file)))
        .partition(|finding| finding.code.severity == Severity::Wrong);
    let n = wrong.len();
    for located in locate(&loaded.files, &Finder::default(), if n == 0 { unwise } else { wrong }) {
        context.ui.talk(&format!("{}\n", located.render(context.ui.widths().table)));
    }
    if n == 0 {
        return Ok(());
    }
    let things = n_of(n, "thing is", "things are");
    let place = only.map_or("plans/", |file| loaded.files.path(file));
    Err(CommandError::unusable(format!("{things} wrong in `{place}`, so nobody can tell how the day goes")).hint("each is shown above, with what to do"))
}

/// The plan of a file, or of a case: the next from today on, and otherwise the last.
fn find<'p>(context: &Context, loaded: &Loaded, plans: &'p [Plan], findings: Vec<Finding>, asked: &str) -> Result<&'p Plan, CommandError> {
    let files = &loaded.files;
    let full = std::path::absolute(asked).ok();
    let is_asked = |file: &FileId| {
        let path = files.path(*file);
        let named = path == asked || path.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")) == Some(asked);
        path.starts_with("plans/") && (named || full.as_ref().is_some_and(|full| *full == files.root().join(path)))
    };
    if let Some(file) = (0..files.len() as u32).map(FileId).find(is_asked) {
        sound(context, loaded, findings, Some(file))?;
        return plans.iter().find(|plan| plan.file == file).ok_or_else(|| CommandError::unusable(format!("`{}` cannot be read", files.path(file))));
    }
    let mut of_case: Vec<&Plan> = plans.iter().filter(|plan| plan.case.as_str().eq_ignore_ascii_case(asked)).collect();
    of_case.sort_by_key(|plan| plan.date);
    let today = loaded.casebook.today;
    if let Some(plan) = of_case.iter().find(|plan| plan.date >= today).or(of_case.last()) {
        sound(context, loaded, findings, Some(plan.file))?;
        return Ok(plan);
    }
    // The plan that is meant may be one that could not be read.
    sound(context, loaded, findings, None)?;
    let known = plans.iter().flat_map(|plan| [plan.id.as_str(), plan.case.as_str()]);
    let error = not_found(format!("there is no plan `{asked}`, and none for a case of that ref"), asked, known, "`marg release-day` lists all plans");
    Err(error.hint("a plan is a file in `plans/`: `marg help release-day` says how it is written"))
}

fn one(context: &Context, args: &ReleaseDayArgs, plan: &Plan) -> Result<ExitCode, CommandError> {
    let by = args.by.map_or(plan.by, Into::into);
    let report = day_report(plan, by);
    let mend = mends(plan, by);
    let words = Words { plan, report: &report, mend: &mend };
    let table = timeline(&words);
    let title = format!("{} · {} · {} · {}", plan.case, plan.date.format("%A, %-d %B %Y"), plan.places[plan.from].name, plan.begins.format("%H:%M"));
    Answer {
        form: "marg/release-day/1",
        text: &|width| format!("{}\n\n{}\n{}", crate::source::printable(&title), table.text(width.table), words.told(width.prose)),
        status: None,
        json: &|| as_json(&words, &table),
        tables: &[("Day", &table)],
        names: None,
        about: &|| {
            let rows = |name: &str, said: Vec<String>| said.into_iter().map(|said| (name.to_owned(), said)).collect::<Vec<_>>();
            let found = if report.is_whole() { "Tightest" } else { "What fails" };
            [
                rows("Plan", vec![title.clone()]),
                rows("In short", vec![verdict(&report)]),
                rows(found, words.findings()),
                rows("What would mend it", words.help()),
            ]
            .concat()
        },
    }
    .give(context, &args.format)?;
    Ok(if report.is_whole() { ExitCode::SUCCESS } else { ExitCode::from(NOT_IN_ORDER) })
}

fn as_json(words: &Words<'_>, table: &Table) -> serde_json::Value {
    let Words { plan, report, mend } = words;
    let missed = report.missed.iter().map(|missed| {
        let (why, minutes) = match missed.why {
            WhyMissed::Shut => ("shut", None),
            WhyMissed::NoWay => ("no-way", None),
            WhyMissed::TooLate { late, .. } => ("too-late", Some(late)),
            WhyMissed::NoTime(late) => ("no-time", late.and_then(|late| late.minutes)),
        };
        json!({ "what": plan.stops[missed.stop].what, "why": why, "minutes": minutes, "instead": missed.instead.map(|at| at.format("%H:%M").to_string()) })
    });
    let other = |day: &DayReport| json!({ "by": day.by.word(), "made": day.n_kept(), "can_be_walked": day.is_whole() });
    json!({
        "plan": plan.id,
        "case": plan.case.as_str(),
        "date": plan.date.to_string(),
        "by": report.by.word(),
        "can_be_walked": report.is_whole(),
        "stops": report.n_stops,
        "made": report.n_kept(),
        "walked": report.walked,
        "missed": missed.collect::<Vec<_>>(),
        "begin_by": mend.begin_by.map(|at| at.format("%H:%M").to_string()),
        "otherwise": mend.by.iter().map(other).collect::<Vec<_>>(),
        "timeline": table.json(),
    })
}

/// The day as rows: what is made, where it ends, and then what is missed.
fn timeline(words: &Words<'_>) -> Table {
    let Words { plan, report, .. } = words;
    let mut table = Table::new(vec![
        column("leaves", "Leave"),
        column("way", "Way"),
        column("arrives", "There"),
        column("what", "What"),
        middling("place", "Where"),
        column("begins", "From"),
        column("ends", "Until"),
        middling("spare", "Spare").in_full("Minutes to spare"),
        column("standing", "Standing"),
    ]);
    let clock = |at: chrono::NaiveTime| Cell::Text(at.format("%H:%M").to_string());
    for step in &report.steps {
        let stop = &plan.stops[step.stop];
        table.row(vec![
            clock(step.leaves),
            words.way(&step.legs).into(),
            clock(step.arrives),
            stop.what.as_str().into(),
            plan.places[stop.place].name.as_str().into(),
            clock(step.begins),
            clock(step.ends),
            step.spare.into(),
            "made".into(),
        ]);
    }
    if let (Some(back), Some(end)) = (&report.back, plan.ends) {
        let spare = end.by.zip(back.arrives).filter(|_| back.in_time()).map(|(by, at)| (by - at).num_minutes());
        table.row(vec![
            clock(back.leaves),
            if back.arrives.is_some() { words.way(&back.legs) } else { "no way".to_owned() }.into(),
            back.arrives.map(clock).unwrap_or(Cell::Nothing),
            "End of the day".into(),
            plan.places[end.place].name.as_str().into(),
            Cell::Nothing,
            end.by.map(clock).unwrap_or(Cell::Nothing),
            spare.into(),
            if back.in_time() { "made" } else { "late" }.into(),
        ]);
    }
    for missed in &report.missed {
        let stop = &plan.stops[missed.stop];
        let mut row = vec![Cell::Nothing, Cell::Nothing, Cell::Nothing, stop.what.as_str().into(), plan.places[stop.place].name.as_str().into()];
        row.extend([stop.at.map(clock).unwrap_or(Cell::Nothing), Cell::Nothing, Cell::Nothing, "missed".into()]);
        table.row(row);
    }
    table
}

/// All plans, and how much of each can be made by what.
fn all(context: &Context, args: &ReleaseDayArgs, loaded: &Loaded, mut plans: Vec<Plan>) -> Result<ExitCode, CommandError> {
    plans.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    let mut table = Table::new(vec![
        column("date", "Day"),
        column("case", "Case"),
        lesser("plan", "Plan"),
        column("stops", "Stops"),
        column("planned", "Planned by"),
        column("bus", "By bus"),
        column("foot", "On foot"),
        column("taxi", "Taxi"),
        column("car", "Worker's car"),
        column("can_be_walked", "Can be walked"),
    ]);
    let mut failing = 0;
    for plan in &plans {
        let days: Vec<DayReport> = TravelBy::ALL.iter().map(|by| day_report(plan, *by)).collect();
        let whole = days.iter().any(|day| day.by == plan.by && day.is_whole());
        failing += usize::from(!whole && plan.date >= loaded.casebook.today);
        let mut row: Vec<Cell> = vec![plan.date.into(), plan.case.as_str().into(), plan.id.as_str().into(), plan.stops.len().into(), plan.by.word().into()];
        row.extend(days.iter().map(|day| Cell::from(day.n_kept())));
        row.push(if whole { "yes" } else { "no" }.into());
        table.row(row);
    }
    Answer {
        form: "marg/release-days/1",
        text: &|width| if table.is_empty() { String::new() } else { table.text(width.table) },
        status: Some(if plans.is_empty() {
            "There are no plans: a plan is a file in `plans/`, and `marg help release-day` says how it is written.".to_owned()
        } else {
            format!("{}; {failing} from today on cannot be walked as planned.", n_of(plans.len(), "plan", "plans"))
        }),
        json: &|| json!({ "today": loaded.casebook.today.to_string(), "plans": table.json() }),
        tables: &[("Plans", &table)],
        names: None,
        about: &|| vec![("Today".to_owned(), loaded.casebook.today.to_string())],
    }
    .give(context, &args.format)?;
    Ok(if failing == 0 { ExitCode::SUCCESS } else { ExitCode::from(NOT_IN_ORDER) })
}
