//! A workspace for one test, and the program run on it in a closed world: no environment, a fixed day, a fixed width.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The day on which every test takes place.
pub(crate) const TODAY: &str = "2026-03-26";

/// The folder of this repository, which is itself the sample workspace.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) struct TestWorkspace {
    folder: tempfile::TempDir,
}

impl TestWorkspace {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A small group with two agencies, a service, a barrier, a need and an enabler.
    pub(crate) fn new() -> Self {
        Self::empty()
            .file(
                "marg.yaml",
                "name: Group of Testford\nagencies:\n  - { id: housing, name: Housing }\n  - { id: police, name: Police }\nservices:\n  - { id: hostel, name: Hostel }\n",
            )
            .file("themes/fire-history.yaml", "title: Fire history blocks housing\nkind: barrier\ndefinition: An old fire decides.\nalso_known_as: [fires]\n")
            .file("themes/homeless.yaml", "title: Homelessness\nkind: need\ndefinition: No home.\n")
            .file("themes/visit.yaml", "title: Joint visit\nkind: enabler\ndefinition: A visit together.\n")
    }

    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A copy of the sample workspace, to be changed.
    pub(crate) fn sample() -> Self {
        let mut workspace = Self::empty().file("marg.yaml", std::fs::read(repository().join("marg.yaml")).unwrap());
        for folder in ["meetings", "themes", "plans"] {
            for entry in std::fs::read_dir(repository().join(folder)).unwrap() {
                let entry = entry.unwrap();
                if entry.path().extension().is_some_and(|ending| ending == "yaml") {
                    workspace = workspace.file(&format!("{folder}/{}", entry.file_name().to_str().unwrap()), std::fs::read(entry.path()).unwrap());
                }
            }
        }
        workspace
    }

    /// The program with something to read from a pipe.
    pub(crate) fn marg_fed(&self, arguments: &[&str], input: &str) -> Ran {
        run_fed(self.folder.path(), arguments, &[], input)
    }

    pub(crate) fn marg(&self, arguments: &[&str]) -> Ran {
        run(self.folder.path(), arguments)
    }
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    run_with(folder, arguments, &[])
}

/// Runs the program in a folder, with something in the environment.
pub(crate) fn run_with(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
    run_fed(folder, arguments, environment, "")
}

fn run_fed(folder: &Path, arguments: &[&str], environment: &[(&str, &str)], input: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_marg"));
    command.current_dir(folder).env_clear().env("MARG_TODAY", TODAY).envs(environment.iter().copied()).args(arguments);
    let piped = Stdio::piped;
    let mut program = command.stdin(piped()).stdout(piped()).stderr(piped()).spawn().unwrap();
    let mut feed = program.stdin.take().unwrap();
    let input = input.to_owned();
    // A program that has read enough closes its end.
    let fed = std::thread::spawn(move || drop(feed.write_all(input.as_bytes())));
    let output = program.wait_with_output().unwrap();
    fed.join().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { stdout: text(output.stdout), stderr: text(output.stderr), code: output.status.code() }
}

/// All that a person sees of one run.
#[must_use]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

impl Ran {
    /// The answer of a run that went well.
    #[track_caller]
    pub(crate) fn answer(self) -> String {
        assert_eq!(self.code, Some(0), "{self}");
        self.stdout
    }

    #[track_caller]
    pub(crate) fn json(self) -> serde_json::Value {
        let answer = self.answer();
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer}"))
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "--- stderr\n{}", self.stderr)?;
        }
        match self.code {
            Some(0) => Ok(()),
            Some(code) => write!(f, "--- exit {code}"),
            None => f.write_str("--- killed"),
        }
    }
}

/// The program and each of its commands, at whatever depth, by what is typed to call it.
pub(crate) fn each_command(command: &clap::Command, see: &mut impl FnMut(&str, &clap::Command)) {
    see(command.get_bin_name().unwrap_or("marg"), command);
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        each_command(below, see);
    }
}

/// A Markdown edition as a reader of the page has it: marks for taking edits back are not seen there.
pub(crate) fn without_marks(text: &str) -> String {
    let parts = text.split("<!--").enumerate();
    parts.map(|(nth, part)| if nth == 0 { part } else { part.split_once("-->").map_or("", |(_, rest)| rest) }).collect()
}
