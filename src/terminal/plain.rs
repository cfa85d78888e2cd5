//! The line mode: prompts and lines, for screen readers, for slow lines and for scripts. Nothing is painted over: what was said stays.
//!
//! From a pipe it reads the same lines the same way, and says on the other stream which of them it could not take.

use std::cell::RefCell;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::talk::{Backstage, Said, say};
use crate::session::{Ending, Session};

/// Where the line mode speaks.
pub trait Voice {
    /// What the meeting answers.
    fn tell(&mut self, text: &str);
    /// What somebody has to see to.
    fn warn(&mut self, text: &str);
}

/// How the lines ended.
#[derive(Debug, Default)]
pub struct Heard {
    /// Nothing when there were no more lines.
    pub ending: Option<Ending>,
    /// What was written at the end, and where.
    pub written: Vec<String>,
    /// How many lines of a script were not taken, or went where they may not have been meant to go.
    pub not_in_order: usize,
}

/// Whether somebody answers, or the lines come from a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    Typed,
    Piped,
}

/// Asks for lines and hears them, until the meeting is finished or left.
///
/// # Errors
///
/// When no more lines can be read. What was entered is on disk.
pub fn line_mode(session: &mut Session<'_>, back: &mut dyn Backstage, voice: &mut dyn Voice, lines: Lines) -> Result<Heard, String> {
    let session = &RefCell::new(session);
    let config = Config::builder().completion_type(CompletionType::List).auto_add_history(true).build();
    let mut editor: Editor<Help<'_, '_, '_>, MemHistory> = Editor::with_history(config, MemHistory::new()).map_err(|error| error.to_string())?;
    editor.set_helper((lines == Lines::Typed).then_some(Help { session }));
    let mut clerk = Clerk { voice, lines, line: 0, asked: None, refused: None, heard: Heard::default() };
    clerk.opening(&session.borrow());
    loop {
        let prompt = prompt(&session.borrow());
        let line = match editor.readline(&prompt) {
            Ok(line) => line,
            Err(ReadlineError::Interrupted) => {
                clerk.voice.tell("`leave` ends here and goes on another time; `finish` closes the meeting. Nothing is lost.");
                continue;
            }
            Err(ReadlineError::Eof) => return Ok(clerk.done(None)),
            Err(error) => return Err(format!("no more lines can be read: {error}")),
        };
        let said = say(&mut session.borrow_mut(), back, &line);
        clerk.answer(&session.borrow(), &line, &said);
        if said.ending.is_some() {
            clerk.heard.written = said.written;
            return Ok(clerk.done(said.ending));
        }
    }
}

/// The item on the table, so that it is always known where a line goes.
fn prompt(session: &Session<'_>) -> String {
    let stops = session.stops(session.clock());
    let label = stops.get(session.current()).map_or("", |stop| stop.label.as_str());
    format!("{}> ", crate::source::printable(&label.chars().take(40).collect::<String>()))
}

/// Says what comes of each line, and keeps count of what did not go as it should.
struct Clerk<'v> {
    voice: &'v mut dyn Voice,
    lines: Lines,
    /// The number of the line.
    line: usize,
    /// The line that asked something instead of moving on, and how much was missing then.
    asked: Option<(usize, String, usize)>,
    /// The line that was refused last: a correction may still mend it.
    refused: Option<usize>,
    heard: Heard,
}

