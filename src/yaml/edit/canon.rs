//! From the model back to what a file says: every field, in the order of the format.

use super::value::{Value, bare, fields, list, text, texts};
use crate::model::{
    Action, ActionReport, AgencyKey, AgendaItem, AgendaSubject, Attendance, Barrier, Decision, Discussion, Feedback, LearningKind, LearningPoint, Meeting,
    Names, Offer, Referral, ServiceKey, Session, Tagging, ThemeKey, View,
};

/// What the file of a meeting says. What is not there says nothing; a status only when somebody said it.
pub(crate) fn value_of(names: Names<'_>, meeting: &Meeting) -> Value {
    let said = Said(names);
    let m = meeting;
    let time = |time: Option<chrono::NaiveTime>| time.map(|time| Value::Text(time.format("%H:%M").to_string()));
    fields([
        ("meeting", text(Some(&m.kind))),
        ("date", bare(Some(m.date))),
        ("starts", time(m.starts)),
        ("ends", time(m.ends)),
        ("venue", text(m.venue.as_deref())),
        ("chair", text(m.chair.as_deref())),
        ("coordinator", text(m.coordinator.as_deref())),
        ("minute_taker", text(m.minute_taker.as_deref())),
        ("status", bare(m.status_is_said.then_some(m.status))),
        ("agreed", m.agreed.as_ref().map(|a| fields([("on", bare(a.on)), ("by", text(a.by.as_deref())), ("record", text(a.record.as_deref()))]))),
        ("required_agencies", texts(m.required_agencies.iter().map(|key| said.agency_id(*key)))),
        ("attendance", list(m.attendance.iter().map(|a| said.attendance(a)))),
        (
            "confidentiality",
            m.confidentiality.as_ref().map(|c| {
                fields([("read_by", text(c.read_by.as_deref())), ("agreement", text(c.agreement.as_deref())), ("although", text(c.although.as_deref()))])
            }),
        ),
        ("agenda", list(m.agenda.iter().map(agenda_item))),
        ("previous_actions", list(m.previous_actions.iter().map(report))),
        ("cases", list(m.cases.iter().map(|case| said.discussion(case)))),
        ("other_business", text(m.other_business.as_deref())),
        ("next_meeting", bare(m.next_meeting)),
        ("session", m.session.as_ref().map(|session| said.session(session))),
    ])
}

fn agenda_item(item: &AgendaItem) -> Value {
    let (subject, case) = match &item.subject {
        AgendaSubject::Item(subject) => (Some(subject.as_str()), None),
        AgendaSubject::Case(case) => (None, Some(case.as_str())),
    };
    fields([
        ("item", text(subject)),
        ("case", text(case)),
        ("minutes", bare(item.minutes)),
        ("took", bare(item.took)),
        ("note", text(item.note.as_deref())),
        ("deferred", text(item.deferred.as_deref())),
    ])
}

fn report(report: &ActionReport) -> Value {
    fields([
        ("id", text(Some(&report.id))),
        ("status", bare(Some(report.status))),
        ("on", bare(report.on)),
        ("outcome", bare(report.outcome)),
        ("note", text(report.note.as_deref())),
    ])
}

fn decision(decision: &Decision) -> Value {
    fields([("text", text(Some(&decision.text))), ("why", text(decision.why.as_deref())), ("dissent", text(decision.dissent.as_deref()))])
}

/// What needs the names behind keys.
struct Said<'a>(Names<'a>);

