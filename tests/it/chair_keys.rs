//! A meeting chaired by keys on a real terminal, against the same lines from a file.

use std::fs;
use std::time::Instant;

use crate::harness::{TODAY, TestWorkspace, repository};
use crate::tmux::Terminal;

/// The example meeting of `marg chair --help`, as somebody would type it from there.
fn example() -> Vec<String> {
    let help = TestWorkspace::empty().marg(&["chair", "--help"]).stdout;
    let meeting = help.split("A meeting with two cases:\n").nth(1).unwrap().split("\n\n").next().unwrap().to_owned();
    // What stands behind a wide gap explains the line.
    meeting.lines().map(|line| line.trim_start().split("   ").next().unwrap().trim_end().to_owned()).collect()
}

/// What stands in the help, with `finish` said twice: it asks once about items that were not reached.
fn lines() -> Vec<String> {
    let mut lines = example();
    lines.push("finish".to_owned());
    lines
}

/// Nothing is remembered, and every id is free.
struct NoPast;

impl marg::session::Past for NoPast {
    fn barrier(&self, _: marg::model::ThemeKey) -> marg::session::Recollection {
        marg::session::Recollection::default()
    }

    fn is_taken(&self, _: &str) -> bool {
        false
    }
}

/// For how many of the sample's barriers some two letters bring them among the first three, and some three letters to the top.
#[test]
fn two_keystrokes_reach_a_theme() {
    use marg::workspace::{Clock, Keep, Progress, Reading, load};
    let reading = Reading { clock: Clock { given: None, now: TODAY.parse().unwrap() }, keep: Keep::Everything, cache: false, progress: Progress(None) };
    let book = load(repository(), &reading).casebook;
    let session = marg::session::Session::open(&book, book.find_meeting("2026-03-12-marg").unwrap(), &NoPast);
    let barriers: Vec<_> = book.themes.iter().filter(|theme| theme.kind == marg::model::ThemeKind::Barrier).collect();
    let reached = |letters: usize, within: usize| {
        let reaches = |theme: &marg::model::Theme| {
            let words = theme.title.split(' ').chain(theme.id.split('-')).filter(|word| word.is_ascii() && word.len() > letters);
            words.into_iter().any(|word| {
                let line = format!("barrier {}", &word[..letters]);
                let found = session.complete(&line, line.len()).candidates;
                found.iter().take(within).any(|candidate| candidate.insert.trim() == theme.id && !candidate.detail.is_empty())
            })
        };
        barriers.iter().filter(|theme| reaches(theme)).count() as f64 / barriers.len() as f64
    };
    let (two, three) = (reached(2, 3), reached(3, 1));
    assert!(barriers.len() > 20 && two >= 0.9 && three >= 0.9, "two letters: {two:.2}, three letters: {three:.2}");
}

#[test]
fn the_example_in_the_help_is_a_meeting() {
    let workspace = TestWorkspace::sample();
    let ran = workspace.marg_fed(&["chair", "2026-04-09", "--plain"], &lines().join("\n"));
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(!workspace.path("meetings/2026-04-09-marg.chair").exists());
    for ending in ["md", "html", "docx"] {
        assert!(workspace.path(&format!("out/minutes-2026-04-09-marg.{ending}")).exists());
    }
    let checked = workspace.marg(&["check", "--wrong"]);
    assert_eq!(checked.code, Some(0), "{checked}");
}

#[test]
#[ignore = "needs tmux"]
fn keys_and_a_file_of_lines_give_the_same_meeting() {
    let by_lines = TestWorkspace::sample();
    assert_eq!(by_lines.marg_fed(&["chair", "2026-04-09", "--plain"], &lines().join("\n")).code, Some(0));
    let expected = fs::read_to_string(by_lines.path("meetings/2026-04-09-marg.yaml")).unwrap();
    for size in [(80, 24), (200, 60)] {
        let workspace = TestWorkspace::sample();
        let terminal = Terminal::open(&workspace.path(""), size, &[]);
        terminal.line("marg chair");
        terminal.sees("Item 1 of 11");
        let lines = lines();
        let (last, before) = lines.split_last().unwrap();
        for line in before {
            // A clicker in the hand does what the word does.
            match line.as_str() {
                "next" => terminal.keys(&["PageDown"]),
                line => terminal.line(line),
            }
        }
        terminal.sees("again closes the meeting");
        let finished = Instant::now();
        terminal.line(last);
        terminal.sees("Written for");
        terminal.sees("ready>");
        assert!(finished.elapsed().as_secs() < 20);
        assert_eq!(fs::read_to_string(workspace.path("meetings/2026-04-09-marg.yaml")).unwrap(), expected, "at {size:?}");
    }
}

#[test]
#[ignore = "needs tmux"]
fn a_meeting_that_is_killed_goes_on_where_it_stopped() {
    let workspace = TestWorkspace::sample();
    let terminal = Terminal::open(&workspace.path(""), (80, 24), &[]);
    terminal.line("marg chair");
    terminal.sees("Item 1 of 11");
    terminal.line("present police, probation");
    terminal.sees("2 present");
    terminal.line("go QLM-5WSH");
    terminal.line("decision It is done.");
    terminal.sees("DECISION It is done.");
    terminal.kill_9("marg chair");
    terminal.sees("Killed");
    // Whoever was killed could not give the terminal back.
    terminal.types("stty sane; tput rmcup; clear; marg chair");
    terminal.keys(&["C-j"]);
    terminal.sees("Going on where it stopped: 3 lines");
    terminal.sees("DECISION It is done.");
    terminal.keys(&["C-c"]);
    terminal.sees("Leave the meeting for now?");
    terminal.types("y");
    terminal.sees("ready>");
    assert!(fs::read_to_string(workspace.path("meetings/2026-04-09-marg.yaml")).unwrap().contains("status: planned"));
}
