//! `marg cop record`: what was written on capture sheets, as the file of a meeting.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;

use super::cop_stage::{Move, move_theme, stage};
use crate::analysis::Series;
use crate::cli::args::day;
use crate::cli::context::Context;
use crate::cli::error::{CommandError, NOT_IN_ORDER};
use crate::cli::lookup::find_theme;
use crate::interchange::{Captured, MAX_BYTES, Problem, Read, fill, read_capture_csv, read_capture_word};
use crate::model::{Casebook, Confidentiality, Meeting, MeetingStatus, Session, ThemeKey};
use crate::source::{FileId, n_of};
use crate::workspace::{self, Loaded, read_foreign};
use crate::yaml::new_meeting;

/// Record a session from the capture sheets that were filled in
///
/// The sheets of one session, of every group, are taken together; what two of them say alike is said once. They become the file of a
/// meeting, or go into the file that is there for the planned session. Everything that cannot be taken is said at once, with its row and
/// column, and then nothing is written. What was written beside the tables of a document is kept as a note.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  marg cop record filled.csv                            One sheet, which says the theme and the day
  marg cop record table-1.docx table-2.docx             The sheets of several groups
  marg cop record filled.csv --theme arson-blocks-housing --on 2026-05-14
  marg cop record filled.csv --stage community-of-practice    And the theme moves on
  marg cop record filled.csv --dry-run                  Show the file, and write nothing")]
pub(super) struct RecordArgs {
    /// The sheets: .csv or .docx, as `marg cop` wrote them
    #[arg(value_name = "FILE", required = true, value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,

    /// The theme, if the sheets do not say it
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,

    /// The day of the session, if the sheets do not say it
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<NaiveDate>,

    /// Record it as another kind of meeting, such as a workshop
    #[arg(long, value_name = "KIND", default_value = "community-of-practice")]
    kind: String,

    /// Where the theme stands from now on: a stage, or `keep`; if not given, it is asked
    #[arg(long, value_name = "STAGE", value_parser = stage)]
    stage: Option<Move>,

    /// Show the file that would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &Context, args: &RecordArgs) -> Result<ExitCode, CommandError> {
    let mut read = Read::default();
    for file in &args.files {
        let name = if args.files.len() > 1 { format!("{}, ", file.display()) } else { String::new() };
        let Read { lines, problems } = read_sheet(file, &name)?;
        read.lines.extend(lines);
        read.problems.extend(problems);
    }
    let loaded = context.load_sound()?;
    let book = &loaded.casebook;
    let (captured, more) = fill(&read.lines, book.names());
    let mut problems = read.problems;
    problems.extend(more);
    let theme = args.theme.as_deref().map(|asked| find_theme(book.names(), asked)).transpose()?;
    if captured.is_empty() && problems.is_empty() {
        return Err(CommandError::usage("nothing is filled in: it is as it was printed, so nothing was recorded")
            .hint("write into it what the session brought, and record it again"));
    }
    let (theme, date) = (theme.or(captured.theme), args.on.or(captured.times.date));
    problems.extend(missing(theme.is_some(), date, book));
    if !problems.is_empty() {
        return Ok(tell(context, &problems));
    }
    let (Some(theme), Some(date)) = (theme, date) else { return Ok(ExitCode::from(NOT_IN_ORDER)) };
    record(context, args, &loaded, &Recorded { captured: &captured, theme, date })
}

/// What is recorded, as of what and when.
struct Recorded<'a> {
    captured: &'a Captured,
    theme: ThemeKey,
    date: NaiveDate,
}

fn read_sheet(file: &Path, name: &str) -> Result<Read, CommandError> {
    let shown = file.display();
    let bytes = read_foreign(file, MAX_BYTES).map_err(|error| CommandError::unusable(format!("`{shown}` cannot be read: {error}")))?;
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" | "tsv" | "txt" => Ok(read_capture_csv(&bytes, name)),
        "docx" => Ok(read_capture_word(&bytes, name)),
        "xlsx" | "xls" | "ods" => {
            Err(CommandError::usage(format!("`{shown}` is a workbook, and only its sheet can be read"))
                .hint("save the sheet as \"CSV UTF-8\" and name that file"))
        }
        "doc" | "odt" => Err(CommandError::usage(format!("`{shown}` cannot be read")).hint("save it as a document of Word (.docx) and name that file")),
        _ => Err(CommandError::usage(format!("`{shown}` is no capture sheet")).hint("the endings that work are .csv and .docx")),
    }
}

