//! The session itself: hears lines, takes them back, and says them again.

use super::line::{self, LONGEST};
use super::reply::{Ending, Entry, Past, Reply};
use super::state::{State, Table};
use super::words::{self, Verb};
use crate::model::{Casebook, Directories, Ledger, Meeting, MeetingKey};

/// A meeting that is being chaired.
pub struct Session<'a> {
    pub(super) table: Table<'a>,
    pub(super) now: Said,
    /// As it was before the last line, should that not reach the disk.
    before: Option<Said>,
}

/// What has been said, and what came of it.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) state: State,
    /// The lines that count, in order; whether each did nothing but ask.
    lines: Vec<(Entry, bool)>,
    /// Lines that were taken back, the last on top; each with the questions that belong to it.
    undone: Vec<Vec<(Entry, bool)>>,
    /// The line that was refused last, which `correct` mends.
    refused: Option<String>,
}

impl<'a> Session<'a> {
    /// Begins a meeting as its file has it. The casebook may hold only those meetings that matter for the cases on the agenda.
    pub fn open(book: &'a Casebook, meeting: MeetingKey, past: &'a dyn Past) -> Self {
        let base = book.meeting(meeting);
        let table = Table { book, ledger: Ledger::fold(book), base, names: Directories::of(book.names()), past };
        let now = Said { state: State::start(&table), lines: Vec::new(), undone: Vec::new(), refused: None };
        Self { table, now, before: None }
    }

    /// Hears a line, and answers. What has to be kept on disk stands in [`Reply::keep`]; when the disk refuses it, [`Self::take_back`].
    pub fn take(&mut self, entry: &Entry) -> Reply {
        let before = self.now.clone();
        let reply = self.now.take(&self.table, entry);
        self.before = Some(before);
        reply
    }

    /// As if the last line had not been said.
    pub fn take_back(&mut self) {
        if let Some(before) = self.before.take() {
            self.now = before;
        }
    }

    /// Hears many lines, such as pasted ones: each is taken or refused alone.
    pub fn take_all<'l>(&mut self, at: u32, lines: impl IntoIterator<Item = &'l str>) -> Vec<(&'l str, Reply)> {
        lines.into_iter().filter(|line| !line.trim().is_empty()).map(|line| (line, self.take(&Entry::new(at, line)))).collect()
    }

    /// The meeting as its file had it.
    pub fn base(&self) -> &'a Meeting {
        self.table.base
    }

    /// The meeting as recorded so far.
    pub fn record(&self) -> Meeting {
        self.now.state.record(self.table.base)
    }

    /// The lines that count, in order: without those that were taken back.
    pub fn lines(&self) -> impl Iterator<Item = &Entry> {
        self.now.lines.iter().map(|(entry, _)| entry)
    }

    pub fn is_finished(&self) -> bool {
        self.now.state.ending == Some(Ending::Finished)
    }
}

impl Said {
    fn take(&mut self, table: &Table<'_>, entry: &Entry) -> Reply {
        if entry.line.len() > LONGEST {
            return Reply::refusing(format!("This line has more than {LONGEST} signs: say it in several."));
        }
        let line = line::clean(&entry.line);
        if line.is_empty() {
            return Reply { taken: true, ..Reply::default() };
        }
        let refused = self.refused.take();
        let mut reply = self.answer(table, entry.at, &line, refused.as_deref());
        if reply.taken {
            // A correction of what was refused is kept as what it came to.
            reply.keep = reply.keep.take().map(|kept| Entry { at: entry.at, ..kept });
        } else {
            // A correction that mended nothing is not itself to be corrected.
            self.refused = mended(&line, refused.as_deref()).or(if is_correction(&line) { refused } else { Some(line) });
        }
        reply
    }

    fn answer(&mut self, table: &Table<'_>, at: u32, line: &str, refused: Option<&str>) -> Reply {
        if let Some(text) = mended(line, refused.or_else(|| self.last_line())) {
            return match refused {
                _ if is_correction(&text) => Reply::refusing("A correction says the line itself, and not another correction."),
                Some(_) => self.fold(table, at, &text),
                None => self.replace(table, at, line, &text),
            };
        }
        if is_substitution(line) {
            return Reply::refusing("There is no such text in the last line, so that nothing was changed. `s/old/new/` changes words in it.");
        }
        match words::leading(line).filter(|(word, rest)| super::hear::is_meant(word, rest)) {
            Some((word, rest)) => match word.verb {
                Verb::Undo => self.undo(table, at),
                Verb::Redo => self.redo(table, at),
                Verb::Correct => Reply::refusing("Nothing has been said yet that could be corrected. `correct TEXT` says the last line again, rightly."),
                Verb::Help => Reply::showing(super::help::help(rest.text)),
                Verb::Show => Reply::showing(super::view::in_words(table, &self.state)),
                Verb::Leave => Reply { ending: Some(Ending::Left), ..Reply::showing(Vec::new()) },
                _ => self.fold(table, at, line),
            },
            None => self.fold(table, at, line),
        }
    }

