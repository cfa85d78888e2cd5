//! Meetings said line by line.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::model::{
    Agency, AgencyKey, AgendaItem, AgendaSubject, BarrierStatus, CaseRef, Casebook, Group, Meeting, MeetingKey, MeetingStatus, Service, Theme, ThemeKey,
    ThemeKind,
};
use crate::source::FileId;

struct NoPast;

impl Past for NoPast {
    fn barrier(&self, _: ThemeKey) -> Recollection {
        Recollection { people: 7, helped: vec!["A joint visit".to_owned()] }
    }

    fn is_taken(&self, _: &str) -> bool {
        false
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn book() -> Casebook {
    let agency =
        |id: &str, name: &str| Agency { id: id.to_owned(), name: name.to_owned(), contact: None, escalate_to: None, exclusions: Vec::new(), checked_on: None };
    let group = Group {
        name: "Group of Testford".to_owned(),
        agencies: vec![agency("housing-options", "Housing options"), agency("northfield", "Northfield Housing"), agency("police", "Police")],
        services: vec![Service { id: "hostel-bed".to_owned(), name: "A hostel bed".to_owned() }],
        ..Group::default()
    };
    let theme = |id: &str, title: &str, kind| Theme { id: id.to_owned(), title: title.to_owned(), kind, ..blank_theme() };
    let themes = vec![
        theme("arson-blocks-housing", "Arson or fire-setting history blocks housing", ThemeKind::Barrier),
        theme("homelessness", "Homelessness", ThemeKind::Need),
    ];
    let item = |subject| AgendaItem { nth: 0, subject, minutes: Some(10), took: None, note: None, deferred: None };
    let agenda = vec![
        item(AgendaSubject::Item("Welcome".to_owned())),
        item(AgendaSubject::Case(CaseRef("TST-AA11".to_owned()))),
        item(AgendaSubject::Case(CaseRef("TST-BB22".to_owned()))),
        item(AgendaSubject::Item("Any other business".to_owned())),
    ];
    let meeting = Meeting { agenda, next_meeting: Some(day("2026-05-14")), ..blank_meeting() };
    Casebook::new(group, themes, vec![meeting], day("2026-04-09"))
}

fn blank_theme() -> Theme {
    Theme {
        id: String::new(),
        file: FileId(0),
        title: String::new(),
        kind: ThemeKind::Need,
        parent: None,
        definition: None,
        include: None,
        exclude: None,
        example: None,
        indicators: Vec::new(),
        also_known_as: Vec::new(),
        stage: None,
        retired: None,
        guide: None,
    }
}

fn blank_meeting() -> Meeting {
    Meeting {
        id: "2026-04-09-marg".to_owned(),
        file: FileId(0),
        kind: "marg".to_owned(),
        date: day("2026-04-09"),
        starts: None,
        ends: None,
        venue: None,
        chair: None,
        coordinator: None,
        minute_taker: None,
        status: MeetingStatus::Planned,
        status_is_said: true,
        agreed: None,
        required_agencies: Vec::new(),
        attendance: Vec::new(),
        confidentiality: None,
        agenda: Vec::new(),
        previous_actions: Vec::new(),
        cases: Vec::new(),
        other_business: None,
        next_meeting: None,
        session: None,
    }
}

/// What is recorded when these lines are said, each of which must be taken.
fn said(lines: &[&str]) -> Meeting {
    let book = book();
    let mut session = Session::open(&book, MeetingKey(0), &NoPast);
    for line in lines {
        let reply = session.take(&Entry::new(0, *line));
        assert!(reply.taken, "{line}: {:?}", reply.refused);
    }
    session.record()
}

/// Why a line is refused after others.
fn refused(lines: &[&str], line: &str) -> String {
    let book = book();
    let mut session = Session::open(&book, MeetingKey(0), &NoPast);
    lines.iter().for_each(|line| assert!(session.take(&Entry::new(0, *line)).taken, "{line}"));
    let reply = session.take(&Entry::new(0, line));
    assert!(!reply.taken, "{line}: {:?}", reply.echo);
    reply.refused.join(" ")
}

/// What is asked in answer to a line after others.
fn asked(lines: &[&str], line: &str) -> String {
    let book = book();
    let mut session = Session::open(&book, MeetingKey(0), &NoPast);
    lines.iter().for_each(|line| assert!(session.take(&Entry::new(0, *line)).taken, "{line}"));
    session.take(&Entry::new(0, line)).questions.join("\n")
}

const CASE: &[&str] = &[
    "go TST-AA11",
    "referral by police; reason: r; tried: t; offer: o; legal basis: l; consent: given",
    "person: \"I want my own door.\" to police",
    "decision He moves.",
    "review next meeting",
];

#[test]
fn a_case_is_recorded_in_the_words_of_the_sector() {
    let meeting = said(&[
        "present housing-options, northfield: Lettings lead",
        "apology police",
        "statement read by chair under ISA-1",
        "go TST-AA11",
        "He is under the ring road.",
        "person: \"I want my own door.\" to police wants: a door; a key",
        "need homeless",
        "barrier arson blocks hostel at northfield rule Nobody with fire on record cause policy",
        "asked northfield on 2 march",
        "answer refused",
        "decision He moves. why He has waited. dissent police: too soon",
        "action northfield (Lettings lead) by fri: Ring him #arson",
        "worked: A joint visit #arson shareable",
        "tell police by tue",
        "review next meeting",
    ]);
    assert_eq!(meeting.attendance.len(), 3);
    assert_eq!(meeting.attendance[1].role.as_deref(), Some("Lettings lead"));
    let case = &meeting.cases[0];
    assert_eq!((case.case.as_str(), case.update.as_deref()), ("TST-AA11", Some("He is under the ring road.")));
    assert_eq!((case.views[0].says.as_deref(), case.views[0].wants.as_slice()), (Some("I want my own door."), &["a door".to_owned(), "a key".to_owned()][..]));
    let barrier = &case.barriers[0];
    assert_eq!((barrier.at, barrier.status, barrier.rule.as_deref()), (Some(AgencyKey(1)), BarrierStatus::Live, Some("Nobody with fire on record")));
    assert_eq!(barrier.asked.as_ref().unwrap().on, Some(day("2026-03-02")));
    let decision = &case.decisions[0];
    assert_eq!((decision.text.as_str(), decision.why.as_deref()), ("He moves.", Some("He has waited.")));
    assert!(decision.dissent.as_deref().unwrap().contains("too soon"));
    let action = &case.actions[0];
    assert_eq!(
        (action.what.as_str(), action.owner, action.person.as_deref(), action.due),
        ("Ring him", Some(AgencyKey(1)), Some("Lettings lead"), Some(day("2026-04-10")))
    );
    assert_eq!((action.addresses, case.learning[0].shareable), (Some(ThemeKey(0)), true));
    assert_eq!((case.next_review, case.feedback_to_person.as_ref().unwrap().due), (Some(day("2026-05-14")), Some(day("2026-04-14"))));
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_to_do() {
    assert!(refused(&[], "action police by fri: Ring").contains("is no case"));
    assert!(refused(CASE, "action nobody-here by fri: Ring").contains("no agency"));
    assert!(refused(CASE, "review soon").contains("no date"));
    assert!(refused(CASE, "barrier zebra").contains("no barrier"));
    assert!(refused(CASE, "done x9x9").contains("x9x9"));
    assert!(refused(CASE, "decison He stays.").contains("decision"));
}

#[test]
fn what_is_missing_is_asked_about_once_and_going_on_is_recorded() {
    let lines = &["go TST-AA11", "Nothing new."];
    let question = asked(lines, "next");
    for what in ["person", "decision", "review"] {
        assert!(question.contains(what), "{question}");
    }
    let left = |line| said(&["go TST-AA11", "Nothing new.", "next", line]).cases[0].left_open.clone();
    assert_eq!(left("next"), ["views", "outcome", "next_review"]);
    assert_eq!(left("anyway no time"), ["views: no time", "outcome: no time", "next_review: no time"]);
    assert_eq!(asked(CASE, "next"), "");
    // What is said in answer is no longer asked about, and not left open.
    let meeting = said(&["go TST-AA11", "Nothing new.", "next", "review next meeting", "decision Wait.", "next"]);
    assert_eq!(meeting.cases[0].left_open, ["views"]);
    // The same question does not come twice.
    let book = book();
    let mut session = Session::open(&book, MeetingKey(0), &NoPast);
    ["go TST-AA11", "Nothing new.", "next", "next"].iter().for_each(|line| drop(session.take(&Entry::new(0, *line))));
    session.take(&Entry::new(0, "back"));
    assert!(session.take(&Entry::new(0, "next")).questions.is_empty());
}

#[test]
fn items_that_were_not_reached_are_put_off_when_the_meeting_is_finished() {
    let lines: Vec<&str> = CASE.iter().copied().chain(["tell police by fri", "finish", "finish"]).collect();
    let meeting = said(&lines);
    assert!(meeting.status == MeetingStatus::Held && meeting.status_is_said);
    let deferred: Vec<Option<&str>> = meeting.agenda.iter().map(|item| item.deferred.as_deref()).collect();
    assert_eq!(deferred, [None, None, Some("not reached"), Some("not reached")]);
}

#[test]
fn a_case_that_was_only_looked_at_comes_back() {
    let book = book();
    let mut session = Session::open(&book, MeetingKey(0), &NoPast);
    ["go 2", "go 3", "go 4"].iter().for_each(|line| assert!(session.take(&Entry::new(0, *line)).taken));
    let asked = session.take(&Entry::new(0, "finish")).questions.join("\n");
    assert!(asked.contains("TST-AA11") && asked.contains("TST-BB22"), "{asked}");
    session.take(&Entry::new(0, "finish"));
    let deferred: Vec<Option<String>> = session.record().agenda.into_iter().map(|item| item.deferred).collect();
    assert_eq!(deferred, [None, Some("not reached".to_owned()), Some("not reached".to_owned()), None]);
}

#[test]
fn the_agenda_moves() {
    let order = |lines: &[&str]| {
        let label = |item: &AgendaItem| match &item.subject {
            AgendaSubject::Case(case) => case.to_string(),
            AgendaSubject::Item(item) => item.clone(),
        };
        said(lines).agenda.iter().map(label).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(order(&["move TST-BB22 before TST-AA11"]), "Welcome, TST-BB22, TST-AA11, Any other business");
    assert_eq!(order(&["urgent TST-CC33: evicted today"]).matches("TST-CC33").count(), 1);
    assert!(order(&["item The budget 5 min"]).contains("The budget"));
    assert_eq!(said(&["go TST-BB22", "defer his worker is away"]).agenda[2].deferred.as_deref(), Some("his worker is away"));
    let meeting = said(&["urgent TST-CC33: evicted today"]);
    assert_eq!(meeting.cases[0].kind, Some(crate::model::DiscussionKind::Urgent));
}

#[test]
fn the_log_holds_what_was_recorded_and_not_where_one_went() {
    let book = book();
    let mut session = Session::open(&book, MeetingKey(0), &NoPast);
    let arrived: Vec<Option<String>> =
        ["next", "Seen twice.", "defer his worker is away"].iter().map(|line| session.take(&Entry::new(0, *line)).arrived).collect();
    assert_eq!(arrived, [Some("Item 2 of 4: TST-AA11, 10 minutes.".to_owned()), None, None], "an incomplete case is asked about first");
    session.take(&Entry::new(0, "anyway"));
    let log: Vec<String> = session.log().iter().map(|entry| format!("{}: {}", entry.item, entry.text)).collect();
    assert_eq!(log, ["TST-AA11: Update: Seen twice.", "TST-AA11: TST-AA11 is put off to the next meeting: his worker is away."]);
}

#[test]
fn time_runs_but_not_while_the_meeting_pauses() {
    let book = book();
    let mut session = Session::open(&book, MeetingKey(0), &NoPast);
    for (at, line) in [(120, "next"), (300, "pause"), (900, "resume"), (960, "Nothing new."), (960, "next"), (960, "next")] {
        assert!(session.take(&Entry::new(at, line)).taken);
    }
    let took: Vec<Option<u32>> = session.record().agenda.iter().map(|item| item.took).collect();
    assert_eq!(took, [Some(2), Some(4), None, None]);
}

#[test]
fn the_last_line_is_corrected() {
    let text = |line| said(&[CASE, &["decision He stays.", line]].concat()).cases[0].decisions.last().unwrap().text.clone();
    assert_eq!(text("correct decision He goes."), "He goes.");
    assert_eq!(text("s/stays/waits/"), "He waits.");
    assert_eq!(text("undo"), "He moves.");
}

#[test]
fn a_barrier_says_at_once_what_is_known_of_it() {
    let book = book();
    let mut session = Session::open(&book, MeetingKey(0), &NoPast);
    session.take(&Entry::new(0, "go TST-AA11"));
    let shown = session.take(&Entry::new(0, "barrier arson at northfield")).shows.join("\n");
    assert!(shown.contains("Seen in 7 people before") && shown.contains("A joint visit"), "{shown}");
}

/// Lines that do all kinds of things, some of which may not be taken.
fn some_line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "next",
        "back",
        "go TST-AA11",
        "go TST-BB22",
        "go 1",
        "present police",
        "left police",
        "decision He moves.",
        "action police by fri: Ring",
        "owner northfield",
        "by tue",
        "need homeless",
        "barrier arson blocks hostel at northfield",
        "asked northfield",
        "eased",
        "worked: A visit",
        "review 14 may",
        "close housed",
        "Nothing new.",
        "anyway",
        "defer later",
        "move TST-BB22 before TST-AA11",
        "urgent TST-CC33: now",
        "item Money 5 min",
        "pause",
        "resume",
        "person: \"Yes.\"",
        "undo",
        "redo",
        "correct decision Other.",
        "s/a/b/",
        "tell police by fri",
        "finish",
        "help",
        "where",
        "next meeting 14 may",
    ]);
    let steering = prop::sample::select(vec!["\u{1b}[2J\u{202e}decision \u{7}x", "action police by \u{0}", "\u{feff}next", "barrier \u{2066}arson"])
        .prop_map(str::to_owned);
    let long = (0_usize..40_000).prop_map(|n| format!("decision {}", "é".repeat(n)));
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => steering, 1 => long, 1 => "\\PC{0,40}", 1 => any::<String>()]
}