/// Without a theme and a day that has come there is no session.
fn missing(has_theme: bool, date: Option<NaiveDate>, book: &Casebook) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut say = |message: &str, hint: &str| problems.push(Problem { place: String::new(), message: message.to_owned(), hint: hint.to_owned() });
    if !has_theme {
        say("nothing says which theme the session was on", "give it to `--theme`; `marg themes` lists them");
    }
    match date {
        None => say("nothing says on which day it was", "give the day to `--on`, such as `--on 2026-05-14`"),
        Some(day) if day > book.today => {
            say(&format!("the session is on {day}, and today is {}", book.today), "record it when it was held, or correct the day");
        }
        Some(_) => {}
    }
    problems
}

/// Says everything that keeps the sheets from being recorded.
fn tell(context: &Context, problems: &[Problem]) -> ExitCode {
    for problem in problems {
        let place = if problem.place.is_empty() { String::new() } else { format!("{}: ", problem.place) };
        context.ui.error(&format!("{place}{}", problem.message));
        context.ui.hint(&problem.hint);
    }
    context.ui.status(&format!("{} to mend; nothing was written.", n_of(problems.len(), "thing is", "things are")));
    ExitCode::from(NOT_IN_ORDER)
}

fn record(context: &Context, args: &RecordArgs, loaded: &Loaded, recorded: &Recorded<'_>) -> Result<ExitCode, CommandError> {
    let book = &loaded.casebook;
    let root = loaded.files.root();
    let same_day = |meeting: &&Meeting| meeting.date == recorded.date && meeting.kind == args.kind;
    let there = book.meetings.iter().filter(same_day).find(|meeting| meeting.session.as_ref().is_none_or(|session| session.theme == recorded.theme));
    let new = new(book, &args.kind, recorded);
    if let Some(held) = there.filter(|meeting| meeting.status_is_said && meeting.status.counts()) {
        let error = CommandError::unusable(format!("{} is recorded already, so nothing was written", held.id));
        return Err(error.hint(format!("what is missing there can be added by hand in {}", loaded.files.path(held.file))));
    }
    if args.dry_run {
        context.ui.answer(&new_meeting(book.names(), &new, &[], 1));
        let done =
            there.map_or_else(|| format!("It would be written as {}.", new.id), |there| format!("It would be added to {}.", loaded.files.path(there.file)));
        context.ui.status(&format!("{done} Nothing was written."));
        return Ok(ExitCode::SUCCESS);
    }
    let amended = match there {
        Some(there) => workspace::change(root, context.clock, &there.id, |meeting, _| add(meeting, &new))?.0,
        None => workspace::new_meeting_in(root, context.clock, book.names(), &folder(loaded, &args.kind), &new, &[])?,
    };
    context.ui.answer(&format!("{}\n", amended.path));
    context.ui.status(&format!("Recorded: {}.", in_words(recorded.captured)));
    move_theme(context, root, book.theme(recorded.theme), &args.kind, args.stage)?;
    Ok(ExitCode::SUCCESS)
}

/// Where the last session's file lies.
fn folder(loaded: &Loaded, kind: &str) -> String {
    let last = loaded.casebook.meetings.iter().rev().find(|meeting| meeting.kind == kind);
    let path = last.map(|meeting| loaded.files.path(meeting.file)).unwrap_or_default();
    path.rsplit_once('/').map_or("meetings", |(folder, _)| folder).to_owned()
}

