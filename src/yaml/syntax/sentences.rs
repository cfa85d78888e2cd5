//! Plain sentences with a colon in them.

use std::ops::Range;

use super::line::{Line, quoted, quoted_short, shown};
use super::patient::{Diagnosis, Patient, Refused};
use crate::yaml::codes;

const MESSAGE: &str = "a colon with a space after it stands inside this text, and is taken for the end of a name";

/// `update: Two things matter: the dog and the garden`.
pub(super) fn colon_inside(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for n in patient.upwards(refused.line).take(2) {
        let line = patient.line(n);
        for piece in line.pieces() {
            let text = &line.text[piece.clone()];
            let inside = text.find(": ").or_else(|| text.strip_suffix(':').map(str::len));
            let Some(at) = inside.filter(|_| !text.starts_with(['"', '\'', '{', '['])) else { continue };
            let hint = format!("put the text in quotes: {}", shown(&line.with(piece.clone(), &quoted_short(text))));
            let colon = piece.start + at;
            found.extend(in_curly_marks(n, &line, &piece));
            if line.name.is_none() {
                // In braces a comma is missing more often.
                continue;
            }
            let neutral = line.with(piece.clone(), &without_colons(text));
            found.push(Diagnosis::new(&codes::NOT_YAML, n, colon..colon + 1, MESSAGE).hint(hint).repair(n, neutral));
        }
    }
    found
}

/// `update: “Two things: the dog and the garden”`: marks as Word types them, which are letters like any other here.
fn in_curly_marks(n: usize, line: &Line<'_>, piece: &Range<usize>) -> Option<Diagnosis> {
    let text = &line.text[piece.clone()];
    let inner = text.strip_prefix(['“', '”', '„', '‘', '’'])?;
    let inner = inner.strip_suffix(['“', '”', '‘', '’']).unwrap_or(inner);
    let message = "curly quotation marks, as Word types them, do not hold a text together: the colon inside is taken for the end of a name";
    let hint = format!("type them again, as straight ones: {}", shown(&line.with(piece.clone(), &quoted_short(inner))));
    Some(Diagnosis::new(&codes::NOT_YAML, n, piece.clone(), message).hint(hint).repair(n, line.with(piece.clone(), &quoted(inner))))
}

/// The same in the second or third line of a text that goes on without a `|`.
pub(super) fn colon_in_later_line(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let n = refused.line;
    let line = patient.line(n);
    let Some(above) = n.checked_sub(1).filter(|_| patient.counts(n) && !line.has_dash()) else { return Vec::new() };
    let opener = patient.upwards(above).find(|at| patient.begins_something(*at));
    let Some(colon) = line.text.find(": ").or_else(|| line.text.trim_end().strip_suffix(':').map(str::len)) else { return Vec::new() };
    let Some(name) = opener.and_then(|at| patient.line(at).name.map(str::to_owned)) else { return Vec::new() };
    let hint = format!("write `{name}: |` in the line where the text begins, and put the whole text below it, two spaces further in than `{name}`");
    vec![Diagnosis::new(&codes::NOT_YAML, n, colon..colon + 1, MESSAGE).hint(hint).repair(n, without_colons(line.text))]
}

fn without_colons(text: &str) -> String {
    let text = text.replace(": ", "; ");
    text.strip_suffix(':').map_or(text.clone(), |text| format!("{text};"))
}
