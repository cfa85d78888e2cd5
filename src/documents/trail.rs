//! Where the numbers come from: the newest entries behind each, and the command that shows the others. For members.

use serde::Serialize;

use crate::analysis::{ActionFigure, ActionRow, Newest, Sight, Trail};
use crate::release::{Audience, ReportPage};

use super::view::{day, in_plain_words, meeting_kind};

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

/// Where the entries of a guide stand.
pub(super) fn entries() -> &'static str {
    "behind-entries"
}

/// A figure about actions: its name, and where on the page its actions stand.
pub(super) fn figure(figure: ActionFigure) -> (&'static str, &'static str) {
    match figure {
        ActionFigure::Set => ("Set", "actions-set"),
        ActionFigure::Done => ("Done", "actions-done"),
        ActionFigure::Late => ("Done late", "actions-late"),
        ActionFigure::Open => ("Open", "actions-open"),
        ActionFigure::Overdue => ("Overdue", "actions-overdue"),
        ActionFigure::NotPossible => ("Not possible: circumstances changed", "actions-not-possible"),
        ActionFigure::NotDone => ("Not done by the agency", "actions-not-done"),
        ActionFigure::Superseded => ("Superseded", "actions-superseded"),
        ActionFigure::Worked => ("Done, and worked", "actions-worked"),
        ActionFigure::Partly => ("Done, and worked in part", "actions-partly"),
        ActionFigure::DidNotWork => ("Done, and did not work", "actions-did-not-work"),
        ActionFigure::TooSoon => ("Done, too soon to say", "actions-too-soon"),
    }
}

#[derive(Serialize)]
pub(super) struct TrailView {
    barriers: Vec<BarrierTrail>,
    answers: Vec<SightView>,
    more_answers: Option<usize>,
    meetings: Vec<MeetingView>,
    more_meetings: Option<usize>,
    actions: Vec<ActionTrail>,
}

/// The actions of one figure.
#[derive(Serialize)]
struct ActionTrail {
    anchor: &'static str,
    title: &'static str,
    lines: Vec<ActionView>,
    more: Option<usize>,
}

/// The entries of one barrier, below its guide.
#[derive(Serialize)]
pub(super) struct EntriesView {
    anchor: &'static str,
    lines: Vec<SightView>,
    more: Option<usize>,
}

impl EntriesView {
    pub(super) fn new(newest: &Newest<Sight>) -> Self {
        Self { anchor: entries(), lines: newest.items.iter().map(sight).collect(), more: more(newest) }
    }
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
    /// The day of the meeting that set it.
    set_on: String,
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
                    date: day(row.date),
                    kind: meeting_kind(&row.kind),
                    cases: row.cases,
                    new: row.new,
                    closed: row.closed,
                    barriers: row.barriers,
                    actions: row.actions,
                    file: file.clone(),
                })
                .collect(),
            more_meetings: more(&trail.meetings),
            actions: trail.actions.iter().filter(|(_, newest)| !newest.items.is_empty()).map(|(of, newest)| actions(*of, newest)).collect(),
        }
    }
}

fn actions(of: ActionFigure, newest: &Newest<ActionRow>) -> ActionTrail {
    let (title, anchor) = figure(of);
    ActionTrail { anchor, title, lines: newest.items.iter().map(action).collect(), more: more(newest) }
}

fn sight(sight: &Sight) -> SightView {
    let answer = match (sight.answer, sight.asked) {
        (Some(answer), _) => in_plain_words(answer.word()),
        (None, true) => "asked, still waiting".to_owned(),
        (None, false) => "not asked".to_owned(),
    };
    SightView {
        date: day(sight.date),
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
        set_on: day(row.set_on),
        due: row.due.map_or_else(|| "no day set".to_owned(), day),
        status: if row.overdue { "overdue".to_owned() } else { in_plain_words(row.status.word()) },
    }
}
