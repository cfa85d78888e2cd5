//! The parts of minutes, in words.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::analysis::ActionRow;
use crate::documents::discussion::{DiscussionView, TaskView, due, or, owner, task};
use crate::documents::view::{Fact, day, in_plain_words};
use crate::release::{AttendanceLine, MeetingStatus, MinutesPage, PreviousLine, SessionPage};

/// Open actions that an agenda can hold.
pub(super) const TO_ASK: usize = 40;

#[derive(Serialize)]
pub(super) struct AgendaView {
    what: String,
    minutes: String,
    note: String,
}

#[derive(Serialize)]
pub(super) struct AttendanceGroup {
    heading: String,
    lines: Vec<String>,
}

/// What was told about earlier actions, by what became of them: that something was not possible and that it was not done are two things.
#[derive(Serialize)]
pub(super) struct PreviousGroup {
    heading: String,
    lines: Vec<PreviousView>,
}

#[derive(Serialize)]
pub(super) struct PreviousView {
    id: String,
    what: String,
    owner: String,
    case: String,
    due: String,
    on: String,
    outcome: String,
    note: String,
}

#[derive(Serialize)]
pub(super) struct SessionView {
    facts: Vec<Fact>,
    story: Option<String>,
    lists: Vec<SessionList>,
}

#[derive(Serialize)]
pub(super) struct SessionList {
    heading: &'static str,
    lines: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct AgencyTasks {
    agency: String,
    tasks: Vec<TaskView>,
}

pub(super) fn agenda(line: &crate::release::AgendaItemLine) -> AgendaView {
    let note = match (line.is_case, line.last_discussed) {
        (false, _) => "–".to_owned(),
        (true, Some(date)) => day(date),
        (true, None) => "not discussed before".to_owned(),
    };
    let minutes = line.minutes.map_or_else(|| "no time set".to_owned(), |minutes| minutes.to_string());
    AgendaView { what: line.what.clone(), minutes, note }
}

/// Attendance by what it was, those who were there first.
pub(super) fn attendance(lines: &[AttendanceLine]) -> Vec<AttendanceGroup> {
    const KNOWN: [(&str, &str); 5] =
        [("present", "Present"), ("apology", "Apologies"), ("sent-information", "Sent information"), ("observer", "Observers"), ("no-response", "No response")];
    let own: BTreeSet<&str> = lines.iter().map(|line| line.status.as_str()).filter(|status| KNOWN.iter().all(|(known, _)| known != status)).collect();
    let all = KNOWN.into_iter().map(|(word, heading)| (word, heading.to_owned())).chain(own.into_iter().map(|word| (word, in_plain_words(word))));
    let group = |(word, heading): (&str, String)| {
        let of = lines.iter().filter(|line| line.status == word);
        let lines: Vec<String> = of.map(present).collect();
        (!lines.is_empty()).then_some(AttendanceGroup { heading, lines })
    };
    all.filter_map(group).collect()
}

/// The statement is plain text, so a blank line is all that it can say about its arrangement.
pub(super) fn paragraphs(text: Option<&str>) -> Vec<String> {
    text.into_iter().flat_map(|text| text.split("\n\n")).map(|paragraph| paragraph.trim().to_owned()).filter(|paragraph| !paragraph.is_empty()).collect()
}

pub(super) fn read(page: &MinutesPage) -> String {
    let planned = page.status == MeetingStatus::Planned;
    let read = match &page.read {
        Some((by, agreement)) => {
            let by = by.as_ref().map_or(String::new(), |by| format!(" by the {by}"));
            let under = agreement.as_ref().map_or(String::new(), |agreement| format!(", under the sharing agreement {agreement}"));
            format!("The statement was read out{by}{under}.")
        }
        None if planned => "The statement is to be read out at the beginning.".to_owned(),
        None => "No record says that the statement was read out.".to_owned(),
    };
    let although = page
        .although
        .as_ref()
        .map(|why| format!(" The review of the sharing agreement was overdue; the group met all the same: {}.", why.trim_end_matches('.')));
    read + &although.unwrap_or_default()
}

pub(super) fn previous(lines: &[PreviousLine]) -> Vec<PreviousGroup> {
    const GROUPS: [(&str, &str); 5] = [
        ("done", "Done"),
        ("open", "Still open"),
        ("not-possible", "Not possible: circumstances changed"),
        ("not-done", "Not done by the agency"),
        ("superseded", "Superseded"),
    ];
    let group = |(word, heading): (&str, &str)| {
        let lines: Vec<PreviousView> = lines.iter().filter(|line| line.status == word).map(told).collect();
        (!lines.is_empty()).then(|| PreviousGroup { heading: format!("{heading} ({})", lines.len()), lines })
    };
    GROUPS.into_iter().filter_map(group).collect()
}

fn told(line: &PreviousLine) -> PreviousView {
    PreviousView {
        id: line.id.clone(),
        what: line.what.clone(),
        owner: owner(line.owner.as_deref(), None),
        case: line.case.clone(),
        due: due(line.due),
        on: or(line.on.map(day), "no day recorded"),
        outcome: or(line.outcome.map(in_plain_words), "none recorded"),
        note: or(line.note.clone(), "nothing more recorded"),
    }
}

/// Open actions by agency, as the meeting asks about them.
pub(super) fn to_ask(page: &MinutesPage) -> Vec<AgencyTasks> {
    let line = |row: &ActionRow| {
        let status = match row.due {
            _ if row.overdue => "overdue",
            Some(_) => "due before the meeting",
            None => "no day set",
        };
        TaskView { status: status.to_owned(), ..task(row) }
    };
    let mut agencies: BTreeMap<String, Vec<TaskView>> = BTreeMap::new();
    for row in page.to_ask.iter().take(TO_ASK) {
        agencies.entry(or(row.owner.as_ref().map(|(_, name)| name.clone()), "Nobody named")).or_default().push(line(row));
    }
    agencies.into_iter().map(|(agency, tasks)| AgencyTasks { agency, tasks }).collect()
}

pub(super) fn session(page: &SessionPage) -> SessionView {
    let recommended = page.recommendations.iter().map(|(text, owner, reply)| {
        let owner = owner.as_ref().map_or(String::new(), |owner| format!(" (to {owner})"));
        let reply = reply.as_ref().map_or(" No reply yet.".to_owned(), |reply| format!(" Reply: {reply}"));
        format!("{text}{owner}{reply}")
    });
    let value = page.value.iter().map(|(cycle, shows)| format!("{cycle}: {shows}"));
    let lists = [
        ("Questions", page.questions.clone()),
        ("Issues", page.issues.clone()),
        ("Positive practice", page.positive_practice.clone()),
        ("Recommendations", recommended.collect()),
        ("What it was worth", value.collect()),
    ];
    let number = |name, n: Option<u32>| n.map(|n| Fact::new(name, n.to_string()));
    let known = [number("People who came", page.people), number("Of them with lived experience", page.with_lived_experience)];
    let consent = page.story_consent.clone().map(|agreed| Fact::new("Agreed about the story", agreed));
    let led = [
        Fact::new("Facilitator", or(page.facilitator.clone(), "none recorded")),
        Fact::new("Lived experience lead", or(page.lived_experience_lead.clone(), "none recorded")),
    ];
    SessionView {
        facts: led.into_iter().chain(known.into_iter().flatten()).chain(consent).collect(),
        story: page.story.clone(),
        lists: lists.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(heading, lines)| SessionList { heading, lines }).collect(),
    }
}

