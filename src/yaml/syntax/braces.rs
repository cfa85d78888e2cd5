//! `{ … }` and `[ … ]` that lack a bracket or a comma.

use super::line::{LONG, Line, name_at, quoted, quoted_short, shown};
use super::patient::{Diagnosis, Patient, Refused};
use crate::yaml::codes;

/// A bracket or brace that opens a value, and nothing closes it before the next thing begins.
pub(super) fn never_closed(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for n in patient.upwards(refused.line).take(12) {
        let line = patient.line(n);
        let open = waiting(line.value());
        if open.is_empty() || !line.value().starts_with(['{', '[']) {
            continue;
        }
        let sign = line.value().chars().next().unwrap_or('{');
        let end = patient.below(n).take_while(|at| !patient.begins_something(*at)).last().unwrap_or(n);
        let closing: String = open.chars().rev().collect();
        let own = patient.line(end).text.trim_end();
        let mended = format!("{own}{}{closing}", if closing == "}" { " " } else { "" });
        let hint = if end == n { format!("write {}", shown(&mended)) } else { format!("write `{closing}` at the end of line {}", end + 1) };
        let start = line.value.start;
        let diagnosis = Diagnosis::new(&codes::NOT_YAML, n, start..start + 1, format!("the `{sign}` here is never closed"));
        found.push(diagnosis.hint(hint).repair(end, mended));
    }
    found
}

/// `{ what: Ring Room #12, owner: police }`: what stands behind the sign is a remark, and the brace with it.
pub(super) fn lost_in_remark(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for n in patient.upwards(refused.line).take(3) {
        let line = patient.line(n);
        let Some(hash) = line.text[line.value.end..].find('#').map(|at| line.value.end + at) else { continue };
        if !line.value().starts_with(['{', '[']) || waiting(line.value()).is_empty() || line.text.len() > LONG {
            continue;
        }
        // The line as if the sign were a letter like any other, which takes as much room.
        let whole = line.text.replace('#', "x");
        let Some(piece) = Line::of(&whole).pieces().into_iter().find(|piece| piece.contains(&hash)) else { continue };
        let text = &line.text[piece.clone()];
        let hint = format!("put the text in quotes: {}", shown(&line.with(piece.clone(), &quoted_short(text))));
        let message = "what stands after a space and `#` is taken for a remark, and with it the sign that closes this line";
        let diagnosis = Diagnosis::new(&codes::NOT_YAML, n, hash..line.text.trim_end().len(), message).hint(hint);
        found.push(diagnosis.repair(n, line.with(piece.clone(), &quoted(text))));
    }
    found
}

/// The signs that would close what is open at the end of the text, the outermost first.
fn waiting(text: &str) -> String {
    let mut open = String::new();
    for c in text.chars() {
        match c {
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' if open.ends_with(c) => {
                open.pop();
            }
            _ => {}
        }
    }
    open
}

/// `{ due: 2026-03-26 owner: police }`.
pub(super) fn missing_comma(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for n in patient.upwards(refused.line).take(2) {
        let line = patient.line(n);
        if !line.value().starts_with('{') || line.text.len() > LONG {
            continue;
        }
        for (at, _) in line.text.match_indices(' ').filter(|(at, _)| *at > line.value.start + 1) {
            let Some(name) = name_at(&line.text[at + 1..]).filter(|name| patient.knows(name)) else { continue };
            if line.text[..at].trim_end().ends_with([',', '{']) {
                continue;
            }
            let mended = format!("{},{}", line.text[..at].trim_end(), &line.text[at..]);
            let diagnosis = Diagnosis::new(&codes::NOT_YAML, n, at + 1..at + 1 + name.len(), format!("a comma is missing before `{name}`"));
            found.push(diagnosis.hint(format!("write {}", shown(&mended))).repair(n, mended));
        }
    }
    found
}