/// The session as a meeting of its own.
fn new(book: &Casebook, kind: &str, recorded: &Recorded<'_>) -> Meeting {
    let name = Series::find(book, kind).map_or_else(|_| kind.to_owned(), |series| series.name);
    let name = if name == "community-of-practice" { "cop".to_owned() } else { name };
    // On a day of two sessions, the theme tells them apart.
    let taken = |id: &str| book.meetings.iter().any(|meeting| meeting.id == id);
    let plain = format!("{}-{name}", recorded.date);
    let id = if taken(&plain) { format!("{plain}-{}", book.theme(recorded.theme).id) } else { plain };
    let captured = recorded.captured;
    Meeting {
        id,
        file: FileId(0),
        kind: kind.to_owned(),
        date: recorded.date,
        starts: captured.times.starts,
        ends: captured.times.ends,
        venue: captured.venue.clone(),
        chair: None,
        coordinator: None,
        minute_taker: captured.minute_taker.clone(),
        status: MeetingStatus::Held,
        status_is_said: true,
        agreed: None,
        required_agencies: Vec::new(),
        attendance: captured.attendance.clone(),
        confidentiality: captured.read_by.as_ref().map(|read_by| Confidentiality {
            read_by: Some(read_by.clone()),
            agreement: book.group.information_sharing.as_ref().and_then(|sharing| sharing.agreement.clone()),
            although: None,
        }),
        agenda: Vec::new(),
        previous_actions: Vec::new(),
        cases: Vec::new(),
        other_business: (!captured.notes.is_empty()).then(|| captured.notes.join("\n\n")),
        next_meeting: captured.times.next,
        session: Some(session(recorded)),
    }
}

fn session(recorded: &Recorded<'_>) -> Session {
    let captured = recorded.captured;
    Session {
        theme: recorded.theme,
        facilitator: captured.facilitator.clone(),
        lived_experience_lead: captured.lead.clone(),
        people: captured.people,
        with_lived_experience: captured.with_experience,
        story: captured.story.clone(),
        story_consent: captured.story_consent.clone(),
        questions: captured.questions.clone(),
        issues: captured.issues.clone(),
        positive_practice: captured.practice.clone(),
        recommendations: captured.recommendations.clone(),
        value: captured.value.clone(),
    }
}

/// Puts what was recorded into the file of the planned session; what stands there and nobody wrote otherwise stays.
fn add(meeting: &mut Meeting, new: &Meeting) {
    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    meeting.status = MeetingStatus::Held;
    meeting.status_is_said = true;
    meeting.starts = new.starts.or(meeting.starts);
    meeting.ends = new.ends.or(meeting.ends);
    meeting.next_meeting = new.next_meeting.or(meeting.next_meeting);
    meeting.confidentiality = new.confidentiality.clone().or_else(|| meeting.confidentiality.clone());
    meeting.venue = or(&new.venue, &meeting.venue);
    meeting.minute_taker = or(&new.minute_taker, &meeting.minute_taker);
    meeting.other_business = match (&meeting.other_business, &new.other_business) {
        (Some(old), Some(new)) => Some(format!("{}\n\n{new}", old.trim_end())),
        (old, new) => or(new, old),
    };
    meeting.attendance.retain(|line| !new.attendance.iter().any(|told| (told.agency, &told.role) == (line.agency, &line.role)));
    meeting.attendance.extend(new.attendance.iter().cloned());
    let (Some(told), Some(old)) = (&new.session, &meeting.session) else {
        meeting.session.clone_from(&new.session);
        return;
    };
    let list = |old: &[String], new: &[String]| old.iter().chain(new.iter().filter(|text| !old.contains(text))).cloned().collect();
    meeting.session = Some(Session {
        theme: old.theme,
        facilitator: or(&told.facilitator, &old.facilitator),
        lived_experience_lead: or(&told.lived_experience_lead, &old.lived_experience_lead),
        people: told.people.or(old.people),
        with_lived_experience: told.with_lived_experience.or(old.with_lived_experience),
        story: or(&told.story, &old.story),
        story_consent: or(&told.story_consent, &old.story_consent),
        questions: list(&old.questions, &told.questions),
        issues: list(&old.issues, &told.issues),
        positive_practice: list(&old.positive_practice, &told.positive_practice),
        recommendations: old.recommendations.iter().chain(told.recommendations.iter().filter(|new| !old.recommendations.contains(new))).cloned().collect(),
        value: old.value.iter().chain(told.value.iter().filter(|new| !old.value.contains(new))).cloned().collect(),
    });
}

fn in_words(captured: &Captured) -> String {
    let parts = [
        n_of(captured.attendance.len(), "line of attendance", "lines of attendance"),
        n_of(captured.questions.len(), "question", "questions"),
        n_of(captured.issues.len(), "thing still stuck", "things still stuck"),
        n_of(captured.practice.len(), "thing that works", "things that work"),
        n_of(captured.recommendations.len(), "recommendation", "recommendations"),
        n_of(captured.value.len(), "cycle of value", "cycles of value"),
    ];
    parts.into_iter().filter(|part| !part.starts_with("0 ")).collect::<Vec<_>>().join(", ")
}
