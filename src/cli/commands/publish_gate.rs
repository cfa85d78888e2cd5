//! What may not be in anything that leaves: every line is looked at once more, as it will be read.

use crate::cli::error::CommandError;
use crate::model::Casebook;
use crate::personal::{Finder, Found};
use crate::release::LastLook;
use crate::source::n_of;

/// Something in a line that could be somebody.
pub(super) struct Objection {
    page: String,
    kind: &'static str,
    masked: Option<String>,
}

impl Objection {
    fn said(&self) -> String {
        let masked = self.masked.as_ref().map(|masked| format!(", {masked}")).unwrap_or_default();
        format!("{}: {}{masked}", self.page, self.kind)
    }
}

/// Everything in the lines that names somebody, or could: what would be a warning elsewhere is one too many here.
pub(super) fn objections(book: &Casebook, finder: &Finder, says: &[(String, Vec<String>)]) -> Vec<Objection> {
    let look = LastLook::new(book);
    let mut all = Vec::new();
    for (page, line) in says.iter().flat_map(|(page, lines)| lines.iter().map(move |line| (page, line))) {
        let found = finder.find(line).into_iter().filter(|found| !found.nobodys);
        all.extend(found.map(|Found { kind, masked, .. }| Objection { page: page.clone(), kind: kind.words(), masked: Some(masked) }));
        all.extend(look.objection(line).map(|why| Objection { page: page.clone(), kind: why, masked: None }));
    }
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
    let error = objections.iter().take(20).fold(error, |error, one| error.hint(one.said()));
    Err(error.hint("reword what says it, in the meeting, the theme or marg.yaml, and publish again"))
}
