//! All that was written of one person, entry by entry, for the one who asks what is held about them.

use std::collections::BTreeMap;

use super::casebook::Casebook;
use super::group::AgencyKey;
use super::meeting::{ActionReport, AgendaItem, AgendaSubject, Barrier, Discussion, Feedback, Meeting, Referral, View};
use super::theme::ThemeKey;
use super::words::{DiscussionKind, LearningKind};
use crate::source::{Place, fingerprint};

/// Why an entry is about somebody else by the field it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concerns {
    /// Somebody at work, by name or role.
    Staff,
    /// One who speaks beside the person, such as family.
    Other,
}

/// One thing that was written of the person.
#[derive(Clone, Debug)]
pub struct SaidOf<'a> {
    pub meeting: &'a Meeting,
    /// What it is, such as `Update`.
    pub label: String,
    /// As it was written, or a line of what was chosen from lists.
    pub text: String,
    pub place: Place,
    /// Whose information it is; the group's where there is nobody.
    pub source: Option<AgencyKey>,
    pub concerns: Option<Concerns>,
}

/// Everything, in the order of meetings and of each file, whatever became of the meeting. Whose it is says the entry itself (who referred,
/// who asked, who acts, where the barrier is); what has nothing of the kind and was told about the person is the lead agency's; what the
/// meeting did together is the group's.
pub fn said_of<'a>(book: &'a Casebook, case: &str) -> Vec<SaidOf<'a>> {
    let owners = owners(book, case);
    let (mut all, mut lead) = (Vec::new(), None);
    for meeting in &book.meetings {
        let mut teller = Teller { book, meeting, all: &mut all };
        for item in meeting.agenda.iter().filter(|item| matches!(&item.subject, AgendaSubject::Case(on) if on.as_str() == case)) {
            teller.agenda(item);
        }
        for report in &meeting.previous_actions {
            if let Some(owner) = owners.get(report.id.as_str()) {
                teller.report(report, *owner);
            }
        }
        for discussion in meeting.cases.iter().filter(|said| said.case.as_str() == case) {
            lead = discussion.lead_agency.or(lead);
            teller.discussion(discussion, lead);
        }
    }
    all
}

/// The ids of the person's actions and promises, each with who undertook it.
fn owners<'a>(book: &'a Casebook, case: &str) -> BTreeMap<&'a str, Option<AgencyKey>> {
    let mut owners = BTreeMap::new();
    for said in book.meetings.iter().flat_map(|meeting| &meeting.cases).filter(|said| said.case.as_str() == case) {
        owners.extend(said.actions.iter().filter_map(|action| Some((action.id.as_deref()?, action.owner))));
        owners.extend(said.feedback_to_person.iter().filter_map(|feedback| Some((feedback.id.as_deref()?, feedback.by))));
    }
    owners
}

struct Teller<'a, 'l> {
    book: &'a Casebook,
    meeting: &'a Meeting,
    all: &'l mut Vec<SaidOf<'a>>,
}

impl Teller<'_, '_> {
    fn say(&mut self, label: impl Into<String>, place: Place, source: Option<AgencyKey>, text: Option<&str>) {
        self.say_of(label, place, source, text, None);
    }

