//! Texts and places in them.
//!
//! A problem anywhere in a workspace is a [`Finding`]: a code, words, and where it stands. Nothing here knows meetings, YAML
//! or the disk; what a place like `cases[2].barriers[0]` means in bytes is resolved by `yaml`, and only when somebody looks.

mod bytes;
mod finding;
mod mark;
mod place;
mod printable;
mod text;
mod words;

pub use bytes::{In, Out};
pub use finding::{Code, Finding, Severity};
pub use mark::{Marked, Outside, Yours, fingerprint, mark_as_yours, seal, without_marks};
pub use place::{At, FileId, Path, Place, Span, Step};
pub use printable::printable;
pub use text::{LineCol, line_col, line_range};
pub use words::{list_of, n_of, nearest, word_ends};
