//! A pseudonym that may not be one.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "ref-like-a-name",
        severity: Severity::Unwise,
        summary: "a case ref looks like a name, initials or a date of birth",
        explain: "A ref is to say nothing about the person. One made from a name, from initials or from a date of birth can be guessed by anybody who knows them. Use random letters and digits; many groups leave out vowels, so that no word can arise.",
    },
    whole: false,
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
    for (case, (meeting, discussion)) in first {
        if let Some(why) = looks_like(case) {
            let place = meeting.case_place(discussion).field("ref");
            findings.push(
                Finding::value(&RULE.code, place, format!("`{case}` looks like {why}"))
                    .hint("use random letters and digits, such as `QLM-7KQ2`, in every file"),
            );
        }
    }
}

/// What a ref gives away. The last part is looked at: what stands before it is the group's own prefix.
fn looks_like(case: &str) -> Option<&'static str> {
    let part = case.rsplit('-').next().unwrap_or(case);
    let letters = part.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = part.len() - letters;
    let tail_is_digits = part.bytes().skip(letters).all(|b| b.is_ascii_digit());
    let vowel = part.bytes().any(|b| b"AEIOUY".contains(&b));
    match (letters, digits) {
        (1..=3, 0) => Some("initials"),
        (4.., 0) if vowel => Some("a name"),
        (0, 6 | 8) => Some("a date of birth"),
        (1..=3, 4 | 6 | 8) if tail_is_digits => Some("initials with a date or year of birth"),
        (4.., 1..=4) if tail_is_digits && vowel => Some("a name with a number"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::looks_like;

    #[test]
    fn a_random_ref_is_no_name() {
        for random in ["QLM-7KQ2", "QLM-BKQF", "FHC-X4T9", "ANVIL-77BD", "A7-KQ72", "P9X"] {
            assert_eq!(looks_like(random), None, "{random}");
        }
        for telling in ["JS", "QLM-JS", "SMITH", "JOHN-SMITH", "JS1985", "QLM-JS-010285", "MARK12"] {
            assert!(looks_like(telling).is_some(), "{telling}");
        }
    }
}
