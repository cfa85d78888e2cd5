//! A chaired meeting that is killed at any moment: each line that was acknowledged is there, and going on always works.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use super::faults::{PLANNED, workspace};
use crate::generator::Numbers;
use crate::harness::{Ran, TODAY, TestWorkspace};

const LINES: usize = 40;

/// The text of the n-th line: found in what is said, in the journal and in the record.
fn mark(n: usize) -> String {
    format!("m{n:04}x")
}

/// What is said at the meeting.
fn lines() -> String {
    let line = |n: usize| match n % 3 {
        0 => format!("decision {} is agreed\n", mark(n)),
        1 => format!("action housing by 30 april: {} ring them\n", mark(n)),
        _ => format!("person: \"{} he said\"\n", mark(n)),
    };
    format!("go QLM-7KQ2\n{}", (0..LINES).map(line).collect::<String>())
}

/// Says some lines to a meeting, and stops it dead after a while; what it said, and whether it was still running.
fn said(workspace: &TestWorkspace, input: &str, after: Option<Duration>) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_marg"))
        .args(["chair", "2026-04-09-marg", "--plain"])
        .current_dir(workspace.path(""))
        .env_clear()
        .env("MARG_TODAY", TODAY)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (out, error) = (BufReader::new(child.stdout.take().unwrap()), BufReader::new(child.stderr.take().unwrap()));
    let read = |lines: Box<dyn Iterator<Item = std::io::Result<String>> + Send>| {
        spawn(move || lines.map_while(Result::ok).map(|line| line + "\n").collect::<String>())
    };
    let (out, error) = (read(Box::new(out.lines())), read(Box::new(error.lines())));
    let mut stdin = child.stdin.take().unwrap();
    // Who is dead does not listen.
    let _ = stdin.write_all(input.as_bytes());
    if let Some(after) = after {
        // The pipe stays open: a meeting whose people fall silent goes on.
        sleep(after);
        child.kill().unwrap();
    }
    drop(stdin);
    let code = child.wait().unwrap().code();
    Ran { stdout: out.join().unwrap(), stderr: error.join().unwrap(), code }
}

fn killed(times: usize) {
    let mut numbers = Numbers(times as u64);
    let started = Instant::now();
    let whole = said(&workspace(), &format!("{}leave\n", lines()), None);
    let takes = started.elapsed().as_micros() as u64;
    assert!((0..LINES).all(|n| whole.stdout.contains(&mark(n))), "not every line is acknowledged by its words: {whole}");
    let mut acknowledged_in_all = 0;
    for _ in 0..times {
        let workspace = workspace();
        let before = workspace.read(PLANNED);
        let ran = said(&workspace, &lines(), Some(Duration::from_micros(numbers.below(takes + takes / 5))));
        let acknowledged = (0..LINES).filter(|n| ran.stdout.contains(&mark(*n))).count();
        assert_eq!(workspace.read(PLANNED), before, "the meeting's file is touched at its end only");
        let ended = said(&workspace, "finish\nfinish\nfinish\n", None);
        let after = workspace.read(PLANNED);
        let recorded: Vec<usize> = (0..LINES).filter(|n| after.contains(&mark(*n))).collect();
        assert_eq!(recorded, (0..recorded.len()).collect::<Vec<_>>(), "{after}\n{ran}\n{ended}");
        assert!(acknowledged <= recorded.len(), "{acknowledged} were acknowledged, and {} are recorded.\n{ran}\n{ended}\n{after}", recorded.len());
        recorded.iter().for_each(|n| assert_eq!(after.matches(&mark(*n)).count(), 1, "{after}"));
        assert!(!workspace.path("meetings/2026-04-09-marg.chair").exists(), "{ended}");
        assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
        acknowledged_in_all += acknowledged;
    }
    assert!(acknowledged_in_all > times, "hardly anything was acknowledged before the end");
}

#[test]
fn a_meeting_that_is_killed_goes_on_with_every_line_that_was_acknowledged() {
    killed(40);
}

#[test]
#[ignore = "takes minutes"]
fn a_meeting_that_is_killed_a_thousand_times_loses_no_line_that_was_acknowledged() {
    killed(1_000);
}
