//! What chairing asks of the whole workspace: how often a barrier was met and what helped, and which ids are in use.

use crate::model::{Answer, LearningKind, Meeting, Outcome, ThemeKey};
use crate::session::{Past, Recollection};
use crate::workspace::Near;

/// The newest meetings that are looked at for what helped.
const LOOKED_AT: usize = 40;
/// As much as can be read at a glance.
const SHOWN: usize = 3;

pub(super) struct Whole<'n> {
    pub(super) near: &'n Near,
    /// The meeting that is chaired: what it records itself is no past.
    pub(super) meeting: &'n str,
}

impl Past for Whole<'_> {
    fn barrier(&self, theme: ThemeKey) -> Recollection {
        let earlier = self.near.newest_with(theme, LOOKED_AT).into_iter().filter(|meeting| meeting.id != self.meeting);
        let mut helped: Vec<String> = Vec::new();
        for meeting in earlier {
            for what in self.helped(&meeting, theme) {
                if !helped.contains(&what) {
                    helped.push(what);
                }
            }
            if helped.len() >= SHOWN {
                break;
            }
        }
        helped.truncate(SHOWN);
        Recollection { people: self.near.n_people(theme), helped }
    }

    fn is_taken(&self, id: &str) -> bool {
        self.near.is_taken(id)
    }
}

impl Whole<'_> {
    /// What one meeting says helped with a barrier: what was learned, what moved the agency, and which action worked.
    fn helped(&self, meeting: &Meeting, theme: ThemeKey) -> Vec<String> {
        let book = &self.near.loaded.casebook;
        let on = |text: &str| format!("{} ({})", text.trim().trim_end_matches('.'), meeting.date.format("%-d %B %Y"));
        let mut helped = Vec::new();
        for case in &meeting.cases {
            let learned = case.learning.iter().filter(|point| point.kind == LearningKind::Worked && point.themes.contains(&theme));
            helped.extend(learned.map(|point| on(&point.text)));
            for barrier in case.barriers.iter().filter(|barrier| barrier.theme == theme) {
                let at = barrier.at.map_or("an agency", |key| &book.group.agency(key).name);
                match barrier.answer {
                    Some(Answer::ChangedForAll) => helped.push(on(&format!("{at} was asked, and changed it for all"))),
                    Some(Answer::FlexedOnce) => helped.push(on(&format!("{at} was asked, and made an exception"))),
                    _ => {}
                }
            }
            let worked = |id: &str| {
                let mut told = book.meetings.iter().rev().flat_map(|meeting| &meeting.previous_actions).filter(|report| report.id == id);
                told.next().is_some_and(|report| report.outcome == Some(Outcome::Worked))
            };
            let actions = case.actions.iter().filter(|action| action.addresses == Some(theme) && action.id.as_deref().is_some_and(worked));
            helped
                .extend(actions.map(|action| on(&format!("{}: {}", action.owner.map_or("somebody", |key| &book.group.agency(key).name), action.what.trim()))));
        }
        helped
    }
}
