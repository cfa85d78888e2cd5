//! The queue of discussions as plain lines: for screen readers, for slow lines and for scripts.

use std::cell::RefCell;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::plain::{Lines, Voice};
use super::review::{Heard, Review};

/// Works through the queue line by line. Says how many lines of a script were not taken.
///
/// # Errors
///
/// When no more lines can be read. Every decision is on disk.
pub fn review_lines(review: &mut Review<'_>, voice: &mut dyn Voice, lines: Lines) -> Result<usize, String> {
    let review = &RefCell::new(review);
    let config = Config::builder().completion_type(CompletionType::List).auto_add_history(true).build();
    let mut editor: Editor<Help<'_, '_>, MemHistory> = Editor::with_history(config, MemHistory::new()).map_err(|error| error.to_string())?;
    editor.set_helper((lines == Lines::Typed).then_some(Help { review }));
    if lines == Lines::Typed {
        voice.tell("y accepts what is suggested, n refuses it, a theme's name tags, next goes on, q leaves; help lists the rest. Everything is saved at once.");
        show(&review.borrow(), voice);
    }
    let (mut number, mut not_taken) = (0, 0);
    loop {
        let prompt = format!("{}> ", review.borrow().place().split(',').next().unwrap_or_default());
        let line = match editor.readline(&*crate::source::printable(&prompt)) {
            Ok(line) => line,
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(not_taken),
            Err(error) => return Err(format!("no more lines can be read: {error}")),
        };
        number += 1;
        // With nothing typed, one goes on.
        let line = if line.trim().is_empty() && lines == Lines::Typed { "next".to_owned() } else { line };
        let heard = review.borrow_mut().hear(&line);
        tell(&heard, voice, (lines == Lines::Piped).then_some(number));
        not_taken += usize::from(!heard.taken);
        if heard.left {
            return Ok(not_taken);
        }
        if heard.moved && lines == Lines::Typed {
            show(&review.borrow(), voice);
        }
    }
}

fn show(review: &Review<'_>, voice: &mut dyn Voice) {
    review.in_words().iter().for_each(|line| voice.tell(line));
}

fn tell(heard: &Heard, voice: &mut dyn Voice, number: Option<usize>) {
    heard.said.iter().for_each(|text| voice.tell(text));
    let number = number.map_or(String::new(), |number| format!("line {number}: "));
    heard.refused.iter().for_each(|why| voice.warn(&format!("{number}{why}")));
}

struct Help<'r, 't> {
    review: &'r RefCell<&'r mut Review<'t>>,
}

impl Helper for Help<'_, '_> {}
impl Highlighter for Help<'_, '_> {}
impl Validator for Help<'_, '_> {}

impl Hinter for Help<'_, '_> {
    type Hint = String;
}

impl Completer for Help<'_, '_> {
    type Candidate = Pair;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (from, found) = self.review.borrow().complete(line, at);
        Ok((from, found.into_iter().map(|(replacement, label)| Pair { display: crate::source::printable(&label).into_owned(), replacement }).collect()))
    }
}
