//! Slowing down guesses: per account and per address, for a while, never for ever.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::platform::time::{MINUTE, SECOND, Timestamp};

/// Failures that cost nothing.
const FREE: u32 = 5;
/// The longest wait.
const LONGEST: i64 = 15 * MINUTE;
/// Keys held at most; the stalest go first.
const KEYS: usize = 20_000;

/// Failed attempts by key, in memory: a restart forgives.
#[derive(Default)]
pub struct Throttle {
    failures: Mutex<HashMap<String, (u32, Timestamp)>>,
}

impl Throttle {
    /// How many milliseconds this key has to wait still; 0 for none.
    pub fn wait(&self, key: &str, now: Timestamp) -> i64 {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.get(key).map_or(0, |(count, last)| (last.0 + delay(*count) - now.0).max(0))
    }

    /// One more failure.
    pub fn failed(&self, key: &str, now: Timestamp) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= KEYS {
            failures.retain(|_, (_, last)| now.since(*last) < LONGEST);
        }
        if failures.len() >= KEYS {
            failures.clear();
        }
        let entry = failures.entry(key.to_owned()).or_insert((0, now));
        // A quiet quarter of an hour forgives.
        let count = if now.since(entry.1) > LONGEST { 0 } else { entry.0 };
        *entry = (count.saturating_add(1), now);
    }

    /// A success wipes the slate.
    pub fn succeeded(&self, key: &str) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

/// 1 s after the sixth failure, then doubling up to a quarter of an hour.
fn delay(count: u32) -> i64 {
    if count <= FREE {
        return 0;
    }
    (SECOND << (count - FREE - 1).min(20)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_slow_down_and_nobody_is_locked_out_for_ever() {
        let throttle = Throttle::default();
        let now = Timestamp(1_000_000);
        for _ in 0..FREE {
            throttle.failed("ana", now);
        }
        assert_eq!(throttle.wait("ana", now), 0);
        throttle.failed("ana", now);
        assert_eq!(throttle.wait("ana", now), SECOND);
        for _ in 0..100 {
            throttle.failed("ana", now);
        }
        assert_eq!(throttle.wait("ana", now), LONGEST);
        assert_eq!(throttle.wait("ana", now.plus(LONGEST)), 0);
        throttle.failed("ana", now.plus(LONGEST + 1));
        assert_eq!(throttle.wait("ana", now.plus(LONGEST + 1)), 0);
        throttle.succeeded("ana");
        assert_eq!(throttle.wait("bia", now), 0);
    }
}
