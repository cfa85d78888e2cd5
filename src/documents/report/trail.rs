//! Where the numbers come from: the newest entries behind each, and the command that shows the others. For members.

use serde::Serialize;

use crate::analysis::{ActionRow, Newest, Sight, Trail};
use crate::release::{Audience, ReportPage};

use super::super::view::in_plain_words;

/// Where on the page the entries of a barrier stand.
pub(super) fn of_barrier(id: &str) -> String {
    format!("entries-of-{id}")
}

pub(super) fn meetings(audience: Audience) -> Option<&'static str> {
    audience.is_members().then_some("behind-meetings")
}

pub(super) fn answers(audience: Audience) -> Option<&'static str> {
    audience.is_members().then_some("behind-answers")
}

pub(super) fn actions(audience: Audience) -> Option<&'static str> {
    audience.is_members().then_some("behind-actions")
}

#[derive(Serialize)]
pub(super) struct TrailView {
    barriers: Vec<BarrierTrail>,
    answers: Vec<SightView>,
    more_answers: Option<usize>,
    meetings: Vec<MeetingView>,
    more_meetings: Option<usize>,
    actions: Vec<ActionView>,
    more_actions: Option<usize>,
}

#[derive(Serialize)]
struct BarrierTrail {
    anchor: String,
    /// The theme's id, for the command that shows all of it.
    id: String,
    title: String,
    sights: Vec<SightView>,
    more: Option<usize>,
}

#[derive(Serialize)]
struct SightView {
    date: String,
    case: String,
    title: String,
    at: String,
    status: String,
    answer: String,
    file: String,
}

#[derive(Serialize)]
struct MeetingView {
    date: String,
    kind: String,
    cases: usize,
    new: usize,
    closed: usize,
    barriers: usize,
    actions: usize,
    file: String,
}

#[derive(Serialize)]
struct ActionView {
    id: String,
    what: String,
    owner: String,
    case: String,
    meeting: String,
    due: String,
    status: String,
}

fn more<T>(newest: &Newest<T>) -> Option<usize> {
    (newest.more > 0).then_some(newest.more)
}

impl TrailView {
    pub(super) fn new(page: &ReportPage, trail: &Trail) -> Self {
        let barrier = |line: &crate::release::BarrierLine| {
            let newest = trail.barriers.get(&line.id)?;
            Some(BarrierTrail {
                anchor: of_barrier(&line.id),
                id: line.id.clone(),
                title: line.title.clone(),
                sights: newest.items.iter().map(sight).collect(),
                more: more(newest),
            })
        };
        Self {
            barriers: page.barriers.iter().filter_map(barrier).collect(),
            answers: trail.answers.items.iter().map(sight).collect(),
            more_answers: more(&trail.answers),
            meetings: trail
                .meetings
                .items
                .iter()
                .map(|(row, file)| MeetingView {
                    date: row.date.to_string(),
                    kind: in_plain_words(&row.kind),
                    cases: row.cases,
                    new: row.new,
                    closed: row.closed,
                    barriers: row.barriers,
                    actions: row.actions,
                    file: file.clone(),
                })
                .collect(),
            more_meetings: more(&trail.meetings),
            actions: trail.actions.items.iter().map(action).collect(),
            more_actions: more(&trail.actions),
        }
    }
}

fn sight(sight: &Sight) -> SightView {
    let answer = match (sight.answer, sight.asked) {
        (Some(answer), _) => in_plain_words(answer.word()),
        (None, true) => "asked".to_owned(),
        (None, false) => "not asked".to_owned(),
    };
    SightView {
        date: sight.date.to_string(),
        case: sight.case.clone(),
        title: sight.title.clone(),
        at: sight.at.clone().unwrap_or_else(|| "not recorded".to_owned()),
        status: sight.status.word().to_owned(),
        answer,
        file: sight.file.clone(),
    }
}

fn action(row: &ActionRow) -> ActionView {
    ActionView {
        id: row.id.clone().unwrap_or_else(|| "none".to_owned()),
        what: row.what.clone(),
        owner: row.owner.as_ref().map_or_else(|| "nobody named".to_owned(), |(_, name)| name.clone()),
        case: row.case.clone(),
        meeting: row.meeting.clone(),
        due: row.due.map_or_else(|| "no day set".to_owned(), |day| day.to_string()),
        status: if row.overdue { "overdue".to_owned() } else { in_plain_words(row.status.word()) },
    }
}
