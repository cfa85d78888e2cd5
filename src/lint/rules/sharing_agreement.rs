//! An agreement to share what agencies know, whose review is due.

use crate::lint::{Look, Rule};
use crate::model::{Group, SharingAgreement};
use crate::source::{Code, Finding, Severity, n_of};

/// How long before, in days: long enough for every agency to sign.
const BEFORE: i64 = 60;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "sharing-agreement-due",
        severity: Severity::Unwise,
        summary: "the agreement to share information is to be reviewed",
        explain: "Agencies share what they know of a person under an agreement with a day by which it is reviewed: `information_sharing: { agreement: …, review_by: … }`. It is said from 60 days before. Once the day is past, `marg agenda` makes no new meeting unless somebody gives a reason, which stands in that meeting's file.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let Some(SharingAgreement { agreement, review_by: Some(day) }) = &look.book.group.information_sharing else { return };
    let left = (*day - look.book.today).num_days();
    if left > BEFORE {
        return;
    }
    let name = agreement.as_deref().map_or_else(|| "the sharing agreement".to_owned(), |name| format!("the agreement {name}"));
    let days = n_of(left.unsigned_abs() as usize, "day", "days");
    let (message, hint) = match left {
        ..0 => {
            (format!("the review of {name} has been overdue for {days}"), "review it, and set the next `review_by`; until then `marg agenda` asks for a reason")
        }
        0 => (format!("the review of {name} is due today"), "review it, and set the next `review_by`"),
        _ => (format!("the review of {name} is due in {days}"), "bring it before the agencies in time, then set the next `review_by`"),
    };
    let place = Group::place().field("information_sharing").field("review_by");
    findings.push(Finding::value(&RULE.code, place, message).hint(hint));
}
