//! A program that is stopped dead at any moment, as by a flat battery: no torn file, and whatever was said to be safe is there.

use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::faults::{COMMANDS, Changes, workspace};
use crate::generator::Numbers;
use crate::harness::{TODAY, TestWorkspace};

fn start(workspace: &TestWorkspace, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_marg"));
    command.args(arguments).current_dir(workspace.path("")).env_clear().env("MARG_TODAY", TODAY);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn has_all(workspace: &TestWorkspace, command: &Changes) -> bool {
    std::fs::read_to_string(workspace.path(command.file)).is_ok_and(|text| command.brings.iter().all(|brought| text.contains(brought)))
}

/// Kills a command somewhere between its start and its end.
fn killed(command: &Changes, moments: usize) {
    let mut numbers = Numbers(moments as u64);
    let started = Instant::now();
    let mut run = start(&workspace(), command.arguments);
    run.stdin.take().unwrap().write_all(command.input.as_bytes()).unwrap();
    run.wait().unwrap();
    let takes = started.elapsed().as_micros() as u64;
    let (mut before, mut after) = (0, 0);
    // How long it takes depends on what else the machine does: when all of the last were killed too early, or too late, the others come
    // later or earlier.
    let (mut longest, mut in_a_row) = (takes + takes / 5, 0_i32);
    for _ in 0..moments {
        if in_a_row.abs() >= 10 {
            longest = if in_a_row > 0 { (longest / 2).max(1_000) } else { longest * 2 };
            in_a_row = 0;
        }
        let workspace = workspace();
        let old = std::fs::read_to_string(workspace.path(command.file)).ok();
        let mut child = start(&workspace, command.arguments);
        // A pipe to nobody: what was killed does not read.
        let _ = child.stdin.take().unwrap().write_all(command.input.as_bytes());
        sleep(Duration::from_micros(numbers.below(longest)));
        child.kill().unwrap();
        child.wait().unwrap();
        let new = std::fs::read_to_string(workspace.path(command.file)).ok();
        let done = has_all(&workspace, command);
        assert!(done || new == old, "half of it: {new:?}");
        assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
        *(if done { &mut after } else { &mut before }) += 1;
        in_a_row = if done { in_a_row.max(0) + 1 } else { in_a_row.min(0) - 1 };
        // Nothing is in the way of doing it again.
        if !done {
            let again = workspace.marg(command.arguments);
            assert!(has_all(&workspace, command), "{again}");
        }
    }
    assert!(moments < 100 || (before > 0 && after > 0), "{:?}: {before} were killed before, {after} after it was saved", command.arguments);
}

#[test]
fn a_command_that_is_killed_leaves_the_old_file_or_the_new_one() {
    COMMANDS.iter().for_each(|command| killed(command, 20));
}

#[test]
#[ignore = "takes minutes"]
fn commands_that_are_killed_a_thousand_times_leave_the_old_file_or_the_new_one() {
    COMMANDS.iter().for_each(|command| killed(command, 1_000 / COMMANDS.len()));
}
