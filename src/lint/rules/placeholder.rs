//! A gap of the starter file that nobody has filled.

use crate::lint::{Look, Rule};
use crate::model::{Discussion, Meeting};
use crate::source::{Code, Finding, Place, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "placeholder",
        severity: Severity::Unwise,
        summary: "a gap of the example was not filled",
        explain: "The first meeting that `marg init` writes shows `…` wherever something has to be written, and an invented ref. What is left standing would be told in the minutes as if somebody had said it. Write what was said, or delete the line.",
    },
    whole: false,
    lacks: &[],
    look,
};

/// The ref in the starter's meeting.
const EXAMPLE: &str = "ABC-7KQ2";

/// Whether a text is only the mark of a gap.
pub(super) fn is_gap(text: &str) -> bool {
    matches!(text.trim(), "…" | "...")
}

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    let mut gaps = Gaps(findings);
    for (_, meeting) in look.book.held_meetings() {
        let here = meeting.place();
        let people = [("venue", &meeting.venue), ("chair", &meeting.chair), ("coordinator", &meeting.coordinator), ("minute_taker", &meeting.minute_taker)];
        gaps.fields(&here, &people);
        gaps.fields(&here, &[("other_business", &meeting.other_business)]);
        if let Some(said) = &meeting.confidentiality {
            gaps.fields(&here.field("confidentiality"), &[("read_by", &said.read_by), ("agreement", &said.agreement)]);
        }
        for line in &meeting.attendance {
            gaps.fields(&here.field("attendance").entry(line.nth), &[("role", &line.role)]);
        }
        for report in &meeting.previous_actions {
            gaps.fields(&here.field("previous_actions").entry(report.nth), &[("note", &report.note)]);
        }
        for case in &meeting.cases {
            discussion(&mut gaps, meeting, case);
        }
    }
}

fn discussion(gaps: &mut Gaps<'_>, meeting: &Meeting, case: &Discussion) {
    let here = meeting.case_place(case);
    if case.case.as_str() == EXAMPLE {
        let message = format!("`{EXAMPLE}` is the invented ref of the example");
        gaps.0.push(Finding::value(&RULE.code, here.field("ref"), message).hint("give the person a random ref of your own, and use it in every file"));
    }
    let people = [("lead_professional", &case.lead_professional), ("lived_experience_supporter", &case.lived_experience_supporter)];
    gaps.fields(&here, &people);
    gaps.fields(&here, &[("update", &case.update)]);
    if let Some(referral) = &case.referral {
        let texts = [("reason", &referral.reason), ("tried", &referral.tried), ("offer", &referral.offer)];
        gaps.fields(&here.field("referral"), &texts);
        let basis = [("legal_basis", &referral.legal_basis), ("consent", &referral.consent), ("senior_sign_off", &referral.senior_sign_off)];
        gaps.fields(&here.field("referral"), &basis);
    }
    entries(gaps, case, &here);
}

fn entries(gaps: &mut Gaps<'_>, case: &Discussion, here: &Place) {
    for view in &case.views {
        let here = here.field("views").entry(view.nth);
        gaps.fields(&here, &[("whose", &view.whose), ("says", &view.says)]);
        for (n, want) in view.wants.iter().enumerate() {
            gaps.text(want, here.field("wants").entry(n));
        }
    }
    for barrier in &case.barriers {
        gaps.fields(&here.field("barriers").entry(barrier.nth), &[("rule", &barrier.rule), ("cause", &barrier.cause), ("evidence", &barrier.evidence)]);
    }
    for decision in &case.decisions {
        let here = here.field("decisions").entry(decision.nth);
        gaps.text(&decision.text, here.field("text"));
        gaps.fields(&here, &[("why", &decision.why), ("dissent", &decision.dissent)]);
    }
    for action in &case.actions {
        let here = here.field("actions").entry(action.nth);
        gaps.text(&action.what, here.field("what"));
        gaps.fields(&here, &[("person", &action.person)]);
    }
    for point in &case.learning {
        gaps.text(&point.text, here.field("learning").entry(point.nth).field(point.kind.word()));
    }
}

struct Gaps<'a>(&'a mut Vec<Finding>);

impl Gaps<'_> {
    fn fields(&mut self, here: &Place, texts: &[(&'static str, &Option<String>)]) {
        for (name, text) in texts {
            if let Some(text) = text {
                self.text(text, here.field(name));
            }
        }
    }

    fn text(&mut self, text: &str, place: Place) {
        if is_gap(text) {
            let message = format!("`{}` still stands here", text.trim());
            self.0.push(Finding::value(&RULE.code, place, message).hint("write what was said, or delete the line"));
        }
    }
}
