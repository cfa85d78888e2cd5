//! What a screen shows of the meeting, as values and words.

use chrono::NaiveDate;

use super::chair::Session;
use super::dates::in_words as day;
use super::obstacles::{in_short, sentence};
use super::reply::Recollection;
use super::state::{Logged, State, Table};
use super::{agreed, earlier};
use crate::model::{BarrierStatus, CaseRef, Discussion, Task};
use crate::source::n_of;

/// Where an item of the agenda is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopState {
    Done,
    Now,
    /// Still to come.
    Next,
    Deferred,
}

/// A stop of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopView {
    pub label: String,
    pub is_case: bool,
    /// In minutes, with what was allowed beyond the plan.
    pub planned: Option<u32>,
    pub time: Time,
    pub state: StopState,
}

/// In seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Time {
    pub spent: u32,
    pub planned: Option<u32>,
}

impl Time {
    /// Below zero when it has run over; nothing when no time was planned.
    pub fn left(self) -> Option<i64> {
        self.planned.map(|planned| i64::from(planned) - i64::from(self.spent))
    }
}

/// How many agencies are here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    pub present: usize,
    pub observers: usize,
    pub apologies: usize,
    pub sent_information: usize,
    pub no_response: usize,
    pub left: usize,
}

/// The case on the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseView {
    pub case: CaseRef,
    /// Nothing when it is new.
    pub last: Option<LastTime>,
    pub open_actions: Vec<OpenAction>,
    pub barriers: Vec<PastBarrier>,
    /// What has been recorded now, a line each.
    pub now: Vec<String>,
    /// What is still missing.
    pub missing: Vec<String>,
}

/// What the last meeting that discussed a case recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastTime {
    pub meeting: String,
    pub date: NaiveDate,
    /// The first paragraphs of what was said.
    pub update: Vec<String>,
    /// What the person said, and wanted.
    pub views: Vec<String>,
    pub decisions: Vec<String>,
    /// Each action agreed then, with what became of it.
    pub actions: Vec<String>,
}

/// An action of this case that is still open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenAction {
    pub id: Option<String>,
    pub what: String,
    pub owner: Option<String>,
    pub due: Option<NaiveDate>,
    pub overdue: bool,
    /// How many meetings were told that it is still open.
    pub carried: usize,
    /// What was told about it at this meeting, if anything.
    pub told: Option<String>,
}

impl OpenAction {
    /// `m9b5 Fire and rescue, by Friday 27 March: Find the note (overdue; told: done)`.
    pub fn in_words(&self) -> String {
        let id = self.id.as_deref().map_or(String::new(), |id| format!("{id} "));
        let due = self.due.map_or("no day set".to_owned(), |due| format!("by {}", day(due)));
        let overdue = self.overdue.then(|| "overdue".to_owned());
        let carried = (self.carried > 0).then(|| format!("carried {}", n_of(self.carried, "time", "times")));
        let told = self.told.as_ref().map(|told| format!("told now: {told}"));
        let more: Vec<String> = [overdue, carried, told].into_iter().flatten().collect();
        let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join("; ")) };
        format!("{id}{}, {due}: {}{more}", self.owner.as_deref().unwrap_or("nobody"), self.what.trim())
    }
}

/// A barrier of this person from before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastBarrier {
    pub sentence: String,
    pub status: BarrierStatus,
    pub since: NaiveDate,
}

impl PastBarrier {
    /// `Fire history blocks a tenancy at Northfield Housing, since Thursday 12 March 2026`.
    pub fn in_words(&self) -> String {
        format!("{}, since {}", self.sentence, day(self.since))
    }
}

