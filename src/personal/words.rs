//! What is known by the words around it: dates of birth, addresses, mail, names with a title.

use std::sync::LazyLock;

use regex::Regex;

use super::{Hit, Kind};

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of ours")
}

const MONTH: &str = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// A bare date is ordinary in minutes; with a word of birth within four characters it is somebody's.
static BORN: LazyLock<Regex> = LazyLock::new(|| {
    let year = "(?:[0-9]{4}|'?[0-9]{2})";
    let day = "[0-9]{1,2}(?:st|nd|rd|th)?";
    let date = format!(
        "(?:[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}|[0-9]{{1,2}} ?[-/.] ?[0-9]{{1,2}} ?[-/.] ?{year}|{day} (?:of )?{MONTH}[ ,]+{year}|{MONTH} {day},? {year})"
    );
    let word = r"(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?date|birthday|born(?: on)?(?: the)?)";
    let gap = "[ :=,.()\"'*-]{0,4}";
    pattern(&format!(r"(?i-u)\b(?:{word}{gap}(?:is )?({date})|({date}){gap}{word})\b"))
});

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    let street = "(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Crescent|Gardens|Grove|Terrace|Place|Square|Mews|Parade|Walk|Way|Court)";
    pattern(&format!(r"(?-u)\b(?:(?i:flat|room|unit) [0-9]{{1,4}}[A-Za-z]?,? )?[0-9]{{1,4}}[A-Za-z]?,? (?:[A-Z][a-z']+ ){{1,3}}{street}\b"))
});

static MAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i-u)\b[a-z0-9][a-z0-9._%+'-]*@((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9])\b"));

static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    let name = "(?:O'|D'|Mc|Mac)?[A-Z][a-z]+";
    pattern(&format!(r"(?-u)\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Revd)\.? {name}(?:[ -]{name})?\b"))
});

pub(super) fn find(text: &str, mail_domains: &[String]) -> Vec<Hit> {
    let mut hits = Vec::new();
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        let born = BORN.captures_iter(text).filter_map(|found| found.get(1).or(found.get(2)));
        hits.extend(born.map(|found| Hit::new(Kind::DateOfBirth, found.range())));
        hits.extend(ADDRESS.find_iter(text).map(|found| Hit::new(Kind::Address, found.range())));
    }
    if text.contains('@') {
        let mail = MAIL.captures_iter(text).filter_map(|found| found.get(0).zip(found.get(1)));
        hits.extend(mail.map(|(whole, domain)| Hit { nobodys: is_office(domain.as_str(), mail_domains), ..Hit::new(Kind::Email, whole.range()) }));
    }
    hits.extend(TITLED.find_iter(text).map(|found| Hit::new(Kind::TitledName, found.range())));
    hits
}

/// Domains that are kept for examples (RFC 2606), and those that the group named.
fn is_office(domain: &str, own: &[String]) -> bool {
    let domain = domain.to_lowercase();
    let is_under = |other: &str| domain == other || domain.strip_suffix(other).is_some_and(|rest| rest.ends_with('.'));
    ["example.org", "example.com", "example.net", "example", "test", "invalid"].into_iter().any(is_under) || own.iter().any(|other| is_under(other))
}
