//! How often who may do what, in memory: token buckets for visitors, growing waits after failed guesses. A restart forgets.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::platform::time::{MINUTE, SECOND, Timestamp};

/// Failures that cost nothing.
const FREE: u32 = 5;
/// The longest wait after a failure, and how long a failure is remembered.
const LONGEST: i64 = 15 * MINUTE;
/// Keys remembered at most, of buckets and of failures each.
const MOST: usize = 50_000;
/// How many keys go at once where there is no room: going through all of them for each new one would cost too much.
const BATCH: usize = MOST / 8;

/// A token bucket: how much it holds, and how fast it fills again.
#[derive(Clone, Copy)]
pub struct Limit {
    /// Sets limits of different things apart for one key.
    pub name: u8,
    pub burst: f32,
    /// Milliseconds until one comes back.
    pub each: f32,
}

/// A message: a burst of 60, then four a second; nobody types faster.
pub const MESSAGES: Limit = Limit { name: 1, burst: 60.0, each: 250.0 };
/// Typing and read marks: the page itself sends at most one a second.
pub const SIGNS: Limit = Limit { name: 2, burst: 120.0, each: 250.0 };
/// New chats from one address: an office behind one address has room, a script has not.
pub const STARTS: Limit = Limit { name: 3, burst: 60.0, each: 2_000.0 };
/// Files of one visitor.
pub const FILES: Limit = Limit { name: 4, burst: 20.0, each: 10_000.0 };
/// Mails of one visitor: three, then one in 20 minutes, so that nobody is flooded through us.
pub const MAILS: Limit = Limit { name: 5, burst: 3.0, each: 1_200_000.0 };
/// Mails to visitors behind one address.
pub const MAILS_OF_ADDRESS: Limit = Limit { name: 7, burst: 10.0, each: 600_000.0 };
/// Pages of history and streams.
pub const READS: Limit = Limit { name: 6, burst: 200.0, each: 50.0 };

/// What is known of each key. Buckets and failures do not take each other's room: a flood of chats forgives no guess.
#[derive(Default)]
pub struct RateLimiter {
    buckets: Keys<Bucket>,
    failures: Keys<Failures>,
}

impl RateLimiter {
    /// Takes one; false where nothing is left.
    pub fn take(&self, limit: Limit, key: &str, now: Timestamp) -> bool {
        let mut taken = false;
        self.buckets.change((limit.name, key), |bucket| {
            let left = bucket.map_or(limit.burst, |bucket| bucket.filled(now));
            taken = left >= 1.0;
            Bucket { left: if taken { left - 1.0 } else { left }, at: now, limit }
        });
        taken
    }

    /// How many milliseconds this key has to wait still after failures; 0 for none.
    pub fn wait(&self, key: &str, now: Timestamp) -> i64 {
        let found = self.failures.find(key);
        found.map_or(0, |failures| (failures.last.0 + delay(failures.count) - now.0).max(0))
    }

    /// One more failure.
    pub fn failed(&self, key: &str, now: Timestamp) {
        self.failures.change(key, |found| {
            // A quiet quarter of an hour forgives.
            let before = found.filter(|failures| now.since(failures.last) <= LONGEST).map_or(0, |found| found.count);
            Failures { count: before.saturating_add(1), last: now }
        });
    }

    /// A success wipes the slate.
    pub fn succeeded(&self, key: &str) {
        self.failures.forget(key);
    }
}

/// What was left in a bucket at a moment.
#[derive(Clone, Copy)]
struct Bucket {
    left: f32,
    at: Timestamp,
    limit: Limit,
}

impl Bucket {
    /// What it holds by now.
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of minutes fit")]
    fn filled(self, now: Timestamp) -> f32 {
        (self.left + now.since(self.at).max(0) as f32 / self.limit.each).min(self.limit.burst)
    }
}

/// Failures since the last success, and when the last one was.
#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: Timestamp,
}

/// 1 s after the sixth failure, then doubling up to a quarter of an hour.
fn delay(count: u32) -> i64 {
    if count <= FREE {
        return 0;
    }
    (SECOND << (count - FREE - 1).min(20)).min(LONGEST)
}

/// What fades: from some moment on it says no more than a key that was never seen.
trait Fading: Copy {
    fn gone_at(&self) -> Timestamp;
}

