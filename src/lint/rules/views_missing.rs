//! A discussion in which the person has no voice.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "views-missing",
        severity: Severity::Unwise,
        summary: "the person's views are missing",
        explain: "A plan made without the person is a plan for somebody else. Under `views` stands what the person says and wants, and who asked; where nobody could ask, what an advocate or the family says.",
    },
    whole: false,
    lacks: &["views"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (meeting, case) in look.discussions() {
        if !case.has_views() && !case.is_left_open("views") {
            let message = format!("nothing here says what {} thinks and wants", case.case);
            let hint = "add `views: [{ whose: person, obtained_by: …, says: \"…\" }]`";
            findings.push(Finding::value(&RULE.code, meeting.case_place(case).field("ref"), message).hint(hint));
        }
    }
}
