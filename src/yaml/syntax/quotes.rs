//! Quotation marks that open and do not close, or close too early.

use std::ops::Range;

use super::line::{Line, quoted, quoted_short, shown};
use super::patient::{Diagnosis, Patient, Refused};
use crate::yaml::codes;

/// Where the mark that opens `text` is closed in the same line: the byte after it.
fn close_of(text: &str, mark: char) -> Option<usize> {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if mark == '"' => {
                chars.next();
            }
            c if c == mark && mark == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                chars.next();
            }
            c if c == mark => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn mark_of(text: &str) -> Option<char> {
    text.chars().next().filter(|c| matches!(c, '"' | '\''))
}

/// Texts that a quotation mark opens, and that swallow the lines below because nothing closes them.
pub(super) fn never_closed(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for n in (0..=refused.line).filter(|n| patient.counts(*n)) {
        let line = patient.line(n);
        for piece in line.pieces() {
            let text = &line.text[piece.clone()];
            if let Some(mark) = mark_of(text).filter(|mark| close_of(text, *mark).is_none()) {
                found.push(unclosed(patient, n, &line, piece, mark));
            }
        }
        if found.len() > 20 {
            break;
        }
    }
    found
}

fn unclosed(patient: &Patient<'_>, n: usize, line: &Line<'_>, piece: Range<usize>, mark: char) -> Diagnosis {
    let text = &line.text[piece.clone()];
    let diagnosis = Diagnosis::new(&codes::NOT_YAML, n, piece.start..piece.start + 1, "");
    let end = patient.below(n).take_while(|at| !patient.begins_something(*at)).last().filter(|_| piece == line.value);
    if let Some(end) = end {
        let message = "the quotation mark that opens this text is never closed";
        let hint = format!("write {} at the end of the text, in line {}", named(mark), end + 1);
        return Diagnosis { message: message.to_owned(), ..diagnosis }.hint(hint).repair(end, format!("{}{mark}", patient.line(end).text.trim_end()));
    }
    let curly = text.trim_end_matches(['”', '“', '’', '‘', '„']);
    if curly.len() < text.len() && curly.len() > 1 {
        let closed = line.with(piece.clone(), &format!("{curly}{mark}"));
        let hint = format!("type it again with the key {}: {}", named(mark), shown(&closed));
        let message = "this text opens with a straight quotation mark and ends with a curly one, as Word types it, so it is never closed";
        return Diagnosis { message: message.to_owned(), ..diagnosis }.hint(hint).repair(n, closed);
    }
    let closed = line.with(piece.clone(), &format!("{text}{mark}"));
    if mark == '\'' {
        let whole = line.with(piece.clone(), &quoted_short(text));
        let message = "an apostrophe begins this text, and is taken for a quotation mark that is never closed";
        let diagnosis = Diagnosis { message: message.to_owned(), ..diagnosis }.hint(format!("put the whole text in double quotes: {}", name_on(&whole)));
        return diagnosis.hint("or, if it is meant as a quotation mark, write another `'` at the end of the text").repair(n, line.with(piece, &quoted(text)));
    }
    let message = "the quotation mark that opens this text is never closed";
    Diagnosis { message: message.to_owned(), ..diagnosis }.hint(format!("write another `\"` at the end of the text: {}", shown(&closed))).repair(n, closed)
}

fn name_on(line: &str) -> String {
    shown(line)
}

fn named(mark: char) -> &'static str {
    if mark == '"' { "`\"`" } else { "`'`" }
}

/// Text behind the mark that closes a quotation.
pub(super) fn text_behind(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for n in patient.upwards(refused.line).take(3) {
        let line = patient.line(n);
        for piece in line.pieces() {
            let text = &line.text[piece.clone()];
            let Some(close) = mark_of(text).and_then(|mark| close_of(text, mark)) else { continue };
            let behind = text[close..].trim_start();
            if !behind.is_empty() && !behind.starts_with('#') {
                found.push(behind_close(n, &line, &piece, close));
            }
        }
    }
    found
}

fn behind_close(n: usize, line: &Line<'_>, piece: &Range<usize>, close: usize) -> Diagnosis {
    let text = &line.text[piece.clone()];
    let columns = piece.start + close - 1..piece.end;
    let inner = text.get(1..text.len() - 1).filter(|_| text.len() > 2 && text.ends_with(&text[..1]));
    let apostrophe = text.starts_with('\'') && text[close..].starts_with(char::is_alphabetic);
    let (message, whole, say) = match inner {
        Some(inner) if apostrophe => ("an apostrophe inside the text is taken for the quotation mark that closes it", inner, "put the text in double quotes"),
        Some(inner) => ("a quotation mark inside the text closes it too early", inner, "put single quotes around a text that holds double ones"),
        None => ("text follows after the closing quotation mark", text, "put the whole text in quotes"),
    };
    let shown = shown(&line.with(piece.clone(), &quoted_short(whole)));
    Diagnosis::new(&codes::NOT_YAML, n, columns, message).hint(format!("{say}: {shown}")).repair(n, line.with(piece.clone(), &quoted(whole)))
}