impl Fading for Bucket {
    #[allow(clippy::cast_possible_truncation, reason = "milliseconds of an hour fit")]
    fn gone_at(&self) -> Timestamp {
        self.at.plus(((self.limit.burst - self.left) * self.limit.each) as i64)
    }
}

impl Fading for Failures {
    fn gone_at(&self) -> Timestamp {
        self.last.plus(LONGEST)
    }
}

/// A bounded number of keys, by their hashes: strangers choose how long a key is.
struct Keys<T> {
    hasher: RandomState,
    known: Mutex<HashMap<u64, T>>,
}

impl<T> Default for Keys<T> {
    fn default() -> Self {
        Self { hasher: RandomState::new(), known: Mutex::default() }
    }
}

impl<T: Fading> Keys<T> {
    fn known(&self) -> MutexGuard<'_, HashMap<u64, T>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, key: impl Hash) -> Option<T> {
        self.known().get(&self.hasher.hash_one(key)).copied()
    }

    fn forget(&self, key: impl Hash) {
        self.known().remove(&self.hasher.hash_one(key));
    }

    /// Puts something else in a key's place. Where there is no room, those go that would be gone soonest.
    fn change(&self, key: impl Hash, change: impl FnOnce(Option<T>) -> T) {
        let key = self.hasher.hash_one(key);
        let mut known = self.known();
        let found = known.get(&key).copied();
        if found.is_none() && known.len() >= MOST {
            let mut all: Vec<(Timestamp, u64)> = known.iter().map(|(key, state)| (state.gone_at(), *key)).collect();
            let (stalest, ..) = all.select_nth_unstable(BATCH);
            for (_, key) in stalest {
                known.remove(key);
            }
        }
        known.insert(key, change(found));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again_for_each_key_apart() {
        let limiter = RateLimiter::default();
        let limit = Limit { name: 1, burst: 2.0, each: 1_000.0 };
        let at = |ms: i64| Timestamp(1_000_000 + ms);
        assert!(limiter.take(limit, "a", at(0)) && limiter.take(limit, "a", at(0)) && !limiter.take(limit, "a", at(0)));
        assert!(limiter.take(limit, "b", at(0)));
        assert!(!limiter.take(limit, "a", at(500)));
        assert!(limiter.take(limit, "a", at(1_100)));
        assert!(!limiter.take(limit, "a", at(1_100)));
    }

    #[test]
    fn guesses_slow_down_and_nobody_is_locked_out_for_ever() {
        let limiter = RateLimiter::default();
        let now = Timestamp(1_000_000);
        for _ in 0..FREE {
            limiter.failed("ana", now);
        }
        assert_eq!(limiter.wait("ana", now), 0);
        limiter.failed("ana", now);
        assert_eq!(limiter.wait("ana", now), SECOND);
        for _ in 0..100 {
            limiter.failed("ana", now);
        }
        assert_eq!(limiter.wait("ana", now), LONGEST);
        assert_eq!(limiter.wait("ana", now.plus(LONGEST)), 0);
        limiter.failed("ana", now.plus(LONGEST + 1));
        assert_eq!(limiter.wait("ana", now.plus(LONGEST + 1)), 0);
        limiter.succeeded("ana");
        assert_eq!(limiter.wait("bia", now), 0);
    }

    #[test]
    fn a_flood_of_keys_pushes_out_the_stalest_and_never_all() {
        let limiter = RateLimiter::default();
        let now = Timestamp(1_000_000);
        let limit = Limit { name: 1, burst: 1.0, each: 1_000.0 };
        for _ in 0..=FREE {
            limiter.failed("ana", now.plus(1));
        }
        for number in 0..=MOST {
            assert!(limiter.take(limit, &number.to_string(), now));
            limiter.failed(&number.to_string(), now);
        }
        let left = limiter.failures.known().len();
        assert_eq!(left, MOST - BATCH + 2, "one batch went, and room was made for the last two");
        assert_eq!(limiter.buckets.known().len(), MOST - BATCH + 1);
        assert!(limiter.wait("ana", now.plus(1)) > 0, "who failed last is remembered");
        assert!(!limiter.take(limit, &MOST.to_string(), now), "and who came last");
    }
}
