//! End-to-end tests: each runs the program on a workspace of its own and looks at what a person would see.
//!
//! What belongs where: a file a command; `architecture` holds the import table; `docs` keeps the generated documentation and the
//! README true; `release` proves that nothing leaves that must not; `readers` compares our reading with another reader's;
//! `browser` opens the pages in Chromium, and `outside` compares with other programs: both need tools and are ignored unless asked for;
//! `mistakes` are the typical slips of people who write these files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]

mod architecture;
mod barriers;
mod browser;
mod check;
mod desk;
mod docs;
mod generator;
mod harness;
mod hostile;
mod init;
mod mistakes;
mod outside;
mod pages;
mod readers;
mod release;
mod sample;
