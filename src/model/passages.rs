//! What was said of a case, text by text, each with the place where it stands.

use super::casebook::EntryKind;
use super::meeting::{Discussion, Meeting};
use super::theme::ThemeKey;
use crate::source::Place;

/// One text of a discussion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    /// The field it stands in, as files call it.
    pub field: &'static str,
    pub place: Place,
    pub text: &'a str,
    /// The barrier it belongs to: its rule and its evidence came with the tag.
    pub barrier: Option<ThemeKey>,
    /// What it says something of, where that can have an id: by its place in its list.
    pub entry: Option<EntryKind>,
}

impl Meeting {
    /// All that was written of a case at this meeting, in the order of the file.
    pub fn passages<'a>(&self, discussion: &'a Discussion) -> Vec<Passage<'a>> {
        let at = self.case_place(discussion);
        let mut passages = Vec::new();
        let mut add = |field, place: Place, text: Option<&'a String>| {
            passages.extend(text.map(|text| Passage { field, place, text, barrier: None, entry: None }));
        };
        if let Some(referral) = &discussion.referral {
            let place = at.field("referral");
            add("reason", place.field("reason"), referral.reason.as_ref());
            add("tried", place.field("tried"), referral.tried.as_ref());
            add("offer", place.field("offer"), referral.offer.as_ref());
        }
        add("update", at.field("update"), discussion.update.as_ref());
        for view in &discussion.views {
            let place = at.field("views").entry(view.nth);
            add("says", place.field("says"), view.says.as_ref());
            view.wants.iter().enumerate().for_each(|(n, want)| add("wants", place.field("wants").entry(n), Some(want)));
        }
        for decision in &discussion.decisions {
            let place = at.field("decisions").entry(decision.nth);
            add("text", place.field("text"), Some(&decision.text));
            add("why", place.field("why"), decision.why.as_ref());
            add("dissent", place.field("dissent"), decision.dissent.as_ref());
        }
        for (n, point) in discussion.learning.iter().enumerate() {
            let (field, entry) = (point.kind.word(), Some(EntryKind::Learning(n)));
            passages.push(Passage { field, place: at.field("learning").entry(point.nth).field(field), text: &point.text, barrier: None, entry });
        }
        for (n, barrier) in discussion.barriers.iter().enumerate() {
            let place = self.barrier_place(discussion, barrier);
            let texts = [("rule", &barrier.rule), ("evidence", &barrier.evidence)];
            let texts = texts.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?)));
            passages.extend(texts.map(|(field, text)| Passage {
                field,
                place: place.field(field),
                text,
                barrier: Some(barrier.theme),
                entry: Some(EntryKind::Barrier(n)),
            }));
        }
        passages
    }
}
