//! What a line that somebody enters goes through, on the screen as in the line mode: the session hears it, it is put on disk, and at the
//! end everything is saved.

use crate::session::{Ending, Entry, Reply, Session};

/// What happens behind the meeting: the clock, the disk, the page on the wall.
pub trait Backstage {
    /// Seconds of meeting time.
    fn now(&self) -> u32;

    /// Puts a line on disk, before the next is asked for.
    ///
    /// # Errors
    ///
    /// In words, when the disk refuses. Then the line counts as not said.
    fn keep(&mut self, entry: &Entry) -> Result<(), String>;

    /// Saves what was entered to another place.
    ///
    /// # Errors
    ///
    /// In words, when that place cannot be written either.
    fn save_as(&mut self, path: &str, session: &Session<'_>) -> Result<String, String>;

    /// Brings the page on the wall up to date, if there is one. What is wrong with it is said once.
    fn show_room(&mut self, session: &Session<'_>) -> Option<String>;

    /// Saves the meeting, and writes what comes of it. Says where.
    ///
    /// # Errors
    ///
    /// In words, when the meeting's file was not changed. Everything is still there.
    fn finish(&mut self, session: &Session<'_>) -> Result<Vec<String>, Vec<String>>;
}

/// What came of a line.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) reply: Reply,
    /// Something that must be seen to before the meeting can go on, or end.
    pub(super) trouble: Vec<String>,
    /// What was written at the end, and where.
    pub(super) written: Vec<String>,
    pub(super) ending: Option<Ending>,
}

/// Says a line to the meeting.
pub(super) fn say(session: &mut Session<'_>, back: &mut dyn Backstage, line: &str) -> Said {
    if let Some(path) = save_as(line) {
        return match back.save_as(path, session) {
            Ok(where_to) => Said { reply: Reply { taken: true, shows: vec![where_to], ..Reply::default() }, ..Said::default() },
            Err(why) => Said { trouble: vec![why], ..Said::default() },
        };
    }
    let reply = session.take(&Entry::new(back.now(), line));
    if let Some(Err(why)) = reply.keep.as_ref().map(|entry| back.keep(entry)) {
        session.take_back();
        let trouble =
            vec![why, "What was entered before is safe. This line is not: it stays here. `save as PATH` writes everything to another place.".to_owned()];
        return Said { trouble, ..Said::default() };
    }
    let mut said = Said { ending: reply.ending, reply, ..Said::default() };
    if said.ending == Some(Ending::Finished) {
        match save(session, back) {
            Ok(written) => said.written = written,
            Err(why) => (said.trouble, said.ending) = (why, None),
        }
    }
    said.trouble.extend(back.show_room(session));
    said
}

/// Saves a meeting that is finished. Says where.
///
/// # Errors
///
/// In words, when it could not be saved. Then it is not over.
pub fn save(session: &mut Session<'_>, back: &mut dyn Backstage) -> Result<Vec<String>, Vec<String>> {
    back.finish(session).inspect_err(|_| reopen(session, back))
}

fn reopen(session: &mut Session<'_>, back: &mut dyn Backstage) {
    let undone = session.take(&Entry::new(back.now(), "undo"));
    if let Some(entry) = undone.keep {
        // Should this not reach the disk either, whoever goes on with the meeting is asked to finish it: nothing is lost.
        let _ = back.keep(&entry);
    }
}

/// Where everything is to be saved, if a line asks for that.
fn save_as(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("save as ").or_else(|| line.trim().strip_prefix("Save as "))?;
    Some(rest.trim()).filter(|path| !path.is_empty())
}
