//! The screen as people see it, at the sizes of a small laptop, of a large one and of a projector.

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::model::Timer;
use crate::terminal::view::{Choice, InputLine, Logged, Popup, Stop, StopState, Table};

const LOOK: Look = Look { signs: true, colour: true };
const PLAIN: Look = Look { signs: false, colour: false };

fn drawn(screen: &Screen, width: u16, height: u16, look: Look) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, screen, look)).unwrap();
    terminal.backend().to_string()
}

fn stop(label: &str, minutes: u32, spent: u32, state: StopState) -> Stop {
    Stop { label: label.to_owned(), time: Timer { spent, planned: Some(minutes * 60) }, state }
}

/// A meeting of twelve agencies and sixteen cases, with long texts and with some that want to do harm.
fn full_house() -> Screen {
    let mut agenda = vec![
        stop("Welcome, confidentiality statement, minutes of the March meeting", 5, 420, StopState::Done),
        stop("Previous actions", 15, 900, StopState::Done),
    ];
    let refs = ["5WSH", "629C", "Z365", "T577", "SK4J", "3BNQ", "5NFZ", "QZ93", "7KQ2", "FT29", "A1B2", "C3D4", "E5F6", "G7H8", "J9K1", "L2M3"];
    for (at, case) in refs.iter().enumerate() {
        let (spent, state) = match at {
            0..6 => (660, StopState::Done),
            6 => (0, StopState::Deferred),
            7 => (1_020, StopState::Now),
            8 => (0, StopState::Next),
            _ => (0, StopState::ToCome),
        };
        agenda.push(stop(&format!("QLM-{case}"), 15, spent, state));
    }
    agenda.push(stop("Any other business", 5, 0, StopState::ToCome));
    let alert = |text: &str| Point::new(Mark::Alert, Tone::Alert, text);
    let before = vec![
        Section::new(
            "Last time: 12 March 2026",
            vec![
                Point::new(Mark::Quote, Tone::Strong, "I just want a door I can lock, and nobody asking me about the fire again."),
                Point::bullet("Decided: Northfield Housing is asked in writing to look at the incident of 2009 and not at the word."),
                Point::bullet("Done on 20 March (it worked): joint visit by the fire service and the hostel \u{1b}[2J\u{202e}txet"),
                alert("Not done: Northfield Housing brings the insurer's wording to the meeting"),
                Point::bullet("Seen by the outreach nurse twice; the leg is healing; he sleeps at the 住居支援 hostel when it lets him."),
            ],
        ),
        Section::new(
            "Open actions",
            vec![
                alert("k7q2 Northfield Housing, by 1 April 2026, overdue, carried 3 times: bring the insurer's wording"),
                Point::bullet("m3t9 Probation, by 23 April 2026: ask the court for the summary of facts"),
            ],
        ),
        Section::new(
            "Barriers so far",
            vec![Point::bullet("live since January 2026: arson or fire-setting history keeps the person from supported accommodation at Northfield Housing")],
        ),
    ];
    let now = vec![
        Section {
            newest_last: true,
            ..Section::new(
                "Recorded now",
                vec![
                    Point::bullet("Update: moved to the night shelter on 2 April after a row about smoke; no fire."),
                    Point::bullet("Need: homelessness"),
                    Point::bullet("Barrier: arson or fire-setting history keeps the person from supported accommodation at Northfield Housing, live"),
                    Point::bullet(
                        "Decision: the panel of the association is asked for an exception, because the underwriter's question is about the last five years",
                    ),
                ],
            )
        },
        Section::new("Still missing", vec![Point::new(Mark::Question, Tone::Question, "the person's views, the next review")]),
    ];
    let logged = |at: &str, text: &str| Logged { at: at.to_owned(), text: text.to_owned() };
    Screen {
        meeting: "MaRG, Thursday 9 April 2026, Civic Hall, room 5".to_owned(),
        attendance: "10 present, 2 apologies".to_owned(),
        item: Timer { spent: 1_020, planned: Some(900) },
        whole: Timer { spent: 6_300, planned: Some(14_400) },
        agenda,
        current: 9,
        table: Table { title: "QLM-QZ93, review, discussed 4 times since May 2025".to_owned(), before, now },
        log: vec![
            logged("QLM-3BNQ", "ACTION Housing Options (Team manager), by Friday 17 April 2026: ring the landlord"),
            logged("QLM-QZ93", "Update: moved to the night shelter on 2 April after a row about smoke; no fire."),
            logged("QLM-QZ93", "BARRIER arson or fire-setting history keeps the person from supported accommodation at Northfield Housing"),
            logged("QLM-QZ93", "DECISION the panel of the association is asked for an exception"),
        ],
        reply: vec![
            Point::new(
                Mark::Recorded,
                Tone::Strong,
                "BARRIER arson or fire-setting history keeps the person from supported accommodation at Northfield Housing",
            ),
            Point::plain("Seen in 7 people before. What helped: a letter from the fire service about what happened; a landlord who was asked in person."),
        ],
        input: InputLine { text: "action northf".to_owned(), cursor: 13 },
        ..Screen::default()
    }
}