pub(super) fn by_agency(page: &MinutesPage) -> Vec<AgencyTasks> {
    let mut agencies: BTreeMap<String, Vec<TaskView>> = BTreeMap::new();
    let shown = |owner: &Option<String>| page.only.as_ref().is_none_or(|only| owner.as_ref() == Some(&only.name));
    for said in &page.cases {
        let view = DiscussionView::new(said, String::new());
        for (task, line) in view.actions.into_iter().zip(&said.actions).filter(|(_, line)| shown(&line.owner)) {
            agencies.entry(or(line.owner.clone(), "Nobody named")).or_default().push(task);
        }
    }
    agencies.into_iter().map(|(agency, tasks)| AgencyTasks { agency, tasks }).collect()
}

/// Somebody who was there, and when they left.
fn present(line: &AttendanceLine) -> String {
    let role = line.role.as_ref().map_or(String::new(), |role| format!(": {role}"));
    let left = line.left.as_ref().map_or(String::new(), |left| {
        let when = if left.starts_with(|c: char| c.is_ascii_digit()) { "at" } else { "during" };
        format!(" (left {when} {left})")
    });
    format!("{}{role}{left}", line.agency)
}

/// What became of an item of the agenda.
#[derive(Serialize)]
pub(super) struct ItemView {
    what: String,
    minutes: String,
    took: String,
    came_to: String,
    /// Markdown.
    note: Option<String>,
}

pub(super) fn items(page: &MinutesPage) -> Vec<ItemView> {
    let discussed = |what: &str| page.cases.iter().any(|said| said.case == what);
    let view = |line: &crate::release::AgendaItemLine| ItemView {
        what: line.what.clone(),
        minutes: line.minutes.map_or_else(|| "no time set".to_owned(), |minutes| minutes.to_string()),
        took: line.took.map_or_else(|| "not recorded".to_owned(), |minutes| minutes.to_string()),
        came_to: match &line.deferred {
            Some(why) if why.trim().is_empty() => "put off".to_owned(),
            Some(why) => format!("put off: {}", why.trim()),
            None if line.is_case && discussed(&line.what) => "discussed, see below".to_owned(),
            None if line.note.is_some() => "see the note".to_owned(),
            None => "–".to_owned(),
        },
        note: line.note.clone(),
    };
    page.agenda.iter().map(view).collect()
}

/// Who tells a person what was decided, by when, and whether they did.
#[derive(Serialize)]
pub(super) struct TellingView {
    case: String,
    who: String,
    due: String,
    told: String,
}

pub(super) fn telling(page: &MinutesPage) -> Vec<TellingView> {
    let view = |said: &crate::release::DiscussionPage| {
        let promise = said.feedback.as_ref();
        let told = match promise {
            Some(line) if line.told_on.is_some() => line.told_on.map(|on| format!("told on {}", day(on))),
            Some(line) if line.status != "open" => Some(in_plain_words(line.status)),
            _ => None,
        };
        TellingView {
            case: said.case.clone(),
            who: or(promise.and_then(|line| line.by.clone()), "nobody named"),
            due: due(promise.and_then(|line| line.due)),
            told: or(told, "not recorded yet"),
        }
    };
    page.cases.iter().map(view).collect()
}
