//! Texts that begin with a sign which means something to the reader.

use std::ops::Range;

use super::line::{Line, quoted, quoted_short, shown};
use super::patient::{Diagnosis, Patient, Refused};
use crate::source::Code;
use crate::yaml::codes;
use crate::yaml::tree::Why;

/// What a coordinator need not know more about.
const OWN: &str = "a sign with a meaning of its own";

/// What the sign means, as the end of a sentence.
fn meaning(sign: char) -> Option<(&'static Code, &'static str)> {
    Some(match sign {
        '*' | '&' => (&codes::ALIAS, OWN),
        '!' => (&codes::TAG, OWN),
        '@' | '`' | '%' => (&codes::NOT_YAML, OWN),
        '[' => (&codes::NOT_YAML, "which opens a list"),
        '{' => (&codes::NOT_YAML, "which opens a group of fields"),
        ']' | '}' => (&codes::NOT_YAML, "which closes a list or a group of fields"),
        ',' => (&codes::NOT_YAML, "which divides entries"),
        '?' => (&codes::NOT_YAML, "which announces a name"),
        '-' => (&codes::NOT_YAML, "which begins an entry of a list"),
        '|' | '>' => (&codes::NOT_YAML, "which announces a text that begins in the next line"),
        _ => return None,
    })
}

/// Values that begin with such a sign.
pub(super) fn first_sign(patient: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for n in patient.upwards(refused.line).take(3) {
        let line = patient.line(n);
        if line.name.is_none() && !line.has_dash() && !line.text[line.value.clone()].starts_with(['*', '&', '!', '@', '`', '%']) {
            continue;
        }
        let mut places = vec![line.value.clone()];
        places.extend(line.pieces());
        for piece in places {
            let text = &line.text[piece.clone()];
            let Some(sign) = text.chars().next() else { continue };
            let closes = matches!((sign, text.chars().last()), ('[', Some(']')) | ('{', Some('}')));
            if closes || !behind(text, sign) {
                continue;
            }
            if let Some((code, means)) = meaning(sign) {
                found.push(sign_at(n, &line, piece, (code, sign, means)));
            }
        }
    }
    found
}

/// Whether there is a text at all; and, for brackets, whether it goes on behind the one that closes.
fn behind(text: &str, sign: char) -> bool {
    let close = match sign {
        '[' => ']',
        '{' => '}',
        _ => return text.chars().count() > 1,
    };
    text.rfind(close).is_some_and(|at| !text[at + 1..].trim().is_empty())
}

fn sign_at(n: usize, line: &Line<'_>, piece: Range<usize>, (code, sign, means): (&'static Code, char, &str)) -> Diagnosis {
    let text = &line.text[piece.clone()];
    let sign = if sign == '`' { "a backtick".to_owned() } else { format!("`{sign}`") };
    let message = format!("this text begins with {sign}, {means}");
    let in_quotes = shown(&line.with(piece.clone(), &quoted_short(text)));
    let diagnosis = Diagnosis::new(code, n, piece.clone(), message);
    let diagnosis = match (text.strip_prefix('|'), line.name) {
        (Some(rest), Some(name)) => {
            let alone = shown(&line.with(piece.clone(), &safe(rest.trim())));
            diagnosis.hint(format!("begin the text in the next line, two spaces further in than `{name}`; or take the sign away: {alone}"))
        }
        _ => diagnosis.hint(format!("put the text in quotes: {in_quotes}")),
    };
    diagnosis.repair(n, line.with(piece, &quoted(text)))
}

/// The text as it may stand without its first sign.
fn safe(text: &str) -> String {
    if text.contains([':', '#']) || text.starts_with(|c: char| !c.is_alphanumeric()) { quoted_short(text) } else { text.to_owned() }
}

/// An anchor, alias or tag that begins no value of a line.
pub(super) fn anywhere(_: &Patient<'_>, refused: &Refused) -> Vec<Diagnosis> {
    let (code, what) = match &refused.why {
        Why::Alias => (&codes::ALIAS, "a `*` stands here, which repeats another place of the file"),
        Why::Anchor => (&codes::ALIAS, "a `&` stands here, which gives a place of the file a name"),
        Why::Tag(_) => (&codes::TAG, "a `!` stands here, which names a type"),
        _ => return Vec::new(),
    };
    let diagnosis = Diagnosis::new(code, refused.line, refused.column..refused.column + 1, format!("{what}, and that is not read"));
    vec![diagnosis.hint("take the sign away; or, if it is part of a text, put the text in quotes").sure(true)]
}
