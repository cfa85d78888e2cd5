//! What minutes say of themselves, in which order, and what matters most.

use std::collections::BTreeSet;

use crate::documents::discussion::or;
use crate::documents::numbers::{listed, n_of, part_of, upper};
use crate::documents::outline::{Outline, Sentence};
use crate::documents::view::{Fact, day, in_plain_words, meeting_kind};
use crate::release::{Count, MeetingStatus, MinutesPage};

pub(super) fn kind(page: &MinutesPage) -> String {
    let meeting = meeting_kind(&page.kind);
    match page.status {
        MeetingStatus::Planned => format!("Agenda, {meeting}"),
        MeetingStatus::Agreed if !page.draft => format!("Minutes, {meeting}"),
        MeetingStatus::Held | MeetingStatus::Agreed => format!("Minutes, draft, {meeting}"),
        MeetingStatus::CalledOff => format!("Called off, {meeting}"),
    }
}

pub(super) fn warning(page: &MinutesPage) -> Option<String> {
    let text = match page.status {
        MeetingStatus::Agreed if page.draft => "Draft, to be read by those who were there.",
        MeetingStatus::Planned => "This meeting is still to come. The agenda can change.",
        MeetingStatus::Held => "Draft. These minutes have not been agreed by the meeting yet.",
        MeetingStatus::CalledOff => "This meeting was called off and did not take place.",
        MeetingStatus::Agreed => return None,
    };
    Some(text.to_owned())
}

pub(super) fn facts(page: &MinutesPage) -> Vec<Fact> {
    let time = match (page.starts, page.ends) {
        (Some(from), Some(to)) => format!(", {} to {}", from.format("%H:%M"), to.format("%H:%M")),
        (Some(from), None) => format!(", {}", from.format("%H:%M")),
        _ => String::new(),
    };
    let or = |text: &Option<String>| or(text.clone(), "none recorded");
    let mut facts = vec![
        Fact::new("When", format!("{}{time}", day(page.date))),
        Fact::new("Where", or(&page.venue)),
        Fact::new("Chair", or(&page.chair)),
        Fact::new("Coordinator", or(&page.coordinator)),
    ];
    facts.extend(page.minute_taker.clone().map(|name| Fact::new("Minute taker", name)));
    facts.push(Fact::new("Status", in_plain_words(page.status.word())));
    facts.extend(agreed(page).map(|text| Fact::new("Agreed", text)));
    if let Some(only) = &page.only {
        let others = match only.other_cases {
            0 => "no case is left out".to_owned(),
            n => format!("{} left out", n_of(n, "other case is", "other cases are")),
        };
        facts.push(Fact::new("For", format!("{}; {others}", only.name)));
    }
    facts
}

pub(super) fn anchor(case: &str) -> String {
    format!("case-{case}")
}

pub(super) fn case_title(said: &crate::release::DiscussionPage) -> String {
    let kind = said.kind.map_or(String::new(), |kind| format!(", {kind}"));
    let end = if said.closed.is_some() { ", closed".to_owned() } else { String::new() };
    let tasks = n_of(said.actions.len(), "action", "actions");
    format!("{}{kind}{end}: {}, {tasks}", said.case, n_of(said.barriers.len(), "barrier", "barriers"))
}

pub(super) fn outline(page: &MinutesPage) -> Outline {
    let mut outline = Outline::default();
    let planned = page.status == MeetingStatus::Planned;
    let items = !planned && item_by_item(page);
    if planned || (!page.agenda.is_empty() && page.cases.is_empty() && page.session.is_none() && !items) {
        outline.section("agenda", "Agenda");
    }
    if planned {
        on_the_agenda(page, &mut outline);
    } else if page.cases.is_empty() && page.session.is_none() && page.status != MeetingStatus::CalledOff {
        outline.point(Sentence::default().strong("No case").and(format!("{} was discussed.", with_a_part(page))));
    }
    if !page.attendance.is_empty() {
        let present = agencies(page, "present");
        outline.section("attendance", format!("{} present", n_of(present, "agency was", "agencies were")));
        outline.point(Sentence::default().strong(n_of(present, "agency", "agencies")).and(if present == 1 { " was present." } else { " were present." }));
    }
    outline.section("statement", "Confidentiality");
    if items {
        outline.section("items", "The agenda, item by item");
        let off = page.agenda.iter().filter(|line| line.deferred.is_some()).count();
        if off > 0 {
            outline.point(Sentence::default().strong(n_of(off, "item", "items")).and(if off == 1 { " was put off." } else { " were put off." }));
        }
    }
    earlier(page, planned, &mut outline);
    if let Some(session) = &page.session {
        outline.section("session", format!("The session was about “{}”", session.theme));
    }
    if !page.cases.is_empty() {
        discussed(page, &mut outline);
    }
    if page.other_business.as_ref().is_some_and(|text| !text.trim().is_empty()) {
        outline.section("other", "Any other business");
    }
    outline.section("next", "Next meeting");
    if !planned && !page.cases.is_empty() {
        telling(page, &mut outline);
    }
    let shown = |owner: &Option<String>| page.only.as_ref().is_none_or(|only| owner.as_ref() == Some(&only.name));
    if page.cases.iter().flat_map(|said| &said.actions).any(|action| shown(&action.owner)) {
        let title = page.only.as_ref().map_or_else(|| "Who does what, by agency".to_owned(), |only| format!("What {} has taken on", only.name));
        outline.section("by-agency", title);
    }
    outline
}

