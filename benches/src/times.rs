//! What was measured.

use std::fs;
use std::time::{Duration, Instant};

/// Times of single runs, for their percentiles.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Runs something and notes how long it took.
    pub fn of<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = run();
        self.0.push(start.elapsed());
        result
    }

    /// How many runs there were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time within which so many per cent of the runs ended; zero if there were none.
    #[must_use]
    pub fn percentile(&self, per_cent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len().saturating_sub(1) * per_cent / 100).copied().unwrap_or_default()
    }
}

/// A clock of the time that this thread computes, where the system tells it (Linux), and of the
/// time that passes, where it does not.
#[derive(Debug)]
pub struct Clock {
    start: Instant,
    computed: Option<Duration>,
}

impl Clock {
    /// Starts now.
    #[must_use]
    pub fn start() -> Self {
        Self { start: Instant::now(), computed: computed() }
    }

    /// Return whether it counts the time computed, rather than the time that passes.
    #[must_use]
    pub const fn counts_computing(&self) -> bool {
        self.computed.is_some()
    }

    /// How long it has run.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        match (self.computed, computed()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.start.elapsed(),
        }
    }
}

/// The time that this thread has computed so far: the first figure of its scheduler statistics.
fn computed() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}
