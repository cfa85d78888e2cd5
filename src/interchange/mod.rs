//! Codebooks to and from other programs, and a project for those that analyse texts.
//!
//! A codebook names nobody. A project holds what was said of people: it is for members, as the tables at the desk are, and `cli` keeps it
//! out of the workspace.

mod capture;
mod compare;
mod describe;
mod draft;
mod entry;
mod passages;
mod project;
mod qdc;
mod sheet;
mod theme_text;

use uuid::Uuid;

pub use capture::{Captured, MARKING, Problem, Read, Sheet, fill, read_capture_csv, read_capture_word, sheet_csv, sheet_markdown};
pub use compare::{Compared, Standing, compare};
pub use draft::{Clash, Conflict, Taken, take_draft};
pub use entry::{Entry, MAX_BYTES, MAX_ENTRIES, Trouble};
pub use project::{Project, project};
pub use qdc::{read_qdc, write_qdc};
pub use sheet::{COLUMNS, read_csv, row, write_csv};
pub use theme_text::{put_texts, text_of};

/// The id of a thing in files of other programs, made from its path (RFC 9562, version 5): the same in every export.
fn guid(path: &str) -> Uuid {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:marg:interchange:1");
    Uuid::new_v5(&namespace, path.as_bytes())
}