    /// A line that changes the record, if it is not refused.
    fn fold(&mut self, table: &Table<'_>, at: u32, line: &str) -> Reply {
        let mut state = self.state.clone();
        state.tick(at);
        match state.hear(table, line) {
            Ok(mut reply) => {
                let entry = Entry::new(at, line);
                self.state = state;
                self.lines.push((entry.clone(), reply.only_asks()));
                self.undone.clear();
                reply.keep = Some(entry);
                reply
            }
            Err(why) => Reply::refusing(why),
        }
    }

    fn last_line(&self) -> Option<&str> {
        self.lines.iter().rev().find(|(_, only_asked)| !only_asked).map(|(entry, _)| entry.line.as_str())
    }

    /// Takes the last line back, with the questions that came after it.
    fn drop_last(&mut self, table: &Table<'_>) -> Option<Vec<(Entry, bool)>> {
        let last = self.lines.iter().rposition(|(_, only_asked)| !only_asked)?;
        let dropped = self.lines.split_off(last);
        let mut state = State::start(table);
        for (entry, _) in &self.lines {
            state.tick(entry.at);
            // What was taken once is taken again: the same lines give the same state.
            let _ = state.hear(table, &entry.line);
        }
        self.state = state;
        Some(dropped)
    }

    fn undo(&mut self, table: &Table<'_>, at: u32) -> Reply {
        let was = self.state.at;
        let Some(dropped) = self.drop_last(table) else {
            return Reply::refusing("Nothing has been said yet that could be undone.");
        };
        let line = dropped.first().map_or("", |(entry, _)| entry.line.as_str()).to_owned();
        self.undone.push(dropped);
        let moved = Some(self.state.at).filter(|now| *now != was);
        Reply { keep: Some(Entry::new(at, "undo")), moved, ..Reply::echo(format!("Undone: {line}")) }
    }

    fn redo(&mut self, table: &Table<'_>, at: u32) -> Reply {
        let was = self.state.at;
        let Some(lines) = self.undone.pop() else {
            return Reply::refusing("Nothing was undone, or something else has been said since.");
        };
        let line = lines.first().map_or("", |(entry, _)| entry.line.as_str()).to_owned();
        for (entry, only_asked) in lines {
            self.state.tick(entry.at);
            let _ = self.state.hear(table, &entry.line);
            self.lines.push((entry, only_asked));
        }
        let moved = Some(self.state.at).filter(|now| *now != was);
        Reply { keep: Some(Entry::new(at, "redo")), moved, ending: self.state.ending, ..Reply::echo(format!("Done again: {line}")) }
    }

    /// Says another line in the place of the last one.
    fn replace(&mut self, table: &Table<'_>, at: u32, line: &str, text: &str) -> Reply {
        let before = self.clone();
        let said = self.drop_last(table).and_then(|dropped| dropped.into_iter().next()).map_or(at, |(entry, _)| entry.at);
        let mut reply = self.fold(table, said, text);
        if !reply.taken {
            *self = before;
            reply.refused.push("The last line stays as it was.".to_owned());
            return reply;
        }
        reply.keep = Some(Entry::new(at, line));
        reply
    }
}

fn is_correction(line: &str) -> bool {
    is_substitution(line) || words::leading(line).is_some_and(|(word, _)| word.verb == Verb::Correct)
}

fn is_substitution(line: &str) -> bool {
    line.starts_with("s/") && line.matches('/').count() >= 2
}

/// What a correction makes of a line: `correct TEXT`, or `s/old/new/`. Nothing when the line is no correction, or there is nothing to correct.
fn mended(line: &str, last: Option<&str>) -> Option<String> {
    let last = last?;
    if is_substitution(line) {
        let mut parts = line[2..].splitn(3, '/');
        let (old, new) = (parts.next()?, parts.next()?);
        return last.contains(old).then(|| last.replacen(old, new, 1)).filter(|_| !old.is_empty());
    }
    let (word, rest) = words::leading(line)?;
    (word.verb == Verb::Correct && !rest.text.is_empty()).then(|| rest.text.to_owned())
}
