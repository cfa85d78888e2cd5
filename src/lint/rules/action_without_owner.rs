//! An action that belongs to nobody.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "action-without-owner",
        severity: Severity::Unwise,
        summary: "an action has no owner",
        explain: "An action without an owner is done by nobody. In real council minutes five actions out of six lack an owner or a date. Name the agency that does it: `owner: housing-options`.",
    },
    whole: false,
    lacks: &["owner"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (meeting, case, action) in look.actions() {
        if action.owner.is_none() && !case.is_left_open("owner") {
            let place = meeting.case_place(case).field("actions").entry(action.nth);
            findings
                .push(Finding::value(&RULE.code, place, format!("nobody owns this action for {}", case.case)).hint("add the agency that does it: `owner: …`"));
        }
    }
}
