//! Finding what was written: the words of every file, kept so that a question is answered without reading the files.
//!
//! A *shard* holds the words of some files, as bytes: for each word the texts that have it and the places where it stands in them. `build`
//! makes one, `shard` reads one where it lies, `find` looks through them and puts the texts in order. Where the bytes are kept, and whether
//! they may still be believed, is the business of `workspace`.

mod build;
mod deeds;
mod excerpt;
mod find;
mod guess;
mod helped;
mod ledger;
mod question;
mod shard;
mod texts;

pub use build::{Builder, FileFacts, Health};
pub use deeds::{Deed, Kind, Verdict, deeds_of};
pub use excerpt::{Excerpt, excerpt};
pub use find::{Found, Hit, Need, Whole, day_number, find, hits, rank};
pub use guess::guess;
pub use helped::{AtHand, Help, Reason, helped, telling};
pub use ledger::write_deeds;
pub use question::{NAMES, Part, Question, Wanted, one, parts};
pub use shard::{File, HEAD_BYTES, Head, Lists, Shard};
pub use texts::{Text, What, texts_of_meeting, texts_of_theme};
