//! What was done about a barrier, and whether it helped: what was learned, what the agency answered, and what was undertaken.

use crate::model::{Action, Answer, EntryKind, LearningKind, Meeting, Names, Outcome, ThemeKey};
use crate::source::Place;

/// Whether something helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Helped,
    Partly,
    DidNot,
}

impl Verdict {
    pub fn word(self) -> &'static str {
        match self {
            Self::Helped => "helped",
            Self::Partly => "helped partly",
            Self::DidNot => "did not help",
        }
    }

    /// What came of an action that was done; nothing while it is too soon to tell.
    pub fn of(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Worked => Some(Self::Helped),
            Outcome::Partly => Some(Self::Partly),
            Outcome::DidNotWork => Some(Self::DidNot),
            Outcome::TooSoon => None,
        }
    }
}

/// What sort of thing it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Learned,
    Answered(Answer),
    Undertaken,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Learned => "learning",
            Self::Answered(answer) => answer.word(),
            Self::Undertaken => "action",
        }
    }
}

/// One thing that was done, or learned from doing, at one meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The discussion, by its place in the meeting.
    pub discussion: usize,
    pub entry: EntryKind,
    pub kind: Kind,
    /// What it was against.
    pub themes: Vec<ThemeKey>,
    /// Nothing for an action: what came of it is told later.
    pub verdict: Option<Verdict>,
}

/// All that was done at one meeting against anything that has a theme: case by case, first what was learned, then what agencies answered,
/// then what was undertaken.
pub fn deeds_of(meeting: &Meeting) -> Vec<Deed> {
    let mut deeds = Vec::new();
    for (discussion, case) in meeting.cases.iter().enumerate() {
        for (n, point) in case.learning.iter().enumerate().filter(|(_, point)| !point.themes.is_empty()) {
            let verdict = match point.kind {
                LearningKind::Worked => Verdict::Helped,
                LearningKind::DidNotWork => Verdict::DidNot,
                LearningKind::Question => continue,
            };
            let (kind, themes) = (Kind::Learned, point.themes.clone());
            deeds.push(Deed { discussion, entry: EntryKind::Learning(n), kind, themes, verdict: Some(verdict) });
        }
        for (n, barrier) in case.barriers.iter().enumerate() {
            let Some(answer) = barrier.answer else { continue };
            let verdict = match answer {
                Answer::ChangedForAll | Answer::FlexedOnce => Verdict::Helped,
                Answer::Refused | Answer::NoReply => Verdict::DidNot,
            };
            deeds.push(Deed { discussion, entry: EntryKind::Barrier(n), kind: Kind::Answered(answer), themes: vec![barrier.theme], verdict: Some(verdict) });
        }
        for (n, action) in case.actions.iter().enumerate().filter(|(_, action)| action.id.is_some()) {
            let Some(theme) = action.addresses else { continue };
            deeds.push(Deed { discussion, entry: EntryKind::Action(n), kind: Kind::Undertaken, themes: vec![theme], verdict: None });
        }
    }
    deeds
}

impl Deed {
    /// The action it is, if it is one.
    pub fn action<'a>(&self, meeting: &'a Meeting) -> Option<&'a Action> {
        match self.entry {
            EntryKind::Action(n) => meeting.cases.get(self.discussion)?.actions.get(n),
            _ => None,
        }
    }

    /// What it was, in words, without a full stop. Nothing when the meeting has no such thing.
    pub fn in_words(&self, names: Names<'_>, meeting: &Meeting) -> Option<String> {
        let case = meeting.cases.get(self.discussion)?;
        let plain = |text: &str| text.trim().trim_end_matches('.').to_owned();
        Some(match self.entry {
            EntryKind::Learning(n) => plain(&case.learning.get(n)?.text),
            EntryKind::Barrier(n) => {
                let barrier = case.barriers.get(n)?;
                let who = barrier.at.map_or("an agency", |key| &names.group.agency(key).name);
                match barrier.answer? {
                    Answer::ChangedForAll => format!("{who} was asked, and changed it for all"),
                    Answer::FlexedOnce => format!("{who} was asked, and made an exception"),
                    Answer::Refused => format!("{who} was asked, and refused"),
                    Answer::NoReply => format!("{who} was asked, and did not reply"),
                }
            }
            EntryKind::Action(n) => {
                let action = case.actions.get(n)?;
                format!("{}: {}", action.owner.map_or("somebody", |key| &names.group.agency(key).name), plain(&action.what))
            }
            EntryKind::Feedback => return None,
        })
    }

    /// Where it stands.
    pub fn place(&self, meeting: &Meeting) -> Option<Place> {
        let case = meeting.cases.get(self.discussion)?;
        let at = meeting.case_place(case);
        Some(match self.entry {
            EntryKind::Learning(n) => {
                let point = case.learning.get(n)?;
                at.field("learning").entry(point.nth).field(point.kind.word())
            }
            EntryKind::Barrier(n) => at.field("barriers").entry(case.barriers.get(n)?.nth).field("answer"),
            EntryKind::Action(n) => at.field("actions").entry(case.actions.get(n)?.nth).field("what"),
            EntryKind::Feedback => return None,
        })
    }
}
