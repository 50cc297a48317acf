//! Token buckets in memory: how often a visitor, or an address, may do something. A restart refills them.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, PoisonError};

use crate::platform::time::Timestamp;

/// Buckets held at most; full ones are forgotten first.
const MOST: usize = 50_000;

/// How much, and how fast it comes back.
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

/// What is left for each key.
#[derive(Default)]
pub struct Rates {
    hasher: RandomState,
    buckets: Mutex<HashMap<u64, (f32, i64, Limit)>>,
}

impl Rates {
    /// Takes one; false where nothing is left.
    pub fn take(&self, limit: Limit, key: &str, now: Timestamp) -> bool {
        let hash = self.hasher.hash_one((limit.name, key));
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|_, (left, at, limit)| filled(*left, *at, *limit, now) < limit.burst);
            if buckets.len() >= MOST {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(hash).or_insert((limit.burst, now.0, limit));
        let left = filled(bucket.0, bucket.1, limit, now);
        let taken = left >= 1.0;
        *bucket = (if taken { left - 1.0 } else { left }, now.0, limit);
        taken
    }
}

/// What a bucket holds by now.
#[allow(clippy::cast_precision_loss, reason = "milliseconds of minutes fit")]
fn filled(left: f32, at: i64, limit: Limit, now: Timestamp) -> f32 {
    (left + (now.0 - at).max(0) as f32 / limit.each).min(limit.burst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again_for_each_key_apart() {
        let rates = Rates::default();
        let limit = Limit { name: 1, burst: 2.0, each: 1_000.0 };
        let at = |ms: i64| Timestamp(1_000_000 + ms);
        assert!(rates.take(limit, "a", at(0)) && rates.take(limit, "a", at(0)) && !rates.take(limit, "a", at(0)));
        assert!(rates.take(limit, "b", at(0)));
        assert!(!rates.take(limit, "a", at(500)));
        assert!(rates.take(limit, "a", at(1_100)));
        assert!(!rates.take(limit, "a", at(1_100)));
    }
}
