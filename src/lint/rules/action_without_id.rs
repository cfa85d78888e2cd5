//! An action that nobody can report on.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "action-without-id",
        severity: Severity::Unwise,
        summary: "an action has no id",
        explain: "What became of an action is told at a later meeting, by the id of the action. Without one it stays open for ever. Give it four random letters and digits, such as `id: k7q2`.",
    },
    whole: false,
    lacks: &["id"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (meeting, case, action) in look.actions() {
        if action.id.is_none() {
            let place = meeting.case_place(case).field("actions").entry(action.nth);
            findings.push(
                Finding::value(&RULE.code, place, "this action has no id, so no later meeting can say what became of it")
                    .hint("add four random letters and digits: `id: k7q2`"),
            );
        }
    }
}