    fn say_of(&mut self, label: impl Into<String>, place: Place, source: Option<AgencyKey>, text: Option<&str>, concerns: Option<Concerns>) {
        if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
            self.all.push(SaidOf { meeting: self.meeting, label: label.into(), text: text.to_owned(), place, source, concerns });
        }
    }

    fn agency(&self, key: Option<AgencyKey>) -> Option<String> {
        key.map(|key| self.book.group.agency(key).name.clone())
    }

    fn themes(&self, keys: &[ThemeKey]) -> Option<String> {
        (!keys.is_empty()).then(|| keys.iter().map(|key| self.book.theme(*key).title.as_str()).collect::<Vec<_>>().join("; "))
    }

    fn agenda(&mut self, item: &AgendaItem) {
        let at = self.meeting.place().field("agenda").entry(item.nth);
        let minutes = [("minutes planned", item.minutes), ("minutes taken", item.took)];
        let minutes: Vec<String> = minutes.iter().filter_map(|(what, n)| n.map(|n| format!("{n} {what}"))).collect();
        let text = if minutes.is_empty() { "Was on the agenda".to_owned() } else { format!("Was on the agenda: {}", minutes.join(", ")) };
        self.say("On the agenda", at.field("case"), None, Some(&text));
        self.say("Note on the agenda", at.field("note"), None, item.note.as_deref());
        self.say("Put off, because", at.field("deferred"), None, item.deferred.as_deref());
    }

    fn report(&mut self, report: &ActionReport, owner: Option<AgencyKey>) {
        let at = self.meeting.place().field("previous_actions").entry(report.nth);
        let on = report.on.map(|day| format!("on {day}"));
        let outcome = report.outcome.map(|outcome| outcome.word().to_owned());
        let facts = parts([Some(report.status.word().to_owned()), on, outcome]);
        self.say(format!("What became of action {}", report.id), at.field("status"), owner, Some(&facts));
        self.say(format!("Note on action {}", report.id), at.field("note"), owner, report.note.as_deref());
    }

    fn discussion(&mut self, said: &Discussion, lead: Option<AgencyKey>) {
        let at = self.meeting.case_place(said);
        self.say("Discussed as", at.field("type"), None, said.kind.map(DiscussionKind::word));
        let agency = self.agency(said.lead_agency);
        self.say("Lead agency", at.field("lead_agency"), None, agency.as_deref());
        let staff = Some(Concerns::Staff);
        self.say_of("Lead professional", at.field("lead_professional"), lead, said.lead_professional.as_deref(), staff);
        self.say_of("Supporter with lived experience", at.field("lived_experience_supporter"), lead, said.lived_experience_supporter.as_deref(), staff);
        if let Some(referral) = &said.referral {
            self.referral(referral, &at.field("referral"), lead);
        }
        self.say("Update", at.field("update"), lead, said.update.as_deref());
        for view in &said.views {
            self.view(view, &at.field("views").entry(view.nth), lead);
        }
        for (label, field, keys) in
            [("Needs", "needs", &said.needs), ("What helped", "enablers", &said.enablers), ("Guides used", "guides_used", &said.guides_used)]
        {
            let titles = self.themes(keys);
            self.say(label, at.field(field), None, titles.as_deref());
        }
        for barrier in &said.barriers {
            self.barrier(barrier, &self.meeting.barrier_place(said, barrier));
        }
        self.done_together(said, &at);
        self.undertaken(said, &at);
        self.ended(said, &at, lead);
    }

    fn referral(&mut self, referral: &Referral, at: &Place, lead: Option<AgencyKey>) {
        let source = referral.agency.or(lead);
        let (agency, asked_by) = (self.agency(referral.agency), self.agency(referral.asked_by));
        self.say("Referred by", at.field("agency"), source, agency.as_deref());
        for (label, field, text) in [
            ("Purpose: why the case was brought", "reason", &referral.reason),
            ("Tried before", "tried", &referral.tried),
            ("The referrer offers", "offer", &referral.offer),
            ("Lawful basis", "legal_basis", &referral.legal_basis),
            ("Consent", "consent", &referral.consent),
        ] {
            self.say(label, at.field(field), source, text.as_deref());
        }
        self.say_of("Signed off by", at.field("senior_sign_off"), source, referral.senior_sign_off.as_deref(), Some(Concerns::Staff));
        self.say("The person was asked by", at.field("asked_by"), referral.asked_by.or(source), asked_by.as_deref());
        for (n, open) in referral.left_open.iter().enumerate() {
            self.say("Left open in the referral", at.field("left_open").entry(n), source, Some(open));
        }
    }

    fn view(&mut self, view: &View, at: &Place, lead: Option<AgencyKey>) {
        let whose = view.whose.as_deref().unwrap_or("person");
        let (source, concerns) = (view.obtained_by.or(lead), (whose != "person").then_some(Concerns::Other));
        self.say_of(format!("The {whose} says"), at.field("says"), source, view.says.as_deref(), concerns);
        for (n, want) in view.wants.iter().enumerate() {
            self.say_of(format!("The {whose} wants"), at.field("wants").entry(n), source, Some(want), concerns);
        }
    }

    fn barrier(&mut self, barrier: &Barrier, at: &Place) {
        let asked = barrier.asked.as_ref().map(|asked| {
            let on = asked.on.map_or(String::new(), |day| format!(" on {day}"));
            format!("asked: {}{on}", self.agency(asked.of).unwrap_or_else(|| "somebody".to_owned()))
        });
        let facts = parts([
            Some(self.book.theme(barrier.theme).title.clone()),
            barrier.blocks.map(|key| format!("keeps from: {}", self.book.group.service(key).name)),
            self.agency(barrier.at).map(|at| format!("at: {at}")),
            barrier.cause.as_ref().map(|cause| format!("cause: {cause}")),
            barrier.scope.as_ref().map(|scope| format!("scope: {scope}")),
            Some(format!("status: {}", barrier.status.word())),
            asked,
            barrier.answer.map(|answer| format!("answer: {}", answer.word())),
        ]);
        self.say("Barrier", at.field("theme"), barrier.at, Some(&facts));
        self.say("Barrier: the rule", at.field("rule"), barrier.at, barrier.rule.as_deref());
        self.say("Barrier: the evidence", at.field("evidence"), barrier.at, barrier.evidence.as_deref());
    }

    /// Tags, decisions and learning points.
    fn done_together(&mut self, said: &Discussion, at: &Place) {
        for tagging in &said.tagging {
            let at = at.field("tagging").entry(tagging.nth);
            let title = self.book.theme(tagging.theme).title.clone();
            let facts = parts([Some(title.clone()), tagging.on.map(|day| format!("on {day}")), tagging.about.as_ref().map(|about| format!("about: {about}"))]);
            self.say("Tagged with a theme", at.field("theme"), None, Some(&facts));
            for (label, field, who) in
                [("Tagged by", "by", &tagging.by), ("Confirmed by", "confirmed_by", &tagging.confirmed_by), ("Refused by", "refused_by", &tagging.refused_by)]
            {
                self.say_of(label, at.field(field), None, who.as_deref(), Some(Concerns::Staff));
            }
            self.say(format!("Memo on the theme “{title}”"), at.field("memo"), None, tagging.memo.as_deref());
        }
        for decision in &said.decisions {
            let at = at.field("decisions").entry(decision.nth);
            self.say("Decided", at.field("text"), None, Some(&decision.text));
            self.say("Why it was decided", at.field("why"), None, decision.why.as_deref());
            self.say("Dissent", at.field("dissent"), None, decision.dissent.as_deref());
        }
        for point in &said.learning {
            let label = match point.kind {
                LearningKind::Worked => "Learning: what worked",
                LearningKind::DidNotWork => "Learning: what did not work",
                LearningKind::Question => "Learning: a question",
            };
            self.say(label, at.field("learning").entry(point.nth).field(point.kind.word()), None, Some(&point.text));
        }
    }

    /// Actions, offers and the promise to tell the person.
    fn undertaken(&mut self, said: &Discussion, at: &Place) {
        for action in &said.actions {
            let at = at.field("actions").entry(action.nth);
            let id = action.id.as_ref().map_or(String::new(), |id| format!(" {id}"));
            self.say(format!("Action{id}"), at.field("what"), action.owner, Some(&action.what));
            let facts = parts([
                self.agency(action.owner).map(|owner| format!("owner: {owner}")),
                action.due.map(|day| format!("due: {day}")),
                action.addresses.map(|key| format!("against: {}", self.book.theme(key).title)),
            ]);
            self.say(format!("Action{id}: who and when"), at.field("owner"), action.owner, Some(&facts));
            self.say_of(format!("Action{id}: who acts"), at.field("person"), action.owner, action.person.as_deref(), Some(Concerns::Staff));
        }
        for offer in &said.offers {
            let facts = parts([
                offer.kind.clone(),
                self.agency(offer.by).map(|by| format!("by: {by}")),
                offer.accepted.as_ref().map(|accepted| format!("accepted: {accepted}")),
            ]);
            self.say("Offer", at.field("offers").entry(offer.nth), offer.by, Some(&facts));
        }
        if let Some(feedback) = &said.feedback_to_person {
            let facts = self.feedback(feedback);
            self.say("The person is to be told what was decided", at.field("feedback_to_person"), feedback.by, Some(&facts));
        }
    }

    fn feedback(&self, feedback: &Feedback) -> String {
        parts([
            self.agency(feedback.by).map(|by| format!("by: {by}")),
            feedback.due.map(|day| format!("due: {day}")),
            feedback.given_on.map(|day| format!("told on: {day}")),
            feedback.id.as_ref().map(|id| format!("as action {id}")),
        ])
    }

    fn ended(&mut self, said: &Discussion, at: &Place, lead: Option<AgencyKey>) {
        if let Some(custody) = &said.custody {
            let facts = parts([custody.status.clone(), custody.prison.clone(), custody.release_date.map(|day| format!("release on {day}"))]);
            self.say("Custody", at.field("custody"), lead, Some(&facts));
        }
        for (n, open) in said.left_open.iter().enumerate() {
            self.say("Left open on purpose", at.field("left_open").entry(n), None, Some(open));
        }
        let next = said.next_review.map(|day| day.to_string());
        self.say("Next review", at.field("next_review"), None, next.as_deref());
        let closed = said.closed.as_deref().map(|reason| if reason.trim().is_empty() { "Closed, no reason given" } else { reason });
        self.say("Closed", at.field("closed").field("reason"), None, closed);
    }
}

fn parts<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("; ")
}

/// The mark of a text that waits for a decision: another text has another.
pub fn mark(text: &str) -> String {
    fingerprint(text)
}
