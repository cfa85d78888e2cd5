//! A line that says how far long work has come. It is there only while the work is long and somebody sees it, and leaves no trace.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Work shorter than this needs no telling.
const PATIENCE: Duration = Duration::from_millis(600);

pub(super) struct ProgressLine {
    seen: bool,
    begun: Instant,
    shown: AtomicBool,
}

impl ProgressLine {
    pub(super) fn new() -> Self {
        Self { seen: io::stderr().is_terminal(), begun: Instant::now(), shown: AtomicBool::new(false) }
    }

    pub(super) fn is_seen(&self) -> bool {
        self.seen
    }

    pub(super) fn show(&self, done: usize, all: usize) {
        if self.begun.elapsed() < PATIENCE {
            return;
        }
        self.shown.store(true, Ordering::Relaxed);
        // One write, so that two threads do not mix their lines; and nobody is left to tell when it fails.
        let _ = io::stderr().write_all(format!("\rReading meetings: {done} of {all}").as_bytes());
    }

    pub(super) fn clear(&self) {
        if self.shown.load(Ordering::Relaxed) {
            let _ = io::stderr().write_all(format!("\r{}\r", " ".repeat(50)).as_bytes());
        }
    }
}
