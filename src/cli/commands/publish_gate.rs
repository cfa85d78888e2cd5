//! What may not be in anything that leaves: every line is looked at once more, as it will be read.

use crate::cli::error::CommandError;
use crate::personal::{Finder, Found};
use crate::source::n_of;

/// Something in a line that could be somebody.
pub(super) struct Objection {
    page: String,
    kind: &'static str,
    masked: String,
}

/// Everything in the lines that names somebody, or could: what would be a warning elsewhere is one too many here.
pub(super) fn objections(says: &[(String, Vec<String>)]) -> Vec<Objection> {
    let finder = Finder::default();
    let in_line = |page: &String, line: &String| -> Vec<Objection> {
        let found = finder.find(line).into_iter().filter(|found| !found.nobodys);
        found.map(|Found { kind, masked, .. }| Objection { page: page.clone(), kind: kind.words(), masked }).collect()
    };
    let mut all: Vec<Objection> = says.iter().flat_map(|(page, lines)| lines.iter().flat_map(move |line| in_line(page, line))).collect();
    all.sort_by(|a, b| (&a.page, a.kind, &a.masked).cmp(&(&b.page, b.kind, &b.masked)));
    all.dedup_by(|a, b| a.page == b.page && a.kind == b.kind && a.masked == b.masked);
    all
}

/// Nothing leaves while there is one.
pub(super) fn refuse_objections(objections: &[Objection]) -> Result<(), CommandError> {
    if objections.is_empty() {
        return Ok(());
    }
    let things = n_of(objections.len(), "thing that could tell who somebody is stands", "things that could tell who somebody is stand");
    let error = CommandError::not_in_order(format!("{things} in what would leave"));
    let error = objections.iter().take(20).fold(error, |error, one| error.hint(format!("{}: {}, {}", one.page, one.kind, one.masked)));
    Err(error.hint("reword the learning point or the text of the theme that says it, and publish again"))
}
