//! An agenda with more on it than the meeting has time for.

use crate::lint::{Look, Rule};
use crate::model::Meeting;
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

/// How long a meeting lasts where nothing says so.
const USUAL: u32 = 120;

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for meeting in &look.book.meetings {
        let booked: u32 = meeting.agenda.iter().filter_map(|item| item.minutes).fold(0, u32::saturating_add);
        let length = length(meeting).unwrap_or(look.book.group.meeting_minutes.unwrap_or(USUAL));
        if booked > length {
            let over = n_of((booked - length) as usize, "minute", "minutes");
            let message = format!("the agenda takes {booked} minutes and the meeting lasts {length}: {over} too many");
            findings.push(Finding::value(&RULE.code, meeting.place().field("agenda"), message).hint("put an item off, or give some of them fewer minutes"));
        }
    }
}

fn length(meeting: &Meeting) -> Option<u32> {
    let minutes = (meeting.ends? - meeting.starts?).num_minutes();
    u32::try_from(minutes).ok().filter(|minutes| *minutes > 0)
}
