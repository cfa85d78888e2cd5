//! The only place that prints. stdout is the answer, stderr is talk.

use std::cell::Cell;
use std::io::{self, IsTerminal as _, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::progress::ProgressLine;
use crate::source::printable;

/// Width of the answer when it does not go to a terminal.
const WIDTH_WHEN_PIPED: usize = 132;
/// A line longer than this is hard to read, however wide the screen.
const WIDEST: usize = 140;

pub(super) struct Ui {
    choice: ColorChoice,
    pub(super) width: usize,
    lost: Cell<bool>,
}

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default();

impl Ui {
    pub(super) fn new(color: clap::ColorChoice) -> Self {
        // `Auto` leaves it to the stream: a terminal, and no NO_COLOR.
        let choice = match color {
            clap::ColorChoice::Auto => ColorChoice::Auto,
            clap::ColorChoice::Always => ColorChoice::Always,
            clap::ColorChoice::Never => ColorChoice::Never,
        };
        Self { choice, width: width(), lost: Cell::new(false) }
    }

    /// Prints the answer. Whoever stops reading it has had enough: a closed pipe is no error. An answer that could not be written,
    /// to a full disk for example, is remembered, and the program does not end well.
    pub(super) fn answer(&self, text: &str) {
        match print_to(AutoStream::new(io::stdout().lock(), self.choice), text) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.error(&format!("the answer could not be written: {error}"));
                self.lost.set(true);
            }
            _ => {}
        }
    }

    /// Whether part of the answer could not be written.
    pub(super) fn lost_answer(&self) -> bool {
        self.lost.get()
    }

    /// A line for work that may take long.
    pub(super) fn progress(&self) -> ProgressLine {
        ProgressLine::new()
    }

    /// News about the work, as a full sentence.
    pub(super) fn status(&self, text: &str) {
        self.talk(&format!("{}\n", printable(text)));
    }

    pub(super) fn error(&self, text: &str) {
        self.talk(&format!("{ERROR}error{ERROR:#}: {}\n", printable(text)));
    }

    pub(super) fn warning(&self, text: &str) {
        self.talk(&format!("{WARNING}warning{WARNING:#}: {}\n", printable(text)));
    }

    pub(super) fn hint(&self, text: &str) {
        self.talk(&format!("{HINT}hint{HINT:#}: {}\n", printable(text)));
    }

    /// Talk that is styled already; the caller has made its texts printable.
    pub(super) fn talk(&self, text: &str) {
        // There is nobody left to tell that nobody can be told.
        let _ = print_to(AutoStream::new(io::stderr().lock(), self.choice), text);
    }
}

fn print_to(mut stream: impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

fn width() -> usize {
    if !io::stdout().is_terminal() {
        return WIDTH_WHEN_PIPED;
    }
    terminal_size::terminal_size().map_or(WIDTH_WHEN_PIPED, |(width, _)| usize::from(width.0)).min(WIDEST)
}
