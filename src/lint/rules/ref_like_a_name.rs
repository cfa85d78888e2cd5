//! A pseudonym that may not be one.

use crate::lint::{Look, Rule};
use crate::model::Casebook;
use crate::source::{Code, Finding, Severity};
use std::collections::{BTreeMap, BTreeSet};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "ref-like-a-name",
        severity: Severity::Unwise,
        summary: "a case ref looks like a name, initials or a date of birth",
        explain: "A ref is to say nothing about the person. One made from a name, from initials or from a date of birth can be guessed by anybody who knows them. Use random letters and digits; many groups leave out vowels, so that no word can arise.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    // Once a person, where the ref is first used: it has to be changed everywhere at once.
    let mut first = BTreeMap::new();
    for meeting in &look.book.meetings {
        for case in &meeting.cases {
            first.entry(case.case.as_str()).or_insert((meeting, case));
        }
    }
    let own = Prefixes::of(first.keys().copied());
    for (case, (meeting, discussion)) in first {
        if let Some(why) = looks_like(case, own.without(case)) {
            let place = meeting.case_place(discussion).field("ref");
            findings.push(
                Finding::value(&RULE.code, place, format!("`{case}` looks like {why}"))
                    .hint("use random letters and digits, such as `QLM-7KQ2`, in every file"),
            );
        }
    }
}

/// What a ref that is not there yet would give away, beside those that are.
pub(crate) fn gives_away(book: &Casebook, case: &str) -> Option<&'static str> {
    let refs: BTreeSet<&str> = book.meetings.iter().flat_map(|meeting| &meeting.cases).map(|case| case.case.as_str()).chain([case]).collect();
    looks_like(case, Prefixes::of(refs.into_iter()).without(case))
}

/// What stands before the first hyphen, and how often: what several refs begin with is the group's own prefix, and says nothing.
struct Prefixes<'a>(BTreeMap<&'a str, usize>);

impl<'a> Prefixes<'a> {
    fn of(cases: impl Iterator<Item = &'a str>) -> Self {
        let mut often = BTreeMap::new();
        cases.filter_map(|case| case.split_once('-')).for_each(|(prefix, _)| *often.entry(prefix).or_default() += 1);
        Self(often)
    }

    /// A ref without its group's prefix. Where there are few refs, nobody can tell, and what stands first counts as one.
    fn without<'c>(&self, case: &'c str) -> &'c str {
        let Some((prefix, rest)) = case.split_once('-') else { return case };
        let shared = self.0.get(prefix).is_some_and(|often| *often > 1);
        if shared || self.0.values().sum::<usize>() < FEW { rest } else { case }
    }
}

/// With fewer refs than this it cannot be seen which prefix is the group's.
const FEW: usize = 3;
/// A year after this is more likely that of a referral than of a birth, unless it ends the ref.
const LAST_BIRTH: u32 = 2012;

/// What a ref gives away; `rest` is what stands behind the group's own prefix.
fn looks_like(case: &str, rest: &str) -> Option<&'static str> {
    let parts: Vec<&str> = case.split('-').collect();
    let last = parts.last().copied().unwrap_or(case);
    if parts.windows(3).any(is_date) {
        return Some("a date of birth");
    }
    if year(last).is_some() || parts.iter().filter_map(|part| year(part)).any(|year| year <= LAST_BIRTH) {
        return Some("something with a year of birth");
    }
    tells(last).or_else(|| rest.split('-').any(name_in).then_some("a name"))
}

/// Three parts that are a day, in one order or the other.
fn is_date(parts: &[&str]) -> bool {
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok().filter(|_| matches!(part.len(), 1 | 2 | 4))).collect();
    match numbers.as_deref() {
        Some([a, month, b]) => (1..=12).contains(month) && ((1..=31).contains(a) || (1..=31).contains(b)),
        _ => false,
    }
}

/// A year that ends a part, alone or after letters.
fn year(part: &str) -> Option<u32> {
    let digits = part.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let year = digits.parse().ok().filter(|_| digits.len() == 4)?;
    (1900..2100).contains(&year).then_some(year)
}

/// Whether four letters or more stand together that can be spoken.
fn name_in(part: &str) -> bool {
    part.split(|c: char| !c.is_ascii_uppercase()).any(|run| run.len() >= 4 && run.bytes().any(|b| b"AEIOUY".contains(&b)))
}

/// What the last part gives away.
fn tells(part: &str) -> Option<&'static str> {
    let letters = part.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = part.len() - letters;
    let tail_is_digits = part.bytes().skip(letters).all(|b| b.is_ascii_digit());
    match (letters, digits) {
        (1..=3, 0) => Some("initials"),
        (0, 6 | 8) if tail_is_digits => Some("a date of birth"),
        (1..=3, 4 | 6 | 8) if tail_is_digits => Some("initials with a date or year of birth"),
        _ if name_in(part) => Some(if digits == 0 { "a name" } else { "a name with a number" }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Prefixes, looks_like};

    fn alone(case: &str) -> Option<&'static str> {
        looks_like(case, Prefixes::of([case].into_iter()).without(case))
    }

    #[test]
    fn a_random_ref_is_no_name() {
        for random in ["7KQ2", "BKQF", "QLM-7KQ2", "QLM-BKQF", "FHC-X4T9", "A7-KQ72", "P9X", "QLM-2026-014", "7K19"] {
            assert_eq!(alone(random), None, "{random}");
        }
        for telling in [
            "JS",
            "QLM-JS",
            "SMITH",
            "JOHN-SMITH",
            "JS1985",
            "QLM-JS-010285",
            "MARK12",
            "JSMITH-1980",
            "JS-1985-03-12",
            "JS-12-03-85",
            "QLM-7SMITH",
            "1985-7KQ2",
        ] {
            assert!(alone(telling).is_some(), "{telling}");
        }
    }

    #[test]
    fn what_refs_begin_with_says_nothing_unless_it_stands_alone() {
        let all = ["ANVIL-77BD", "ANVIL-4KQ2", "ANVIL-X3TT", "SMITH-9B4X"];
        let own = Prefixes::of(all.into_iter());
        assert_eq!(all.map(|case| looks_like(case, own.without(case)).is_some()), [false, false, false, true]);
        assert_eq!(alone("ANVIL-77BD"), None);
    }
}
