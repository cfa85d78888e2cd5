//! A disk that is full or broken, at every step of every command that changes a file: never a damaged file, never a success that is none.
//! The disk is `fault.c`, which a C compiler makes into a library that the program is run with.

use std::collections::BTreeSet;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crate::harness::{Ran, TODAY, TestWorkspace, repository};

const ENOSPC: i32 = 28;
const EIO: i32 = 5;

/// The library, made once.
static LIBRARY: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let library = folder.join(format!("fault-{}.so", std::process::id()));
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(repository().join("tests/it/edits/fault.c"))
        .arg("-ldl")
        .status()
        .expect("a C compiler is needed for this test");
    assert!(made.success());
    library
});

/// A command that changes a file.
pub(super) struct Changes {
    pub(super) arguments: &'static [&'static str],
    pub(super) input: &'static str,
    /// The file that it changes, or makes.
    pub(super) file: &'static str,
    /// What stands in it afterwards.
    pub(super) brings: &'static [&'static str],
}

pub(super) const COMMANDS: &[Changes] = &[
    Changes { arguments: &["agenda", "--kind", "new"], input: "", file: "meetings/2026-04-30-new.yaml", brings: &["date: 2026-04-30", "agenda:"] },
    Changes {
        arguments: &[
            "agenda",
            "add",
            "QLM-X4T9",
            "--agency",
            "police",
            "--reason",
            "Now: cold",
            "--tried",
            "All",
            "--offer",
            "A lift",
            "--legal-basis",
            "consent",
            "--consent",
            "given",
            "--asked-by",
            "police",
            "--senior-sign-off",
            "Inspector",
        ],
        input: "",
        file: PLANNED,
        brings: &["case: QLM-X4T9", "reason: \"Now: cold\""],
    },
    Changes {
        arguments: &["minutes", "agree", "2026-03-12-marg", "--by", "the meeting: all"],
        input: "",
        file: "meetings/2026-03-12-marg.yaml",
        brings: &["status: agreed", "by: \"the meeting: all\""],
    },
    Changes { arguments: &["actions", "done", "k7q2", "--note", "Rang: yes"], input: "", file: PLANNED, brings: &["id: k7q2", "note: \"Rang: yes\""] },
];

pub(super) const PLANNED: &str = "meetings/2026-04-09-marg.yaml";

pub(super) fn workspace() -> TestWorkspace {
    TestWorkspace::new()
        .file(
            "meetings/2026-03-12-marg.yaml",
            "meeting: marg\ndate: 2026-03-12\nstatus: held\ncases:\n  - ref: QLM-7KQ2\n    actions:\n      - { id: k7q2, what: Call, owner: housing, due: 2026-03-20 }\nnext_meeting: 2026-04-09\n",
        )
        .file("meetings/2026-03-19-new.yaml", "meeting: marg\ndate: 2026-03-19\nstatus: held\nnext_meeting: 2026-04-30\n")
        .file(PLANNED, "# ours\nmeeting: marg\ndate: 2026-04-09\nstatus: planned\nagenda:\n  - { item: Welcome, minutes: 5 }   # tea\n  - { case: QLM-7KQ2, minutes: 15 }\n")
}

/// How the disk fails.
#[derive(Clone, Copy)]
struct Fault {
    at: usize,
    errno: i32,
    /// Whether it stays so.
    on: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "call {} fails as {}{}", self.at, self.errno, if self.on { ", and all later ones" } else { "" })
    }
}

/// Runs a program on a disk that fails; whether it did fail.
fn on_disk(command: &mut Command, root: &Path, fault: Fault, input: &str) -> (Ran, bool) {
    let marks = tempfile::tempdir().unwrap();
    let mark = marks.path().join("mark");
    let mut child = command
        .current_dir(root)
        .env_clear()
        .envs([("MARG_TODAY", TODAY), ("FAULT_ON", if fault.on { "1" } else { "0" })])
        .env("MARG_TEST_ENTERS", root)
        .env("MARG_TEST_ROUNDS", "2")
        .env("LD_PRELOAD", &*LIBRARY)
        .env("FAULT_ROOT", root.canonicalize().unwrap())
        .env("FAULT_AT", fault.at.to_string())
        .env("FAULT_ERRNO", fault.errno.to_string())
        .env("FAULT_MARK", &mark)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who has stopped reading has stopped for a reason, which is looked at below.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (Ran { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }, mark.exists())
}

