//! The page for the wall of the room: what everybody at the table may read from the back, and nothing more.
//!
//! It shows agenda labels, refs, and what is being agreed, so that the room can correct the wording. What was said, what the person
//! said, why something was decided, who disagreed, and the names of professionals are not in it: somebody may come in, and a wall can
//! be photographed.

use chrono::{NaiveDate, NaiveTime};

use super::Released;
use super::audience::Audience;
use super::count::CountRule;
use super::discussion::name;
use crate::analysis::barrier_sentence;
use crate::model::{AgendaItem, AgendaSubject, BarrierStatus, Casebook, Discussion, Meeting, Timer};

/// Where a meeting is, as its chair and its clock say.
#[derive(Clone, Debug, Default)]
pub struct Position {
    /// The place of the present item on the agenda.
    pub at: usize,
    /// The places of those that are still to come, in their order.
    pub to_come: Vec<usize>,
    pub item: Timer,
    pub whole: Timer,
    /// By how many seconds it is behind its agenda.
    pub behind: i64,
    pub paused: bool,
    pub finished: bool,
    /// The time of day; a page that is no longer written shows it.
    pub clock: Option<NaiveTime>,
}

impl Position {
    /// Before the first word: at the first item, with all others to come.
    pub fn at_the_start(meeting: &Meeting) -> Self {
        let planned = |minutes: u32| minutes.saturating_mul(60);
        let all: Option<u32> = meeting.agenda.iter().map(|item| item.minutes).sum();
        let between = meeting.ends.zip(meeting.starts).and_then(|(ends, starts)| u32::try_from((ends - starts).num_seconds()).ok());
        Self {
            to_come: (1..meeting.agenda.len()).collect(),
            item: Timer { spent: 0, planned: meeting.agenda.first().and_then(|item| item.minutes).map(planned) },
            whole: Timer { spent: 0, planned: between.or_else(|| all.map(planned)) },
            ..Self::default()
        }
    }
}

/// The present item, as the room may read it.
#[derive(Clone, Debug)]
pub struct RoomPage {
    pub group: String,
    pub rule: CountRule,
    pub kind: String,
    pub date: NaiveDate,
    pub position: Position,
    /// Its number on the agenda, of how many, and its label.
    pub number: usize,
    pub of: usize,
    pub item: Option<String>,
    /// `new`, `review` or `urgent`, when it is a case.
    pub case_kind: Option<&'static str>,
    /// Each with the minutes planned.
    pub next: Vec<(String, Option<u32>)>,
    pub decisions: Vec<String>,
    pub actions: Vec<RoomAction>,
    /// As sentences, each with what has become of it.
    pub barriers: Vec<(String, BarrierStatus)>,
    pub next_review: Option<NaiveDate>,
    pub closed: bool,
    pub next_meeting: Option<NaiveDate>,
}

/// An action without the person who undertook it.
#[derive(Clone, Debug)]
pub struct RoomAction {
    pub what: String,
    pub owner: Option<String>,
    pub due: Option<NaiveDate>,
}

/// Lets out what the room may see of a meeting that is being chaired. `meeting` is its record so far, which need not be the book's.
pub fn release_room(book: &Casebook, meeting: &Meeting, position: Position) -> Released<RoomPage> {
    let audience = Audience::Members;
    let present = meeting.agenda.get(position.at);
    let discussion = present.and_then(|item| discussion_of(meeting, item));
    let action = |action: &crate::model::Action| RoomAction { what: action.what.trim().to_owned(), owner: name(book, action.owner), due: action.due };
    let to_come = position.to_come.iter().filter_map(|at| meeting.agenda.get(*at));
    let page = RoomPage {
        group: book.group.name.clone(),
        rule: CountRule::of(audience, &book.group.publishing),
        kind: meeting.kind.clone(),
        date: meeting.date,
        number: position.at + 1,
        of: meeting.agenda.len(),
        item: present.map(label),
        case_kind: discussion.and_then(|case| case.kind).map(crate::model::DiscussionKind::word),
        next: to_come.map(|item| (label(item), item.minutes)).collect(),
        decisions: discussion.iter().flat_map(|case| &case.decisions).map(|decision| decision.text.trim().to_owned()).collect(),
        actions: discussion.iter().flat_map(|case| &case.actions).map(action).collect(),
        barriers: discussion.iter().flat_map(|case| &case.barriers).map(|barrier| (barrier_sentence(book, barrier), barrier.status)).collect(),
        next_review: discussion.and_then(|case| case.next_review),
        closed: discussion.is_some_and(|case| case.closed.is_some()),
        next_meeting: meeting.next_meeting,
        position,
    };
    Released { page, audience, withheld: Vec::new() }
}

fn discussion_of<'a>(meeting: &'a Meeting, item: &AgendaItem) -> Option<&'a Discussion> {
    match &item.subject {
        AgendaSubject::Case(case) => meeting.cases.iter().find(|discussion| discussion.case == *case),
        AgendaSubject::Item(_) => None,
    }
}

fn label(item: &AgendaItem) -> String {
    match &item.subject {
        AgendaSubject::Item(label) => label.clone(),
        AgendaSubject::Case(case) => case.to_string(),
    }
}
