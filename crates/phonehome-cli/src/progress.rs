//! A sign of life on standard error while a long list is read or written. Silent for short ones, and where nobody watches.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use crate::text::grouped;

const FIRST: Duration = Duration::from_secs(1);
const NEXT: Duration = Duration::from_millis(200);

/// The sign of life.
#[derive(Debug)]
pub(crate) struct Progress {
    next: Instant,
    is_watched: bool,
    is_shown: bool,
}

impl Progress {
    /// Starts; `is_quiet` where answers scroll by anyway.
    pub(crate) fn new(is_quiet: bool) -> Self {
        Self { next: Instant::now() + FIRST, is_watched: !is_quiet && stderr().is_terminal(), is_shown: false }
    }

    /// Says how much was read, now and then.
    pub(crate) fn tick(&mut self, bytes: u64) {
        self.say(|| format!("{} MB read", grouped(bytes / 1_000_000)));
    }

    /// Says how far it is, now and then.
    pub(crate) fn say(&mut self, text: impl FnOnce() -> String) {
        if self.is_watched && Instant::now() >= self.next {
            self.next = Instant::now() + NEXT;
            self.is_shown = true;
            // Progress that cannot be shown is no failure.
            let _ = write!(stderr(), "\rphonehome: {}\x1b[K", text());
        }
    }

    /// Takes the line away.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
