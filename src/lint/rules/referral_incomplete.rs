//! A new case that came without what a referral needs.

use crate::lint::{Look, Rule};
use crate::model::{Discussion, DiscussionKind, Referral};
use crate::source::{Code, Finding, Severity, list_of};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "referral-incomplete",
        severity: Severity::Unwise,
        summary: "a new case lacks part of its referral",
        explain: "A referral says why now, what has been tried, what the referrer itself offers, the legal basis for sharing, and whether the person was asked. Without the offer a case is handed over rather than shared; without what has been tried it is tried again.",
    },
    whole: false,
    lacks: &["referral", "type"],
    look,
};

fn look(look: &Look<'_>, findings: &mut Vec<Finding>) {
    for (meeting, case) in look.discussions() {
        if case.kind != Some(DiscussionKind::New) {
            continue;
        }
        let missing = missing(case);
        if !missing.is_empty() {
            let message = format!("{} is new, and its referral does not say {}", case.case, list_of(&missing, "and"));
            findings.push(Finding::value(&RULE.code, meeting.case_place(case).field("ref"), message).hint("complete `referral`, or ask the referrer to"));
        }
    }
}

fn missing(case: &Discussion) -> Vec<&'static str> {
    let nothing = Referral::default();
    let referral = case.referral.as_deref().unwrap_or(&nothing);
    let parts = [
        (referral.agency.is_some() || referral.is_left_open("agency"), "who refers (`agency`)"),
        (referral.reason.is_some() || referral.is_left_open("reason"), "why now (`reason`)"),
        (referral.tried.is_some() || referral.is_left_open("tried"), "what has been tried (`tried`)"),
        (referral.offer.is_some() || referral.is_left_open("offer"), "what the referrer offers (`offer`)"),
        (referral.legal_basis.is_some() || referral.is_left_open("legal_basis"), "on what legal basis (`legal_basis`)"),
        (referral.consent.is_some() || referral.is_left_open("consent"), "whether the person was asked (`consent`)"),
    ];
    parts.into_iter().filter(|(there, _)| !there).map(|(_, what)| what).collect()
}
