//! A meeting that was planned for a day that has passed.

use crate::lint::{Look, Rule};
use crate::model::MeetingStatus;
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "meeting-long-past",
        severity: Severity::Unwise,
        summary: "a planned meeting lies in the past",
        explain: "What a planned meeting records counts for nothing. If it took place, set `status: held`; if it did not, `status: called-off`.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for meeting in &look.book.meetings {
        if meeting.status == MeetingStatus::Planned && meeting.date < look.book.today {
            let message = format!("this meeting was planned for {}, which has passed", meeting.date);
            findings.push(
                Finding::value(&RULE.code, meeting.place().field("status"), message)
                    .hint("if it took place, write `status: held`; if not, `status: called-off`"),
            );
        }
    }
}
