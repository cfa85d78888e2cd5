//! What is asked about, once, before a case is left: it prompts, it does not nag.

use super::reply::Reply;
use super::state::{Doubt, State, Table, key_of};
use crate::model::{CaseRef, Discussion, DiscussionKind, Referral};

/// Something that is missing, and how it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    /// What `left_open` calls it.
    pub(super) key: &'static str,
    /// Which one, where there are several.
    which: String,
    pub(super) ask: String,
}

/// All keys that are about something that can be missing.
pub(super) const PARTS: &[&str] = &["views", "outcome", "owner", "due", "next_review"];

/// What a record of a case lacks.
pub(super) fn missing(case: &Discussion) -> Vec<Missing> {
    let mut missing = Vec::new();
    let mut lacks = |key, which: &str, ask: String| missing.push(Missing { key, which: which.to_owned(), ask });
    if !case.has_views() {
        lacks("views", "", "what the person says and wants: `person: \"…\" to AGENCY`, or `not asked: reason`".to_owned());
    }
    if case.decisions.is_empty() && case.actions.is_empty() && case.closed.is_none() {
        lacks("outcome", "", "what comes of it: `decision …`, `action …` or `close REASON`".to_owned());
    }
    for action in &case.actions {
        let id = action.id.as_deref().unwrap_or(&action.what);
        let what = crate::model::shortened(&action.what);
        if action.owner.is_none() {
            lacks("owner", id, format!("who does this: {what} (`owner AGENCY` for the last action)"));
        }
        if action.due.is_none() {
            lacks("due", id, format!("by when: {what} (`by fri` for the last action)"));
        }
    }
    if case.next_review.is_none() && case.closed.is_none() {
        lacks("next_review", "", "when it comes back: `review next meeting`, `review 14 may`, or `close REASON`".to_owned());
    }
    missing
}

/// The parts of a referral that a new case came without, with the words for each.
fn missing_of_referral(case: &Discussion) -> Vec<(&'static str, &'static str)> {
    let nothing = Referral::default();
    let referral = case.referral.as_deref().unwrap_or(&nothing);
    if case.kind != Some(DiscussionKind::New) {
        return Vec::new();
    }
    let parts = [
        (referral.agency.is_some(), "agency", "by AGENCY"),
        (referral.reason.is_some(), "reason", "reason: …"),
        (referral.tried.is_some(), "tried", "tried: …"),
        (referral.offer.is_some(), "offer", "offer: …"),
        (referral.legal_basis.is_some(), "legal_basis", "legal basis: …"),
        (referral.consent.is_some(), "consent", "consent: given"),
    ];
    parts.into_iter().filter(|(there, key, _)| !there && !referral.left_open.iter().any(|open| key_of(open) == *key)).map(|(_, key, say)| (key, say)).collect()
}

impl State {
    /// What is still missing for the case on the table, in words.
    pub(super) fn still_missing(&self) -> Vec<String> {
        let Some(case) = self.case().and_then(|case| self.discussion(case)) else { return Vec::new() };
        let open = |missing: &Missing| case.left_open.iter().any(|open| key_of(open) == missing.key);
        missing(case).into_iter().filter(|missing| !open(missing)).map(|missing| missing.ask).chain(referral_asked(case)).collect()
    }

    /// Before an item is left: what has to be asked, or nothing when it may be left. What was asked before and is still missing is
    /// recorded as left open on purpose.
    pub(super) fn leaving(&mut self, table: &Table<'_>, passing: bool) -> Result<(), Doubt> {
        let Some(case) = self.case().cloned() else { return Ok(()) };
        // Who only looks at another item, or puts off what nobody spoke about, is asked nothing.
        if !passing && self.discussion(&case) == table.base.cases.iter().find(|discussion| discussion.case == case) {
            return Ok(());
        }
        let asks = self.unasked(table, &case);
        if !asks.is_empty() && self.sure.is_none() {
            let list: Vec<String> = asks.iter().map(|(_, ask)| format!("- {ask}")).collect();
            self.asked.extend(asks.into_iter().map(|(key, _)| (case.0.clone(), key)));
            return Err(Doubt::Asked(format!(
                "{case} is not complete. Missing:\n{}\nSay it, or say the same line again (or `anyway REASON`) to go on.",
                list.join("\n")
            )));
        }
        self.leave_open(table, &case);
        Ok(())
    }

