//! YAML text ⇄ model: the only folder that knows the file formats.
//!
//! A file is read into the structs of `raw`, which mirror it, by serde. That is the fast road, and nearly every file takes it.
//! A file that cannot be read so is read again, slowly, as a `tree` of values with their places; `shape` compares the tree
//! with the schema of the same structs, says everything that does not fit, and hands on what does. Either way `check` turns
//! the raw structs into the model, and pushes every problem it meets.

mod check;
pub mod codes;
mod decisions;
mod edit;
mod fields;
mod locate;
mod plain;
mod published;
mod raw;
mod read;
mod record;
mod reference;
mod scalars;
mod schema;
mod shape;
mod syntax;
mod tree;
mod write_stone;
mod write_theme;

pub use check::{
    CheckedFile, Vocabulary, check_group, check_meeting, check_plan, check_second_tags, check_theme, check_together, ids_in, rests_on_others, themes_fit,
};
pub use decisions::{MarkDecision, decisions_text, read_decisions};
pub use edit::{Clash, Remark, Rethemed, Why, amend, amend_between, amend_theme, look_again, new_meeting, read_alone, read_theme_alone, retheme, themes_named};
pub use locate::locate;
pub use published::{published_text, read_published};
pub use raw::{RawGroup, RawMeeting, RawPlan, RawSecondTags, RawTheme};
pub use read::{read_group, read_meeting, read_plan, read_second_tags, read_theme};
pub use record::{is_record, record_fingerprint};
pub use reference::field_reference;
pub use scalars::{Scalar, scalars};
pub use schema::{FileKind, OwnNames, schema};
pub use write_stone::forgotten_stone;
pub use write_theme::new_theme;
