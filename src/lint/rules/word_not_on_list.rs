//! A word that is on no list.

use super::placeholder::is_gap;
use crate::lint::{Look, Rule};
use crate::model::{Casebook, Discussion, Meeting, known};
use crate::source::{Code, Finding, Place, Severity, list_of, nearest};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "word-not-on-list",
        severity: Severity::Unwise,
        summary: "a word is not on the list of its field",
        explain: "Some fields take words from a list, so that they can be counted and compared. A word that is not on it is kept as it stands. Either it is misspelt, or the group wants it: then add it to `words` in marg.yaml.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for meeting in &look.book.meetings {
        let mut see = See { book: look.book, findings };
        see.word("meetings", known::MEETINGS, Some(&meeting.kind), meeting.place().field("meeting"));
        for line in &meeting.attendance {
            see.word("attendance", known::ATTENDANCE, Some(&line.status), meeting.place().field("attendance").entry(line.nth).field("status"));
        }
        for (n, value) in meeting.session.iter().flat_map(|session| &session.value).enumerate() {
            see.word("cycles", known::CYCLES, Some(&value.cycle), meeting.place().field("session").field("value").entry(n).field("cycle"));
        }
        for case in &meeting.cases {
            discussion(&mut see, meeting, case);
        }
    }
    for theme in &look.book.themes {
        for statement in theme.guide.iter().flat_map(|guide| &guide.statements) {
            let place = theme.place().field("guide").field("statements").entry(statement.nth).field("section");
            See { book: look.book, findings }.word("sections", known::SECTIONS, Some(&statement.section), place);
        }
    }
}

fn discussion(see: &mut See<'_>, meeting: &Meeting, case: &Discussion) {
    let here = meeting.case_place(case);
    if let Some(referral) = &case.referral {
        see.word("consent", known::CONSENT, referral.consent.as_ref(), here.field("referral").field("consent"));
    }
    for view in &case.views {
        see.word("whose", known::WHOSE, view.whose.as_ref(), here.field("views").entry(view.nth).field("whose"));
    }
    for barrier in &case.barriers {
        let here = here.field("barriers").entry(barrier.nth);
        see.word("causes", known::CAUSES, barrier.cause.as_ref(), here.field("cause"));
        see.word("scopes", known::SCOPES, barrier.scope.as_ref(), here.field("scope"));
    }
    for offer in &case.offers {
        let here = here.field("offers").entry(offer.nth);
        see.word("offers", known::OFFERS, offer.kind.as_ref(), here.field("kind"));
        see.word("accepted", known::ACCEPTED, offer.accepted.as_ref(), here.field("accepted"));
    }
    if let Some(custody) = &case.custody {
        see.word("custody", known::CUSTODY, custody.status.as_ref(), here.field("custody").field("status"));
    }
}

/// Words that people write for one on the list, without being like it.
fn meant(list: &str, word: &str) -> Option<&'static str> {
    match (list, word.to_lowercase().as_str()) {
        ("consent", "yes" | "true" | "y" | "agreed" | "consented") => Some("given"),
        ("consent", "no" | "false" | "n" | "refused" | "declined" | "withdrawn") => Some("withheld"),
        ("consent", "not asked" | "not-asked" | "unknown" | "none") => Some("not-sought"),
        ("attendance", "attended" | "yes" | "here" | "there" | "in person" | "online") => Some("present"),
        ("attendance", "absent" | "sorry" | "excused") => Some("apology"),
        ("attendance", "no" | "none" | "nothing") => Some("no-response"),
        ("accepted", "true" | "y" | "accepted") => Some("yes"),
        ("accepted", "false" | "n" | "declined" | "refused") => Some("no"),
        _ => None,
    }
}

struct See<'a> {
    book: &'a Casebook,
    findings: &'a mut Vec<Finding>,
}

impl See<'_> {
    fn word(&mut self, list: &str, known: &[&str], word: Option<&String>, place: Place) {
        let own = self.book.group.own_words(list);
        let Some(word) = word.filter(|word| !word.is_empty() && !is_gap(word) && !known.contains(&word.as_str()) && !own.contains(word)) else { return };
        let all: Vec<&str> = known.iter().copied().chain(own.iter().map(String::as_str)).collect();
        let hint = match meant(list, word).or_else(|| nearest(word, all.iter().copied())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it can be {}; or add it to `words: {{ {list}: [ … ] }}` in marg.yaml", list_of(&all, "or")),
        };
        self.findings.push(Finding::value(&RULE.code, place, format!("`{word}` is on no list")).hint(hint));
    }
}
