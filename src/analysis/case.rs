//! One person's story.

use chrono::NaiveDate;

use super::actions::{ActionRow, row};
use crate::model::{BarrierThread, CaseRef, Discussion, Ledger, Meeting};

/// One person across all meetings that discussed them.
pub struct CaseReport<'a> {
    pub case: &'a CaseRef,
    /// Oldest first.
    pub discussions: Vec<(&'a Meeting, &'a Discussion)>,
    pub barriers: Vec<BarrierThread<'a>>,
    /// Oldest first.
    pub actions: Vec<ActionRow>,
    /// The reason, if the last discussion closed the case.
    pub closed: Option<&'a str>,
    pub next_review: Option<NaiveDate>,
}

/// The story of one case; nothing when no meeting that took place has discussed it.
pub fn case_report<'a>(ledger: &Ledger<'a>, case: &str) -> Option<CaseReport<'a>> {
    let story = ledger.case(case)?;
    let today = ledger.book.today;
    let actions = ledger.actions.iter().filter(|state| state.discussion.case.as_str() == case).map(|state| row(ledger, state, today)).collect();
    Some(CaseReport {
        case: story.case,
        discussions: story.discussions.clone(),
        barriers: story.barriers(),
        actions,
        closed: story.closed(),
        next_review: story.last().1.next_review,
    })
}
