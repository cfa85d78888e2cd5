//! A sentence of a guide that rests on nothing.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "statement-without-evidence",
        severity: Severity::Unwise,
        summary: "a statement of a guide names no evidence",
        explain: "A reader of a guide may ask of every sentence: how do you know? Name the learning points, barriers or actions behind it by their ids: `evidence: [w4h8, q2m1]`.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for theme in &look.book.themes {
        for statement in theme.guide.iter().flat_map(|guide| &guide.statements).filter(|statement| statement.evidence.is_empty()) {
            let place = theme.place().field("guide").field("statements").entry(statement.nth).field("says");
            findings.push(
                Finding::value(&RULE.code, place, "this statement names nothing that it rests on")
                    .hint("add ids of learning points, barriers or actions: `evidence: [ … ]`"),
            );
        }
    }
}
