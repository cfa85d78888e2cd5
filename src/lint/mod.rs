//! Opinions about a valid casebook: what a careful coordinator would want to know.

mod recording;
mod rules;
mod usage;

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::model::{Action, ActionState, Barrier, Casebook, Discussion, Ledger, Meeting};
use crate::source::{At, Code, Finding, Step};

/// One opinion: what it is called and why it is held, and how it looks for occasions.
pub struct Rule {
    pub code: Code,
    /// Whether it can only be held of a casebook that is complete.
    whole: bool,
    /// The fields whose absence it is about. Where one of them is there and wrong, nothing is said of its absence.
    lacks: &'static [&'static str],
    look: fn(&Look<'_>, &mut Vec<Finding>),
}

/// All rules, in the order of the documentation.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    rules::RULES.iter().copied()
}

/// What a ref that somebody is about to give would say about the person; nothing for a good one.
pub fn ref_gives_away(book: &Casebook, case: &str) -> Option<&'static str> {
    rules::ref_gives_away(book, case)
}

/// What all rules have to say. `wrong` is what was found wrong with the files that the casebook was read from.
pub fn run(book: &Casebook, wrong: &[Finding]) -> Vec<Finding> {
    let look = Look::new(book);
    let mut findings = Vec::new();
    for rule in rules().filter(|rule| wrong.is_empty() || !rule.whole) {
        let from = findings.len();
        (rule.look)(&look, &mut findings);
        if !wrong.is_empty() && !rule.lacks.is_empty() {
            let said = findings.split_off(from);
            findings.extend(said.into_iter().filter(|finding| !is_there_but_wrong(finding, rule.lacks, wrong)));
        }
    }
    findings
}

/// Whether what a finding misses stands in the file, and could not be read: then only the slip is worth a word.
fn is_there_but_wrong(finding: &Finding, lacks: &[&str], wrong: &[Finding]) -> bool {
    let At::Value(place) = &finding.at else { return false };
    // A finding is shown at an entry, or at the field that names it.
    let steps = place.path.steps();
    let entry = steps.strip_suffix(&[Step::Field("ref")]).or(steps.strip_suffix(&[Step::Field("date")])).unwrap_or(steps);
    let is_one_of = |step: Option<&Step>| matches!(step, Some(Step::Field(name)) if lacks.contains(name));
    wrong.iter().filter(|wrong| wrong.at.file() == Some(place.file)).any(|wrong| match &wrong.at {
        At::Value(at) => at.path.steps().strip_prefix(entry).is_some_and(|below| is_one_of(below.first())) || is_one_of(at.path.steps().first()),
        // A field that is misspelt, or holds another kind of thing: it may be the one.
        _ => true,
    })
}

/// What rules look at: the casebook, the ledger, and the ways through them that several rules walk.
struct Look<'a> {
    book: &'a Casebook,
    ledger: Ledger<'a>,
    actions_by_case: HashMap<&'a str, Vec<usize>>,
    mentions: OnceCell<recording::Mentions<'a>>,
    usage: OnceCell<usage::Usage>,
}

impl<'a> Look<'a> {
    fn new(book: &'a Casebook) -> Self {
        let ledger = Ledger::fold(book);
        let mut actions_by_case: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, state) in ledger.actions.iter().enumerate() {
            actions_by_case.entry(state.discussion.case.as_str()).or_default().push(at);
        }
        Self { book, ledger, actions_by_case, mentions: OnceCell::new(), usage: OnceCell::new() }
    }

    /// The labels and the words that judge, in all that was written.
    fn mentions(&self) -> &recording::Mentions<'a> {
        self.mentions.get_or_init(|| recording::Mentions::of(self.book))
    }

    /// How often themes are used, and beside which others.
    fn usage(&self) -> &usage::Usage {
        self.usage.get_or_init(|| usage::Usage::of(self.book))
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
