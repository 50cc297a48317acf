//! The bounds of what clients may take: connections, time, bytes held.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The bounds of everything; the defaults suit a server on the internet, tests take shorter times.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections in all; None derives them from the descriptor limit.
    pub connections: Option<usize>,
    /// Connections of one address (of one /64 with IPv6); loopback is exempt.
    pub per_address: usize,
    /// Exchanges with the application at once, one connection and one worker each.
    pub upstream: usize,
    /// Requests that wait for one of these.
    pub waiting: usize,
    /// Bytes of bodies held in memory, in all.
    pub held: usize,
    /// Bytes of bodies spooled to disk, in all.
    pub spooled: usize,
    /// From the first byte of a request (or a new connection) to the end of its head.
    pub head_time: Duration,
    /// Between requests.
    pub idle_time: Duration,
    /// Without any progress while an answer waits to be taken.
    pub write_time: Duration,
    /// How long a body may take whatever its size …
    pub body_time: Duration,
    /// … and how many bytes a second it must then have brought on average.
    pub body_rate: u64,
    /// How long the application may take for an answer.
    pub answer_time: Duration,
    /// Between the comments that keep a stream open.
    pub heartbeat: Duration,
    /// Bytes that may wait in one stream before it is cut.
    pub stream_buffer: usize,
    /// For what is in flight when the edge stops.
    pub stop_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: None,
            per_address: 256,
            upstream: 16,
            waiting: 2048,
            held: 96 << 20,
            spooled: 1 << 30,
            head_time: Duration::from_secs(10),
            idle_time: Duration::from_secs(75),
            write_time: Duration::from_secs(30),
            body_time: Duration::from_secs(15),
            body_rate: 2048,
            answer_time: Duration::from_secs(30),
            heartbeat: Duration::from_secs(15),
            stream_buffer: 256 << 10,
            stop_time: Duration::from_secs(10),
        }
    }
}

impl Limits {
    /// How often the watchdog looks: often enough for the shortest limit.
    pub(super) fn tick(&self) -> Duration {
        let shortest = self.head_time.min(self.idle_time).min(self.write_time);
        (shortest / 4).clamp(Duration::from_millis(20), Duration::from_secs(1))
    }
}

/// A panic while one of these locks is held is a fault elsewhere; the data is whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Milliseconds since the program began, never 0.
pub(super) fn now() -> u64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
}

pub(super) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// A number of bytes that all clients share.
#[derive(Debug)]
pub(super) struct Budget {
    used: AtomicUsize,
    limit: usize,
}

impl Budget {
    pub(super) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self { used: AtomicUsize::new(0), limit })
    }

    /// Nothing yet, to be grown as bytes arrive.
    pub(super) fn hold(self: &Arc<Self>) -> Hold {
        Hold { budget: self.clone(), size: 0 }
    }
}

/// Bytes taken from a budget, given back at the end.
#[derive(Debug)]
pub(super) struct Hold {
    budget: Arc<Budget>,
    size: usize,
}

impl Hold {
    /// Takes more; false where there is no more.
    #[must_use]
    pub(super) fn grow(&mut self, more: usize) -> bool {
        if self.budget.used.load(Relaxed).saturating_add(more) > self.budget.limit {
            return false;
        }
        self.budget.used.fetch_add(more, Relaxed);
        self.size += more;
        true
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.budget.used.fetch_sub(self.size, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_never_overdrawn() {
        let budget = Budget::new(10);
        let (mut one, mut two) = (budget.hold(), budget.hold());
        assert!(one.grow(6) && !two.grow(5) && two.grow(4));
        drop(one);
        assert!(two.grow(6) && !two.grow(1));
    }
}
