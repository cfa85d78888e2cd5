//! The full screen of `chair`, in a real terminal: keys go in as a chair presses them, and the panes are read.

use std::fmt::Write as _;

use crate::harness::TestWorkspace;
use crate::tmux::Terminal;

/// A meeting of twelve agencies and sixteen cases, with long titles, and with texts that want to steer a terminal.
fn full_house() -> TestWorkspace {
    let mut group = "name: Group of Testford\nagencies:\n".to_owned();
    for n in 1..=12 {
        let _ = writeln!(group, "  - {{ id: agency-{n}, name: \"Agency number {n} for housing, health and long names\" }}");
    }
    group += "services:\n  - { id: hostel, name: Hostel bed }\n";
    let mut earlier = "meeting: marg\ndate: 2026-03-12\nstatus: held\ncases:\n".to_owned();
    let mut planned = "meeting: marg\ndate: 2026-04-09\nstarts: \"13:00\"\nends: \"17:30\"\nvenue: Civic Hall\nstatus: planned\nagenda:\n  - { item: \"Welcome, the confidentiality statement, and the minutes of the meeting in March\", minutes: 5 }\n".to_owned();
    for n in 10..26 {
        let _ = write!(
            earlier,
            "  - ref: TST-{n}\n    update: \"Seen twice \\e[2J\\e]0;owned\\a and \\u202Ereversed\\u202C since then.\"\n    views: [{{ says: \"I want a door number {n} that I can lock.\" }}]\n    barriers: [{{ theme: fire-history, blocks: hostel, at: agency-3, status: live }}]\n    actions: [{{ id: a{n}b, what: Ask the landlord of number {n}, owner: agency-2, due: 2026-03-30 }}]\n    next_review: 2026-04-09\n"
        );
        let _ = writeln!(planned, "  - {{ case: TST-{n}, minutes: 15 }}");
    }
    planned += "  - { item: Any other business, minutes: 5 }\nnext_meeting: 2026-05-14\n";
    TestWorkspace::new().file("marg.yaml", group).file("meetings/2026-03-12-marg.yaml", earlier).file("meetings/2026-04-09-marg.yaml", planned)
}

#[test]
#[ignore = "needs tmux"]
fn twelve_agencies_and_sixteen_cases_fit_a_small_and_a_large_screen() {
    for size in [(80, 24), (200, 60)] {
        let workspace = full_house();
        let terminal = Terminal::open(&workspace.path(""), size, &[]);
        terminal.line("marg chair");
        terminal.sees("Item 1 of 18");
        terminal.line("present agency-1, agency-2, agency-3, agency-4, agency-5, agency-6, agency-7, agency-8, agency-9, agency-10, agency-11, agency-12");
        terminal.sees("12 present");
        terminal.keys(&["PageDown"]);
        terminal.sees("Item 2 of 18");
        // It asks once about a case of which nothing is recorded, and then goes on.
        terminal.keys(&["PageDown"]);
        terminal.sees("TST-10 is not complete");
        terminal.keys(&["PageDown"]);
        terminal.sees("Item 3 of 18");
        terminal.keys(&["PageUp"]);
        terminal.sees("Item 2 of 18");
        terminal.line("go TST-24");
        terminal.sees("Item 16 of 18");
        // The item on the table is in sight, with last time beside now.
        let shown = terminal.until("the case", |shown| shown.contains("TST-24") && shown.contains("Open actions"));
        for needed in ["Last time", "that I", "a24b", "Nothing yet.", "left", "F1 help"] {
            assert!(shown.contains(needed), "no {needed} at {size:?}:\n{shown}");
        }
        assert!(shown.lines().count() <= usize::from(size.1));
        terminal.line("barrier fire blocks hostel at agency-3 rule Nobody with a fire on record");
        terminal.sees("BARRIER Fire history blocks housing");
        // All of it, where the screen has no room; what wanted to steer the terminal is shown as what it is.
        terminal.keys(&["F2"]);
        terminal.sees("All of it: TST-24");
        let whole = terminal.sees("⟨U+001B⟩");
        assert!(!whole.contains('\u{202e}'), "{whole}");
        // Not Escape: with a letter close behind it, a terminal takes the two for one key.
        terminal.keys(&["F2"]);
        terminal.line("leave");
        terminal.sees("ready>");
        assert!(!terminal.is_full_screen());
    }
}

#[test]
#[ignore = "needs tmux"]
fn a_window_that_is_made_smaller_and_larger_loses_nothing() {
    let workspace = full_house();
    let terminal = Terminal::open(&workspace.path(""), (100, 30), &[]);
    terminal.line("marg chair");
    terminal.sees("Item 1 of 18");
    terminal.types("note half a li");
    terminal.resize((40, 10));
    terminal.sees("too small");
    terminal.resize((80, 24));
    terminal.sees("note half a li");
    terminal.types("ne");
    terminal.keys(&["Enter"]);
    terminal.sees("half a line");
    // A paste of several lines is shown first, and then recorded line by line.
    terminal.pastes("one more thing\nand another");
    terminal.sees("2 lines are pasted");
    terminal.types("y");
    terminal.sees("2 of 2 lines recorded");
    terminal.keys(&["C-z"]);
    terminal.sees("Undone: and another");
    terminal.keys(&["C-y"]);
    terminal.sees("Done again: and another");
}

#[test]
#[ignore = "needs tmux"]
fn the_terminal_is_given_back_when_the_program_is_asked_to_end() {
    let workspace = full_house();
    let terminal = Terminal::open(&workspace.path(""), (80, 24), &[]);
    terminal.line("marg chair");
    terminal.sees("Item 1 of 18");
    assert!(terminal.is_full_screen());
    terminal.line("note Nothing is lost.");
    terminal.signal("-TERM", "marg chair");
    terminal.sees("The meeting is not finished");
    terminal.sees("ready>");
    assert!(!terminal.is_full_screen());
    terminal.line("stty -a | grep -c ' icanon'");
    terminal.sees("1");
}

#[test]
#[ignore = "needs tmux"]
fn a_window_that_is_closed_ends_the_program_and_loses_nothing() {
    let workspace = full_house();
    let terminal = Terminal::open(&workspace.path(""), (80, 24), &[]);
    terminal.line("marg chair");
    terminal.sees("Item 1 of 18");
    terminal.line("note It is on disk.");
    terminal.sees("It is on disk.");
    drop(terminal);
    // Who opens it again finds it free, once the program has seen that its window has gone.
    let began = std::time::Instant::now();
    loop {
        let ran = workspace.marg(&["chair", "--plain"]);
        if ran.stderr.contains("Going on where it stopped: 1 line") {
            return;
        }
        assert!(began.elapsed().as_secs() < 15, "{ran}");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}
