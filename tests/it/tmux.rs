//! The program in a real terminal: keys go in, and what a person would see is read back. Needs tmux.

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::harness::TODAY;

/// A terminal of its own, with a shell in a folder.
pub(crate) struct Terminal {
    socket: tempfile::TempDir,
}

/// How long something may take to be seen on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

impl Terminal {
    pub(crate) fn open(folder: &Path, (columns, rows): (u16, u16), environment: &[(&str, &str)]) -> Self {
        let terminal = Self { socket: tempfile::tempdir().unwrap() };
        let bin = Path::new(env!("CARGO_BIN_EXE_marg")).parent().unwrap();
        let path = format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display());
        let (columns, rows) = (columns.to_string(), rows.to_string());
        let mut command = terminal.command(&["-f", "/dev/null", "new-session", "-d", "-x", &columns, "-y", &rows, "-s", "t"]);
        for (name, value) in [("PATH", path.as_str()), ("MARG_TODAY", TODAY), ("LC_ALL", "C.UTF-8"), ("PS1", "ready> ")].iter().chain(environment) {
            command.args(["-e", &format!("{name}={value}")]);
        }
        let output = command.arg("-c").arg(folder).args(["sh", "-i"]).output().expect("tmux is needed for this test");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        terminal.sees("ready>");
        terminal
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command.env("LC_ALL", "C.UTF-8").env_remove("TMUX").arg("-S").arg(self.socket.path().join("s")).args(arguments);
        command
    }

    fn tmux(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output().expect("tmux is needed for this test");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// Types a text as it is.
    pub(crate) fn types(&self, text: &str) {
        self.tmux(&["send-keys", "-t", "t", "-l", "--", text]);
    }

    /// Presses keys by their names: `Enter`, `PageDown`, `C-c`.
    pub(crate) fn keys(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys", "-t", "t"], keys].concat());
    }

    pub(crate) fn line(&self, text: &str) {
        self.types(text);
        self.keys(&["Enter"]);
    }

    /// Pastes a text as a terminal does, in brackets if the program has asked for them.
    pub(crate) fn pastes(&self, text: &str) {
        self.tmux(&["set-buffer", "--", text]);
        self.tmux(&["paste-buffer", "-p", "-t", "t"]);
    }

    pub(crate) fn resize(&self, (columns, rows): (u16, u16)) {
        self.tmux(&["resize-window", "-t", "t", "-x", &columns.to_string(), "-y", &rows.to_string()]);
    }

    /// What is on the screen.
    pub(crate) fn shown(&self) -> String {
        String::from_utf8_lossy(&self.tmux(&["capture-pane", "-p", "-t", "t"]).stdout).into_owned()
    }

    /// Whether a program has the whole screen.
    pub(crate) fn is_full_screen(&self) -> bool {
        self.tmux(&["display-message", "-p", "-t", "t", "#{alternate_on}"]).stdout.starts_with(b"1")
    }

    /// Waits until the screen shows something.
    #[track_caller]
    pub(crate) fn sees(&self, text: &str) -> String {
        self.until(&format!("no `{text}`"), |shown| shown.contains(text))
    }

    /// Waits until the screen is as it should be, and says what it is otherwise.
    #[track_caller]
    pub(crate) fn until(&self, otherwise: &str, is: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            let shown = self.shown();
            if is(&shown) {
                return shown;
            }
            assert!(began.elapsed() < PATIENCE, "{otherwise} on\n{shown}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.command(&["kill-server"]).output();
    }
}
