//! A barrier that keeps the person from nothing.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "barrier-without-blocks",
        severity: Severity::Unwise,
        summary: "a barrier does not say what it keeps the person from",
        explain: "A barrier is a sentence: this theme blocks that service. Without `blocks` it cannot be said what would open if it went.",
    },
    whole: false,
    lacks: &["blocks"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (meeting, case, barrier) in look.barriers() {
        if barrier.blocks.is_none() {
            let message = format!("this barrier does not say what it keeps {} from", case.case);
            findings.push(Finding::value(&RULE.code, meeting.barrier_place(case, barrier), message).hint("add the service: `blocks: …`"));
        }
    }
}
