//! `{ … }` and `[ … ]` that lack a bracket or a comma.

use super::line::{LONG, name_at, shown};
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