fn with_popup() -> Screen {
    let choice = |label: &str, detail: &str| Choice { insert: label.to_owned(), label: label.to_owned(), detail: detail.to_owned() };
    let definition = "A conviction for arson, a charge, an allegation or any entry about fire in somebody's notes leads a housing provider or its \
                      insurer to refuse, before anyone has looked at what happened and at what has changed since.\nCounts: a refusal that names \
                      fire.\nDoes not count: a lack of suitable rooms.";
    let candidates = vec![
        choice("arson-blocks-housing  Arson or fire-setting history blocks housing", definition),
        choice("old-risk-history  Old risk history carried forward", "Something that happened long ago is told again as if it were now."),
        choice("rules-of-providers  Rules of providers", "A rule."),
    ];
    Screen { input: InputLine { text: "barrier ar".to_owned(), cursor: 10 }, popup: Some(Popup { replaces: 8..10, candidates, chosen: 0 }), ..full_house() }
}

#[test]
fn a_small_laptop() {
    insta::assert_snapshot!(drawn(&full_house(), 80, 24, LOOK));
}

#[test]
fn a_large_laptop() {
    insta::assert_snapshot!(drawn(&full_house(), 100, 30, LOOK));
}

#[test]
fn a_projector() {
    insta::assert_snapshot!(drawn(&full_house(), 200, 60, LOOK));
}

#[test]
fn the_smallest_and_in_plain_signs() {
    let shown = drawn(&full_house(), 60, 16, PLAIN);
    assert!(shown.chars().filter(|c| !c.is_ascii()).all(|c| "⟨⟩住居支援".contains(c)), "{shown}");
    insta::assert_snapshot!(shown);
}

#[test]
fn the_definition_is_read_before_it_is_accepted() {
    insta::assert_snapshot!(drawn(&with_popup(), 80, 24, LOOK));
}

#[test]
fn a_window_that_is_too_small_says_so_and_none_breaks() {
    assert!(drawn(&full_house(), 40, 10, LOOK).contains("too small"));
    for (width, height) in [(1, 1), (2, 3), (59, 16), (60, 15), (60, 16), (61, 200), (71, 17), (131, 29), (400, 16), (133, 31)] {
        for screen in [full_house(), with_popup(), Screen::default(), asking(), paging()] {
            drawn(&screen, width, height, LOOK);
            drawn(&screen, width, height, PLAIN);
        }
    }
}

fn asking() -> Screen {
    let points = (0..40).map(|n| Point::bullet(format!("line {n}"))).collect();
    Screen { over: Some(Over::Ask { title: "40 lines are pasted. Record them?".to_owned(), points }), ..full_house() }
}

fn paging() -> Screen {
    let points = (0..200).map(|n| Point::bullet(format!("line {n}"))).collect();
    Screen { over: Some(Over::Page { title: "All of it".to_owned(), sections: vec![Section::new("Log", points)], from: 500 }), ..full_house() }
}

#[test]
fn a_page_and_a_question_say_how_to_go_on() {
    let page = drawn(&paging(), 80, 24, LOOK);
    assert!(page.contains("Lines 180 to 201 of 201") && page.contains("• line 199"), "{page}");
    let question = drawn(&asking(), 80, 24, LOOK);
    assert!(question.contains("Record them?") && question.contains("more lines (F2)") && question.contains("y yes  n no"), "{question}");
}

#[test]
fn without_colour_everything_is_still_said() {
    let screen = Screen { trouble: Some("the disk is full".to_owned()), ..full_house() };
    let text = |look| {
        let mut terminal = Terminal::new(TestBackend::new(100, 30)).unwrap();
        terminal.draw(|frame| draw(frame, &screen, look)).unwrap();
        let colours = terminal.backend().buffer().content().iter().filter(|cell| cell.fg != ratatui::style::Color::Reset).count();
        (terminal.backend().to_string(), colours)
    };
    let ((bare, none), (coloured, some)) = (text(Look { signs: true, colour: false }), text(LOOK));
    assert_eq!(bare, coloured);
    assert!(none == 0 && some > 0);
    assert!(bare.contains("2 min over") && bare.contains("! the disk is full") && bare.contains("overdue"), "{bare}");
}

