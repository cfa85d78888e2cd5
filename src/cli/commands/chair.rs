//! `marg chair`: a meeting, recorded while it is held.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::actions::files::{Wanted, write_agency_files};
use crate::analysis::minutes;
use crate::cli::backstage::{Aloud, Behind, start_clock};
use crate::cli::context::Context;
use crate::cli::error::{CommandError, NOT_IN_ORDER};
use crate::cli::pages::{render, tell_withheld, write_for_members};
use crate::cli::past::Whole;
use crate::documents::minutes_documents;
use crate::model::{Ledger, MeetingKey, MeetingStatus};
use crate::release::release_minutes;
use crate::session::{Ending, Entry, Session, day_in_words};
use crate::source::n_of;
use crate::terminal::{Heard, Lines, ScreenEnding, full_screen, line_mode, save};
use crate::workspace::{Journal, Near};
use crate::yaml;

/// Chair a meeting: record it while it is held, a line at a time
///
/// The agenda is the one in the meeting's file. You type a line, it is put on disk, and it stands in the record: a decision, an action
/// with who and by when, a barrier as a sentence, what the person says. At the end the meeting's file holds everything, and the minutes
/// and each agency's own actions are written. Stop at any time, and the same command goes on where it stopped.
///
/// A line begins with a word that says what it is; a line without one is an update on the case. Agencies, services and themes can be
/// given by id, by name or by part of it; dates as people say them. Tab completes, `help` lists all words, `help action` explains one.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct ChairArgs {
    /// The meeting: the name of its file without .yaml, or its day; otherwise the next that is planned
    #[arg(value_name = "MEETING")]
    meeting: Option<String>,

    /// Prompts and lines instead of a full screen: for screen readers, slow connections and scripts
    #[arg(long)]
    plain: bool,

    /// Draw the full screen with plain signs only
    #[arg(long)]
    ascii: bool,

    /// Keep a page for the wall of the room up to date: open it in a browser on the projector
    #[arg(long, value_name = "FILE")]
    room: Option<PathBuf>,

    /// The folder for the minutes and the lists of actions, instead of out/ in the workspace
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  marg chair                              The next meeting, on the full screen
  marg chair 2026-04-09-marg --plain      The same with prompts and lines
  marg chair --room room.html             With a page for the projector, which shows no notes and no names
  marg chair 2026-04-09 --plain < lines.txt   A whole meeting from a file of lines

A meeting with two cases:
  present housing-options, probation, northfield: Supported housing manager
  apology police
  statement read by chair under ISA-2025-1
  next                                    The next item; PageDown does the same
  done m9b5 on 2 april worked: It was in the archive
  go QLM-5WSH                             This case comes on the table
  Feet are healed. He is under the ring road.
  person: \"I was at the chip shop.\" to street-outreach
  wants: a room with a radiator
  need homelessness
  barrier arson blocks supported-accommodation at northfield rule Four questions, then the underwriter
  asked northfield on 2 march
  decision Northfield answers in writing why He has waited since February
  action northfield (Lettings lead) by fri: Answer the application #arson
  worked: One form, filled in with him. #arson shareable
  tell street-outreach by tue
  review next meeting
  next                                    Asks once about what is missing
  Her sister has a room.
  advocate: \"She wants to be near her daughter.\"
  action housing-options by 24 april: Viewing with her sister
  close housed
  tell housing-options by 17 april
  finish                                  Everything is saved, and the minutes are written

Along the way:
  undo, redo                              As often as you like
  correct TEXT, s/old/new/                Say the last line again, or change words in it
  defer REASON, move REF before REF, urgent REF: REASON, item TEXT 5 min, allow 5
  back, go 4, pause, resume, where, leave, help, help WORD
  anyway REASON                           Go on although something is missing; that it was chosen is recorded
  save as FILE                            When the disk is full: everything to another place";

pub(in crate::cli) fn run(context: &Context, args: &ChairArgs) -> Result<ExitCode, CommandError> {
    let (mut near, key) = context.load_near(args.meeting.as_deref())?;
    let meeting = near.loaded.casebook.meeting(key);
    let id = meeting.id.clone();
    may_be_chaired(near.loaded.casebook.meeting(key).status, &id)?;
    if let Some(room) = &args.room {
        context.may_write(room)?;
    }
    let journal = take_journal(context, &near, key)?;
    // What others wrote into the file since the meeting began is not lost: both are put together at the end.
    if let Some(base) = yaml::read_alone(journal.base(), near.loaded.casebook.names(), near.loaded.casebook.meeting(key)) {
        near.loaded.casebook.meetings[key.0 as usize] = base;
    }
    let past = Whole { near: &near, meeting: &id };
    let mut session = Session::open(&near.loaded.casebook, key, &past);
    let mut news = say_again(&mut session, &journal);
    news.extend(other_day(&near, key));
    news.iter().for_each(|line| context.ui.status(line));
    let clock = start_clock(session.clock());
    let mut behind = Behind::new(context, &near.loaded, journal, clock, args.room.as_deref());
    if let Some(trouble) = crate::terminal::Backstage::show_room(&mut behind, &session) {
        context.ui.warning(&trouble);
    }
    let is_typed = std::io::stdin().is_terminal();
    let heard = if let Some(written) = save_what_was_finished(context, &mut session, &mut behind) {
        Heard { ending: Some(Ending::Finished), written, not_in_order: 0 }
    } else if is_typed && std::io::stdout().is_terminal() && !args.plain {
        on_the_screen(&mut session, &mut behind, args.ascii, news)?
    } else {
        let lines = if is_typed { Lines::Typed } else { Lines::Piped };
        line_mode(&mut session, &mut behind, &mut Aloud { context }, lines).map_err(CommandError::unusable)?
    };
    let said_nothing = behind.leave().map_err(CommandError::unusable)?;
    end(context, &near, key, (&heard, said_nothing), args.out.as_deref())
}

