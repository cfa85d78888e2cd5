//! A barrier that belongs to nobody.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "barrier-without-at",
        severity: Severity::Unwise,
        summary: "a barrier does not say whose rule or practice it is",
        explain: "A barrier belongs to somebody who could change it. Without `at` nobody can be asked. Name the agency whose rule or practice it is.",
    },
    whole: false,
    lacks: &["at"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (meeting, case, barrier) in look.barriers() {
        if barrier.at.is_none() {
            let message = format!("nobody can be asked about this barrier of {}: it does not say whose it is", case.case);
            findings
                .push(Finding::value(&RULE.code, meeting.barrier_place(case, barrier), message).hint("add the agency whose rule or practice it is: `at: …`"));
        }
    }
}
