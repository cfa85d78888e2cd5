//! A meeting while it is being chaired.
//!
//! The session is a plain value, folded from the lines that were said and accepted: [`Session::take`] hears a line and answers. It owns no
//! terminal, reads no clock and writes no file. So undoing is leaving the last line out and folding again, and going on after a crash is
//! saying the lines of the journal again.

mod agenda;
mod agreed;
mod chair;
mod complete;
mod dates;
mod earlier;
mod hear;
mod help;
mod line;
mod obstacles;
mod people;
mod prompts;
mod reply;
mod state;
mod view;
mod words;

pub use chair::Session;
pub use complete::{Candidate, Completion};
pub use dates::in_words as day_in_words;
pub use help::{help, reference};
pub use reply::{Ending, Entry, Past, Recollection, Reply};
pub use state::Logged;
pub use view::{CaseView, LastTime, OpenAction, PastBarrier, Presence, StopState, StopView, Time};
pub use words::{WORDS, Word, Words};

#[cfg(test)]
mod tests;