/// The computer may have stopped, or the disk have failed, when the meeting was finished and not yet saved. Then it is saved now.
fn save_what_was_finished(context: &Context, session: &mut Session<'_>, behind: &mut Behind<'_>) -> Option<Vec<String>> {
    if !session.is_finished() {
        return None;
    }
    context.ui.status("The meeting was finished, and not yet saved.");
    save(session, behind).map_err(|why| why.iter().for_each(|line| context.ui.warning(line))).ok()
}

fn on_the_screen(session: &mut Session<'_>, behind: &mut Behind<'_>, ascii: bool, mut greeting: Vec<String>) -> Result<Heard, CommandError> {
    greeting.push("Type a line and press Enter. Tab completes, PageDown brings the next item, F1 is help, Ctrl-C leaves.".to_owned());
    let variable = |name: &str| std::env::var(name).ok();
    let failed = |error| CommandError::unusable(format!("the screen cannot be used: {error}")).hint("`marg chair --plain` needs less of a terminal");
    let end = full_screen(session, behind, &greeting, ascii, variable).map_err(failed)?;
    let ending = match end.ending {
        ScreenEnding::Finished => Some(Ending::Finished),
        ScreenEnding::Left => Some(Ending::Left),
        ScreenEnding::Stopped => None,
    };
    Ok(Heard { ending, written: end.written, not_in_order: 0 })
}

fn may_be_chaired(status: MeetingStatus, id: &str) -> Result<(), CommandError> {
    match status {
        MeetingStatus::Planned | MeetingStatus::Held => Ok(()),
        MeetingStatus::Agreed => Err(CommandError::usage(format!("the minutes of `{id}` are agreed, and stay as they are"))
            .hint("say what has happened since at the next meeting: `marg chair` without a name takes it")
            .hint("`marg minutes agree MEETING --undo` takes the agreement back")),
        MeetingStatus::CalledOff => {
            Err(CommandError::usage(format!("`{id}` was called off")).hint("write `status: planned` into its file if it is held after all"))
        }
    }
}

/// The journal of the meeting. One that is left over from a meeting that was saved is taken away first.
fn take_journal(context: &Context, near: &Near, key: MeetingKey) -> Result<Journal, CommandError> {
    let meeting = near.loaded.casebook.meeting(key);
    let take = || Journal::take_beside(&near.loaded.files, meeting.file, &meeting.id);
    let journal = take()?;
    if !journal.is_finished() {
        return Ok(journal);
    }
    journal.remove()?;
    context.ui.status("The meeting was saved already; what is entered now is added.");
    Ok(take()?)
}

/// Says the lines of the journal again, and tells how many there were. What cannot be understood any more, since a theme or an agency has
/// gone, is told with its words: it is not in the record, and has to be said anew.
fn say_again(session: &mut Session<'_>, journal: &Journal) -> Vec<String> {
    let entries: Vec<Entry> = journal.entries().iter().filter_map(entry_of).collect();
    if entries.is_empty() {
        return Vec::new();
    }
    let mut news = vec![format!("Going on where it stopped: {}.", n_of(entries.len(), "line", "lines"))];
    for entry in &entries {
        let reply = session.take(entry);
        if !reply.taken {
            news.push(format!("This line is not understood any more, and has to be said anew: {} ({})", entry.line, reply.refused.join(" ")));
        }
    }
    news
}

/// Somebody may have taken the wrong meeting, or the computer has the wrong day.
fn other_day(near: &Near, key: MeetingKey) -> Option<String> {
    let book = &near.loaded.casebook;
    let date = book.meeting(key).date;
    (date != book.today).then(|| format!("This is the meeting of {}, and today is {}.", day_in_words(date), day_in_words(book.today)))
}

fn entry_of(kept: &serde_json::Value) -> Option<Entry> {
    let at = kept.get("at")?.as_u64().and_then(|at| u32::try_from(at).ok())?;
    Some(Entry::new(at, kept.get("line")?.as_str()?))
}

/// What comes after the last line: the minutes and each agency's actions, if the meeting is finished.
fn end(context: &Context, near: &Near, key: MeetingKey, (heard, said_nothing): (&Heard, bool), out: Option<&Path>) -> Result<ExitCode, CommandError> {
    let id = &near.loaded.casebook.meeting(key).id;
    heard.written.iter().for_each(|line| context.ui.status(line));
    if heard.ending == Some(Ending::Finished) {
        write_papers(context, id, out)?;
    } else if said_nothing {
        context.ui.status("Nothing was entered, and nothing is kept.");
    } else {
        context.ui.status(&format!("The meeting is not finished. Everything that was entered is kept; `marg chair {id}` goes on."));
    }
    if heard.not_in_order == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    context.ui.warning(&format!("{} did not go as it stands in the lines; see above", n_of(heard.not_in_order, "thing", "things")));
    Ok(ExitCode::from(NOT_IN_ORDER))
}

fn write_papers(context: &Context, id: &str, out: Option<&Path>) -> Result<(), CommandError> {
    let (near, key) = context.load_near(Some(id))?;
    let book = &near.loaded.casebook;
    let ledger = Ledger::fold(book);
    let meeting = book.meeting(key);
    let page = release_minutes(book, &minutes(&ledger, meeting));
    let documents = render(context, &near.loaded.files, |templates| minutes_documents(templates, &page))?;
    tell_withheld(context, page.withheld());
    write_for_members(context, &near.loaded.files, out, &documents)?;
    let folder = out.map(|out| out.join("actions"));
    write_agency_files(context, &near.loaded.files, &ledger, Wanted { only: None, set_at: Some(meeting) }, folder.as_deref())
}
