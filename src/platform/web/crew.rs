//! Which workers wait for requests: a few, and the last to rest is the first to be called.
//!
//! tiny_http would wake its waiting workers in turn, so that after a while each of them holds warm memory and a
//! database cache of its own. Here a quiet hour is worked by the same few.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, Thread};

/// So many wait for requests at once; the others rest until the line is empty.
const WAITING: usize = 3;

/// The workers that do not work.
#[derive(Default)]
pub(super) struct Crew {
    state: Mutex<CrewState>,
}

#[derive(Default)]
struct CrewState {
    waiting: usize,
    resting: Vec<Thread>,
    stopping: bool,
}

impl Crew {
    fn lock(&self) -> MutexGuard<'_, CrewState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when it is this worker's turn to wait for a request.
    pub(super) fn line_up(&self) {
        let me = thread::current();
        let mut state = self.lock();
        if state.waiting < WAITING || state.stopping {
            state.waiting += 1;
            return;
        }
        state.resting.push(me.clone());
        drop(state);
        loop {
            thread::park();
            // Parked threads may wake for no reason; who is still on the list was not called.
            if !self.lock().resting.iter().any(|resting| resting.id() == me.id()) {
                return;
            }
        }
    }

    /// This worker has something to do; somebody else waits, or is called to.
    pub(super) fn leave(&self) {
        let mut state = self.lock();
        state.waiting -= 1;
        if state.waiting == 0
            && let Some(next) = state.resting.pop()
        {
            state.waiting = 1;
            next.unpark();
        }
    }

    /// Calls everybody: the last requests, then home.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.stopping = true;
        state.waiting += state.resting.len();
        state.resting.drain(..).for_each(|resting| resting.unpark());
    }
}
