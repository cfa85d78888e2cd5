//! One case at one meeting.

use super::desk::{Desk, Here};
use crate::model::{
    Action, Asked, Barrier, BarrierStatus, Custody, Decision, Discussion, Feedback, LearningKind, LearningPoint, Offer, Referral, Tagging, ThemeKind, View,
};
use crate::yaml::codes;
use crate::yaml::fields::List;
use crate::yaml::raw::{RawAction, RawBarrier, RawDecision, RawDiscussion, RawFeedback, RawLearning, RawOffer, RawReferral, RawTagging, RawView};

pub(super) fn discussion(desk: &mut Desk<'_>, raw: RawDiscussion, nth: usize, here: &Here<'_>) -> Option<Discussion> {
    let case = desk.case(raw.case, here, "ref");
    let discussion = Discussion {
        nth,
        case: case.clone().unwrap_or_else(|| crate::model::CaseRef(String::new())),
        kind: desk.word(raw.kind.as_deref(), here.field("type")),
        referral: raw.referral.map(|raw| Box::new(referral(desk, raw, &here.field("referral")))),
        lead_agency: desk.agency(raw.lead_agency.as_deref(), here.field("lead_agency")),
        lead_professional: raw.lead_professional,
        lived_experience_supporter: raw.lived_experience_supporter,
        update: raw.update,
        views: each(raw.views, &here.field("views"), |raw, nth, here| view(desk, raw, nth, here)),
        needs: desk.themes(&raw.needs, Some(ThemeKind::Need), &here.field("needs")),
        barriers: each(raw.barriers, &here.field("barriers"), |raw, nth, here| barrier(desk, raw, nth, here)),
        enablers: desk.themes(&raw.enablers, Some(ThemeKind::Enabler), &here.field("enablers")),
        guides_used: desk.themes(&raw.guides_used, None, &here.field("guides_used")),
        tagging: each(raw.tagging, &here.field("tagging"), |raw, nth, here| tagging(desk, raw, nth, here)),
        decisions: each(raw.decisions, &here.field("decisions"), |raw, nth, here| decision(desk, raw, nth, here)),
        actions: each(raw.actions, &here.field("actions"), |raw, nth, here| action(desk, raw, nth, here)),
        learning: each(raw.learning, &here.field("learning"), |raw, nth, here| learning(desk, raw, nth, here)),
        offers: each(raw.offers, &here.field("offers"), |raw, nth, here| offer(desk, raw, nth, here)),
        custody: raw.custody.map(|raw| {
            let release_date = desk.date(raw.release_date, here.field("custody").field("release_date"));
            Box::new(Custody { status: raw.status, prison: raw.prison, release_date })
        }),
        next_review: desk.date(raw.next_review, here.field("next_review")),
        closed: raw.closed.map(|closed| closed.reason.unwrap_or_default()),
        feedback_to_person: raw.feedback_to_person.map(|raw| Box::new(feedback(desk, raw, &here.field("feedback_to_person")))),
        left_open: raw.left_open.0,
    };
    case.map(|_| discussion)
}

/// The entries of a list, each read at its place.
fn each<R, T>(raw: List<R>, here: &Here<'_>, mut read: impl FnMut(R, usize, &Here<'_>) -> Option<T>) -> Vec<T> {
    let mut read: Vec<T> = raw.0.into_iter().enumerate().filter_map(|(n, raw)| read(raw, n, &here.entry(n))).collect();
    // The room may be that of the raw entries, which are larger.
    read.shrink_to_fit();
    read
}

fn referral(desk: &mut Desk<'_>, raw: RawReferral, here: &Here<'_>) -> Referral {
    Referral {
        agency: desk.agency(raw.agency.as_deref(), here.field("agency")),
        reason: raw.reason,
        tried: raw.tried,
        offer: raw.offer,
        legal_basis: raw.legal_basis,
        consent: raw.consent,
        senior_sign_off: raw.senior_sign_off,
        asked_by: desk.agency(raw.asked_by.as_deref(), here.field("asked_by")),
        left_open: raw.left_open.0,
    }
}

fn view(desk: &mut Desk<'_>, raw: RawView, nth: usize, here: &Here<'_>) -> Option<View> {
    let obtained_by = desk.agency(raw.obtained_by.as_deref(), here.field("obtained_by"));
    Some(View { nth, whose: raw.whose, obtained_by, says: raw.says, wants: raw.wants.0 })
}