impl Session<'_> {
    /// The agenda, with the time as it is `now` seconds into the meeting.
    pub fn stops(&self, now: u32) -> Vec<StopView> {
        let state = &self.now.state;
        let view = |(at, stop): (usize, &super::state::Stop)| StopView {
            label: stop.label().to_owned(),
            is_case: stop.case().is_some(),
            planned: stop.item.minutes.map(|minutes| minutes.saturating_add(stop.allowed)),
            time: self.time_of(at, now),
            state: match stop.item.deferred {
                Some(_) => StopState::Deferred,
                None if at == state.at && state.ending.is_none() => StopState::Now,
                None if stop.seen => StopState::Done,
                None => StopState::Next,
            },
        };
        state.stops.iter().enumerate().map(view).collect()
    }

    /// The item on the table, by its place in [`Self::stops`].
    pub fn current(&self) -> usize {
        self.now.state.at
    }

    pub fn is_paused(&self) -> bool {
        self.now.state.paused
    }

    /// When the last line was said, in seconds of meeting time.
    pub fn clock(&self) -> u32 {
        self.now.state.clock
    }

    /// The time of an item.
    pub fn time_of(&self, at: usize, now: u32) -> Time {
        let state = &self.now.state;
        let Some(stop) = state.stops.get(at) else { return Time::default() };
        let runs = at == state.at && !state.paused && state.ending.is_none();
        let spent = stop.spent.saturating_add(if runs { now.saturating_sub(state.clock) } else { 0 });
        Time { spent, planned: stop.item.minutes.map(|minutes| minutes.saturating_add(stop.allowed).saturating_mul(60)) }
    }

    /// The time of the whole meeting: from when it starts and ends, or else the sum of the agenda.
    pub fn meeting_time(&self, now: u32) -> Time {
        let meeting = &self.now.state.meeting;
        let spent = (0..self.now.state.stops.len()).fold(0_u32, |sum, at| sum.saturating_add(self.time_of(at, now).spent));
        let by_clock = meeting.starts.zip(meeting.ends).map(|(starts, ends)| (ends - starts).num_seconds()).and_then(|seconds| u32::try_from(seconds).ok());
        let sum = self.now.state.stops.iter().filter_map(|stop| stop.item.minutes).fold(0_u32, |sum, minutes| sum.saturating_add(minutes.saturating_mul(60)));
        Time { spent, planned: by_clock.filter(|seconds| *seconds > 0).or((sum > 0).then_some(sum)) }
    }

    /// Everything that was recorded, in order.
    pub fn log(&self) -> &[Logged] {
        &self.now.state.log
    }

    pub fn presence(&self) -> Presence {
        let mut presence = Presence::default();
        for row in &self.now.state.meeting.attendance {
            let count = match row.status.as_str() {
                "present" => &mut presence.present,
                "observer" => &mut presence.observers,
                "apology" => &mut presence.apologies,
                "sent-information" => &mut presence.sent_information,
                _ => &mut presence.no_response,
            };
            *count += 1;
            presence.left += usize::from(row.left.is_some());
        }
        presence
    }

    /// What is still missing for the case on the table, in words.
    pub fn missing(&self) -> Vec<String> {
        self.now.state.still_missing()
    }

    /// The case on the table; nothing when another item is.
    pub fn case(&self) -> Option<CaseView> {
        let case = self.now.state.case()?.clone();
        let table = &self.table;
        let now = self.now.state.discussion(&case).map(|record| recorded(table, record)).unwrap_or_default();
        Some(CaseView {
            last: last_time(table, &case),
            open_actions: open_actions(table, &self.now.state, &case),
            barriers: barriers(table, &case),
            now,
            missing: self.missing(),
            case,
        })
    }

    /// What there is to know of the item on the table before anything is said, a line each.
    pub fn on_the_table(&self) -> Vec<String> {
        let Some(case) = self.case() else { return self.matters_arising() };
        let mut lines = Vec::new();
        match &case.last {
            None => lines.push("Not discussed before.".to_owned()),
            Some(last) => {
                lines.push(format!("Last time, {}:", day(last.date)));
                let agreed = last.decisions.iter().map(|text| format!("decided: {text}"));
                let said = last.update.iter().cloned().chain(last.views.iter().cloned()).chain(agreed).chain(last.actions.iter().cloned());
                lines.extend(said.map(|line| format!("- {line}")));
            }
        }
        if !case.open_actions.is_empty() {
            lines.push("Open actions:".to_owned());
            lines.extend(case.open_actions.iter().map(|action| format!("- {}", action.in_words())));
        }
        if !case.barriers.is_empty() {
            lines.push("Barriers so far:".to_owned());
            lines.extend(case.barriers.iter().map(|barrier| format!("- {}", barrier.in_words())));
        }
        lines
    }

    /// What meeting it is: `Meeting of Thursday 9 April 2026, Civic Hall, room 5`.
    pub fn title(&self) -> String {
        let meeting = &self.now.state.meeting;
        let kind = match meeting.kind.as_str() {
            "marg" => "MaRG",
            "community-of-practice" => "Community of practice",
            "workshop" => "Workshop",
            own => own,
        };
        let venue = meeting.venue.as_ref().map_or(String::new(), |venue| format!(", {venue}"));
        format!("{kind}, {}{venue}", day(meeting.date))
    }

    fn matters_arising(&self) -> Vec<String> {
        let open = self.previous_actions_here();
        if open.is_empty() {
            return open;
        }
        std::iter::once("Open actions, the oldest first:".to_owned()).chain(open.iter().map(|line| format!("- {line}"))).collect()
    }

    /// Open actions of everybody in words, the oldest first, when the item on the table is about them.
    pub fn previous_actions_here(&self) -> Vec<String> {
        let label = self.now.state.stop().label().to_lowercase();
        if !label.contains("action") && !label.contains("arising") {
            return Vec::new();
        }
        self.previous_actions().iter().map(|(case, action)| format!("{case}: {}", action.in_words())).collect()
    }

    /// Open actions of everybody that are due by this meeting or have no day, each with its case; the oldest first.
    pub fn previous_actions(&self) -> Vec<(CaseRef, OpenAction)> {
        let (table, state) = (&self.table, &self.now.state);
        let mut cases: Vec<&CaseRef> = table.ledger.actions.iter().map(|action| &action.discussion.case).collect();
        cases.sort();
        cases.dedup();
        let of = |case: &CaseRef| open_actions(table, state, case).into_iter().map(|action| (case.clone(), action)).collect::<Vec<_>>();
        let mut open: Vec<(CaseRef, OpenAction)> = cases.into_iter().flat_map(of).collect();
        open.retain(|(_, action)| action.due.is_none_or(|due| due <= state.meeting.date));
        open.sort_by_key(|(_, action)| (action.due.is_none(), action.due));
        open
    }

    /// What has been recorded for the item on the table when it is no case.
    pub fn note(&self) -> Option<&str> {
        self.now.state.stop().item.note.as_deref()
    }

    /// What earlier meetings know of a barrier, by the id of its theme.
    pub fn recollection(&self, theme: &str) -> Option<Recollection> {
        self.table.book.names().find_theme(theme).map(|key| self.table.past.barrier(key))
    }
}