fn run_on(workspace: &TestWorkspace, command: &Changes, fault: Fault) -> (Ran, bool) {
    on_disk(Command::new(env!("CARGO_BIN_EXE_marg")).args(command.arguments), &workspace.path(""), fault, command.input)
}

/// All files but what marg keeps for itself.
fn files(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with(".marg") {
                folders.push(path);
            } else if path.is_file() {
                found.insert(path.strip_prefix(root).unwrap().display().to_string());
            }
        }
    }
    found
}

/// Lets one call after the other fail, until none does any more.
fn each_call_fails(command: &Changes, errno: i32, on: bool) {
    for at in 1.. {
        let fault = Fault { at, errno, on };
        let workspace = workspace();
        let root = workspace.path("");
        let text = || std::fs::read_to_string(root.join(command.file)).ok();
        let (files_before, before) = (files(&root), text());
        let (ran, did_fail) = run_on(&workspace, command, fault);
        let context = format!("{:?}, {fault}: {ran}", command.arguments);
        let has_all = |text: &Option<String>| text.as_ref().is_some_and(|text| command.brings.iter().all(|brought| text.contains(brought)));
        let after = text();
        assert!(after == before || has_all(&after), "half of it: {after:?}\n{context}");
        match ran.code {
            Some(0) => assert!(has_all(&after), "it said that it went well. {context}"),
            Some(3) => assert!(ran.stderr.contains("error: "), "{context}"),
            _ => panic!("{context}"),
        }
        let new: Vec<String> = files(&root).difference(&files_before).filter(|file| *file != command.file).cloned().collect();
        assert!(new.is_empty(), "{new:?} lies there. {context}");
        assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0), "{context}");
        if !did_fail {
            assert!(at > 5, "hardly anything was written. {context}");
            assert_eq!(ran.code, Some(0), "{context}");
            return;
        }
        // When the disk is well again, the same command does it, or sees that it is done.
        let again = run_on(&workspace, command, Fault { at: 0, ..fault }).0;
        assert!(has_all(&text()), "{context}\nagain: {again}");
    }
}

#[test]
#[ignore = "needs a C compiler"]
fn a_disk_that_fails_at_any_step_damages_nothing_and_is_told() {
    for command in COMMANDS {
        for errno in [ENOSPC, EIO] {
            each_call_fails(command, errno, false);
            each_call_fails(command, errno, true);
        }
    }
}

#[test]
#[ignore = "needs a C compiler"]
fn a_disk_that_fails_while_a_meeting_is_recorded_loses_nothing_that_was_acknowledged() {
    for (errno, on) in [(ENOSPC, false), (ENOSPC, true), (EIO, false), (EIO, true)] {
        for at in 1.. {
            let workspace = super::journal::workspace();
            let mut enters = Command::new(std::env::current_exe().unwrap());
            enters.args(["edits::journal::one_who_enters", "--exact", "--nocapture", "--test-threads=1"]);
            let fault = Fault { at, errno, on };
            let (ran, did_fail) = on_disk(&mut enters, &workspace.path(""), fault, "");
            let said = ran.stdout.lines().filter_map(|line| line.split("entered ").nth(1)?.parse::<usize>().ok()).next_back();
            // Taking the journal again must never fail for what a disk did before.
            let there = super::journal::entered(&workspace);
            assert_eq!(there, (0..there.len()).collect::<Vec<_>>(), "{fault}: {ran}");
            assert!(said.is_none_or(|said| said < there.len()), "{fault}: {said:?} was said to be safe, and {} are there. {ran}", there.len());
            if !did_fail {
                assert!(at > 20 && ran.code == Some(0), "{at} {ran}");
                break;
            }
        }
    }
}

/// Lines of a whole meeting, each with a mark that its acknowledgement repeats.
const MEETING: &str = "present police\ngo QLM-7KQ2\ndecision mark1 holds\nperson: \"mark2 he said\"\naction housing by 30 april: mark3 ring\nreview 30 april\ntell police by 10 april\nfinish\nfinish\n";

