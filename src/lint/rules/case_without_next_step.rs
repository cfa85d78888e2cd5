//! A case that neither comes back nor ends.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "case-without-next-step",
        severity: Severity::Unwise,
        summary: "a case has neither a next review nor an end",
        explain: "A case that is neither looked at again nor closed is forgotten. Write `next_review: 2026-04-09`, or `closed: { reason: … }`.",
    },
    whole: false,
    lacks: &["next_review", "closed"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (meeting, case) in look.discussions() {
        if case.next_review.is_none() && case.closed.is_none() && !case.is_left_open("next_review") {
            let message = format!("{} has neither a next review nor an end", case.case);
            findings.push(Finding::value(&RULE.code, meeting.case_place(case).field("ref"), message).hint("add `next_review: …`, or `closed: { reason: … }`"));
        }
    }
}
