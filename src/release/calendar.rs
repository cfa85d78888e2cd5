//! What may stand in a calendar, which lies open on desks and telephones: refs, labels and days; no name, and no account of anybody.

use chrono::{NaiveDate, NaiveTime};

use super::Released;
use super::audience::Audience;
use super::text::Lock;
use crate::analysis::{DueKind, DueRow};
use crate::model::{AgendaSubject, Casebook, Meeting};

/// Entries of a calendar.
#[derive(Clone, Debug)]
pub struct CalendarPage {
    pub group: String,
    /// The day on which it is made.
    pub made_on: NaiveDate,
    /// The name of the time zone in which the times are meant, if the group says one.
    pub zone: Option<String>,
    pub entries: Vec<CalendarEntry>,
}

#[derive(Clone, Debug)]
pub struct CalendarEntry {
    /// By which it is known again when it is written anew.
    pub key: String,
    pub date: NaiveDate,
    /// From when to when; nothing for something that is due on that day.
    pub times: Option<(NaiveTime, NaiveTime)>,
    pub summary: String,
    pub description: String,
    pub place: Option<String>,
}

/// The invitation to a meeting: its kind, time, place and agenda.
pub fn release_invitation(book: &Casebook, meeting: &Meeting) -> Released<CalendarPage> {
    let mut lock = Lock::but_for(book, |_| true);
    let kind = if meeting.kind == "marg" { "multi-agency meeting".to_owned() } else { meeting.kind.replace('-', " ") };
    let agenda = meeting.agenda.iter().filter_map(|item| {
        let words = match &item.subject {
            AgendaSubject::Item(words) => lock.pass(words, "an item of the agenda")?,
            AgendaSubject::Case(case) => case.to_string(),
        };
        Some(item.minutes.map_or(words.clone(), |minutes| format!("{words} ({minutes} min)")))
    });
    let agenda: Vec<String> = agenda.collect();
    let entry = CalendarEntry {
        key: format!("meeting {}", meeting.id),
        date: meeting.date,
        times: meeting.starts.map(|starts| (starts, meeting.ends.filter(|ends| *ends > starts).unwrap_or_else(|| after(starts, meeting.length(&book.group))))),
        summary: format!("{}: {kind}", book.group.name),
        description: agenda.join("\n"),
        place: meeting.venue.as_ref().and_then(|venue| lock.pass(venue, "the venue")),
    };
    let page = CalendarPage { entries: vec![entry], ..empty(book) };
    Released { page, audience: Audience::Members, withheld: lock.withheld }
}

/// What the calendar asks, without what was said: which action it is stands in its id.
pub fn release_due(book: &Casebook, rows: &[DueRow]) -> Released<CalendarPage> {
    let entry = |row: &DueRow| {
        // There are several marks of one release.
        let mark = if row.kind == DueKind::Release { row.what.split(':').next().unwrap_or_default() } else { "" };
        let who = row.agency.as_ref().map(|(_, name)| name.clone());
        let about = [row.case.clone(), row.id.clone(), who].into_iter().flatten().collect::<Vec<_>>().join(", ");
        CalendarEntry {
            key: format!("{} {} {} {mark}", row.kind.word(), row.case.as_deref().unwrap_or(&row.meeting), row.id.as_deref().unwrap_or_default()),
            date: row.date,
            times: None,
            summary: if about.is_empty() { row.kind.label().to_owned() } else { format!("{}: {about}", row.kind.label()) },
            description: if row.kind == DueKind::Release { row.what.clone() } else { format!("From {}", row.meeting) },
            place: None,
        }
    };
    let page = CalendarPage { entries: rows.iter().map(entry).collect(), ..empty(book) };
    Released { page, audience: Audience::Members, withheld: Vec::new() }
}

fn empty(book: &Casebook) -> CalendarPage {
    CalendarPage { group: book.group.name.clone(), made_on: book.today, zone: book.group.time_zone.clone(), entries: Vec::new() }
}

/// So many minutes later, on the same day.
fn after(starts: NaiveTime, minutes: u32) -> NaiveTime {
    let (ends, past_midnight) = starts.overflowing_add_signed(chrono::TimeDelta::minutes(i64::from(minutes)));
    if past_midnight == 0 { ends } else { NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(starts) }
}
