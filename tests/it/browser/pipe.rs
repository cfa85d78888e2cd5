//! Chromium at the other end of a pipe: the DevTools protocol over file descriptors 3 and 4, a message being JSON that ends in NUL.
//!
//! No port is opened that others on the machine could use, and no crate is needed. Whatever the browser does, a test ends: each answer
//! is waited for with a limit, and the browser goes when its [`Browser`] does.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use super::tools;

/// How long one answer may take; a busy machine prints a long page in a few seconds.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Chromium talks on descriptors 3 and 4, which `Command` cannot set up; a shell can.
const ON_3_AND_4: &str = r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#;

/// Nothing of a person's own browser, nothing from outside, and nothing that waits for a screen.
const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--lang=en-GB",
    "--remote-debugging-pipe",
];

pub(super) struct Browser {
    process: Child,
    to: ChildStdin,
    from: Receiver<Json>,
    last_id: u64,
    /// What happened and nobody has asked for yet.
    events: Vec<Json>,
    /// The browser's own folder, empty at first and gone with it.
    _profile: tempfile::TempDir,
}

impl Browser {
    pub(super) fn start() -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut process = Command::new("sh")
            .args(["-c", ON_3_AND_4])
            .arg(tools::chromium())
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = process.stdin.take().unwrap();
        let mut messages = BufReader::new(process.stdout.take().unwrap()).split(0);
        let (sender, from) = channel();
        // It ends by itself: with the pipe, or with the one who listens.
        std::thread::spawn(move || {
            while let Some(Ok(message)) = messages.next() {
                let Ok(message) = serde_json::from_slice(&message) else { break };
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut browser = Self { process, to, from, last_id: 0, events: Vec::new(), _profile: profile };
        browser.call(None, "Browser.getVersion", json!({}));
        browser
    }

    /// Asks for something and waits for the answer.
    #[track_caller]
    pub(super) fn call(&mut self, session: Option<&str>, method: &str, params: Json) -> Json {
        let id = self.send(session, method, params);
        let until = Instant::now() + PATIENCE;
        loop {
            let mut message = self.next(until).unwrap_or_else(|why| panic!("{method}: {why}"));
            if message["id"] == json!(id) {
                assert!(message.get("error").is_none(), "{method}: {}", message["error"]);
                return message["result"].take();
            }
            self.keep(message);
        }
    }

    /// Waits for something to happen in a tab, or says why it did not.
    pub(super) fn happens(&mut self, session: &str, event: &str, patience: Duration) -> Result<(), &'static str> {
        let until = Instant::now() + patience;
        while !self.events.iter().any(|message| message["method"] == event && message["sessionId"] == session) {
            let message = self.next(until)?;
            self.keep(message);
        }
        Ok(())
    }

    /// What has happened in a tab since the last question.
    pub(super) fn events(&mut self, session: &str) -> Vec<Json> {
        let (here, elsewhere) = std::mem::take(&mut self.events).into_iter().partition(|message| message["sessionId"] == session);
        self.events = elsewhere;
        here
    }

    /// Asks for something without waiting.
    pub(super) fn send(&mut self, session: Option<&str>, method: &str, params: Json) -> u64 {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method });
        message["params"] = params;
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).unwrap_or_else(|error| panic!("Chromium has gone: {error}"));
        self.last_id
    }

    fn next(&mut self, until: Instant) -> Result<Json, &'static str> {
        self.from.recv_timeout(until.saturating_duration_since(Instant::now())).map_err(|error| match error {
            RecvTimeoutError::Timeout => "no answer from Chromium in time",
            RecvTimeoutError::Disconnected => "Chromium has gone; does `chromium --headless` start on this machine?",
        })
    }

    /// An answer to nobody is forgotten; everything else may be asked for. A dialog is remembered and closed, or the page would stand still.
    fn keep(&mut self, message: Json) {
        if message["method"] == "Page.javascriptDialogOpening" {
            let session = message["sessionId"].as_str().map(str::to_owned);
            self.send(session.as_deref(), "Page.handleJavaScriptDialog", json!({ "accept": false }));
        }
        if message.get("method").is_some() {
            self.events.push(message);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // By the pipe it can put its helpers away; if it does not listen, it is killed, and they see that their pipes have closed.
        let _ = self.to.write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0");
        for _ in 0..50 {
            if matches!(self.process.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
