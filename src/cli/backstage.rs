//! What happens behind a meeting that is chaired: its clock, its journal, the page on the wall, and saving at the end.

use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::context::Context;
use super::pages::load_templates;
use crate::documents::{Contents, Templates, room_document};
use crate::model::Timer;
use crate::release::{Position, release_room};
use crate::session::{Entry, Session, StopState};
use crate::source::printable;
use crate::terminal::{Backstage, Voice};
use crate::workspace::{Journal, Loaded, create_new, finish, write_named};

/// The time of a meeting: the seconds that had passed when it was begun or gone on with, and since when it runs.
pub(super) struct MeetingClock {
    before: u32,
    since: Instant,
}

/// Starts the clock of a meeting.
pub(super) fn start_clock(before: u32) -> MeetingClock {
    MeetingClock { before, since: Instant::now() }
}

/// Where the line mode speaks: answers to one stream, warnings to the other.
pub(super) struct Aloud<'c> {
    pub(super) context: &'c Context,
}

impl Voice for Aloud<'_> {
    fn tell(&mut self, text: &str) {
        self.context.ui.answer_line(text);
    }

    fn warn(&mut self, text: &str) {
        self.context.ui.warning(text);
    }
}

pub(super) struct Behind<'b> {
    context: &'b Context,
    loaded: &'b Loaded,
    /// Nothing once everything stands in the meeting's file.
    journal: Option<Journal>,
    clock: MeetingClock,
    room: Option<&'b Path>,
    templates: Option<Templates>,
    /// What was said of the page on the wall last: the same is not said twice.
    told: Option<String>,
}

impl<'b> Behind<'b> {
    pub(super) fn new(context: &'b Context, loaded: &'b Loaded, journal: Journal, clock: MeetingClock, room: Option<&'b Path>) -> Self {
        let templates = room.map(|_| load_templates(context, loaded.files.root()).0);
        Self { context, loaded, journal: Some(journal), clock, room, templates, told: None }
    }

    /// The meeting goes on another time. A journal in which nothing stands is taken away: it would look like a meeting in progress.
    pub(super) fn leave(mut self) -> Result<bool, String> {
        match self.journal.take() {
            Some(journal) if journal.entries().is_empty() => journal.remove().map(|()| true).map_err(|error| error.to_string()),
            _ => Ok(false),
        }
    }

    fn write_room(&self, path: &Path, templates: &Templates, session: &Session<'_>) -> Result<(), String> {
        let record = session.record();
        let page = release_room(&self.loaded.casebook, &record, position(session, self.now(), self.context));
        let made = room_document(templates, &page).or_else(|_| room_document(&Templates::new(&[]).0, &page)).map_err(|error| error.to_string())?;
        let Contents::Text(text) = made.contents else { return Ok(()) };
        write_named(path, printable(&text).as_bytes()).map_err(|error| error.to_string())
    }
}

/// Where the meeting is, as the wall shows it.
fn position(session: &Session<'_>, now: u32, context: &Context) -> Position {
    let stops = session.stops(now);
    let at = session.current();
    let timer = |time: crate::session::Time| Timer { spent: time.spent, planned: time.planned };
    let passed = stops.iter().enumerate().filter(|(n, stop)| *n == at || stop.state == StopState::Done);
    let over = |(n, stop): (usize, &crate::session::StopView)| {
        let planned = i64::from(stop.time.planned.unwrap_or(0));
        let by = i64::from(stop.time.spent) - planned;
        if n == at { by.max(0) } else { by }
    };
    Position {
        at,
        to_come: stops.iter().enumerate().filter(|(n, stop)| *n > at && stop.state == StopState::Next).map(|(n, _)| n).collect(),
        item: timer(session.time_of(at, now)),
        whole: timer(session.meeting_time(now)),
        behind: passed.map(over).sum(),
        paused: session.is_paused(),
        finished: session.is_finished(),
        clock: context.time_of_day(),
    }
}

impl Backstage for Behind<'_> {
    fn now(&self) -> u32 {
        let passed = u32::try_from(self.clock.since.elapsed().as_secs()).unwrap_or(u32::MAX);
        self.clock.before.saturating_add(passed)
    }

    fn keep(&mut self, entry: &Entry) -> Result<(), String> {
        let Some(journal) = &mut self.journal else { return Err("the meeting is saved already".to_owned()) };
        journal.append(json!({ "at": entry.at, "line": entry.line })).map_err(|error| error.to_string())
    }

    fn save_as(&mut self, path: &str, session: &Session<'_>) -> Result<String, String> {
        let path = Path::new(path);
        let lines: String = session.lines().map(|entry| format!("{}\n", entry.line)).collect();
        self.context.may_write(path).map_err(|error| error.message().to_owned())?;
        create_new(path, &lines).map_err(|error| error.to_string())?;
        let id = &session.base().id;
        Ok(format!("The lines are saved in {}. `marg chair {id} --plain < FILE` says them again.", path.display()))
    }

    fn show_room(&mut self, session: &Session<'_>) -> Option<String> {
        let (path, templates) = (self.room?, self.templates.as_ref()?);
        let trouble = self.write_room(path, templates, session).err().map(|why| format!("the page for the room could not be written: {why}"));
        let is_new = trouble.is_some() && trouble != self.told;
        self.told.clone_from(&trouble);
        trouble.filter(|_| is_new)
    }

    fn finish(&mut self, session: &Session<'_>) -> Result<Vec<String>, Vec<String>> {
        let Some(journal) = &mut self.journal else { return Ok(Vec::new()) };
        let root = self.loaded.files.root();
        let names = self.loaded.casebook.names();
        let saved = finish(root, self.context.clock, names, journal, session.base(), &session.record());
        let saved = saved.map_err(|error| {
            let hints = error.hints();
            let kept = "Everything that was entered is kept. Mend what stands above, and say `finish` again.".to_owned();
            std::iter::once(error.to_string()).chain(hints).chain([kept]).collect::<Vec<_>>()
        })?;
        // The file says everything. Should the journal stay, the next start takes it away.
        if let Some(journal) = self.journal.take()
            && let Err(error) = journal.remove()
        {
            return Ok(vec![format!("Saved in {}.", saved.path), error.to_string()]);
        }
        Ok(vec![format!("Saved in {}.", saved.path)])
    }
}