    /// What is missing and was not asked about yet.
    fn unasked(&mut self, table: &Table<'_>, case: &CaseRef) -> Vec<(String, String)> {
        let asked = self.asked.clone();
        let record = self.record_of(table, case);
        let open = |missing: &Missing| missing.which.is_empty() && record.left_open.iter().any(|open| key_of(open) == missing.key);
        let parts = missing(record).into_iter().filter(|missing| !open(missing)).map(|missing| (format!("{} {}", missing.key, missing.which), missing.ask));
        let parts: Vec<(String, String)> = parts.chain(referral_asked(record).map(|ask| ("referral".to_owned(), ask))).collect();
        parts.into_iter().filter(|(key, _)| !asked.contains(&(case.0.clone(), key.clone()))).collect()
    }

    fn leave_open(&mut self, table: &Table<'_>, case: &CaseRef) {
        let reason = self.sure.clone().unwrap_or_default();
        let said = |key: &str| if reason.is_empty() { key.to_owned() } else { format!("{key}: {reason}") };
        let record = self.record_of(table, case);
        for missing in missing(record) {
            if !record.left_open.iter().any(|open| key_of(open) == missing.key) {
                record.left_open.push(said(missing.key));
            }
        }
        let parts: Vec<String> = missing_of_referral(record).into_iter().map(|(key, _)| said(key)).collect();
        if !parts.is_empty() {
            record.referral.get_or_insert_default().left_open.extend(parts);
        }
    }

    /// Before the meeting is finished: the items that were not reached, and who is not told what was decided.
    pub(super) fn finishing(&mut self, table: &Table<'_>) -> Result<(), Doubt> {
        let mut asks = Vec::new();
        if let Err(doubt) = self.leaving(table, self.case().is_some_and(|case| self.discussion(case).is_some())) {
            let (Doubt::Asked(ask) | Doubt::Refused(ask)) = doubt;
            asks.push(ask);
        }
        let unreached: Vec<&str> = self.stops.iter().filter(|stop| self.is_not_reached(stop)).map(super::state::Stop::label).collect();
        let untold = self.untold(table);
        let marker = ("".to_owned(), format!("finish {} {}", unreached.join(","), untold.join(",")));
        if self.sure.is_none() && !self.asked.contains(&marker) {
            if !unreached.is_empty() {
                asks.push(format!("Not reached, and put off to the next meeting: {}.", unreached.join(", ")));
            }
            if !untold.is_empty() {
                asks.push(format!("Who tells the person what was decided? `go REF`, then `tell AGENCY by fri`: {}.", untold.join(", ")));
            }
            self.asked.insert(marker);
        }
        if asks.is_empty() {
            return Ok(());
        }
        asks.push("`finish` again closes the meeting as it is.".to_owned());
        Err(Doubt::Asked(asks.join("\n")))
    }

    /// Cases in which something was agreed here and nobody has promised to tell the person.
    fn untold(&self, table: &Table<'_>) -> Vec<String> {
        let agreed = |case: &&Discussion| !case.decisions.is_empty() || !case.actions.is_empty() || case.closed.is_some();
        let new = |case: &&Discussion| table.base.cases.iter().all(|before| before != *case);
        let untold = self.meeting.cases.iter().filter(agreed).filter(new).filter(|case| case.feedback_to_person.is_none());
        untold.map(|case| case.case.to_string()).collect()
    }
}

fn referral_asked(case: &Discussion) -> impl Iterator<Item = String> + use<> {
    let parts: Vec<&str> = missing_of_referral(case).into_iter().map(|(_, say)| say).collect();
    let ask = (!parts.is_empty()).then(|| format!("of the referral: `referral {}`", parts.join("; ")));
    ask.into_iter()
}

/// A question as a reply.
pub(super) fn ask(question: &str) -> Reply {
    Reply::asking(question.lines().map(str::to_owned).collect())
}
