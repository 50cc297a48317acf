//! Work with a due time: rows that come once, and the bell that wakes whoever does them.

pub mod sql;

use std::cell::Cell;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Wakes the loops when a change has made work due.
#[derive(Default)]
pub struct Bell {
    rung: Mutex<u64>,
    wake: Condvar,
}

impl Bell {
    /// There may be something to do.
    pub fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.wake.notify_all();
    }

    /// Waits for a ring after the one that was heard last, at most so long; answers the ring heard now.
    pub fn wait(&self, heard: u64, longest: Duration) -> u64 {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let (rung, _) =
            self.wake.wait_timeout_while(rung, longest, |rung| *rung == heard).unwrap_or_else(PoisonError::into_inner);
        *rung
    }
}

thread_local! {
    static SCHEDULED: Cell<bool> = const { Cell::new(false) };
}

/// Remembers, in the writer's thread, that the change made work due; the bell rings after its commit.
pub fn mark_scheduled() {
    SCHEDULED.set(true);
}

/// Whether the change that just ran made work due.
pub fn take_scheduled() -> bool {
    SCHEDULED.replace(false)
}
