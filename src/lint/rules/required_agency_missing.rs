//! An agency that was needed and had no part.

use crate::lint::{Look, Rule};
use crate::model::{AgencyKey, Meeting};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "required-agency-missing",
        severity: Severity::Unwise,
        summary: "a required agency was neither there nor sent information",
        explain: "There is no quorum by number: what counts is whether the agencies that are needed were there, or sent what they know. Where one did neither, the cases that depend on it are best deferred, and the absence is best taken up with it.",
    },
    whole: false,
    lacks: &["attendance"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (_, meeting) in look.book.held_meetings() {
        for (n, agency) in meeting.required_agencies.iter().enumerate() {
            if !took_part(meeting, *agency) {
                let name = &look.book.group.agency(*agency).name;
                let place = meeting.place().field("required_agencies").entry(n);
                let message = format!("{name} was required, and was neither present nor sent information");
                findings.push(Finding::value(&RULE.code, place, message).hint("add it to the attendance, or raise its absence with it"));
            }
        }
    }
}

fn took_part(meeting: &Meeting, agency: AgencyKey) -> bool {
    meeting.attendance.iter().any(|line| line.agency == agency && matches!(line.status.as_str(), "present" | "sent-information"))
}
