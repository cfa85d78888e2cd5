//! Colons and dashes that are missing, or lack their space.

use super::line::{Line, quoted, shown, word_at};
use super::patient::{Diagnosis, Patient, Refused};
use crate::yaml::codes;

fn near<'p>(patient: &'p Patient<'_>, refused: &Refused) -> impl Iterator<Item = (usize, Line<'p>)> {
    patient.upwards(refused.line).take(4).map(|n| (n, patient.line(n)))
}

fn whole(line: &Line<'_>) -> std::ops::Range<usize> {
    line.indent..line.text.trim_end().len()
}

/// `date 2026-03-12`.
pub(super) fn missing_colon(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let found = near(patient, refused).filter_map(|(n, line)| {
        let text = &line.text[line.column..];
        let word = word_at(text).filter(|word| line.name.is_none() && patient.nearly_knows(word))?;
        let rest = &text[word.len()..];
        if !(rest.trim().is_empty() || rest.starts_with([' ', '=', ';', '.', ','])) {
            return None;
        }
        let value = rest.trim_start_matches([' ', '=', ';', '.', ',']).trim_end();
        let mended = format!("{}{word}:{}{value}", &line.text[..line.column], if value.is_empty() { "" } else { " " });
        let columns = line.column..line.column + word.len();
        let diagnosis = Diagnosis::new(&codes::NOT_YAML, n, columns, format!("a colon is missing after `{word}`"));
        Some(diagnosis.hint(format!("write {}", shown(&mended))).repair(n, mended.clone()))
    });
    found.collect()
}

/// `venue:Library`.
pub(super) fn space_after_colon(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let found = near(patient, refused).filter_map(|(n, line)| {
        let text = &line.text[line.column..];
        let word = word_at(text).filter(|_| line.name.is_none())?;
        let value = text[word.len()..].strip_prefix([':', '：']).filter(|rest| !rest.starts_with("//") && !rest.is_empty())?;
        let value = value.trim_start();
        let safe = if value.contains(": ") && !value.starts_with(['"', '\'', '{', '[']) { quoted(value) } else { value.to_owned() };
        let mended = format!("{}{word}: {safe}", &line.text[..line.column]);
        let at = line.column + word.len();
        let diagnosis =
            Diagnosis::new(&codes::NOT_YAML, n, at..at + text[word.len()..].chars().next().map_or(1, char::len_utf8), "a space is missing after the colon");
        Some(diagnosis.hint(format!("write {}", shown(&mended))).repair(n, mended.clone()))
    });
    found.collect()
}

/// `-homelessness`.
pub(super) fn space_after_dash(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let found = near(patient, refused).filter_map(|(n, line)| {
        let rest = line.text[line.column..].strip_prefix('-').filter(|rest| !rest.starts_with(['-', ' ']) && !rest.is_empty())?;
        let mended = format!("{}- {rest}", &line.text[..line.column]);
        let diagnosis = Diagnosis::new(&codes::NOT_YAML, n, line.column..line.column + 1, "a space is missing after the dash");
        Some(diagnosis.hint(format!("write {}", shown(&mended))).repair(n, mended.clone()))
    });
    found.collect()
}

/// `• homelessness`, and the long dash that Word makes of a short one.
pub(super) fn bullets(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let found = near(patient, refused).filter_map(|(n, line)| {
        let text = &line.text[line.indent..];
        let sign = text.chars().next().filter(|c| matches!(c, '–' | '—' | '•' | '·' | '▪' | '‣' | '●' | '*' | '+' | '−'))?;
        let rest = text[sign.len_utf8()..].trim_start();
        let mended = format!("{}- {rest}", &line.text[..line.indent]);
        let diagnosis = Diagnosis::new(&codes::NOT_YAML, n, whole(&line), format!("`{sign}` does not begin an entry of a list"));
        Some(diagnosis.hint(format!("begin it with the short dash and a space: {}", shown(&mended))).repair(n, mended.clone()))
    });
    found.collect()
}
