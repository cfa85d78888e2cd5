//! One person's story as a page: for members alone.

use chrono::NaiveDate;

use super::Released;
use super::audience::Audience;
use super::count::CountRule;
use super::discussion::{BarrierSaid, DiscussionPage, barrier_said, discussion};
use crate::analysis::{ActionRow, CaseReport};
use crate::model::{ActionState, Ledger, Task};

/// The story as members may read it.
#[derive(Clone, Debug)]
pub struct CasePage {
    pub group: String,
    pub contact: Option<String>,
    pub rule: CountRule,
    pub case: String,
    /// The day of the group's last meeting: what the page knows of.
    pub as_of: Option<NaiveDate>,
    /// The reason, when the case is closed; an empty text where none is given.
    pub closed: Option<String>,
    pub next_review: Option<NaiveDate>,
    /// In the order in which they were first met.
    pub barriers: Vec<ThreadLine>,
    /// Open ones first; `overdue` as of the page's own day.
    pub actions: Vec<ActionRow>,
    /// Oldest first, never empty.
    pub discussions: Vec<DiscussionPage>,
}

/// One barrier of the person over time.
#[derive(Clone, Debug)]
pub struct ThreadLine {
    /// As it was last recorded.
    pub last: BarrierSaid,
    /// Day and status of each record.
    pub story: Vec<(NaiveDate, &'static str)>,
    pub answer: Option<&'static str>,
}

/// Lets the story of a case out. It holds what nobody outside the meeting may read, so there is no other audience to choose.
pub fn release_case(ledger: &Ledger<'_>, report: &CaseReport<'_>) -> Released<CasePage> {
    let book = ledger.book;
    let audience = Audience::Members;
    let as_of = book.held_meetings().map(|(_, meeting)| meeting.date).filter(|date| *date <= book.today).max();
    let feedback = |case: &crate::model::Discussion| {
        let promised = |state: &&ActionState<'_>| matches!(state.task, Task::Feedback(_)) && std::ptr::eq(state.discussion, case);
        ledger.actions.iter().find(promised)
    };
    let mut actions = report.actions.clone();
    for action in &mut actions {
        action.overdue = action.status.is_open() && action.due.zip(as_of).is_some_and(|(due, today)| due < today);
    }
    actions.sort_by_key(|action| !action.status.is_open());
    let thread = |thread: &crate::model::BarrierThread<'_>| ThreadLine {
        last: barrier_said(book, thread.sightings[thread.sightings.len() - 1].barrier),
        story: thread.sightings.iter().map(|sighting| (sighting.meeting.date, sighting.barrier.status.word())).collect(),
        answer: thread.answer().map(crate::model::Answer::word),
    };
    let page = CasePage {
        group: book.group.name.clone(),
        contact: book.group.contact.clone(),
        rule: CountRule::of(audience, &book.group.publishing),
        case: report.case.to_string(),
        as_of,
        closed: report.closed.map(str::to_owned),
        next_review: report.next_review,
        barriers: report.barriers.iter().map(thread).collect(),
        actions,
        discussions: report.discussions.iter().map(|(meeting, case)| discussion(book, meeting, case, feedback(case))).collect(),
    };
    Released { page, audience, withheld: Vec::new() }
}
