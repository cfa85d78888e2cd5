//! One file a command: its arguments, whose comments are the help, and one function that loads, asks and tells.

pub(super) mod actions;
pub(super) mod agreement;
pub(super) mod barriers;
pub(super) mod case;
mod cases;
pub(super) mod check;
pub(super) mod completions;
mod detail;
pub(super) mod guide;
pub(super) mod help;
pub(super) mod init;
pub(super) mod man;
pub(super) mod meetings;
pub(super) mod minutes;
pub(super) mod report;
pub(super) mod schema;
pub(super) mod template;
mod template_check;
pub(super) mod themes;
mod themes_exchange;
