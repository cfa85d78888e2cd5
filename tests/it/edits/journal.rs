//! The journal of a chaired meeting, and the end that carries it over: killed at any moment, nothing that was acknowledged is lost, and
//! nothing is carried over twice.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread::{sleep, spawn};
use std::time::Duration;

use marg::model::{Decision, Meeting, Names};
use marg::workspace::{Clock, Journal, finish, known};
use marg::yaml::read_alone;
use serde_json::json;

use crate::generator::Numbers;
use crate::harness::TestWorkspace;

const MEETING: &str = "meeting: marg   # ours\ndate: 2026-03-12\ncases:\n  - ref: QLM-7KQ2\n";
/// After how many entries the meeting is finished, and the next one begun in the same file.
const ROUND: usize = 9;

pub(super) fn workspace() -> TestWorkspace {
    TestWorkspace::new().file("meetings/m.yaml", MEETING)
}

fn read(text: &str, names: Names<'_>) -> Meeting {
    read_alone(text, names, &super::read(MEETING, super::names())).unwrap()
}

/// What is in the file and in the journal, together.
pub(super) fn entered(workspace: &TestWorkspace) -> Vec<usize> {
    let text = workspace.read("meetings/m.yaml");
    assert!(text.starts_with("meeting: marg   # ours\n"));
    let mut there = decisions(&read(&text, super::names()));
    if workspace.path("meetings/m.chair").exists() {
        let journal = take(&workspace.path(""));
        if !journal.is_finished() {
            there.extend(journal.entries().iter().map(|entry| usize::try_from(entry.as_u64().unwrap()).unwrap()));
        }
    }
    there
}

fn decisions(meeting: &Meeting) -> Vec<usize> {
    meeting.cases[0].decisions.iter().map(|decision| decision.text.parse().unwrap()).collect()
}

/// Enters one number after the other, says each when it is safe, and finishes the meeting now and then, as `marg chair` does.
fn enter(root: &Path, at_most: usize, mut say: impl FnMut(usize)) {
    let known = known(root);
    let names = Names { group: &known.group, themes: &known.themes };
    let clock = Clock { given: None, now: "2026-03-26".parse().unwrap() };
    for _ in 0..at_most.div_ceil(ROUND) {
        let mut journal = take(root);
        if journal.is_finished() {
            journal.remove().unwrap();
            continue;
        }
        let base = read(journal.base(), names);
        let first = base.cases[0].decisions.len();
        while journal.entries().len() < ROUND {
            let next = first + journal.entries().len();
            journal.append(json!(next)).unwrap();
            say(next);
        }
        let mut after = base.clone();
        let said = journal.entries().iter().map(|entry| Decision { nth: 0, text: entry.to_string(), why: None, dissent: None });
        after.cases[0].decisions.extend(said);
        finish(root, clock, names, &mut journal, &base, &after).unwrap();
        journal.remove().unwrap();
    }
}

/// The one who is killed: this test, run again as a program of its own.
#[test]
fn one_who_enters() {
    match std::env::var_os("MARG_TEST_ENTERS") {
        Some(root) => {
            let say = |line: String| {
                let mut out = std::io::stdout();
                writeln!(out, "{line}").and_then(|()| out.flush()).unwrap();
            };
            say("begins".to_owned());
            let rounds = std::env::var("MARG_TEST_ROUNDS").map_or(10_000, |rounds| rounds.parse().unwrap());
            enter(Path::new(&root), rounds * ROUND, |n| say(format!("entered {n}")));
        }
        None => {
            let workspace = workspace();
            let mut said = Vec::new();
            enter(&workspace.path(""), 3 * ROUND, |n| said.push(n));
            let meeting = read(&workspace.read("meetings/m.yaml"), super::names());
            assert_eq!((decisions(&meeting), said), ((0..3 * ROUND).collect(), (0..3 * ROUND).collect()));
        }
    }
}

fn killed(times: usize) {
    let workspace = workspace();
    let root = workspace.path("");
    let mut numbers = Numbers(times as u64);
    let (mut last, mut finished) = (None, 0);
    for _ in 0..times {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["edits::journal::one_who_enters", "--exact", "--nocapture", "--test-threads=1"])
            .env("MARG_TEST_ENTERS", &root)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let (begun, begins) = channel();
        let reader = spawn(move || {
            let tell = |line: &String| {
                if line.contains("begins") {
                    begun.send(()).unwrap();
                }
            };
            let lines = said.lines().map_while(Result::ok).inspect(tell);
            lines.filter_map(|line| line.split("entered ").nth(1)?.parse::<usize>().ok()).last()
        });
        begins.recv_timeout(Duration::from_secs(20)).unwrap();
        sleep(Duration::from_micros(numbers.below(60_000)));
        child.kill().unwrap();
        let ended = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert!(!stderr.contains("panicked"), "{stderr}");
        last = reader.join().unwrap().max(last);
        let there = entered(&workspace);
        assert_eq!(there, (0..there.len()).collect::<Vec<_>>(), "one is missing or twice");
        finished += usize::from(workspace.path("meetings/m.chair").exists() && take(&root).is_finished());
        assert!(last.is_none_or(|last| last < there.len()), "{last:?} was said to be safe, and {} are there", there.len());
    }
    assert!(last.unwrap_or(0) > times / 4, "hardly anything was entered: {last:?}");
    assert!(times < 500 || finished > 0, "nobody was killed between saving and taking the journal away");
}

/// Takes the journal. Another test that starts a program at this moment may hold what this one held before, until its program begins.
fn take(root: &std::path::Path) -> Journal {
    let mut tries = (0..100).map(|n| {
        sleep(Duration::from_millis(if n == 0 { 0 } else { 20 }));
        Journal::take(root, "m")
    });
    let taken = tries.find(|taken| !matches!(taken, Err(marg::workspace::JournalError::Taken(_))));
    taken.expect("nobody holds it for two seconds").unwrap()
}

#[test]
fn who_is_killed_while_entering_loses_nothing_that_was_acknowledged() {
    killed(40);
}

#[test]
#[ignore = "takes a minute"]
fn who_is_killed_a_thousand_times_while_entering_loses_nothing_that_was_acknowledged() {
    killed(1_000);
}
