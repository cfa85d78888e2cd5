//! The screen of `chair`: how keys and terminals work, and nothing of files, YAML and clocks.
//!
//! `view` is all that is shown, as words and numbers; `draw` draws it and knows nothing else.

mod draw;
mod floor;
mod front;
mod help;
mod keys;
mod line;
mod plain;
mod review;
mod review_lines;
mod screen;
mod talk;
mod view;

pub use floor::{ScreenEnd, full_screen};
pub use front::Ending as ScreenEnding;
pub use plain::{Heard, Lines, Voice, line_mode};
pub use review::{Doing, Entry as CodebookEntry, Look as ReviewLook, NotDone, Proposal, Put, Review, Tagger, review_screen};
pub use review_lines::review_lines;
pub use talk::{Backstage, save};
