//! YAML text ⇄ model: the only folder that knows the file formats.
//!
//! A file is read into the structs of `raw`, which mirror it, by serde. That is the fast road, and nearly every file takes it.
//! A file that cannot be read so is read again, slowly, as a `tree` of values with their places; `shape` compares the tree
//! with the schema of the same structs, says everything that does not fit, and hands on what does. Either way `check` turns
//! the raw structs into the model, and pushes every problem it meets.

mod check;
pub mod codes;
mod edit;
mod fields;
mod locate;
mod plain;
mod raw;
mod read;
mod record;
mod reference;
mod schema;
mod shape;
mod syntax;
mod tree;
mod write_theme;

pub use check::{CheckedFile, Vocabulary, check_group, check_meeting, check_plan, check_second_tags, check_theme, check_together, ids_in, rests_on_others, themes_fit};
pub use edit::{Clash, Remark, Why, amend, amend_between, new_meeting, read_alone};
pub use locate::locate;
pub use raw::{RawGroup, RawMeeting, RawPlan, RawSecondTags, RawTheme};
pub use read::{read_group, read_meeting, read_plan, read_second_tags, read_theme};
pub use record::record_fingerprint;
pub use reference::field_reference;
pub use schema::{FileKind, OwnNames, schema};
pub use write_theme::new_theme;
