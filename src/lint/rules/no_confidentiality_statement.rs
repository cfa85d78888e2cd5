//! A meeting that was held without the statement.

use crate::lint::{Look, Rule};
use crate::model::Confidentiality;
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "no-confidentiality-statement",
        severity: Severity::Unwise,
        summary: "a meeting was held without its confidentiality statement",
        explain: "The statement is read at the start of every meeting, and that it was read is part of the record: `confidentiality: { read_by: chair, agreement: … }`.",
    },
    whole: false,
    lacks: &["confidentiality"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (_, meeting) in look.book.held_meetings() {
        if !meeting.confidentiality.as_ref().is_some_and(Confidentiality::was_read) {
            let message = "the record does not say that the confidentiality statement was read";
            findings.push(Finding::value(&RULE.code, meeting.place().field("date"), message).hint("add `confidentiality: { read_by: chair, agreement: … }`"));
        }
    }
}
