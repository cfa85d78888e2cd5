//! The only place that prints. stdout is the answer, stderr is talk.

use std::cell::Cell;
use std::io::{self, IsTerminal as _, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::layout::fold_to;
use super::progress::ProgressLine;
use crate::source::printable;

/// Width of paragraphs when they do not go to a terminal.
const WIDTH_WHEN_PIPED: usize = 132;
/// A paragraph with longer lines is hard to read, however wide the screen.
const WIDEST: usize = 140;
/// A narrower screen than this is taken for this wide.
const NARROWEST: usize = 20;

/// How wide an answer may be.
#[derive(Clone, Copy, Default)]
pub(super) struct Widths {
    pub(super) prose: usize,
    pub(super) table: usize,
}

impl Widths {
    /// For whoever reads on by program: a row is a line.
    pub(super) fn endless() -> Self {
        Self { prose: WIDTH_WHEN_PIPED, table: usize::MAX }
    }
}

pub(super) struct Ui {
    choice: ColorChoice,
    /// The width of paragraphs.
    pub(super) width: usize,
    /// The width of tables: all of the screen; without end where there is none, so that a row is a line for whoever reads on.
    pub(super) table_width: usize,
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
        let widths = screen_width().map_or_else(Widths::endless, |screen| Widths { prose: screen.min(WIDEST), table: screen });
        Self { choice, width: widths.prose, table_width: widths.table, lost: Cell::new(false) }
    }

    /// Prints the answer. Whoever stops reading it has had enough: a closed pipe is no error. An answer that could not be written,
    /// to a full disk for example, is remembered, and the program does not end well.
    pub(super) fn answer(&self, text: &str) {
        self.written(print_to(AutoStream::new(io::stdout().lock(), self.choice), text.as_bytes()));
    }

    /// A line of a conversation: folded where it goes to a screen, and nothing in it steers that.
    pub(super) fn answer_line(&self, text: &str) {
        let lines = fold_to(&printable(text), self.table_width);
        self.answer(&format!("{}\n", lines.join("\n")));
    }

    fn written(&self, result: io::Result<()>) {
        match result {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.error(&format!("the answer could not be written: {error}"));
                self.lost.set(true);
            }
            _ => {}
        }
    }

    /// Prints an answer that is no text.
    pub(super) fn bytes(&self, bytes: &[u8]) {
        self.written(print_to(io::stdout().lock(), bytes));
    }

    /// Whether the answer goes to a screen.
    pub(super) fn to_screen(&self) -> bool {
        io::stdout().is_terminal()
    }

    pub(super) fn widths(&self) -> Widths {
        Widths { prose: self.width, table: self.table_width }
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
        self.say("", text);
    }

    pub(super) fn error(&self, text: &str) {
        self.say(&format!("{ERROR}error{ERROR:#}: "), text);
    }

    pub(super) fn warning(&self, text: &str) {
        self.say(&format!("{WARNING}warning{WARNING:#}: "), text);
    }

    pub(super) fn hint(&self, text: &str) {
        self.say(&format!("{HINT}hint{HINT:#}: "), text);
    }

    /// A sentence after a mark, folded where it goes to a screen.
    fn say(&self, mark: &str, text: &str) {
        let text = printable(text);
        let plain = anstream::adapter::strip_str(mark).to_string().len();
        let lines = fold_to(&text, self.table_width.saturating_sub(plain));
        self.talk(&format!("{mark}{}\n", lines.join("\n")));
    }

    /// Talk that is styled already; the caller has made its texts printable.
    pub(super) fn talk(&self, text: &str) {
        // There is nobody left to tell that nobody can be told.
        let _ = print_to(AutoStream::new(io::stderr().lock(), self.choice), text.as_bytes());
    }
}

fn print_to(mut stream: impl Write, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes)?;
    stream.flush()
}

/// The width to fit into, if there is one: `COLUMNS`, if somebody has set it (as `watch` does), and otherwise the terminal's.
fn screen_width() -> Option<usize> {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse::<usize>().ok()).filter(|columns| *columns > 0);
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = asked.or_else(|| if io::stdout().is_terminal() { terminal() } else { None });
    width.map(|width| width.max(NARROWEST))
}

/// The width of help: that of the screen, but not so wide that it is hard to read.
pub(super) fn help_width() -> usize {
    screen_width().map_or(super::help::WIDEST, |screen| screen.min(super::help::WIDEST))
}
