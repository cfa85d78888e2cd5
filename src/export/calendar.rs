//! Calendar files (RFC 5545), as Outlook and all others read them.
//!
//! What is due on a day is an event that lasts that day, and not a task (VTODO): Outlook passes over tasks in a calendar file without a
//! word. Times are in UTC, which needs no description of a time zone that programs could read in different ways.

use std::fmt::Write as _;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use icalendar::{Calendar, Class, Component as _, Event, EventLike as _, Property};
use sha2::{Digest as _, Sha256};

use crate::release::{AgencyActionsPage, CalendarEntry, CalendarPage, Released};

/// Where the group says no time zone.
const USUAL_ZONE: Tz = chrono_tz::Europe::London;

/// Whether a time zone of this name is known.
pub fn is_time_zone(name: &str) -> bool {
    name.parse::<Tz>().is_ok()
}

/// The entries as a calendar file.
pub fn calendar(page: &Released<CalendarPage>) -> String {
    let zone = page.zone.as_ref().and_then(|name| name.parse().ok()).unwrap_or(USUAL_ZONE);
    written(&page.group, page.made_on, zone, &page.entries)
}

/// What an agency undertook, each on its day. What has no day stands in the other files.
pub fn agency_calendar(page: &Released<AgencyActionsPage>) -> String {
    let entries = page.actions.iter().filter_map(|action| {
        let what = action.what.as_deref().unwrap_or(super::NOT_SHOWN);
        Some(CalendarEntry {
            key: format!("action {} {} {}", action.case, action.id.as_deref().unwrap_or(what), action.set_on),
            date: action.due?,
            times: None,
            summary: format!("Due: {what} ({})", action.case),
            description: format!("Set on {} by {}.{}", action.set_on, page.group, action.id.as_ref().map_or(String::new(), |id| format!(" Action {id}."))),
            place: None,
        })
    });
    written(&page.group, page.made_on, USUAL_ZONE, &entries.collect::<Vec<_>>())
}

fn written(group: &str, made_on: NaiveDate, zone: Tz, entries: &[CalendarEntry]) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [("VERSION", "2.0"), ("PRODID", "-//marg//marg//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.extend(entries.iter().map(|entry| event(group, made_on, zone, entry)));
    calendar.to_string()
}

fn event(group: &str, made_on: NaiveDate, zone: Tz, entry: &CalendarEntry) -> Event {
    let mut event = Event::new();
    event.uid(&uid(group, &entry.key)).timestamp(made_on.and_time(NaiveTime::MIN).and_utc()).class(Class::Private);
    match entry.times {
        Some((starts, ends)) => event.starts(in_utc(zone, entry.date.and_time(starts))).ends(in_utc(zone, entry.date.and_time(ends))),
        // The end is the day after, by RFC 5545; nobody is busy all day because something is due.
        None => event.starts(entry.date).ends(entry.date.checked_add_days(Days::new(1)).unwrap_or(entry.date)).add_property("TRANSP", "TRANSPARENT"),
    };
    event.summary(&plain(&entry.summary));
    if !entry.description.is_empty() {
        event.description(&plain(&entry.description));
    }
    if let Some(place) = &entry.place {
        event.location(&plain(place));
    }
    event.done()
}

/// A local time in UTC. In the hour that is skipped in spring the clock has been put forward; of the one that comes twice it is the first.
fn in_utc(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    let found = zone.from_local_datetime(&local).earliest().or_else(|| zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest());
    found.map_or_else(|| local.and_utc(), |time| time.with_timezone(&Utc))
}

/// The same for the same entry, so that a calendar takes a new edition for what it is.
fn uid(group: &str, key: &str) -> String {
    let hash = Sha256::digest(format!("{group}\n{key}").as_bytes());
    let mut uid = hash.iter().take(16).fold(String::new(), |mut uid, byte| {
        let _ = write!(uid, "{byte:02x}");
        uid
    });
    uid.push_str("@marg.invalid");
    uid
}

/// Without what would end a line before its time.
fn plain(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(date: &str, times: Option<(&str, &str)>, summary: &str) -> CalendarEntry {
        let times = times.map(|(starts, ends)| (starts.parse().unwrap(), ends.parse().unwrap()));
        CalendarEntry { key: "k".to_owned(), date: date.parse().unwrap(), times, summary: summary.to_owned(), description: String::new(), place: None }
    }

    fn file(entry: CalendarEntry) -> String {
        written("Group", "2026-03-26".parse().unwrap(), USUAL_ZONE, &[entry])
    }

    #[test]
    fn an_hour_of_summer_is_another_hour_of_utc() {
        let times = Some(("13:30:00", "15:30:00"));
        assert!(
            file(entry("2026-03-12", times, "x")).contains("DTSTART:20260312T133000Z\r\nDTSTAMP")
                || file(entry("2026-03-12", times, "x")).contains("DTSTART:20260312T133000Z")
        );
        let summer = file(entry("2026-04-09", times, "x"));
        assert!(summer.contains("DTSTART:20260409T123000Z\r\n") && summer.contains("DTEND:20260409T143000Z\r\n"), "{summer}");
        let skipped = file(entry("2026-03-29", Some(("01:30:00", "02:30:00")), "x"));
        assert!(skipped.contains("DTSTART:20260329T013000Z"), "{skipped}");
        let twice = file(entry("2026-10-25", Some(("01:30:00", "02:30:00")), "x"));
        assert!(twice.contains("DTSTART:20261025T003000Z") && twice.contains("DTEND:20261025T023000Z"), "{twice}");
    }

    #[test]
    fn a_day_ends_where_the_next_begins() {
        let day = file(entry("2026-12-31", None, "x"));
        assert!(day.contains("DTSTART;VALUE=DATE:20261231\r\n") && day.contains("DTEND;VALUE=DATE:20270101\r\n"), "{day}");
        assert!(day.contains("TRANSP:TRANSPARENT\r\n") && day.contains("DTSTAMP:20260326T000000Z\r\n"), "{day}");
    }

    #[test]
    fn long_lines_are_folded_between_letters_and_signs_are_escaped() {
        let long = format!("Ring; then write, “{}”\\\nsecond\rline", "é".repeat(80));
        let text = file(entry("2026-03-26", None, &long));
        for line in text.split("\r\n") {
            assert!(line.len() <= 75 && !line.contains(['\n', '\r']), "{line:?}");
        }
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:Ring\\; then write\\, “{}”\\\\\\nsecondline\r\n", "é".repeat(80))), "{unfolded}");
    }

    #[test]
    fn the_same_entry_keeps_its_id() {
        assert_eq!(uid("Group", "meeting 2026-04-09-marg"), uid("Group", "meeting 2026-04-09-marg"));
        assert_ne!(uid("Group", "meeting 2026-04-09-marg"), uid("Other group", "meeting 2026-04-09-marg"));
        assert_eq!(uid("Group", "x").len(), 32 + "@marg.invalid".len());
    }
}