proptest! {
    #[test]
    fn to_undo_is_never_to_have_said_it(lines in prop::collection::vec(some_line(), 0..25), more in prop::collection::vec(some_line(), 1..6)) {
        let plain = |line: &String| !["undo", "redo"].contains(&line.trim()) && !line.starts_with("correct") && !line.starts_with("s/");
        let book = book();
        let mut session = Session::open(&book, MeetingKey(0), &NoPast);
        lines.iter().filter(|line| plain(line)).for_each(|line| drop(session.take(&Entry::new(0, line.as_str()))));
        let (before, count) = (session.record(), session.lines().count());
        more.iter().filter(|line| plain(line)).for_each(|line| drop(session.take(&Entry::new(0, line.as_str()))));
        // A line that only asked goes with the line before it; where there is none, there is nothing to undo.
        while session.lines().count() > count && session.take(&Entry::new(0, "undo")).taken {}
        if session.lines().count() >= count {
            prop_assert_eq!(session.record(), before);
        }
    }

    #[test]
    fn to_go_on_after_a_crash_is_to_say_what_was_kept(lines in prop::collection::vec(some_line(), 0..30)) {
        let book = book();
        let mut session = Session::open(&book, MeetingKey(0), &NoPast);
        let kept: Vec<Entry> = lines.iter().zip(0..).filter_map(|(line, at)| session.take(&Entry::new(at, line.as_str())).keep).collect();
        let mut again = Session::open(&book, MeetingKey(0), &NoPast);
        for entry in &kept {
            prop_assert!(again.take(entry).taken, "{:?}", entry);
        }
        prop_assert_eq!(again.record(), session.record());
        prop_assert_eq!(again.current(), session.current());
    }
}