fn last_time(table: &Table<'_>, case: &CaseRef) -> Option<LastTime> {
    let story = table.story(case)?;
    let (meeting, record) = story.discussions.iter().rev().find(|(meeting, _)| meeting.id != table.base.id)?;
    let of_then = table.ledger.actions.iter().filter(|state| state.meeting.id == meeting.id && state.discussion.case == *case);
    let action = |state: &crate::model::ActionState<'_>| {
        let owner = state.task.owner().map_or("nobody", |key| table.agency(key));
        let came = state.outcome().map_or(String::new(), |outcome| format!(", {}", outcome.word().replace('-', " ")));
        format!("{owner}: {} – {}{came}", state.task.what(), state.status().word().replace('-', " "))
    };
    let views = record.views.iter().flat_map(|view| {
        let wants = (!view.wants.is_empty()).then(|| format!("Wants: {}", view.wants.join("; ")));
        view.says.as_ref().map(|says| format!("“{says}”")).into_iter().chain(wants)
    });
    Some(LastTime {
        meeting: meeting.id.clone(),
        date: meeting.date,
        update: record.update.iter().flat_map(|update| paragraphs(update)).take(3).collect(),
        views: views.collect(),
        decisions: record.decisions.iter().map(|decision| decision.text.clone()).collect(),
        actions: of_then.map(action).collect(),
    })
}

/// The paragraphs of a text, each on one line. The points of a list stay apart.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.lines().map(str::trim) {
        let is_point = ["- ", "* ", "• "].iter().any(|mark| line.starts_with(mark));
        match paragraphs.last_mut().filter(|_| goes_on && !is_point) {
            Some(paragraph) if !line.is_empty() => {
                paragraph.push(' ');
                paragraph.push_str(line);
            }
            _ if !line.is_empty() => paragraphs.push(line.to_owned()),
            _ => {}
        }
        goes_on = !line.is_empty();
    }
    paragraphs
}

pub(super) fn open_actions(table: &Table<'_>, state: &State, case: &CaseRef) -> Vec<OpenAction> {
    let open = table.ledger.actions.iter().filter(|action| action.discussion.case == *case && action.meeting.id != table.base.id);
    // What this meeting's file told before it began is told now.
    let was_open = |action: &&crate::model::ActionState<'_>| {
        action
            .told
            .iter()
            .rev()
            .find(|told| told.meeting.id != table.base.id)
            .map_or_else(|| !matches!(action.task, Task::Feedback(feedback) if feedback.given_on.is_some()), |told| told.report.status.is_open())
    };
    let view = |action: &crate::model::ActionState<'_>| {
        let report = state.meeting.previous_actions.iter().find(|report| Some(report.id.as_str()) == action.task.id());
        OpenAction {
            id: action.task.id().map(str::to_owned),
            what: action.task.what().to_owned(),
            owner: action.task.owner().map(|key| table.agency(key).to_owned()),
            due: action.task.due(),
            overdue: action.task.due().is_some_and(|due| due < state.meeting.date),
            carried: action.carried(),
            told: report.map(|report| report.status.word().replace('-', " ")),
        }
    };
    open.filter(was_open).map(view).collect()
}

