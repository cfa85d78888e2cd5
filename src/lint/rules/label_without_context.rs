//! A label that follows a person, without what it takes to judge by it.

use std::collections::BTreeMap;

use crate::lint::recording::{Means, Mention, missing};
use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity, list_of};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "label-without-context",
        severity: Severity::Unwise,
        summary: "a label such as arson stands in a record that says little about it",
        explain: "A word such as arson, violence or sexual offence is copied from file to file, and decides for years. Where nobody wrote down what happened, nobody can decide otherwise: the note itself becomes the barrier. So a record is to say when it was, how old the person was, what was meant, what harm it did, what was going on, what has changed since, and whether it was a conviction, a charge or an allegation; where something is not known, that it is not known.\n\nAsked once a person and label, where it was last written, and only if more than half of that stands nowhere near it in any record of the person. A word in quotation marks, a rule of an agency and what the person says are left alone. `recording` in marg.yaml has labels of your own; `asks: []` switches one off. docs/recording.md says more.",
    },
    whole: true,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let mentions = look.mentions();
    let mut by_label: BTreeMap<(&str, usize), Vec<&Mention<'_>>> = BTreeMap::new();
    for mention in &mentions.found {
        if let Means::Label(label) = mention.means {
            by_label.entry((mention.case.case.as_str(), label)).or_default().push(mention);
        }
    }
    for ((case, label), of_case) in by_label {
        let asks = &mentions.labels[label].asks;
        let Some(newest) = of_case.iter().rev().find(|mention| mention.is_of_the_person()) else { continue };
        let missing = missing(asks, &of_case);
        if missing.len() * 2 > asks.len() {
            let place = newest.field.place(newest.meeting, newest.case);
            let message = format!("`{}` stands here, and no record of {case} says {}", newest.word(), list_of(&missing, "or"));
            findings.push(Finding::value(&RULE.code, place, message).hint("write what is known of it beside the word, and what is not known as not known"));
        }
    }
}
