//! What became of an action between two meetings: written into the file of the next one.

use std::collections::BTreeMap;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::ActionsCommand;
use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::not_found;
use crate::model::{ActionReport, ActionState, ActionStatus, Casebook, Ledger, Meeting, MeetingStatus, Outcome};
use crate::source::list_of;
use crate::workspace::{self, Loaded};

#[derive(Args, Debug)]
pub(super) struct UndoArgs {
    /// The ids of actions, as `marg actions` lists them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
}

#[derive(Args, Debug)]
pub(super) struct DoneArgs {
    #[command(flatten)]
    end: EndArgs,

    /// What came of it
    #[arg(long, value_enum, value_name = "WORD")]
    outcome: Option<OutcomeArg>,
}

#[derive(Args, Debug)]
pub(super) struct EndArgs {
    #[command(flatten)]
    ids: UndoArgs,

    /// The day, if it was not today
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<NaiveDate>,

    /// What has to be said of it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct WhyArgs {
    #[command(flatten)]
    ids: UndoArgs,

    /// Why
    #[arg(long, value_name = "TEXT", required = true)]
    note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutcomeArg {
    Worked,
    Partly,
    DidNotWork,
    /// It cannot be said yet
    TooSoon,
}

impl From<OutcomeArg> for Outcome {
    fn from(outcome: OutcomeArg) -> Self {
        match outcome {
            OutcomeArg::Worked => Self::Worked,
            OutcomeArg::Partly => Self::Partly,
            OutcomeArg::DidNotWork => Self::DidNotWork,
            OutcomeArg::TooSoon => Self::TooSoon,
        }
    }
}

/// What is told of some actions.
struct Telling<'a> {
    ids: &'a [String],
    status: ActionStatus,
    on: Option<NaiveDate>,
    outcome: Option<Outcome>,
    note: Option<&'a str>,
}

impl<'a> Telling<'a> {
    fn ended(status: ActionStatus, args: &'a EndArgs, today: NaiveDate) -> Self {
        Self { ids: &args.ids.ids, status, on: Some(args.on.unwrap_or(today)), outcome: None, note: args.note.as_deref() }
    }

    fn report(&self, id: &str) -> ActionReport {
        let note = self.note.map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned);
        ActionReport { nth: 0, id: id.to_owned(), status: self.status, on: self.on, outcome: self.outcome, note }
    }
}

pub(super) fn run(context: &Context, command: &ActionsCommand) -> Result<ExitCode, CommandError> {
    let loaded = context.load_sound()?;
    let today = loaded.casebook.today;
    let telling = match command {
        ActionsCommand::Done(args) => Telling { outcome: args.outcome.map(Outcome::from), ..Telling::ended(ActionStatus::Done, &args.end, today) },
        ActionsCommand::NotDone(args) => Telling::ended(ActionStatus::NotDone, args, today),
        ActionsCommand::Superseded(args) => Telling::ended(ActionStatus::Superseded, args, today),
        ActionsCommand::NotPossible(args) => {
            Telling { ids: &args.ids.ids, status: ActionStatus::NotPossible, on: Some(today), outcome: None, note: Some(&args.note) }
        }
        ActionsCommand::Open(args) => Telling { ids: &args.ids.ids, status: ActionStatus::Open, on: None, outcome: None, note: Some(&args.note) },
        ActionsCommand::Undo(args) => return undo(context, &loaded, &args.ids),
    };
    tell(context, &loaded, &telling)
}

