//! One file a command: its arguments, whose comments are the help, and one function that loads, asks and tells.

pub(super) mod actions;
pub(super) mod agenda;
pub(super) mod barriers;
pub(super) mod case;
mod cases;
pub(super) mod chair;
pub(super) mod check;
pub(super) mod completions;
mod detail;
pub(super) mod due;
pub(super) mod guide;
pub(super) mod help;
pub(super) mod init;
pub(super) mod man;
pub(super) mod meetings;
pub(super) mod minutes;
mod minutes_agree;
pub(super) mod report;
pub(super) mod schema;
pub(super) mod suggest;
mod suggest_evaluate;
pub(super) mod template;
mod template_check;
pub(super) mod themes;
mod themes_compare;
mod themes_history;
