//! A report on an action that had not been set yet.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "told-before-set",
        severity: Severity::Unwise,
        summary: "an action is reported on before it was set",
        explain: "A meeting reports on an action of a later meeting: one of the two dates, or the id, is probably wrong.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for state in &look.ledger.actions {
        for told in state.told.iter().filter(|told| told.meeting.date < state.meeting.date) {
            let place = told.meeting.place().field("previous_actions").entry(told.report.nth).field("id");
            let message = format!("`{}` was set on {}, after this meeting", told.report.id, state.meeting.date);
            findings.push(Finding::value(&RULE.code, place, message).hint("look at the id, and at the dates of the two meetings"));
        }
    }
}
