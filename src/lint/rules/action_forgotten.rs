//! An action that is long past its day, and that nobody has said a word about.

use crate::lint::{Look, Rule};
use crate::model::{ActionState, HeldDays, Task};
use crate::source::{Code, Finding, Severity, n_of};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "action-forgotten",
        severity: Severity::Unwise,
        summary: "an action is long past its day, and nobody says a word of it",
        explain: "A group takes an open action further after some meetings (`escalation: after_meetings` in marg.yaml; 2 if it is not said). This one has been open for that long, its day has passed, and no meeting was told what became of it. Say it with `marg actions done`, `not-possible`, `not-done` or `open`; `marg actions --summary` shows to whom it goes. A case that came back is asked about by `old-actions-unreported`.",
    },
    whole: true,
    lacks: &["previous_actions"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let held = HeldDays::of(look.book);
    let after = look.book.group.escalation.after_meetings as usize;
    let came_back = |state: &ActionState<'_>| look.ledger.case(state.discussion.case.as_str()).is_some_and(|story| story.last().0.id != state.meeting.id);
    for state in look.ledger.actions.iter().filter(|state| state.told.is_empty() && state.is_overdue(look.book.today) && !came_back(state)) {
        let Task::Action(action) = state.task else { continue };
        let meetings = held.since(state.meeting);
        if meetings >= after.max(1) {
            let place = state.meeting.case_place(state.discussion).field("actions").entry(action.nth);
            let called = action.id.as_ref().map_or("this action".to_owned(), |id| format!("`{id}`"));
            let message = format!("{called} is past its day, and none of {} since was told what became of it", n_of(meetings, "meeting", "meetings"));
            findings
                .push(Finding::value(&RULE.code, place, message).hint("say what became of it: `marg actions done ID`, or `not-done`, `not-possible`, `open`"));
        }
    }
}
