//! The minutes of a meeting: a draft until they are agreed, and before the meeting its agenda.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::discussion::{DiscussionView, TaskView, due, or, owner, task};
use super::numbers::{listed, n_of, part_of, upper};
use super::outline::{Head, Outline, Sentence};
use super::template::Templates;
use super::view::{About, Fact, PageView, day, in_plain_words, meeting_kind};
use super::{Document, Made, word_edition};
use crate::analysis::ActionRow;
use crate::release::{AttendanceLine, Count, MeetingStatus, MinutesPage, PreviousLine, Released, SessionPage};

/// The minutes as Markdown, as a page, and as a document for Word, which is the Markdown edition in another form.
pub fn minutes_documents(templates: &Templates, page: &Released<MinutesPage>) -> Made {
    let view = MinutesView::new(templates, page);
    let name = format!("minutes-{}", page.meeting);
    let text = templates.render("minutes.md", &view);
    let html = templates.render("minutes.html", &view);
    let word = text.clone().and_then(|text| word_edition(&name, &text, &view.page));
    vec![text.map(|text| Document::text(format!("{name}.md"), text)), html.map(|html| Document::text(format!("{name}.html"), html)), word]
}

/// What the templates of minutes see.
pub fn minutes_data(templates: &Templates, page: &Released<MinutesPage>) -> serde_json::Value {
    serde_json::to_value(MinutesView::new(templates, page)).unwrap_or_default()
}

#[derive(Serialize)]
struct MinutesView {
    page: PageView,
    head: BTreeMap<String, Head>,
    /// Whether the meeting is still to come.
    planned: bool,
    agenda: Vec<AgendaView>,
    attendance: Vec<AttendanceGroup>,
    missing: Vec<String>,
    /// Required agencies that sent information instead of coming.
    informed: Vec<String>,
    /// Agencies without which the meeting cannot decide.
    required: Vec<String>,
    /// Its paragraphs.
    statement: Vec<String>,
    read: String,
    previous: Vec<PreviousGroup>,
    to_ask: Vec<AgencyTasks>,
    more_to_ask: Option<usize>,
    cases: Vec<CaseView>,
    session: Option<SessionView>,
    other_business: Option<String>,
    next_meeting: String,
    /// Actions set here, by who undertook them.
    by_agency: Vec<AgencyTasks>,
}

#[derive(Serialize)]
struct AgendaView {
    what: String,
    minutes: String,
    note: String,
}

#[derive(Serialize)]
struct AttendanceGroup {
    heading: String,
    lines: Vec<String>,
}

/// What was told about earlier actions, by what became of them: that something was not possible and that it was not done are two things.
#[derive(Serialize)]
struct PreviousGroup {
    heading: String,
    lines: Vec<PreviousView>,
}

