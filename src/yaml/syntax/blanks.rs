//! Tabs and strange spaces before a text.

use super::AT_MOST;
use super::columns::{self, Kind};
use super::patient::{Diagnosis, Patient, Refused};
use crate::source::n_of;
use crate::yaml::codes;

/// A space that is not the one of the space bar, as Word and web pages have them.
fn is_odd(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() && !c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// No-break spaces and their like: before a text, behind a dash, or behind the colon of a known name.
pub(super) fn odd_spaces(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    patient.upwards(refused.line + 1).filter_map(|n| odd_spaces_in(patient, n, n.abs_diff(refused.line) < 2)).take(AT_MOST).collect()
}

fn odd_spaces_in(patient: &Patient<'_>, n: usize, sure: bool) -> Option<Diagnosis> {
    let text = patient.line(n).text;
    if text.is_ascii() {
        return None;
    }
    let begin = text.len() - text.trim_start_matches(|c: char| c == ' ' || c == '\t' || is_odd(c)).len();
    let dash = text[begin..].strip_prefix('-').filter(|rest| rest.starts_with(is_odd)).map(|_| begin + 1);
    let colon = text.find(':').map(|at| at + 1).filter(|at| text[*at..].starts_with(is_odd));
    let colon = colon.filter(|at| patient.knows(text[begin..at - 1].trim_start_matches("- ")));
    let (from, till) = match (text[..begin].contains(is_odd), dash.or(colon)) {
        (true, _) => (0, begin),
        (false, Some(at)) => (at, at + text[at..].len() - text[at..].trim_start_matches(|c| c == ' ' || is_odd(c)).len()),
        (false, None) => return None,
    };
    let mended = if from == 0 { " ".repeat(text[..till].chars().filter(|c| c.is_whitespace()).count()) } else { " ".to_owned() };
    let wanted = mended.len();
    let repaired = format!("{}{mended}{}", &text[..from], &text[till..]);
    let (message, hint) = if from == 0 {
        (
            "this line begins with special spaces, as Word makes them, and not with those of the space bar",
            format!("delete what stands before the first word, and type {} with the space bar", n_of(wanted, "space", "spaces")),
        )
    } else {
        ("a special space stands here, as Word makes them, and not one of the space bar", "delete it, and type a space with the space bar".to_owned())
    };
    Some(Diagnosis::new(&codes::NOT_YAML, n, from..till, message).hint(hint).repair(n, repaired).sure(sure))
}

/// Tabs before a text or behind a dash. Lines below one another are one finding.
pub(super) fn tabs(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let mut found: Vec<Diagnosis> = patient.upwards(refused.line).filter_map(|n| tab_behind_dash(patient, n)).take(AT_MOST).collect();
    let tabbed = |n: usize| patient.counts(n) && before(patient.line(n).text).contains('\t');
    let firsts = (0..=(refused.line + 1).min(patient.len())).filter(|n| tabbed(*n) && (*n == 0 || !tabbed(*n - 1)));
    for first in firsts.collect::<Vec<_>>().into_iter().rev().take(AT_MOST) {
        let last = (first..patient.len()).take_while(|n| tabbed(*n)).last().unwrap_or(first);
        found.extend(tabs_of(patient, first, last, refused.line));
    }
    found
}

fn before(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches([' ', '\t']).len()]
}

fn tabs_of(patient: &Patient<'_>, first: usize, last: usize, refused: usize) -> Vec<Diagnosis> {
    let head = before(patient.line(first).text);
    let more = last - first;
    let message = match more {
        0 => "a tab stands at the beginning of this line".to_owned(),
        1 => "a tab stands at the beginning of this line and of the one below it".to_owned(),
        _ => format!("a tab stands at the beginning of this line and of the {more} below it"),
    };
    let sure = first <= refused + 1 && refused <= last;
    let targets = columns_for(patient, first);
    let candidates = targets.into_iter().map(|target| {
        let hint = match more {
            0 => format!("use spaces instead: this line needs {target}"),
            _ => format!("use spaces instead: this line needs {target}, and what stands further in than it needs two more each time"),
        };
        let diagnosis = Diagnosis::new(&codes::NOT_YAML, first, 0..head.len(), message.clone()).hint(hint).sure(sure);
        (first..=last).fold(diagnosis, |diagnosis, n| {
            let text = patient.line(n).text;
            let further = width(before(text), 2) as isize - width(head, 2) as isize;
            let spaces = (target as isize + further).max(0) as usize;
            diagnosis.repair(n, format!("{}{}", " ".repeat(spaces), text.trim_start_matches([' ', '\t'])))
        })
    });
    candidates.collect()
}

/// How many spaces a line with tabs may need: the likeliest first.
fn columns_for(patient: &Patient<'_>, n: usize) -> Vec<usize> {
    let text = patient.line(n).text;
    let head = before(text);
    let kind = if text[head.len()..].starts_with("- ") { Kind::Dash } else { Kind::Name };
    let open = columns::places(patient, n, kind);
    let as_seen = [8, 4, 2].map(|tab| width(head, tab));
    let mut targets: Vec<usize> = Vec::new();
    if let Some(below) = columns::below_opener(patient, n) {
        targets.push(below);
    }
    targets.extend(as_seen.into_iter().filter(|column| open.contains(column)));
    targets.extend(open.iter().rev());
    targets.push(width(head, 2));
    targets
}

fn width(blanks: &str, tab: usize) -> usize {
    blanks.chars().fold(0, |column, c| if c == '\t' { (column / tab + 1) * tab } else { column + 1 })
}

fn tab_behind_dash(patient: &Patient<'_>, n: usize) -> Option<Diagnosis> {
    let line = patient.line(n);
    let rest = line.text[line.indent..].strip_prefix("-\t")?;
    let mended = format!("{}- {}", &line.text[..line.indent], rest.trim_start());
    let diagnosis = Diagnosis::new(&codes::NOT_YAML, n, line.indent + 1..line.indent + 2, "a tab stands after the dash");
    Some(diagnosis.hint(format!("use one space instead: {}", super::line::shown(&mended))).repair(n, mended.clone()))
}
