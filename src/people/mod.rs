//! Who is behind a ref: the book of people, its keys, and how both are sealed.
//!
//! Values only: bytes in, bytes out. Where they lie is `workspace`'s affair. Nothing here can be printed by accident: what holds a name has
//! no `Debug`, no error carries a value, and plaintext is wiped when it is let go.

mod book;
mod crypt;
mod entry;
mod refs;

pub use book::{Book, BookError, Holder, Person, Reference};
pub use crypt::{Keys, OpenError, Recipients, SealError, is_recipient, new_key, open, seal};
pub use entry::{EntryError, Wrong, person, read_csv};
pub use refs::{NoChance, new_ref, random_from_system};
pub use zeroize::Zeroizing;