fn tell(context: &Context, loaded: &Loaded, telling: &Telling<'_>) -> Result<ExitCode, CommandError> {
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let states = find(&ledger, telling.ids)?;
    let mut by_meeting: BTreeMap<&str, Vec<&ActionState<'_>>> = BTreeMap::new();
    for state in states {
        possible(state, telling, book.today)?;
        by_meeting.entry(next_after(book, state.meeting)?.id.as_str()).or_default().push(state);
    }
    for (id, states) in by_meeting {
        let (amended, before) = workspace::change(loaded.files.root(), context.clock, id, |meeting, _| {
            states.iter().map(|state| put(meeting, telling.report(state.task.id().unwrap_or_default()))).collect::<Vec<_>>()
        })?;
        context.ui.answer(&format!("{}\n", amended.path));
        for (state, before) in states.iter().zip(before) {
            context.ui.status(&said(book, state, telling, before.as_ref()));
            let earlier = state.told.iter().rev().find(|told| told.meeting.id != id && !told.report.status.is_open());
            if let Some(earlier) = earlier {
                context.ui.hint(&format!("{} had said already that it is {}; what is told last counts", earlier.meeting.id, earlier.report.status));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Puts a report in the place of what the meeting's file said of the action; gives that back.
fn put(meeting: &mut Meeting, report: ActionReport) -> Option<ActionReport> {
    match meeting.previous_actions.iter_mut().find(|there| there.id == report.id) {
        Some(there) => Some(std::mem::replace(there, ActionReport { nth: there.nth, ..report })),
        None => {
            meeting.previous_actions.push(report);
            None
        }
    }
}

fn said(book: &Casebook, state: &ActionState<'_>, telling: &Telling<'_>, before: Option<&ActionReport>) -> String {
    let on = telling.on.map_or(String::new(), |on| format!(" on {on}"));
    let owner = state.task.owner().map_or("nobody's".to_owned(), |key| book.group.agency(key).name.clone());
    let what = state.task.what().split_whitespace().collect::<Vec<_>>().join(" ");
    let before = before.map_or(String::new(), |before| format!(" The file said {} before.", before.status));
    format!("{}: {}{on} ({what}; {owner}, {}).{before}", state.task.id().unwrap_or_default(), telling.status, state.discussion.case)
}

/// The actions of these ids, each once.
///
/// # Errors
///
/// All ids that are not known, at once.
fn find<'l, 'a>(ledger: &'l Ledger<'a>, ids: &[String]) -> Result<Vec<&'l ActionState<'a>>, CommandError> {
    let mut found: Vec<&ActionState<'_>> = Vec::new();
    let mut unknown: Vec<&str> = Vec::new();
    for id in ids {
        match ledger.actions.iter().find(|state| state.task.id() == Some(id)) {
            Some(state) if found.iter().any(|there| std::ptr::eq(*there, state)) => {}
            Some(state) => found.push(state),
            None => unknown.push(id),
        }
    }
    let known = || ledger.actions.iter().filter_map(|state| state.task.id());
    match unknown.as_slice() {
        [] => Ok(found),
        [id] => Err(not_found(format!("there is no action `{id}`"), id, known(), "`marg actions` lists them all")),
        many => {
            let many: Vec<String> = many.iter().map(|id| format!("`{id}`")).collect();
            Err(CommandError::usage(format!("there are no actions {}", list_of(&many, "and")))
                .hint("`marg actions` lists them all")
                .hint("nothing was written"))
        }
    }
}

/// An action ends between the day on which it was set and today.
fn possible(state: &ActionState<'_>, telling: &Telling<'_>, today: NaiveDate) -> Result<(), CommandError> {
    let (id, set_on) = (state.task.id().unwrap_or_default(), state.meeting.date);
    match telling.on {
        Some(on) if on > today => {
            Err(CommandError::usage(format!("{on} is still to come: today is {today}")).hint("give the day on which it was done to `--on`"))
        }
        Some(on) if on < set_on => {
            Err(CommandError::usage(format!("`{id}` was set on {set_on}, so it cannot have ended on {on}")).hint("look at the day after `--on`"))
        }
        _ => Ok(()),
    }
}

/// The meeting that will be told: the next one of the same group that is planned, or else of any.
fn next_after<'a>(book: &'a Casebook, set_at: &Meeting) -> Result<&'a Meeting, CommandError> {
    let planned =
        || book.meetings.iter().filter(|meeting| meeting.status == MeetingStatus::Planned && meeting.date >= book.today && meeting.date > set_at.date);
    let same = |meeting: &&Meeting| meeting.kind == set_at.kind && meeting.name() == set_at.name();
    planned().find(same).or_else(|| planned().next()).ok_or_else(|| {
        let error = CommandError::usage(format!("no meeting is planned from {} on whose file could say it", book.today));
        error.hint("`marg agenda` makes the file of the next meeting; then say it again")
    })
}

/// Takes back what the files of planned meetings say.
fn undo(context: &Context, loaded: &Loaded, ids: &[String]) -> Result<ExitCode, CommandError> {
    let book = &loaded.casebook;
    let ledger = Ledger::fold(book);
    let mut by_meeting: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for state in find(&ledger, ids)? {
        let id = state.task.id().unwrap_or_default();
        let planned = state.told.iter().rev().find(|told| told.meeting.status == MeetingStatus::Planned);
        let told = planned.ok_or_else(|| {
            let error = CommandError::usage(format!("no planned meeting's file says anything of `{id}`; nothing was written"));
            match state.told.last() {
                Some(told) => error
                    .hint(format!("{} says that it is {}: that is the record of a meeting, and is changed in its file", told.meeting.id, told.report.status)),
                None => error.hint("nobody has told anything of it yet"),
            }
        })?;
        by_meeting.entry(told.meeting.id.as_str()).or_default().push(id);
    }
    for (meeting, ids) in by_meeting {
        let (amended, ()) = workspace::change(loaded.files.root(), context.clock, meeting, |meeting, _| {
            meeting.previous_actions.retain(|report| !ids.contains(&report.id.as_str()));
        })?;
        context.ui.answer(&format!("{}\n", amended.path));
        context.ui.status(&format!("Taken back: what it said of {}.", list_of(&ids, "and")));
    }
    Ok(ExitCode::SUCCESS)
}
