//! A case that was put off, and that nobody has taken up again.

use crate::lint::{Look, Rule};
use crate::model::HeldDays;
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "deferred-case-lost",
        severity: Severity::Unwise,
        summary: "a case was put off, and no later meeting took it up",
        explain: "A case that a meeting puts off (`deferred` on its agenda) belongs on the next one. Here the group has met since, and the case was neither discussed nor put on an agenda. `marg agenda` puts such cases on the next agenda by itself. If it need not come back, put it on one all the same and close it there, so that the reason is known.",
    },
    whole: true,
    lacks: &["agenda", "cases"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let held = HeldDays::of(look.book);
    for put_off in look.ledger.put_off(None).into_iter().filter(|put_off| held.since(put_off.meeting) > 0) {
        let place = put_off.meeting.place().field("agenda").entry(put_off.item.nth);
        let message = format!("{} was put off here, and no meeting since has taken it up", put_off.case);
        findings.push(Finding::value(&RULE.code, place, message).hint("put it on the next agenda: `marg agenda --update` does"));
    }
}