fn barriers(table: &Table<'_>, case: &CaseRef) -> Vec<PastBarrier> {
    let Some(story) = table.story(case) else { return Vec::new() };
    let threads = story.barriers().into_iter();
    let earlier = threads.filter(|thread| thread.sightings[0].meeting.id != table.base.id);
    let view = |thread: crate::model::BarrierThread<'_>| PastBarrier {
        sentence: in_short(table, thread.sightings[thread.sightings.len() - 1].barrier),
        status: thread.status(),
        since: thread.sightings[0].meeting.date,
    };
    let mut barriers: Vec<PastBarrier> = earlier.map(view).collect();
    barriers.sort_by_key(|barrier| (barrier.status != BarrierStatus::Live, barrier.status != BarrierStatus::Eased));
    barriers
}

/// A record in words, a line each.
fn recorded(table: &Table<'_>, record: &Discussion) -> Vec<String> {
    let mut lines: Vec<String> = record.update.iter().flat_map(|update| update.lines()).filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    for view in &record.views {
        lines.extend(view.says.as_ref().map(|says| format!("“{says}” ({})", view.whose.as_deref().unwrap_or("person"))));
        lines.extend((!view.wants.is_empty()).then(|| format!("Wants: {}", view.wants.join("; "))));
    }
    let needs: Vec<&str> = record.needs.iter().map(|key| table.book.theme(*key).title.as_str()).collect();
    lines.extend((!needs.is_empty()).then(|| format!("Needs: {}", needs.join("; "))));
    lines.extend(record.barriers.iter().map(|barrier| format!("BARRIER {}", sentence(table, barrier))));
    lines.extend(record.decisions.iter().map(agreed::decided));
    lines.extend(record.actions.iter().map(|action| agreed::task(table, action)));
    lines.extend(record.learning.iter().map(|point| earlier::learned(table, point)));
    if let Some(feedback) = &record.feedback_to_person {
        let by = feedback.by.map_or("somebody", |key| table.agency(key));
        lines.push(match (feedback.given_on, feedback.due) {
            (Some(on), _) => format!("Told on {}", day(on)),
            (None, Some(due)) => format!("{by} tells the person by {}", day(due)),
            (None, None) => format!("{by} tells the person"),
        });
    }
    lines.extend(record.next_review.map(|date| format!("Next review: {}", day(date))));
    lines.extend(record.closed.as_ref().map(|why| format!("CLOSED: {why}")));
    lines
}

/// Where the meeting is, in words.
pub(super) fn in_words_of_stops(state: &State) -> Vec<String> {
    let line = |(at, stop): (usize, &super::state::Stop)| {
        let how = match &stop.item.deferred {
            Some(why) => format!("put off: {why}"),
            None if at == state.at => "now".to_owned(),
            None if stop.seen => "done".to_owned(),
            None => "to come".to_owned(),
        };
        let planned = stop.item.minutes.map_or(String::new(), |minutes| format!(", {}", n_of(minutes as usize, "minute", "minutes")));
        format!("{}. {}{planned} ({how})", at + 1, stop.label())
    };
    state.stops.iter().enumerate().map(line).collect()
}

/// The answer to `where`.
pub(super) fn in_words(table: &Table<'_>, state: &State) -> Vec<String> {
    let mut lines = in_words_of_stops(state);
    if let Some(record) = state.case().and_then(|case| state.discussion(case)) {
        lines.push(format!("Recorded for {}:", record.case));
        lines.extend(recorded(table, record).into_iter().map(|line| format!("- {line}")));
    } else if let Some(note) = &state.stop().item.note {
        lines.extend(note.lines().map(|line| format!("- {line}")));
    }
    let missing = state.still_missing();
    if !missing.is_empty() {
        lines.push("Missing:".to_owned());
        lines.extend(missing.into_iter().map(|ask| format!("- {ask}")));
    }
    lines
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_text_is_shown_by_its_paragraphs_and_points() {
        let text = "He was seen\ntwice at the hostel.\n\nHe asks\nfor:\n- a door\n  that locks\n- a key\n";
        assert_eq!(super::paragraphs(text), ["He was seen twice at the hostel.", "He asks for:", "- a door that locks", "- a key"]);
    }
}