#[test]
fn nothing_that_steers_reaches_the_terminal_from_any_field() {
    let bad = "x\u{1b}]0;y\u{7}\u{202e}\u{9b}z";
    let mut screen = with_popup();
    let point = || Point::plain(bad);
    screen.meeting = bad.to_owned();
    screen.attendance = bad.to_owned();
    screen.agenda.iter_mut().for_each(|stop| stop.label = bad.to_owned());
    screen.table = Table { title: bad.to_owned(), before: vec![Section::new(bad, vec![point()])], now: vec![Section::new(bad, vec![point()])] };
    screen.log = vec![Logged { at: bad.to_owned(), text: bad.to_owned() }];
    screen.reply = vec![point()];
    screen.trouble = Some(bad.to_owned());
    screen.input = InputLine { text: bad.to_owned(), cursor: 0 };
    if let Some(popup) = &mut screen.popup {
        popup.candidates.iter_mut().for_each(|choice| (choice.label, choice.detail) = (bad.to_owned(), bad.to_owned()));
    }
    let ask = Screen { over: Some(Over::Ask { title: bad.to_owned(), points: vec![point()] }), ..screen.clone() };
    let page = Screen { over: Some(Over::Page { title: bad.to_owned(), sections: vec![Section::new(bad, vec![point()])], from: 0 }), ..screen.clone() };
    for screen in [screen, ask, page] {
        for (width, height) in [(80, 24), (200, 60)] {
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            terminal.draw(|frame| draw(frame, &screen, LOOK)).unwrap();
            let steers = |cell: &ratatui::buffer::Cell| cell.symbol().chars().any(|c| c.is_control() || c == '\u{202e}');
            let steering: Vec<&str> = terminal.backend().buffer().content().iter().filter(|cell| steers(cell)).map(ratatui::buffer::Cell::symbol).collect();
            assert!(steering.is_empty(), "{steering:?}");
            assert!(terminal.backend().to_string().contains("U+001B"));
        }
    }
}

#[test]
fn drawing_takes_less_than_a_frame() {
    let mut screen = full_house();
    screen.log = (0..2_000).map(|n| Logged { at: "QLM-5WSH".to_owned(), text: format!("Update: line {n} of a long meeting with much to say") }).collect();
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).unwrap();
    let mut once = || {
        let began = std::time::Instant::now();
        terminal.draw(|frame| draw(frame, &screen, LOOK)).unwrap();
        began.elapsed()
    };
    // The best of many, since other work on the machine is not the question.
    let best = (0..20).map(|_| once()).min().unwrap();
    assert!(best.as_millis() < 16, "{best:?}");
}

#[test]
fn what_has_no_room_can_be_read_whole_on_a_page() {
    let screen = full_house();
    let page = |width| {
        let all = over::page_lines(&crate::terminal::front::everything(&screen), width, LOOK);
        assert!(all.iter().all(|line| line.width() <= width), "no line is cut");
        all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let all = page(78);
    let texts = screen.table.before.iter().chain(&screen.table.now).flat_map(|section| &section.points).chain(&screen.reply).map(|point| &point.text);
    let labels = screen.agenda.iter().map(|stop| &stop.label).chain(screen.log.iter().map(|entry| &entry.text));
    for text in texts.chain(labels) {
        let text = crate::source::printable(text);
        assert!(all.contains(text.as_ref()), "{text}");
    }
}

#[test]
fn any_text_at_any_size_is_drawn_and_steers_nothing() {
    let text = "\\PC{0,40}|[\\x00-\\x20a\u{202e}\u{301}\u{200d}\u{fe0f}\u{1f469}\u{4f4f}]{0,40}";
    proptest::proptest!(proptest::prelude::ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() },
        |(text in text, width in 1u16..220, height in 1u16..70, cursor in 0usize..40)| {
        let mut screen = with_popup();
        screen.table.title.clone_from(&text);
        screen.table.now[0].points.push(Point::bullet(&text));
        screen.agenda[9].label.clone_from(&text);
        screen.reply.push(Point::plain(&text));
        let cursor = (0..=cursor.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        screen.input = InputLine { text, cursor };
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw(frame, &screen, LOOK)).unwrap();
        let steers = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        proptest::prop_assert!(!terminal.backend().buffer().content().iter().any(|cell| cell.symbol().chars().any(steers)));
    });
}