impl Clerk<'_> {
    fn opening(&mut self, session: &Session<'_>) {
        let stops = session.stops(session.clock());
        let case = |n: usize| crate::source::n_of(n, "case", "cases");
        let n_cases = stops.iter().filter(|stop| stop.is_case).count();
        self.voice.tell(&format!("{} items on the agenda, {}. `help` lists the words, `where` says where we are.", stops.len(), case(n_cases)));
        self.table(session);
    }

    fn answer(&mut self, session: &Session<'_>, line: &str, said: &Said) {
        self.line += 1;
        for text in said.reply.echo.iter().chain(&said.reply.arrived).chain(&said.reply.shows) {
            self.voice.tell(text);
        }
        if !said.reply.questions.is_empty() {
            self.ask(&said.reply.questions);
        }
        self.follow(session, line, said);
        let number = match self.lines {
            Lines::Piped => format!("line {}: ", self.line),
            Lines::Typed => String::new(),
        };
        for why in said.reply.refused.iter().chain(&said.trouble) {
            self.voice.warn(&format!("{number}{why}"));
        }
        if !said.reply.taken || !said.trouble.is_empty() {
            self.heard.not_in_order += 1;
        }
        self.mended(line, said);
        if said.reply.moved.is_some() && said.ending.is_none() {
            self.table(session);
        }
    }

    /// A line that was refused and then said rightly is in order.
    fn mended(&mut self, line: &str, said: &Said) {
        let corrects = line.trim_start().to_lowercase().starts_with("correct") || line.trim_start().starts_with("s/");
        if said.reply.taken && corrects && self.refused.take().is_some() {
            self.heard.not_in_order -= 1;
        }
        self.refused = if said.reply.taken { None } else { Some(self.line) };
    }

    fn ask(&mut self, questions: &[String]) {
        let text = questions.join("\n");
        match self.lines {
            Lines::Typed => self.voice.tell(&text),
            Lines::Piped => self.voice.warn(&format!("line {}: {text}", self.line)),
        }
    }

    /// In a script nobody reads what is asked. Where a line went on as if nothing had been, that is said: it may belong to another case.
    fn follow(&mut self, session: &Session<'_>, line: &str, said: &Said) {
        let missing = session.missing().len();
        if let Some((number, asked, before)) = self.asked.take() {
            let goes_on = said.reply.moved.is_some() || said.ending.is_some() || line.trim().eq_ignore_ascii_case(&asked);
            if self.lines == Lines::Piped && !goes_on && missing >= before && !said.reply.echo.is_empty() {
                let label = session.stops(session.clock()).get(session.current()).map(|stop| stop.label.clone()).unwrap_or_default();
                self.voice.warn(&format!("line {}: this was recorded for {label}, which line {number} did not leave: it asked something first", self.line));
                self.heard.not_in_order += 1;
            } else if !goes_on && missing > 0 {
                // Half an answer: the question stands.
                self.asked = Some((number, asked, missing));
            }
        }
        if !said.reply.questions.is_empty() {
            self.asked = Some((self.line, line.trim().to_owned(), missing));
        }
    }

    /// What there is to know of the item that is on the table now.
    fn table(&mut self, session: &Session<'_>) {
        if self.lines == Lines::Piped {
            return;
        }
        session.on_the_table().iter().for_each(|line| self.voice.tell(line));
    }

    fn done(mut self, ending: Option<Ending>) -> Heard {
        self.heard.ending = ending;
        self.heard
    }
}

/// Completion and hints, from the session.
struct Help<'c, 's, 'a> {
    session: &'c RefCell<&'s mut Session<'a>>,
}

impl Helper for Help<'_, '_, '_> {}
impl Highlighter for Help<'_, '_, '_> {}
impl Validator for Help<'_, '_, '_> {}

impl Hinter for Help<'_, '_, '_> {
    type Hint = String;
}

impl Completer for Help<'_, '_, '_> {
    type Candidate = Pair;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let completion = self.session.borrow().complete(line, at);
        let shown = |text: &str| crate::source::printable(text).replace('\n', " ");
        let pair = |candidate: crate::session::Candidate| {
            let detail = if candidate.detail.is_empty() { String::new() } else { format!(": {}", shown(&candidate.detail)) };
            Pair { display: format!("{}{detail}", shown(&candidate.label)), replacement: candidate.insert }
        };
        Ok((completion.range.start, completion.candidates.into_iter().map(pair).collect()))
    }
}
