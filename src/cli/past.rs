//! What chairing asks of the whole workspace: how often a barrier was met and what helped, and which ids are in use.

use crate::model::{ActionStatus, Meeting, ThemeKey};
use crate::search::{Deed, Verdict, deeds_of};
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
        // As in the ledger: the last status counts, and of what came of it, the last that was said.
        let worked = |id: &str| {
            let told = || book.meetings.iter().rev().flat_map(|meeting| meeting.previous_actions.iter().rev()).filter(|report| report.id == id);
            let done = told().next().is_some_and(|report| report.status == ActionStatus::Done);
            done && told().find_map(|report| report.outcome).and_then(Verdict::of) == Some(Verdict::Helped)
        };
        let helped = |deed: &Deed| match deed.verdict {
            Some(verdict) => verdict == Verdict::Helped,
            None => deed.action(meeting).and_then(|action| action.id.as_deref()).is_some_and(worked),
        };
        let deeds = deeds_of(meeting).into_iter().filter(|deed| deed.themes.contains(&theme) && helped(deed));
        deeds.filter_map(|deed| Some(format!("{} ({})", deed.in_words(book.names(), meeting)?, meeting.date.format("%-d %B %Y")))).collect()
    }
}
