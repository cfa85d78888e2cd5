//! A learning point that no guide will find.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "learning-without-theme",
        severity: Severity::Unwise,
        summary: "a learning point has no theme",
        explain: "What was learned comes back to somebody through the theme it belongs to: in the guide, and when the barrier is met again. Without one it is lost in the minutes.",
    },
    whole: false,
    lacks: &["themes"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (meeting, case) in look.discussions() {
        for point in case.learning.iter().filter(|point| point.themes.is_empty()) {
            let place = meeting.case_place(case).field("learning").entry(point.nth);
            findings.push(
                Finding::value(&RULE.code, place, "no guide will find this learning point: it has no theme").hint("add what it is about: `themes: [ … ]`"),
            );
        }
    }
}