impl<'a> Said<'a> {
    fn agency_id(&self, key: AgencyKey) -> &'a str {
        &self.0.group.agency(key).id
    }

    fn theme_id(&self, key: ThemeKey) -> &'a str {
        &self.0.theme(key).id
    }

    fn agency(&self, key: Option<AgencyKey>) -> Option<Value> {
        text(key.map(|key| self.agency_id(key)))
    }

    fn service(&self, key: Option<ServiceKey>) -> Option<Value> {
        text(key.map(|key| self.0.group.service(key).id.as_str()))
    }

    fn theme(&self, key: Option<ThemeKey>) -> Option<Value> {
        text(key.map(|key| self.theme_id(key)))
    }

    fn themes(&self, keys: &[ThemeKey]) -> Option<Value> {
        texts(keys.iter().map(|key| self.theme_id(*key)))
    }

    fn attendance(&self, line: &Attendance) -> Value {
        fields([
            ("agency", self.agency(Some(line.agency))),
            ("role", text(line.role.as_deref())),
            ("status", text(Some(&line.status))),
            ("left", text(line.left.as_deref())),
        ])
    }

    fn discussion(&self, case: &Discussion) -> Value {
        let custody = case.custody.as_ref();
        fields([
            ("ref", text(Some(case.case.as_str()))),
            ("type", bare(case.kind)),
            ("referral", case.referral.as_ref().map(|referral| self.referral(referral))),
            ("lead_agency", self.agency(case.lead_agency)),
            ("lead_professional", text(case.lead_professional.as_deref())),
            ("lived_experience_supporter", text(case.lived_experience_supporter.as_deref())),
            ("update", text(case.update.as_deref())),
            ("views", list(case.views.iter().map(|view| self.view(view)))),
            ("needs", self.themes(&case.needs)),
            ("barriers", list(case.barriers.iter().map(|barrier| self.barrier(barrier)))),
            ("enablers", self.themes(&case.enablers)),
            ("guides_used", self.themes(&case.guides_used)),
            ("tagging", list(case.tagging.iter().map(|tagging| self.tagging(tagging)))),
            ("decisions", list(case.decisions.iter().map(decision))),
            ("actions", list(case.actions.iter().map(|action| self.action(action)))),
            ("learning", list(case.learning.iter().map(|point| self.learning(point)))),
            ("offers", list(case.offers.iter().map(|offer| self.offer(offer)))),
            (
                "custody",
                custody.map(|c| fields([("status", text(c.status.as_deref())), ("prison", text(c.prison.as_deref())), ("release_date", bare(c.release_date))])),
            ),
            ("next_review", bare(case.next_review)),
            // An empty reason is none: `closed: {}` says that the case ends here.
            ("closed", case.closed.as_deref().map(|reason| fields([("reason", text(Some(reason).filter(|reason| !reason.is_empty())))]))),
            ("feedback_to_person", case.feedback_to_person.as_ref().map(|feedback| self.feedback(feedback))),
            ("left_open", texts(case.left_open.iter().map(String::as_str))),
        ])
    }

    fn referral(&self, referral: &Referral) -> Value {
        let r = referral;
        fields([
            ("agency", self.agency(r.agency)),
            ("reason", text(r.reason.as_deref())),
            ("tried", text(r.tried.as_deref())),
            ("offer", text(r.offer.as_deref())),
            ("legal_basis", text(r.legal_basis.as_deref())),
            ("consent", text(r.consent.as_deref())),
            ("senior_sign_off", text(r.senior_sign_off.as_deref())),
            ("asked_by", self.agency(r.asked_by)),
            ("left_open", texts(r.left_open.iter().map(String::as_str))),
        ])
    }

    fn view(&self, view: &View) -> Value {
        fields([
            ("whose", text(view.whose.as_deref())),
            ("obtained_by", self.agency(view.obtained_by)),
            ("says", text(view.says.as_deref())),
            ("wants", texts(view.wants.iter().map(String::as_str))),
        ])
    }

    fn barrier(&self, barrier: &Barrier) -> Value {
        let b = barrier;
        fields([
            ("theme", self.theme(Some(b.theme))),
            ("id", text(b.id.as_deref())),
            ("blocks", self.service(b.blocks)),
            ("at", self.agency(b.at)),
            ("rule", text(b.rule.as_deref())),
            ("cause", text(b.cause.as_deref())),
            ("scope", text(b.scope.as_deref())),
            ("evidence", text(b.evidence.as_deref())),
            ("status", bare(Some(b.status))),
            ("asked", b.asked.as_ref().map(|asked| fields([("of", self.agency(asked.of)), ("on", bare(asked.on))]))),
            ("answer", bare(b.answer)),
        ])
    }

    fn tagging(&self, tagging: &Tagging) -> Value {
        let t = tagging;
        fields([
            ("theme", self.theme(Some(t.theme))),
            ("by", text(t.by.as_deref())),
            ("on", bare(t.on)),
            ("confirmed_by", text(t.confirmed_by.as_deref())),
            ("refused_by", text(t.refused_by.as_deref())),
            ("memo", text(t.memo.as_deref())),
            ("about", text(t.about.as_deref())),
        ])
    }

    fn action(&self, action: &Action) -> Value {
        fields([
            ("id", text(action.id.as_deref())),
            ("what", text(Some(&action.what))),
            ("owner", self.agency(action.owner)),
            ("person", text(action.person.as_deref())),
            ("due", bare(action.due)),
            ("addresses", self.theme(action.addresses)),
        ])
    }

    fn learning(&self, point: &LearningPoint) -> Value {
        let says = |kind: LearningKind| text(Some(point.text.as_str()).filter(|_| point.kind == kind));
        fields([
            ("id", text(point.id.as_deref())),
            ("worked", says(LearningKind::Worked)),
            ("did_not_work", says(LearningKind::DidNotWork)),
            ("question", says(LearningKind::Question)),
            ("themes", self.themes(&point.themes)),
            ("shareable", bare(point.shareable.then_some("yes"))),
        ])
    }

    fn offer(&self, offer: &Offer) -> Value {
        fields([("kind", text(offer.kind.as_deref())), ("by", self.agency(offer.by)), ("accepted", text(offer.accepted.as_deref()))])
    }

    fn feedback(&self, feedback: &Feedback) -> Value {
        fields([("id", text(feedback.id.as_deref())), ("by", self.agency(feedback.by)), ("due", bare(feedback.due)), ("given_on", bare(feedback.given_on))])
    }

    fn session(&self, session: &Session) -> Value {
        let s = session;
        let lines = |lines: &[String]| texts(lines.iter().map(String::as_str));
        let recommendation =
            |r: &crate::model::Recommendation| fields([("text", text(Some(&r.text))), ("owner", self.agency(r.owner)), ("reply", text(r.reply.as_deref()))]);
        let value = |v: &crate::model::Value| {
            fields([("cycle", text(Some(&v.cycle))), ("indicator", text(v.indicator.as_deref())), ("story", text(v.story.as_deref()))])
        };
        fields([
            ("theme", self.theme(Some(s.theme))),
            ("facilitator", text(s.facilitator.as_deref())),
            ("lived_experience_lead", text(s.lived_experience_lead.as_deref())),
            ("people", bare(s.people)),
            ("with_lived_experience", bare(s.with_lived_experience)),
            ("story", text(s.story.as_deref())),
            ("story_consent", text(s.story_consent.as_deref())),
            ("questions", lines(&s.questions)),
            ("issues", lines(&s.issues)),
            ("positive_practice", lines(&s.positive_practice)),
            ("recommendations", list(s.recommendations.iter().map(recommendation))),
            ("value", list(s.value.iter().map(value))),
        ])
    }
}