fn barrier(desk: &mut Desk<'_>, raw: RawBarrier, nth: usize, here: &Here<'_>) -> Option<Barrier> {
    let theme = desk.needed(raw.theme, *here, "theme", "say which barrier it is, by the id of a theme");
    let theme = desk.theme(Some(&theme), Some(ThemeKind::Barrier), here.field("theme"));
    let id = desk.id(raw.id, here);
    let status = desk.needed_word::<BarrierStatus>(raw.status.as_deref(), here, "status");
    let blocks = desk.service(raw.blocks.as_deref(), here.field("blocks"));
    let at = desk.agency(raw.at.as_deref(), here.field("at"));
    let asked = raw
        .asked
        .map(|raw| Asked { of: desk.agency(raw.of.as_deref(), here.field("asked").field("of")), on: desk.date(raw.on, here.field("asked").field("on")) });
    let answer = desk.word(raw.answer.as_deref(), here.field("answer"));
    Some(Barrier {
        nth,
        id,
        theme: theme?,
        blocks,
        at,
        rule: raw.rule,
        cause: given(raw.cause),
        scope: given(raw.scope),
        evidence: raw.evidence,
        status: status?,
        asked,
        answer,
    })
}

fn tagging(desk: &mut Desk<'_>, raw: RawTagging, nth: usize, here: &Here<'_>) -> Option<Tagging> {
    let theme = desk.needed(raw.theme, *here, "theme", "say which theme it is, by its id");
    let theme = desk.theme(Some(&theme), None, here.field("theme"));
    let on = desk.date(raw.on, here.field("on"));
    let (confirmed_by, refused_by) = (given(raw.confirmed_by), given(raw.refused_by));
    Some(Tagging { nth, theme: theme?, by: raw.by, on, confirmed_by, refused_by, memo: raw.memo, about: given(raw.about) })
}

/// A word that is there and says something.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn decision(desk: &mut Desk<'_>, raw: RawDecision, nth: usize, here: &Here<'_>) -> Option<Decision> {
    let text = desk.needed(raw.text, *here, "text", "a decision says what was decided");
    Some(Decision { nth, text, why: raw.why, dissent: raw.dissent })
}

fn action(desk: &mut Desk<'_>, raw: RawAction, nth: usize, here: &Here<'_>) -> Option<Action> {
    Some(Action {
        nth,
        id: desk.id(raw.id, here),
        what: desk.needed(raw.what, *here, "what", "an action says what is to be done"),
        owner: desk.agency(raw.owner.as_deref(), here.field("owner")),
        person: raw.person,
        due: desk.date(raw.due, here.field("due")),
        addresses: desk.theme(raw.addresses.as_deref(), Some(ThemeKind::Barrier), here.field("addresses")),
    })
}

fn learning(desk: &mut Desk<'_>, raw: RawLearning, nth: usize, here: &Here<'_>) -> Option<LearningPoint> {
    let said = [(LearningKind::Worked, raw.worked), (LearningKind::DidNotWork, raw.did_not_work), (LearningKind::Question, raw.question)];
    let mut said: Vec<_> = said.into_iter().filter_map(|(kind, text)| Some((kind, given(text)?))).collect();
    if said.len() != 1 {
        let message = if said.is_empty() { "this learning point says nothing" } else { "this learning point says several things at once" };
        desk.wrong(&codes::ONE_OF, *here, message, "write one of `worked`, `did_not_work` and `question`");
    }
    let (kind, text) = said.pop().unwrap_or((LearningKind::Question, String::new()));
    let id = desk.id(raw.id, here);
    let themes = desk.themes(&raw.themes, None, &here.field("themes"));
    let shareable = desk.yes_no(raw.shareable.as_deref(), here.field("shareable"));
    Some(LearningPoint { nth, id, kind, text, themes, shareable })
}

fn offer(desk: &mut Desk<'_>, raw: RawOffer, nth: usize, here: &Here<'_>) -> Option<Offer> {
    let by = desk.agency(raw.by.as_deref(), here.field("by"));
    Some(Offer { nth, kind: raw.kind, by, accepted: raw.accepted })
}

fn feedback(desk: &mut Desk<'_>, raw: RawFeedback, here: &Here<'_>) -> Feedback {
    Feedback {
        id: desk.id(raw.id, here),
        by: desk.agency(raw.by.as_deref(), here.field("by")),
        due: desk.date(raw.due, here.field("due")),
        given_on: desk.date(raw.given_on, here.field("given_on")),
    }
}
