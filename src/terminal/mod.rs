//! The screen of `chair`: how keys and terminals work, and nothing of files, YAML and clocks.
//!
//! [`view`] is all that is shown, as words and numbers; [`draw`] draws it and knows nothing else.

mod draw;
mod front;
mod help;
mod keys;
mod line;
mod screen;
mod talk;
mod view;

pub use talk::Backstage;
