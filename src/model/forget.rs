//! Taking what was written of one person out of a meeting. What stays is what counting needs, and what shows that the group did its work:
//! the ref, days, themes, services and agencies, states, owners and ids. No sentence stays.

use std::collections::BTreeSet;

use super::meeting::{AgendaSubject, CaseRef, Discussion, Meeting};

/// What stands where a text was that an entry cannot be without.
pub const REMOVED: &str = "(removed)";

impl Meeting {
    /// Takes out every text about a case. `ids` are those of its actions, which other meetings report on. Says what was taken, a word for
    /// each text; done again, it takes nothing.
    pub fn forget(&mut self, case: &CaseRef, ids: &BTreeSet<String>) -> Vec<&'static str> {
        let mut taken = Taken::default();
        for item in self.agenda.iter_mut().filter(|item| item.subject == AgendaSubject::Case(case.clone())) {
            taken.clear(&mut item.note, "agenda note");
            taken.blank_some(&mut item.deferred, "reason for putting it off");
        }
        for report in self.previous_actions.iter_mut().filter(|report| ids.contains(&report.id)) {
            taken.clear(&mut report.note, "note on an action");
        }
        self.cases.iter_mut().filter(|said| said.case == *case).for_each(|said| said.forget(&mut taken));
        taken.0
    }
}

impl Discussion {
    fn forget(&mut self, taken: &mut Taken) {
        taken.clear(&mut self.update, "update");
        taken.clear(&mut self.lead_professional, "lead professional");
        taken.clear(&mut self.lived_experience_supporter, "lived experience supporter");
        if let Some(referral) = &mut self.referral {
            for text in [&mut referral.reason, &mut referral.tried, &mut referral.offer, &mut referral.senior_sign_off] {
                taken.clear(text, "referral");
            }
            taken.reasons(&mut referral.left_open);
        }
        taken.reasons(&mut self.left_open);
        if !self.views.is_empty() {
            taken.0.extend(self.views.drain(..).map(|_| "view"));
            if !self.is_left_open("views") {
                self.left_open.push("views".to_owned());
            }
        }
        for barrier in &mut self.barriers {
            taken.clear(&mut barrier.rule, "rule");
            taken.clear(&mut barrier.evidence, "evidence");
        }
        for tagging in &mut self.tagging {
            taken.clear(&mut tagging.memo, "memo");
            tagging.about = None;
        }
        for decision in &mut self.decisions {
            taken.blank(&mut decision.text, "decision");
            taken.clear(&mut decision.why, "reason for a decision");
            taken.clear(&mut decision.dissent, "dissent");
        }
        for action in &mut self.actions {
            taken.blank(&mut action.what, "action");
            taken.clear(&mut action.person, "person who acts");
        }
        for point in &mut self.learning {
            taken.blank(&mut point.text, "learning point");
            point.shareable = false;
        }
        if self.custody.take().is_some() {
            taken.0.push("custody");
        }
        taken.blank_some(&mut self.closed, "reason for closing");
    }
}

#[derive(Default)]
struct Taken(Vec<&'static str>);

impl Taken {
    fn clear(&mut self, text: &mut Option<String>, what: &'static str) {
        if text.take().is_some() {
            self.0.push(what);
        }
    }

    fn blank(&mut self, text: &mut String, what: &'static str) {
        if text != REMOVED {
            REMOVED.clone_into(text);
            self.0.push(what);
        }
    }

    fn blank_some(&mut self, text: &mut Option<String>, what: &'static str) {
        if let Some(text) = text.as_mut().filter(|text| !text.is_empty()) {
            self.blank(text, what);
        }
    }

    /// That something was left open stays, and why it was goes.
    fn reasons(&mut self, left_open: &mut [String]) {
        for open in left_open {
            if let Some((field, _)) = open.split_once(':') {
                *open = field.trim().to_owned();
                self.0.push("reason for leaving something open");
            }
        }
    }
}
