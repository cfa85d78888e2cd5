//! What is wrong with a text that is not YAML, in the words of somebody who has never heard of YAML.
//!
//! The parser says where it gave up, which is seldom the place that somebody has to change. So typical mistakes are looked for
//! at and before that place, each with the lines as they should read; the one that lets the parser come further is the answer.
//! Then the parser goes on with the mended lines, so that independent mistakes are said in one run.

mod blanks;
mod braces;
mod columns;
mod line;
mod lost;
mod marks;
mod names;
mod patient;
mod quotes;
mod sentences;
mod signs;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub(super) use line::{quoted_short, shown};
pub(super) use lost::lost_after_hash;
pub(super) use marks::{conflicts, nothing, unseen};
use patient::{Diagnosis, Patient, Refused};

use super::codes;
use super::tree::Why;
use crate::source::{FileId, Finding, Span};

/// More than these are not said: who has mended twenty lines asks again anyway.
const AT_MOST: usize = 20;

type Detector = fn(&Patient, &Refused) -> Vec<Diagnosis>;

/// What is looked for, the surest first. Each returns what it suspects, and the first that holds some truth ends the search.
const DETECTORS: &[Detector] = &[
    blanks::odd_spaces,
    blanks::tabs,
    marks::divided,
    quotes::never_closed,
    quotes::text_behind,
    braces::lost_in_remark,
    names::bullets,
    signs::first_sign,
    columns::block_text,
    names::missing_colon,
    names::space_after_colon,
    names::space_after_dash,
    sentences::colon_inside,
    columns::dash_moved,
    columns::moved,
    braces::never_closed,
    braces::missing_comma,
    sentences::colon_in_later_line,
    columns::stray,
    marks::too_deep,
    signs::anywhere,
];

/// Findings for a text that could not be read at all. `names` are the fields that its kind of file knows.
/// None, if nothing is wrong with it but characters that cannot be seen, which [`unseen`] tells.
pub(super) fn explain(file: FileId, text: &str, names: &BTreeSet<&str>) -> Vec<Finding> {
    let mut patient = Patient::new(text, names);
    let mut findings: Vec<Finding> = Vec::new();
    while findings.is_empty() || (findings.len() < AT_MOST && !patient.is_tired()) {
        let Some(refused) = patient.refusal() else { break };
        let Some(diagnosis) = diagnose(&patient, &refused) else {
            if findings.is_empty() {
                findings.push(at_a_loss(file, &patient, &refused));
            }
            break;
        };
        let span = patient.span(text, diagnosis.line, diagnosis.columns.clone());
        let mut finding = Finding::text(diagnosis.code, file, span, diagnosis.message);
        finding.hints = diagnosis.hints;
        findings.push(finding);
        if diagnosis.repair.is_empty() {
            break;
        }
        patient.mend(diagnosis.repair);
    }
    findings
}

fn diagnose(patient: &Patient, refused: &Refused) -> Option<Diagnosis> {
    DETECTORS.iter().find_map(|detect| {
        let suspected = detect(patient, refused).into_iter();
        let helping = suspected.filter_map(|diagnosis| Some((patient.progress(&diagnosis, refused)?, diagnosis)));
        helping.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, diagnosis)| diagnosis)
    })
}

/// Nothing typical: the place, and what a line should look like.
fn at_a_loss(file: FileId, patient: &Patient, refused: &Refused) -> Finding {
    let line = patient.said_at_or_before(refused.line);
    let span = patient.span(patient.original(), line, 0..usize::MAX);
    let mut finding = Finding::text(&codes::NOT_YAML, file, span, "this line, or one just above it, does not follow the rules of the format").hint(
        "a line is `name: value`, or begins with a dash and a space; what belongs together begins in the same column; a text with signs in it goes into quotes",
    );
    if let Why::Syntax(words) = &refused.why {
        finding = finding.hint(format!("in the words of the reader, for a technical colleague: {words}"));
    }
    finding
}

/// The bytes of nothing: the beginning of a file that has none.
const BEGINNING: Span = Span { start: 0, end: 0 };
