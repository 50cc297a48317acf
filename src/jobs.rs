//! Every timer and background worker: the calendar table, due one-off jobs, and the loop that runs them.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Wakes the loop when a change may have made work due.
#[derive(Default)]
pub struct Bell {
    rung: Mutex<bool>,
    wake: Condvar,
}

impl Bell {
    /// There may be something to do.
    pub fn ring(&self) {
        let mut rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        if !*rung {
            *rung = true;
            self.wake.notify_one();
        }
    }

    /// Waits for a ring, at most so long.
    pub fn wait(&self, longest: Duration) {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut rung, _) =
            self.wake.wait_timeout_while(rung, longest, |rung| !*rung).unwrap_or_else(PoisonError::into_inner);
        *rung = false;
    }
}
