//! Topics and events: what happened, told to the event streams after it is on disk.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// How many past events are kept in memory, to close the gap between a stream's snapshot and its start.
const RING: usize = 8192;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// Row of the `event` table; 0 for passing events (typing, presence), which are not caught up.
    pub id: i64,
    /// Who hears of it, each of `[a-z0-9:-]`.
    pub topics: Vec<String>,
    /// The frame as it goes over the wire, ending with an empty line.
    pub frame: Arc<str>,
}

impl Event {
    /// Builds the wire format of an event: `data` is one line of JSON.
    pub fn new(id: i64, topics: &str, name: &str, data: &str) -> Self {
        let frame = if id > 0 {
            format!("id: {id}\nevent: {name}\ndata: {data}\n\n")
        } else {
            format!("event: {name}\ndata: {data}\n\n")
        };
        Self { id, topics: topics.split(' ').map(str::to_owned).collect(), frame: frame.into() }
    }
}

/// Where the edge takes events: called with each group after its commit, from the writer's thread; must not block.
pub type Sink = Box<dyn Fn(&[Event]) + Send + Sync>;

/// The hub between the writer and the streams.
#[derive(Default)]
pub struct Live {
    ring: Mutex<VecDeque<Event>>,
    sink: Mutex<Option<Sink>>,
    listeners: Mutex<HashMap<String, HashMap<String, usize>>>,
}

impl Live {
    /// Where events go from now on; one edge a process.
    pub fn attach(&self, sink: Sink) {
        *lock(&self.sink) = Some(sink);
    }

    /// Tells everybody; called after the commit, in the order of the ids.
    pub fn publish(&self, events: &[Event]) {
        if events.is_empty() {
            return;
        }
        let mut ring = lock(&self.ring);
        for event in events.iter().filter(|event| event.id > 0) {
            if ring.len() == RING {
                ring.pop_front();
            }
            ring.push_back(event.clone());
        }
        if let Some(sink) = lock(&self.sink).as_ref() {
            sink(events);
        }
    }

    /// The events after `after` that name one of the topics, or None where the ring does not reach back that far
    /// (the client then comes again and catches up from the table).
    pub fn since(&self, after: i64, topics: &[String]) -> Option<Vec<Event>> {
        let ring = lock(&self.ring);
        if ring.len() == RING && ring.front().is_some_and(|first| first.id > after + 1) {
            return None;
        }
        // The ids ascend, so that a thousand streams that come again at once do not each read the whole ring.
        let first = ring.partition_point(|event| event.id <= after);
        let wanted = |event: &&Event| event.topics.iter().any(|topic| topics.contains(topic));
        Some(ring.range(first..).filter(wanted).cloned().collect())
    }

    /// A stream of this listener began; counts per topic.
    pub fn opened(&self, listener: &str, topics: &[String]) {
        let mut listeners = lock(&self.listeners);
        for topic in topics {
            *listeners.entry(topic.clone()).or_default().entry(listener.to_owned()).or_default() += 1;
        }
    }

    /// A stream of this listener ended.
    pub fn closed(&self, listener: &str, topics: &[String]) {
        let mut listeners = lock(&self.listeners);
        for topic in topics {
            let Some(here) = listeners.get_mut(topic) else { continue };
            if let Some(count) = here.get_mut(listener) {
                *count -= 1;
                if *count == 0 {
                    here.remove(listener);
                }
            }
            if here.is_empty() {
                listeners.remove(topic);
            }
        }
    }

    /// Who follows a topic now, e.g. `agent:5`; each once, sorted.
    pub fn listeners(&self, topic: &str) -> Vec<String> {
        let listeners = lock(&self.listeners);
        let mut found: Vec<String> = listeners.get(topic).into_iter().flat_map(|here| here.keys().cloned()).collect();
        found.sort();
        found
    }
}

/// A poisoned lock here means that a reader panicked; the data is whole, for every change is one call.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
