//! `marg minutes agree`: the meeting has agreed its minutes, or takes that back.

use std::process::ExitCode;

use super::minutes::AgreeArgs;
use crate::cli::context::Context;
use crate::cli::error::CommandError;
use crate::cli::lookup::find_meeting;
use crate::model::{Agreed, Meeting, MeetingStatus};
use crate::source::n_of;
use crate::workspace::{Loaded, change, has_changed};
use crate::yaml::record_fingerprint;

pub(super) fn run(context: &Context, args: &AgreeArgs) -> Result<ExitCode, CommandError> {
    let loaded = context.load()?;
    refuse_wrong(&loaded, &args.meeting)?;
    let meeting = find_meeting(&loaded.casebook, &args.meeting)?;
    refuse_wrong(&loaded, &meeting.id)?;
    if args.undo { undo(context, &loaded, meeting) } else { agree(context, &loaded, meeting, args) }
}

/// A record in which something is wrong is no record that anybody could agree.
fn refuse_wrong(loaded: &Loaded, id: &str) -> Result<(), CommandError> {
    let stem = |path: &str| path.rsplit('/').next().is_some_and(|name| name.strip_suffix(".yaml") == Some(id));
    let wrong = loaded.wrong.iter().filter_map(|finding| finding.at.file()).filter(|file| stem(loaded.files.path(*file))).count();
    if wrong == 0 {
        return Ok(());
    }
    let things = n_of(wrong, "thing is", "things are");
    Err(CommandError::unusable(format!("{things} wrong in the file of `{id}`, so it cannot be agreed yet"))
        .hint("`marg check` shows each of them, and what to do"))
}

fn agree(context: &Context, loaded: &Loaded, meeting: &Meeting, args: &AgreeArgs) -> Result<ExitCode, CommandError> {
    refuse_too_early(meeting, loaded.casebook.today)?;
    // Where a meeting is recorded as held that the calendar has ahead, the record knows better what day it is.
    let today = loaded.casebook.today.max(meeting.date);
    let on = args.on.unwrap_or(today);
    if on < meeting.date || on > today {
        let why = if on > today { "is still to come" } else { "is before the meeting" };
        return Err(CommandError::usage(format!("{on} {why}")).hint("give the day on which the minutes were agreed to `--on`"));
    }
    refuse_agreed(loaded, meeting, args.again)?;
    let text = loaded.files.text(meeting.file).unwrap_or_default();
    let record = record_fingerprint(&text);
    let agreed = Agreed { on: Some(on), by: args.by.clone(), record: record.clone() };
    let (amended, ()) = change(loaded.files.root(), context.clock, &meeting.id, |meeting, _| {
        (meeting.status, meeting.status_is_said) = (MeetingStatus::Agreed, true);
        meeting.agreed = Some(agreed);
    })?;
    context.ui.answer(&format!("{}\n", amended.path));
    if record_fingerprint(&amended.text) != record {
        context.ui.warning("somebody changed the file at the same moment, so what was agreed is not what it says now");
        context.ui.hint(&format!("look at it, then `marg minutes agree {} --again`", meeting.id));
    }
    context.ui.status(&format!("The minutes of {} are agreed. From now on `marg check` tells when their record changes.", meeting.date.format("%-d %B %Y")));
    Ok(ExitCode::SUCCESS)
}

fn refuse_too_early(meeting: &Meeting, today: chrono::NaiveDate) -> Result<(), CommandError> {
    let why = match meeting.status {
        MeetingStatus::CalledOff => "was called off",
        MeetingStatus::Planned => "is still to come",
        MeetingStatus::Held | MeetingStatus::Agreed => return Ok(()),
    };
    let error = CommandError::usage(format!("`{}` {why}, so there are no minutes to agree", meeting.id));
    Err(if meeting.status == MeetingStatus::Planned && meeting.date <= today {
        error.hint("if it was held, write `status: held` into its file")
    } else {
        error
    })
}

/// What was agreed already stays so, unless its record is another by now and that is said.
fn refuse_agreed(loaded: &Loaded, meeting: &Meeting, again: bool) -> Result<(), CommandError> {
    let error = CommandError::usage(format!("the minutes of `{}` were agreed already", meeting.id));
    match (meeting.status, has_changed(loaded, meeting)) {
        (MeetingStatus::Agreed, Some(false)) => Err(error.hint("`--undo` takes that back")),
        (MeetingStatus::Agreed, Some(true)) if !again => {
            Err(error.hint("the record has changed since: `--again` agrees them as they are now").hint("`--undo` takes the agreement back"))
        }
        _ => Ok(()),
    }
}

fn undo(context: &Context, loaded: &Loaded, meeting: &Meeting) -> Result<ExitCode, CommandError> {
    if meeting.status != MeetingStatus::Agreed && meeting.agreed.is_none() {
        return Err(CommandError::usage(format!("the minutes of `{}` have not been agreed", meeting.id)));
    }
    let (amended, ()) = change(loaded.files.root(), context.clock, &meeting.id, |meeting, _| {
        (meeting.status, meeting.status_is_said) = (MeetingStatus::Held, true);
        meeting.agreed = None;
    })?;
    context.ui.answer(&format!("{}\n", amended.path));
    context.ui.status("The minutes are a draft again.");
    Ok(ExitCode::SUCCESS)
}
