//! `marg`: a toolkit for multi-agency resolution groups.
//!
//! ```text
//! workspace ─► yaml ─► model ─► analysis ─► release ─► documents, export ─► cli
//!                        └────► lint ─► findings ────────────────────────► cli
//! ```
//!
//! Everything between `workspace` and `cli` is a function from values to values. Who may import whom is a table in
//! `ARCHITECTURE.md`, and `tests/it/architecture.rs` holds it.

pub mod source;

pub mod personal;

pub mod model;

pub mod yaml;

pub mod people;

pub mod search;

pub mod workspace;

pub mod lint;

pub mod analysis;

pub mod disclosure;

pub mod release;

pub mod documents;

pub mod export;

pub mod session;

pub mod tagging;

pub mod interchange;
pub mod terminal;

pub mod cli;
