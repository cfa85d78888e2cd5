//! A referral that rests on a consent which was not given.

use crate::lint::{Look, Rule};
use crate::source::{Code, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "consent-withheld",
        severity: Severity::Unwise,
        summary: "the legal basis is consent, and consent was not given",
        explain: "Sharing can rest on the person's consent only where it was given. Where it was withheld, or nobody asked, something else has to allow it, such as a public task or vital interests; whoever leads on information governance knows which. Otherwise the case does not belong on the table.",
    },
    whole: false,
    lacks: &[],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (meeting, case) in look.discussions() {
        let Some(referral) = &case.referral else { continue };
        let rests_on_it = referral.legal_basis.as_deref().is_some_and(|basis| basis.trim().to_lowercase().starts_with("consent"));
        if let Some(consent) = referral.consent.as_deref().filter(|consent| rests_on_it && matches!(*consent, "withheld" | "not-sought")) {
            let place = meeting.case_place(case).field("referral").field("legal_basis");
            let message = format!("{} is shared on the basis of consent, and consent is `{consent}`", case.case);
            findings.push(Finding::value(&RULE.code, place, message).hint("say what else allows it, such as a public task, or correct `consent`"));
        }
    }
}
