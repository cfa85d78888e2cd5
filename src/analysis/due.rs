//! What the calendar asks.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use crate::model::{ActionState, AgencyKey, CaseStory, Casebook, Ledger, Meeting, MeetingStatus, Task};

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueKind {
    Meeting,
    /// A mark before or after somebody's release from custody.
    Release,
    Review,
    Action,
    /// Somebody was promised to be told what was decided.
    Feedback,
    /// The agreement under which agencies share what they know.
    Agreement,
    Guide,
}

impl DueKind {
    /// As programs read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Release => "release",
            Self::Review => "review",
            Self::Action => "action",
            Self::Feedback => "tell-the-person",
            Self::Agreement => "agreement",
            Self::Guide => "guide",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Meeting => "Meeting",
            Self::Release => "Release from custody",
            Self::Review => "Review",
            Self::Action => "Action",
            Self::Feedback => "Tell the person",
            Self::Agreement => "Information sharing agreement",
            Self::Guide => "Guide",
        }
    }
}

/// One thing, and its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRow {
    pub date: NaiveDate,
    pub kind: DueKind,
    pub what: String,
    pub case: Option<String>,
    /// The id of an action, or of a theme.
    pub id: Option<String>,
    /// Whose it is: id and name.
    pub agency: Option<(String, String)>,
    /// The file that says so: a meeting's id, `marg.yaml`, or a theme's id.
    pub meeting: String,
    /// Days past it; below zero for what is still to come.
    pub days_late: i64,
}

/// Around a release: days before or after it, and what has to be settled by then.
const MARKS: [(i64, &str); 5] = [
    (-28, "28 days to the release: where will they live, who prescribes, which benefits, and who is named for it"),
    (-7, "7 days to the release: is the bed still there, is the prescription written, who meets them at the gate"),
    (0, "the day of the release: somebody meets them"),
    (1, "the day after the release: did they get where they were to sleep, and has anybody seen them"),
    (7, "7 days after the release: does it hold, and what has to change"),
];

/// What is overdue, and what is due from today up to a day: what is longest overdue first.
pub fn due(ledger: &Ledger<'_>, until: NaiveDate, owner: Option<AgencyKey>) -> Vec<DueRow> {
    let book = ledger.book;
    let mut rows: Vec<DueRow> = ledger.actions.iter().filter_map(|state| task(book, state)).collect();
    if let Some(owner) = owner {
        let id = &book.group.agency(owner).id;
        rows.retain(|row| row.agency.as_ref().is_some_and(|(agency, _)| agency == id));
    } else {
        let open = || ledger.cases.values().filter(|story| story.closed().is_none());
        let agendas = agendas(book);
        rows.extend(open().filter_map(|story| review(book, &agendas, story)));
        rows.extend(open().flat_map(|story| releases(book, story)));
        rows.extend(meetings(book));
        rows.extend(agreement(book));
        rows.extend(guides(book));
    }
    rows.retain(|row| row.date <= until);
    rows.sort_by(|a, b| (a.date, a.kind, &a.case, &a.id, &a.meeting).cmp(&(b.date, b.kind, &b.case, &b.id, &b.meeting)));
    rows
}

fn made(book: &Casebook, date: NaiveDate, kind: DueKind, what: impl Into<String>, from: &str) -> DueRow {
    let days_late = (book.today - date).num_days();
    DueRow { date, kind, what: what.into(), case: None, id: None, agency: None, meeting: from.to_owned(), days_late }
}

fn task(book: &Casebook, state: &ActionState<'_>) -> Option<DueRow> {
    let due = state.task.due().filter(|_| state.status().is_open())?;
    let kind = if matches!(state.task, Task::Feedback(_)) { DueKind::Feedback } else { DueKind::Action };
    let agency = state.task.owner().map(|key| book.group.agency(key)).map(|agency| (agency.id.clone(), agency.name.clone()));
    let row = made(book, due, kind, state.task.what().trim(), &state.meeting.id);
    Some(DueRow { case: Some(state.discussion.case.to_string()), id: state.task.id().map(str::to_owned), agency, ..row })
}

/// The cases that stand on the agenda of a meeting to come, each with the first of these.
fn agendas(book: &Casebook) -> HashMap<&str, &Meeting> {
    let planned = book.meetings.iter().filter(|meeting| meeting.status == MeetingStatus::Planned && meeting.date >= book.today);
    planned.rev().flat_map(|meeting| meeting.cases_on_agenda().map(move |case| (case.as_str(), meeting))).collect()
}

fn review(book: &Casebook, agendas: &HashMap<&str, &Meeting>, story: &CaseStory<'_>) -> Option<DueRow> {
    let (meeting, discussion) = story.last();
    let day = discussion.next_review?;
    let on = agendas.get(story.case.as_str());
    let what = on.map_or("Review: on no agenda yet".to_owned(), |on| format!("Review: on the agenda of {}", on.id));
    Some(DueRow { case: Some(story.case.to_string()), ..made(book, day, DueKind::Review, what, &meeting.id) })
}

/// The marks that are still to come, and the last one that has passed without the case having been discussed since.
fn releases(book: &Casebook, story: &CaseStory<'_>) -> Vec<DueRow> {
    let Some(release) = story.release() else { return Vec::new() };
    let last = story.last().0;
    let marks = MARKS.iter().filter_map(|(days, what)| Some((release.checked_add_signed(TimeDelta::days(*days))?, *what)));
    let marks: Vec<(NaiveDate, &str)> = marks.filter(|(day, _)| *day > last.date).collect();
    let passed = marks.iter().rposition(|(day, _)| *day < book.today);
    let row = |(day, what): &(NaiveDate, &str)| DueRow { case: Some(story.case.to_string()), ..made(book, *day, DueKind::Release, *what, &last.id) };
    marks[passed.unwrap_or(0)..].iter().map(row).collect()
}

fn meetings(book: &Casebook) -> impl Iterator<Item = DueRow> {
    book.meetings.iter().filter(|meeting| meeting.status == MeetingStatus::Planned).map(|meeting| {
        let what = if meeting.date < book.today {
            "It was planned, and nobody has recorded it or called it off".to_owned()
        } else {
            let at = meeting.starts.map_or(String::new(), |starts| format!(", {}", starts.format("%H:%M")));
            format!("Meeting ({}){at}", meeting.kind)
        };
        made(book, meeting.date, DueKind::Meeting, what, &meeting.id)
    })
}

fn agreement(book: &Casebook) -> Option<DueRow> {
    let agreement = book.group.information_sharing.as_ref()?;
    let name = agreement.agreement.as_deref().unwrap_or("the agreement");
    Some(made(book, agreement.review_by?, DueKind::Agreement, format!("Review of {name}"), "marg.yaml"))
}

fn guides(book: &Casebook) -> impl Iterator<Item = DueRow> {
    book.themes.iter().filter_map(|theme| {
        let day = theme.guide.as_ref()?.review_date?;
        Some(DueRow { id: Some(theme.id.clone()), ..made(book, day, DueKind::Guide, format!("Review of the guide: {}", theme.title), &theme.id) })
    })
}
