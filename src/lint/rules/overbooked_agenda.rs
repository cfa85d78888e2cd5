//! An agenda with more on it than the meeting has time for.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity, n_of};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "overbooked-agenda",
        severity: Severity::Unwise,
        summary: "the agenda has more minutes than the meeting",
        explain: "When the minutes of all items add up to more than the meeting lasts, the last cases are rushed or put off. The length is from `starts` to `ends`, or `meeting_minutes` of marg.yaml, or else two hours. Move a case to the next meeting, or give it fewer minutes.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for meeting in &look.book.meetings {
        let (booked, length) = (meeting.booked(), meeting.length(&look.book.group));
        if booked > length {
            let over = n_of((booked - length) as usize, "minute", "minutes");
            let message = format!("the agenda takes {booked} minutes and the meeting lasts {length}: {over} too many");
            findings.push(Finding::value(&RULE.code, meeting.place().field("agenda"), message).hint("put an item off, or give some of them fewer minutes"));
        }
    }
}
