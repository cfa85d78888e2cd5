//! Signs that have no place in the text at all: characters that cannot be seen, git's marks, lines of dashes.

use super::BEGINNING;
use super::patient::{Diagnosis, Patient, Refused};
use crate::source::{FileId, Finding, Span, list_of};
use crate::yaml::codes;
use crate::yaml::tree::Why;

/// A file in which there is nothing but blanks and remarks.
pub(in crate::yaml) fn nothing(file: FileId, text: &str) -> Option<Finding> {
    let says_nothing = |line: &str| line.is_empty() || line.starts_with('#') || line == "---" || line == "...";
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().map(str::trim).all(says_nothing).then(|| {
        Finding::text(&codes::EMPTY_FILE, file, BEGINNING, "there is nothing in this file")
            .hint("a meeting begins with `meeting: marg` and `date: 2026-03-12`; if the file is not needed, delete it")
    })
}

/// Characters that cannot be seen, one finding a line.
pub(in crate::yaml) fn unseen(file: FileId, text: &str) -> Vec<Finding> {
    if !text.bytes().zip(text.bytes().skip(1).chain([0xff])).any(|(b, next)| steers_byte(b, next)) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut said_in_this_line = false;
    for (at, c) in text.char_indices() {
        if c == '\n' {
            said_in_this_line = false;
        } else if steers(c) && !said_in_this_line && findings.len() < super::AT_MOST {
            said_in_this_line = true;
            let message = format!("a character that cannot be seen stands here (U+{:04X})", u32::from(c));
            let finding = Finding::text(&codes::CONTROL_CHARACTER, file, Span::new(at, at + c.len_utf8()), message);
            findings.push(finding.hint("it came with text from another program: delete the words on both sides of it and type them again"));
        }
    }
    findings
}

fn steers_byte(b: u8, next: u8) -> bool {
    (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0x7f || (b == 0xc2 && next < 0xa0)
}

fn steers(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// The line with a space for each byte of a character that cannot be seen.
pub(super) fn without_controls(line: &str) -> String {
    if !line.chars().any(steers) {
        return line.to_owned();
    }
    let mut clean = String::with_capacity(line.len());
    for c in line.chars() {
        if steers(c) {
            clean.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            clean.push(c);
        }
    }
    clean
}

/// Where git has left two versions.
pub(in crate::yaml) fn conflicts(file: FileId, text: &str) -> Vec<Finding> {
    if !text.contains("<<<<<<< ") && !text.contains(">>>>>>> ") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let (mut open, mut middle): (Option<(usize, Span)>, Option<usize>) = (None, None);
    let mut at = 0;
    for (n, line) in text.split('\n').enumerate() {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len() + 1;
        if line.starts_with("<<<<<<< ") {
            findings.extend(open.take().map(|(first, span)| conflict(file, span, &[first])));
            (open, middle) = (Some((n + 1, span)), None);
        } else if open.is_some() && line.trim_end() == "=======" {
            middle = Some(n + 1);
        } else if line.starts_with(">>>>>>> ") {
            let (first, span) = open.take().map_or((None, span), |(first, span)| (Some(first), span));
            let lines: Vec<usize> = [first, middle.take(), Some(n + 1)].into_iter().flatten().collect();
            findings.push(conflict(file, span, &lines));
        }
    }
    findings.extend(open.map(|(first, span)| conflict(file, span, &[first])));
    findings
}

fn conflict(file: FileId, span: Span, lines: &[usize]) -> Finding {
    let numbers: Vec<String> = lines.iter().map(usize::to_string).collect();
    let hint = match lines {
        [one] => format!("keep what is right, and delete line {one}, which is only a mark"),
        [first, middle, last] => format!(
            "one version is {}, the other {}: keep what is right, and delete lines {}, which are only marks",
            lines_between(*first, *middle),
            lines_between(*middle, *last),
            list_of(&numbers, "and")
        ),
        _ => format!("keep what is right of both, and delete lines {}, which are only marks", list_of(&numbers, "and")),
    };
    Finding::text(&codes::CONFLICT_MARKERS, file, span, "two people changed these lines, and git has left both versions here").hint(hint)
}

fn lines_between(above: usize, below: usize) -> String {
    match below.saturating_sub(above) {
        0 | 1 => "empty".to_owned(),
        2 => format!("line {}", above + 1),
        _ => format!("lines {} to {}", above + 1, below - 1),
    }
}

/// A line of dashes, which begins another document or is meant as a ruler.
pub(super) fn divided(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let near = patient.upwards(refused.line).take(3).filter_map(|n| {
        let line = patient.line(n);
        let text = line.text.trim();
        let second = refused.why == Why::SecondDocument && (line.text.starts_with("---") || line.text.starts_with("..."));
        let ruler = text.len() > 2 && text.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '~' | '.'));
        let columns = line.indent..line.text.trim_end().len();
        let rest = text.trim_start_matches(['-', '.']).trim();
        if second && rest.is_empty() {
            let message = format!("a line `{text}` divides the file in two");
            let hint = "delete this line; or, if another meeting begins here, put it into a file of its own";
            return Some(Diagnosis::new(&codes::SECOND_DOCUMENT, n, columns, message).hint(hint).repair(n, "").sure(true));
        }
        let hint = "delete this line, or put `# ` before it, which makes it a remark";
        ruler.then(|| Diagnosis::new(&codes::NOT_YAML, n, columns, "a line made of signs alone is no text").hint(hint).repair(n, ""))
    });
    let mut found: Vec<Diagnosis> = near.collect();
    if found.is_empty() && refused.why == Why::SecondDocument {
        let line = patient.said_at_or_before(refused.line);
        let diagnosis = Diagnosis::new(&codes::SECOND_DOCUMENT, line, 0..usize::MAX, "a second text begins here, and a file holds one");
        found.push(diagnosis.hint("take away the dots or dashes that divide it, or put what follows into a file of its own").sure(true));
    }
    found
}

pub(super) fn too_deep(_: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    if refused.why != Why::TooDeep {
        return Vec::new();
    }
    let message = "brackets, braces or dashes stand inside one another here, more than 16 deep";
    let hint = "a meeting needs about six: take away what is too many, or put a text that holds such signs in quotes";
    vec![Diagnosis::new(&codes::TOO_DEEP, refused.line, refused.column..refused.column + 1, message).hint(hint).sure(true)]
}