#[test]
#[ignore = "needs a C compiler"]
fn a_disk_that_fails_while_a_meeting_is_chaired_loses_nothing_that_was_acknowledged() {
    for (errno, on) in [(ENOSPC, false), (ENOSPC, true), (EIO, false), (EIO, true)] {
        for at in 1.. {
            let fault = Fault { at, errno, on };
            let workspace = workspace();
            let before = workspace.read(PLANNED);
            let mut chair = Command::new(env!("CARGO_BIN_EXE_marg"));
            let (ran, did_fail) = on_disk(chair.args(["chair", "2026-04-09-marg", "--plain"]), &workspace.path(""), fault, MEETING);
            let after = workspace.read(PLANNED);
            let marks = ["mark1 holds", "mark2 he said", "mark3 ring"];
            let acknowledged: Vec<&str> = marks.into_iter().filter(|mark| ran.stdout.contains(mark)).collect();
            let is_saved = after.contains("status: held");
            assert!(is_saved || after == before, "half of it: {after}\n{fault}: {ran}");
            if ran.code == Some(0) {
                let is_there = |ending: &&str| workspace.path(&format!("out/minutes-2026-04-09-marg.{ending}")).exists();
                assert!(is_saved && ["md", "html", "docx"].iter().all(is_there) && acknowledged.len() == 3, "it said that it went well. {fault}: {ran}");
            } else {
                assert!(ran.stderr.contains("error: ") || ran.stderr.contains("warning: "), "{fault}: {ran}");
            }
            // When the disk is well again, the meeting goes on, and everything that was acknowledged is in the record.
            if !is_saved {
                let again = workspace.marg_fed(&["chair", "2026-04-09-marg", "--plain"], "finish\nfinish\nfinish\n");
                assert!(workspace.read(PLANNED).contains("status: held"), "{fault}: {ran}\nagain: {again}");
            }
            let record = workspace.read(PLANNED);
            acknowledged.iter().for_each(|mark| assert_eq!(record.matches(mark).count(), 1, "{mark}, {fault}: {ran}\n{record}"));
            assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
            if !did_fail {
                assert!(at > 20 && ran.code == Some(0), "{at} {ran}");
                break;
            }
        }
    }
}

const MANY: [&[&str]; 3] = [
    &["themes", "merge", "refused", "--into", "bounced"],
    &["themes", "rename", "refused", "turned-away"],
    &["themes", "add", "late", "--kind", "barrier", "--title", "Late", "--definition", "Too late."],
];

fn many() -> TestWorkspace {
    let theme = |title: &str| format!("title: {title}\nkind: barrier\ndefinition: What {title} means.\n");
    let workspace = workspace().file("themes/refused.yaml", theme("Refused")).file("themes/bounced.yaml", theme("Bounced"));
    (1..6).fold(workspace, |workspace, n| {
        let text = format!(
            "meeting: marg\ndate: 2026-01-0{n}\nstatus: held\ncases:\n  - ref: QLM-7KQ{n}\n    barriers: [{{ theme: refused, status: live }}]   # {n}\n"
        );
        workspace.file(&format!("meetings/2026-01-0{n}-marg.yaml"), text)
    })
}

fn texts(root: &Path) -> Vec<(String, String)> {
    files(root).into_iter().map(|file| (file.clone(), std::fs::read_to_string(root.join(file)).unwrap())).collect()
}

#[test]
#[ignore = "needs a C compiler"]
fn a_disk_that_fails_while_many_files_change_leaves_all_of_them_changed_or_none() {
    for arguments in MANY {
        let done = many();
        done.marg(arguments).answer();
        let after = texts(&done.path(""));
        for (errno, on) in [(ENOSPC, false), (ENOSPC, true), (EIO, false), (EIO, true)] {
            for at in 1.. {
                let fault = Fault { at, errno, on };
                let workspace = many();
                let root = workspace.path("");
                let before = texts(&root);
                let (ran, did_fail) = on_disk(Command::new(env!("CARGO_BIN_EXE_marg")).args(arguments), &root, fault, "");
                // Whoever comes next, on a disk that is well again, finds the one or the other.
                assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0), "{arguments:?}, {fault}: {ran}");
                let now = texts(&root);
                assert!(now == before || now == after, "half of it: {now:?}\n{arguments:?}, {fault}: {ran}");
                match ran.code {
                    Some(0) => assert!(now == after, "it said that it went well. {arguments:?}, {fault}: {ran}"),
                    Some(3) => assert!(ran.stderr.contains("error: "), "{fault}: {ran}"),
                    _ => panic!("{arguments:?}, {fault}: {ran}"),
                }
                if now == after {
                    workspace.marg(&["themes", "undo"]).answer();
                    assert_eq!(texts(&root), before, "{arguments:?}, {fault}: {ran}");
                }
                if !did_fail {
                    assert!(at > 10 && ran.code == Some(0), "{at} {ran}");
                    break;
                }
            }
        }
    }
}
