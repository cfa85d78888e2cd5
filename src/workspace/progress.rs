//! How far long work has come, for whoever wants to show it.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Told how many of how many are done, now and then; from any thread.
pub type Show<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Who is told.
#[derive(Clone, Copy, Default)]
pub struct Progress<'a>(pub Option<Show<'a>>);

/// The count of one piece of work.
pub(super) struct Count<'a> {
    show: Option<Show<'a>>,
    done: AtomicUsize,
    all: usize,
}

/// Somebody is told once in so many steps: telling must not be the work.
const STEP: usize = 64;

impl<'a> Progress<'a> {
    pub(super) fn of(self, all: usize) -> Count<'a> {
        Count { show: self.0, done: AtomicUsize::new(0), all }
    }
}

impl Count<'_> {
    /// How many steps were done.
    pub(super) fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Does one step, and counts it.
    pub(super) fn one<T>(&self, step: impl FnOnce() -> T) -> T {
        let value = step();
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(show) = self.show
            && (done.is_multiple_of(STEP) || done == self.all)
        {
            show(done, self.all);
        }
        value
    }
}
