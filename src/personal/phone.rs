//! Phone numbers of the United Kingdom, in the many ways they are written.

use super::{Hit, Kind};

/// Where a number may begin.
const BEGINS: &[&str] = &["+44", "0044", "(+44)", "447", "0", "(0"];
const MOST_GROUPS: usize = 5;

pub(super) fn find(text: &str) -> Vec<Hit> {
    let bytes = text.as_bytes();
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|byte| matches!(byte, b'0' | b'+' | b'(' | b'4')) {
        at += step;
        let before = at.checked_sub(1).map(|before| bytes[before]);
        let stands_alone = before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'+' | b'.' | b'/' | b'_' | b'$'));
        match BEGINS.iter().find(|begin| stands_alone && text[at..].starts_with(**begin)).and_then(|begin| number(&text[at..], begin)) {
            Some((length, national)) => {
                hits.push(Hit { nobodys: is_nobodys(&national), ..Hit::new(Kind::Phone, at..at + length) });
                at += length;
            }
            None => at += 1,
        }
    }
    hits
}

/// How long the number at the start of the text is, and its digits without what dials them.
fn number(text: &str, begin: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let is_abroad = begin.contains("44");
    let mut digits = String::new();
    let (mut at, mut groups) = (if is_abroad && begin != "447" { begin.len() } else { usize::from(begin == "447") * 2 }, 1);
    let mut best = None;
    let mut first_group = None;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_digit() {
            digits.push(char::from(*byte));
            at += 1;
            if bytes.get(at).is_none_or(|next| !next.is_ascii_digit()) {
                first_group.get_or_insert(digits.len());
                let national = digits.strip_prefix('0').unwrap_or(&digits);
                // At home the first group is the code of an area: `01.02.2026 12:30` is none.
                let is_grouped = is_abroad || first_group.is_some_and(|length| length >= 3);
                if is_grouped && is_national(national, is_abroad) {
                    best = Some((at, national.to_owned()));
                }
            }
        } else {
            let gap = bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'-' | b'.' | b'(' | b')')).count();
            groups += usize::from(at > 0);
            if gap == 0 || gap > 3 || groups > MOST_GROUPS + 2 || digits.len() > 11 {
                break;
            }
            at += gap;
        }
    }
    best
}

/// Ten digits; nine for some areas and for short free numbers.
fn is_national(digits: &str, is_abroad: bool) -> bool {
    let first = digits.as_bytes().first().copied();
    match digits.len() {
        10 => matches!(first, Some(b'1' | b'2' | b'3' | b'5' | b'7' | b'8' | b'9')),
        9 => (first == Some(b'1') && !is_abroad) || digits.starts_with("800"),
        _ => false,
    }
}

/// Ranges that Ofcom keeps for drama, and those that only organisations have: 03, 0800 and 0808.
fn is_nobodys(national: &str) -> bool {
    const DRAMA: &[&str] = &[
        "1134960", "1144960", "1154960", "1164960", "1174960", "1184960", "1214960", "1314960", "1414960", "1514960", "1614960", "2079460", "1914980",
        "2896496", "2920180", "1632960", "7700900", "8081570", "9098790", "3069990",
    ];
    DRAMA.iter().chain(&["3", "800", "808"]).any(|range| national.starts_with(range))
}
