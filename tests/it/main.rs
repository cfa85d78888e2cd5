//! End-to-end tests: each runs the program on a workspace of its own and looks at what a person would see.
//!
//! What belongs where: a file a command; `help` is help, the manual and misspelt names, `completion` the tab key and the pages of `man`;
//! `tables` are the formats for other programs, `widths` the same answers on screens of every width; `cache` proves that a second run
//! is no different from the first; `architecture` holds the import table; `docs` keeps the generated documentation and the README true;
//! `release` proves that nothing leaves that must not; `readers` compares our reading with another reader's; `schema` is what editors are
//! told of the files; `findings` proves that what pages
//! claim is so; `gate` is `marg publish` and what a reader can work out of an edition; `mistakes` are the typical slips of people who write these files; `personal` is what names somebody in a text; `release_day` holds the plan of a day against a walk through every minute of it. `browser` opens the pages in Chromium, and
//! `outside` compares with other programs: what needs tools from outside is ignored unless asked for.

#![recursion_limit = "256"] // a theme with every field in one `json!`
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]

mod actions;
mod agenda;
mod agreement;
mod architecture;
mod barriers;
mod browser;
mod cache;
mod chair_keys;
mod chair_screen;
mod check;
mod completion;
mod cop;
mod desk;
mod docs;
mod due;
mod edits;
mod findings;
mod gate;
mod generator;
mod guide_status;
mod harness;
mod help;
mod helped;
mod hook;
mod hostile;
mod init;
mod interchange;
mod left_open;
mod minutes;
mod mistakes;
mod network;
mod outside;
mod pages;
mod people;
mod personal;
mod readers;
mod release;
mod release_day;
mod review;
mod room;
mod sample;
mod sar;
mod schema;
mod search;
mod search_index;
mod suggest;
mod tables;
mod tag;
mod tag_review;
mod take;
mod template;
mod themes_change;
mod themes_check;
mod themes_compare;
mod themes_history;
mod thread;
mod tmux;
mod trace;
mod widths;
mod word;
