//! A case that came back while nobody said what became of its actions.

use crate::lint::{Look, Rule};
use crate::model::{ActionState, Task};
use crate::source::{Code, Finding, Severity, list_of};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "old-actions-unreported",
        severity: Severity::Unwise,
        summary: "a case came back, and nobody reported on its earlier actions",
        explain: "The complaint most often made of such meetings is that the same actions are set again without anyone checking whether they worked. Say under `previous_actions` what became of each: done, open, not-possible or not-done, and what came of it.",
    },
    whole: false,
    lacks: &["previous_actions"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (case, story) in &look.ledger.cases {
        let (meeting, last) = story.last();
        let silent = |state: &&ActionState<'_>| matches!(state.task, Task::Action(_)) && state.told.is_empty() && state.meeting.id != meeting.id;
        let ids: Vec<String> = look.actions_of(case).filter(silent).filter_map(|state| state.task.id()).map(|id| format!("`{id}`")).collect();
        if !ids.is_empty() {
            let message = format!("{case} came back, and nobody has said what became of {}", list_of(&ids, "and"));
            let hint = "write it under `previous_actions`: `{ id: …, status: done, outcome: worked }`";
            findings.push(Finding::value(&RULE.code, meeting.case_place(last).field("ref"), message).hint(hint));
        }
    }
}