fn on_the_agenda(page: &MinutesPage, outline: &mut Outline) {
    let cases = page.agenda.iter().filter(|line| line.is_case).count();
    let minutes: u32 = page.agenda.iter().filter_map(|line| line.minutes).sum();
    let on_it = match cases {
        0 => Sentence::default().strong("No case").and(" is on the agenda yet"),
        n => Sentence::default().strong(n_of(n, "case is", "cases are")).and(" on the agenda"),
    };
    let takes = |items: Sentence| items.and("; its items take ").strong(n_of(minutes as usize, "minute", "minutes"));
    outline.point(if minutes > 0 { takes(on_it) } else { on_it }.and("."));
}

fn agencies(page: &MinutesPage, status: &str) -> usize {
    page.attendance.iter().filter(|line| line.status == status).map(|line| &line.agency).collect::<BTreeSet<_>>().len()
}

fn earlier(page: &MinutesPage, planned: bool, outline: &mut Outline) {
    if !page.previous.is_empty() {
        let done = page.previous.iter().filter(|line| line.status == "done").count();
        let said = upper(&earlier_done(done, page.previous.len()));
        let count = |status: &str| Count::Shown(page.previous.iter().filter(|line| line.status == status).count());
        let rest = listed(&[
            (count("open"), "is open", "are open"),
            (count("not-possible"), "was not possible", "were not possible"),
            (count("not-done"), "was not done", "were not done"),
            (count("superseded"), "was superseded", "were superseded"),
        ]);
        outline.section("previous", said.clone());
        outline.point(Sentence::default().strong(said).and(rest.map_or(String::new(), |rest| format!("; {rest}"))).and("."));
    }
    if planned && !page.to_ask.is_empty() {
        outline.section("to-ask", format!("{} to ask about", n_of(page.to_ask.len(), "action", "actions")));
        let overdue = page.to_ask.iter().filter(|row| row.overdue).count();
        let before = page.to_ask.iter().filter(|row| !row.overdue && row.due.is_some()).count();
        let split = asked_about(overdue, before, page.to_ask.len() - overdue - before);
        outline.point(Sentence::default().strong(n_of(page.to_ask.len(), "action", "actions")).and(format!(" to ask about: {split}.")));
    }
}

fn discussed(page: &MinutesPage, outline: &mut Outline) {
    let new = page.cases.iter().filter(|said| said.kind == Some("new")).count();
    let closed = page.cases.iter().filter(|said| said.closed.is_some()).count();
    for said in &page.cases {
        outline.section(anchor(&said.case), case_title(said));
    }
    let cases = Sentence::default().strong(n_of(page.cases.len(), "case", "cases"));
    let were = if page.cases.len() == 1 { "was" } else { "were" };
    let split = listed(&[(Count::Shown(new), "new", "new"), (Count::Shown(closed), "closed", "closed")]).map_or(String::new(), |split| format!(": {split}"));
    // Before the meeting, what stands in the file is a draft of what may be said.
    if page.status == MeetingStatus::Planned {
        return;
    }
    outline.point(cases.and(format!("{} {were} discussed{split}.", with_a_part(page))));
    let actions: usize = page.cases.iter().map(|said| said.actions.len()).sum();
    let decisions: usize = page.cases.iter().map(|said| said.decisions.len()).sum();
    let sentence = Sentence::default().strong(n_of(decisions, "decision", "decisions")).and(" and ").strong(n_of(actions, "action", "actions"));
    outline.point(sentence.and(" came of them."));
}

fn earlier_done(done: usize, all: usize) -> String {
    part_of(Count::Shown(done), Count::Shown(all), ("earlier action", "earlier actions"), ("was done", "were done"))
}

fn asked_about(overdue: usize, before: usize, no_day: usize) -> String {
    let count = Count::Shown;
    let parts = [
        (count(overdue), "overdue today", "overdue today"),
        (count(before), "falls due before the meeting", "fall due before the meeting"),
        (count(no_day), "has no day set", "have no day set"),
    ];
    listed(&parts).unwrap_or_default()
}

/// Whether anything is known of what became of the agenda.
fn item_by_item(page: &MinutesPage) -> bool {
    page.agenda.iter().any(|line| line.took.is_some() || line.note.is_some() || line.deferred.is_some())
}

/// For one agency: which cases are meant.
fn with_a_part(page: &MinutesPage) -> String {
    page.only.as_ref().map_or(String::new(), |only| format!(" in which {} has a part", only.name))
}

/// The promises to tell people what was decided.
fn telling(page: &MinutesPage, outline: &mut Outline) {
    let promised = page.cases.iter().filter(|said| said.feedback.is_some()).count();
    let told = page.cases.iter().filter(|said| said.feedback.as_ref().is_some_and(|line| line.told_on.is_some())).count();
    outline.section("telling", "Telling people what was decided");
    let all = page.cases.len();
    let of = part_of(Count::Shown(promised), Count::Shown(all), ("person", "people"), ("has somebody who tells them", "have somebody who tells them"));
    let known = if told == 0 { String::new() } else { format!("; {} told", n_of(told, "was", "were")) };
    outline.point(Sentence::default().strong(upper(&of)).and(format!(" what was decided{known}.")));
}

fn agreed(page: &MinutesPage) -> Option<String> {
    let (on, by) = page.agreed.as_ref()?;
    let on = on.map_or_else(|| "no day recorded".to_owned(), day);
    Some(by.as_ref().map_or_else(|| on.clone(), |by| format!("{on}, by {by}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_about_actions_go_with_their_numbers() {
        assert_eq!(
            [0, 1, 2].map(|n| earlier_done(n, 2)),
            ["none of 2 earlier actions was done", "1 of 2 earlier actions was done", "2 of 2 earlier actions were done"]
        );
        assert_eq!(asked_about(7, 1, 0), "7 overdue today, 1 falls due before the meeting");
        assert_eq!(asked_about(0, 2, 1), "2 fall due before the meeting, 1 has no day set");
    }
}
