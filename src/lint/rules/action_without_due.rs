//! An action that is due on no day.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "action-without-due",
        severity: Severity::Unwise,
        summary: "an action has no date",
        explain: "An action without a date is never late, so nobody asks about it. Say by when: `due: 2026-03-26`.",
    },
    whole: false,
    lacks: &["due"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (meeting, case, action) in look.actions() {
        if action.due.is_none() && !case.is_left_open("due") {
            let place = meeting.case_place(case).field("actions").entry(action.nth);
            findings.push(Finding::value(&RULE.code, place, format!("this action for {} has no date", case.case)).hint("say by when: `due: 2026-03-26`"));
        }
    }
}
