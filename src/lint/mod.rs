//! Opinions about a valid casebook: what a careful coordinator would want to know.

mod rules;

use std::collections::HashMap;

use crate::model::{Action, ActionState, Barrier, Casebook, Discussion, Ledger, Meeting};
use crate::source::{Code, Finding};

/// One opinion: what it is called and why it is held, and how it looks for occasions.
pub struct Rule {
    pub code: Code,
    /// Whether it can only be held of a casebook that is complete.
    whole: bool,
    look: fn(&Look<'_>, &mut Vec<Finding>),
}

/// All rules, in the order of the documentation.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    rules::RULES.iter().copied()
}

/// What all rules have to say. `complete` is whether everything in the workspace could be read.
pub fn run(book: &Casebook, complete: bool) -> Vec<Finding> {
    let look = Look::new(book);
    let mut findings = Vec::new();
    for rule in rules().filter(|rule| complete || !rule.whole) {
        (rule.look)(&look, &mut findings);
    }
    findings
}

/// What rules look at: the casebook, the ledger, and the ways through them that several rules walk.
struct Look<'a> {
    book: &'a Casebook,
    ledger: Ledger<'a>,
    actions_by_case: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Look<'a> {
    fn new(book: &'a Casebook) -> Self {
        let ledger = Ledger::fold(book);
        let mut actions_by_case: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, state) in ledger.actions.iter().enumerate() {
            actions_by_case.entry(state.discussion.case.as_str()).or_default().push(at);
        }
        Self { book, ledger, actions_by_case }
    }

    /// Every discussion at a meeting that took place.
    fn discussions(&self) -> impl Iterator<Item = (&'a Meeting, &'a Discussion)> {
        self.book.held_meetings().flat_map(|(_, meeting)| meeting.cases.iter().map(move |case| (meeting, case)))
    }

    fn actions(&self) -> impl Iterator<Item = (&'a Meeting, &'a Discussion, &'a Action)> {
        self.discussions().flat_map(|(meeting, case)| case.actions.iter().map(move |action| (meeting, case, action)))
    }

    fn barriers(&self) -> impl Iterator<Item = (&'a Meeting, &'a Discussion, &'a Barrier)> {
        self.discussions().flat_map(|(meeting, case)| case.barriers.iter().map(move |barrier| (meeting, case, barrier)))
    }

    fn actions_of(&self, case: &str) -> impl Iterator<Item = &ActionState<'a>> {
        self.actions_by_case.get(case).into_iter().flatten().map(|at| &self.ledger.actions[*at])
    }
}
