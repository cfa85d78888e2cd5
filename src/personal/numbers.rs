//! Numbers and marks that an office gives out, each by the shape its office has published.

use std::sync::LazyLock;

use regex::Regex;

use super::{Hit, Kind};

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of ours")
}

static NHS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u)\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b"));

/// His Majesty's Revenue and Customs: neither letter D, F, I, Q, U or V, the second not O, and the last A to D.
static NINO: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i-u)\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b"));
const NINO_NEVER: &[&str] = &["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];
/// Words that may stand before three numbers and an `a`: `at 10 20 30 a day`.
const NINO_WORDS: &[&str] = &["am", "an", "as", "at", "be", "by", "he", "me", "my", "we"];

/// Driver and Vehicle Licensing Agency: surname, decade, month (a woman's with 50 added), day, year, initials, and three marks.
static LICENCE: LazyLock<Regex> = LazyLock::new(|| {
    let name = "(?:[A-Z]{5}|[A-Z]{4}9|[A-Z]{3}99|[A-Z]{2}999|[A-Z]9999)";
    let born = "[0-9](?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]";
    pattern(&format!(r"(?i-u)\b{name} ?{born} ?(?:[A-Z][A-Z9]|99)[A-Z0-9] ?[A-Z]{{2}}\b"))
});

const AREA: &str = "(?:[A-PR-UWYZ][0-9][0-9A-HJKNPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?|GIR)";
const INWARD: &str = "[0-9][ABD-HJLNP-UW-Z]{2}";
/// In capitals, or with a blank between its halves; in prose, nothing else is one.
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?-u)\b(?:{AREA} ?{INWARD}|(?i:{AREA} {INWARD}))\b")));
static POSTCODE_ALONE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i-u)^ ?{AREA} ?{INWARD} ?$")));

/// The format since 2001: the letters I, Q and Z are not used where they could be misread, and the number says a half-year.
const PLATE: &str = "[A-HJ-PR-Y]{2}(?:0[2-9]|[12][0-9]|5[1-9]|6[0-9]|7[0-9])[ -]?[A-HJ-PR-Z]{3}";
const PLATE_BEFORE: &str = "(?:[A-HJ-NPR-TV-Y] ?[0-9]{1,3} ?[A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{3} ?[0-9]{1,3} ?[A-HJ-NPR-TV-Y])";
static VEHICLE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?-u)\b{PLATE}\b")));
/// Older plates look like other things, so in prose they are taken for plates only behind a word that says so.
static VEHICLE_NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let before = "(?i:reg|regn|registration|car|van|vehicle|plate|number plate)";
    pattern(&format!(r"(?-u)\b{before}[.:,]? (?:(?:number|no|is|was)[.:]? )?({PLATE_BEFORE}|(?i:{PLATE}))\b"))
});
static VEHICLE_ALONE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i-u)^ ?(?:{PLATE}|{PLATE_BEFORE}) ?$")));

/// All that stands in a plain text. A text that is nothing but a postcode or a plate needs no word beside it.
pub(super) fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        nhs(text, &mut hits);
        hits.extend(NINO.find_iter(text).filter(|found| is_nino(found.as_str())).map(|found| Hit::new(Kind::NationalInsurance, found.range())));
        hits.extend(LICENCE.find_iter(text).map(|found| Hit::new(Kind::DrivingLicence, found.range())));
        hits.extend(POSTCODE.find_iter(text).chain(POSTCODE_ALONE.find_iter(text)).map(|found| Hit::new(Kind::Postcode, trimmed(found))));
        hits.extend(VEHICLE.find_iter(text).chain(VEHICLE_ALONE.find_iter(text)).map(|found| Hit::new(Kind::Vehicle, trimmed(found))));
        hits.extend(VEHICLE_NAMED.captures_iter(text).filter_map(|found| found.get(1)).map(|found| Hit::new(Kind::Vehicle, found.range())));
    }
    hits
}

/// What would be a postcode or a plate if it stood alone.
static PERHAPS_ALONE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i-u)\b(?:{AREA} ?{INWARD}|{PLATE}|{PLATE_BEFORE})\b")));

/// Whether something in a longer text would be found if it were a text of its own.
pub(super) fn may_stand_alone(text: &str) -> bool {
    PERHAPS_ALONE.is_match(text)
}

fn trimmed(found: regex::Match<'_>) -> std::ops::Range<usize> {
    let words = found.as_str();
    let start = found.start() + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

fn nhs(text: &str, hits: &mut Vec<Hit>) {
    for found in NHS.find_iter(text) {
        let digits: Vec<u32> = found.as_str().chars().filter_map(|c| c.to_digit(10)).collect();
        let (before, after) = (&text[..found.start()], &text[found.end()..]);
        // Part of a longer number, of a phone number written for abroad, or of a book's number, which has the same check digit.
        let continues = |byte: Option<u8>, next: Option<u8>| matches!(byte, Some(b'.' | b'-' | b'/' | b'_')) && next.is_some_and(|b| b.is_ascii_digit());
        let mut back = before.bytes().rev();
        let mut forth = after.bytes();
        let is_part = before.ends_with('+') || continues(back.next(), back.next()) || continues(forth.next(), forth.next());
        let is_book = before[before.len().saturating_sub(12)..].to_uppercase().contains("ISBN");
        if is_nhs(&digits) && !is_part && !is_book {
            // Numbers that begin with 9 are not given to anybody: they are kept for tests.
            hits.push(Hit { nobodys: digits[0] == 9, ..Hit::new(Kind::NhsNumber, found.range()) });
        }
    }
}

/// Ten digits of which the last is the check digit, modulo 11.
fn is_nhs(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().take(9).zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = (11 - sum % 11) % 11;
    let is_counting = digits.windows(2).all(|pair| pair[1] == pair[0] + 1);
    digits.len() == 10 && check == digits[9] && !is_counting && digits.iter().any(|digit| *digit != digits[0])
}

fn is_nino(text: &str) -> bool {
    let prefix = &text[..2];
    let is_words = NINO_WORDS.contains(&prefix) && text.as_bytes()[2] == b' ' && text.ends_with(" a");
    !is_words && !NINO_NEVER.contains(&prefix.to_uppercase().as_str())
}