#[derive(Serialize)]
struct PreviousView {
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
struct CaseView {
    number: usize,
    title: String,
    said: DiscussionView,
}

#[derive(Serialize)]
struct SessionView {
    facts: Vec<Fact>,
    story: Option<String>,
    lists: Vec<SessionList>,
}

#[derive(Serialize)]
struct SessionList {
    heading: &'static str,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct AgencyTasks {
    agency: String,
    tasks: Vec<TaskView>,
}

/// Open actions that an agenda can hold.
const TO_ASK: usize = 40;

impl MinutesView {
    fn new(templates: &Templates, released: &Released<MinutesPage>) -> Self {
        let page: &MinutesPage = released;
        let outline = outline(page);
        let head = outline.by_id();
        let about = About {
            kind: kind(page),
            title: format!("{} of {}", if page.status == MeetingStatus::Planned { "Agenda" } else { "Minutes" }, day(page.date)),
            group: &page.group,
            contact: page.contact.as_deref(),
            audience: released.audience(),
            period: None,
            as_of: Some(day(page.date)),
            made_on: (page.status == MeetingStatus::Planned).then(|| day(page.made_on)),
            warning: warning(page.status),
            rule: page.rule,
            facts: facts(page),
        };
        let case = |said: &crate::release::DiscussionPage| {
            let title = case_title(said);
            let said = DiscussionView::new(said, anchor(&said.case));
            CaseView { number: head.get(&said.anchor).map_or(0, |head| head.number), title, said }
        };
        Self {
            page: PageView::new(templates, about, &outline),
            planned: page.status == MeetingStatus::Planned,
            agenda: page.agenda.iter().map(agenda).collect(),
            attendance: attendance(&page.attendance),
            missing: page.missing.clone(),
            informed: page.informed.clone(),
            required: page.required.clone(),
            statement: paragraphs(page.statement.as_deref()),
            read: read(page),
            previous: previous(&page.previous),
            to_ask: to_ask(page),
            more_to_ask: Some(page.to_ask.len().saturating_sub(TO_ASK)).filter(|more| *more > 0),
            cases: page.cases.iter().map(case).collect(),
            session: page.session.as_ref().map(session),
            other_business: page.other_business.clone().filter(|text| !text.trim().is_empty()),
            next_meeting: page.next_meeting.map_or_else(|| "No day is set yet.".to_owned(), |date| format!("{}.", day(date))),
            by_agency: by_agency(page),
            head,
        }
    }
}

fn kind(page: &MinutesPage) -> String {
    let meeting = meeting_kind(&page.kind);
    match page.status {
        MeetingStatus::Planned => format!("Agenda, {meeting}"),
        MeetingStatus::Agreed => format!("Minutes, {meeting}"),
        MeetingStatus::Held => format!("Minutes, draft, {meeting}"),
        MeetingStatus::CalledOff => format!("Called off, {meeting}"),
    }
}

fn warning(status: MeetingStatus) -> Option<String> {
    let text = match status {
        MeetingStatus::Planned => "This meeting is still to come. The agenda can change.",
        MeetingStatus::Held => "Draft. These minutes have not been agreed by the meeting yet.",
        MeetingStatus::CalledOff => "This meeting was called off and did not take place.",
        MeetingStatus::Agreed => return None,
    };
    Some(text.to_owned())
}

fn facts(page: &MinutesPage) -> Vec<Fact> {
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
    facts
}

fn anchor(case: &str) -> String {
    format!("case-{case}")
}

fn case_title(said: &crate::release::DiscussionPage) -> String {
    let kind = said.kind.map_or(String::new(), |kind| format!(", {kind}"));
    let end = if said.closed.is_some() { ", closed".to_owned() } else { String::new() };
    let tasks = n_of(said.actions.len(), "action", "actions");
    format!("{}{kind}{end}: {}, {tasks}", said.case, n_of(said.barriers.len(), "barrier", "barriers"))
}

fn outline(page: &MinutesPage) -> Outline {
    let mut outline = Outline::default();
    let planned = page.status == MeetingStatus::Planned;
    if planned || (!page.agenda.is_empty() && page.cases.is_empty() && page.session.is_none()) {
        outline.section("agenda", "Agenda");
    }
    if planned {
        on_the_agenda(page, &mut outline);
    } else if page.cases.is_empty() && page.session.is_none() && page.status != MeetingStatus::CalledOff {
        outline.point(Sentence::default().strong("No case").and(" was discussed."));
    }
    if !page.attendance.is_empty() {
        let present = agencies(page, "present");
        outline.section("attendance", format!("{} present", n_of(present, "agency was", "agencies were")));
        outline.point(Sentence::default().strong(n_of(present, "agency", "agencies")).and(if present == 1 { " was present." } else { " were present." }));
    }
    outline.section("statement", "Confidentiality");
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
    if page.cases.iter().any(|said| !said.actions.is_empty()) {
        outline.section("by-agency", "Who does what, by agency");
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
    outline.point(cases.and(format!(" {were} discussed{split}.")));
    let actions: usize = page.cases.iter().map(|said| said.actions.len()).sum();
    let decisions: usize = page.cases.iter().map(|said| said.decisions.len()).sum();
    let sentence = Sentence::default().strong(n_of(decisions, "decision", "decisions")).and(" and ").strong(n_of(actions, "action", "actions"));
    outline.point(sentence.and(" came of them."));
}

fn agenda(line: &crate::release::AgendaItemLine) -> AgendaView {
    let note = match (line.is_case, line.last_discussed) {
        (false, _) => "–".to_owned(),
        (true, Some(date)) => day(date),
        (true, None) => "not discussed before".to_owned(),
    };
    let minutes = line.minutes.map_or_else(|| "no time set".to_owned(), |minutes| minutes.to_string());
    AgendaView { what: line.what.clone(), minutes, note }
}

/// Attendance by what it was, those who were there first.
fn attendance(lines: &[AttendanceLine]) -> Vec<AttendanceGroup> {
    const KNOWN: [(&str, &str); 5] =
        [("present", "Present"), ("apology", "Apologies"), ("sent-information", "Sent information"), ("observer", "Observers"), ("no-response", "No response")];
    let own: BTreeSet<&str> = lines.iter().map(|line| line.status.as_str()).filter(|status| KNOWN.iter().all(|(known, _)| known != status)).collect();
    let all = KNOWN.into_iter().map(|(word, heading)| (word, heading.to_owned())).chain(own.into_iter().map(|word| (word, in_plain_words(word))));
    let group = |(word, heading): (&str, String)| {
        let of = lines.iter().filter(|line| line.status == word);
        let lines: Vec<String> = of.map(|line| line.role.as_ref().map_or_else(|| line.agency.clone(), |role| format!("{}: {role}", line.agency))).collect();
        (!lines.is_empty()).then_some(AttendanceGroup { heading, lines })
    };
    all.filter_map(group).collect()
}

/// The statement is plain text, so a blank line is all that it can say about its arrangement.
fn paragraphs(text: Option<&str>) -> Vec<String> {
    text.into_iter().flat_map(|text| text.split("\n\n")).map(|paragraph| paragraph.trim().to_owned()).filter(|paragraph| !paragraph.is_empty()).collect()
}

fn read(page: &MinutesPage) -> String {
    let planned = page.status == MeetingStatus::Planned;
    match &page.read {
        Some((by, agreement)) => {
            let by = by.as_ref().map_or(String::new(), |by| format!(" by the {by}"));
            let under = agreement.as_ref().map_or(String::new(), |agreement| format!(", under the sharing agreement {agreement}"));
            format!("The statement was read out{by}{under}.")
        }
        None if planned => "The statement is to be read out at the beginning.".to_owned(),
        None => "No record says that the statement was read out.".to_owned(),
    }
}

fn previous(lines: &[PreviousLine]) -> Vec<PreviousGroup> {
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

/// Open actions by agency, as the meeting asks about them.
fn to_ask(page: &MinutesPage) -> Vec<AgencyTasks> {
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

fn session(page: &SessionPage) -> SessionView {
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
    SessionView {
        facts: vec![
            Fact::new("Facilitator", or(page.facilitator.clone(), "none recorded")),
            Fact::new("Lived experience lead", or(page.lived_experience_lead.clone(), "none recorded")),
        ],
        story: page.story.clone(),
        lists: lists.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(heading, lines)| SessionList { heading, lines }).collect(),
    }
}

fn by_agency(page: &MinutesPage) -> Vec<AgencyTasks> {
    let mut agencies: BTreeMap<String, Vec<TaskView>> = BTreeMap::new();
    for said in &page.cases {
        let view = DiscussionView::new(said, String::new());
        for (task, line) in view.actions.into_iter().zip(&said.actions) {
            agencies.entry(or(line.owner.clone(), "Nobody named")).or_default().push(task);
        }
    }
    agencies.into_iter().map(|(agency, tasks)| AgencyTasks { agency, tasks }).collect()
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
