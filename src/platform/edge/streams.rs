//! The event streams: who follows which topic, and what waits to be sent to whom.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::limits::{Limits, lock};
use super::socket::Conn;
use crate::platform::web::live::{Event, Live};

/// Heartbeats go out in so many groups, one after the other, instead of to everybody at once.
const BEATS: u64 = 15;
/// What a client must hear that has fallen too far behind: load everything anew.
const RESET: &str = "event: reset\ndata: {}\n\n";

/// All streams of this process.
pub(super) struct Hub {
    live: Arc<Live>,
    topics: Mutex<HashMap<String, HashMap<u64, Arc<Follower>>>>,
    buffer: usize,
    heartbeat: Duration,
    next: AtomicU64,
    turn: AtomicU64,
    closed: AtomicBool,
}

/// The stream that a handler named.
pub(super) struct StreamRequest {
    pub(super) topics: Vec<String>,
    pub(super) after: i64,
    pub(super) backlog: Bytes,
    pub(super) listener: String,
}

/// One stream's queue.
struct Follower {
    conn: Arc<Conn>,
    /// The last event that was offered, for one that names several of the stream's topics.
    turn: AtomicU64,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    frames: VecDeque<Bytes>,
    size: usize,
    last: i64,
    ended: bool,
    waker: Option<Waker>,
}

/// A frame shared by all the streams that send it.
struct SharedFrame(Arc<str>);

impl AsRef<[u8]> for SharedFrame {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl Follower {
    /// Queues a frame; a stream that takes nothing is cut and its client comes again.
    fn push(&self, frame: &Bytes, id: i64, buffer: usize) {
        let mut queue = lock(&self.queue);
        if queue.ended || (id > 0 && id <= queue.last) {
            return;
        }
        queue.last = queue.last.max(id);
        if queue.size + frame.len() > buffer {
            (queue.ended, queue.size) = (true, 0);
            queue.frames.clear();
            // Its connection takes nothing, so that the end would not reach it either.
            self.conn.cut();
        } else {
            queue.size += frame.len();
            queue.frames.push_back(frame.clone());
        }
        wake(&mut queue);
    }

    /// Ends the stream after what is queued.
    fn end(&self) {
        let mut queue = lock(&self.queue);
        queue.ended = true;
        wake(&mut queue);
    }
}

fn wake(queue: &mut Queue) {
    if let Some(waker) = queue.waker.take() {
        waker.wake();
    }
}

impl Hub {
    pub(super) fn new(live: Arc<Live>, limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            live,
            topics: Mutex::default(),
            buffer: limits.stream_buffer,
            heartbeat: limits.heartbeat,
            next: AtomicU64::new(0),
            turn: AtomicU64::new(0),
            closed: AtomicBool::new(false),
        })
    }

    /// Takes what `Live` publishes; the receiver is for `run`.
    pub(super) fn attach(&self) -> UnboundedReceiver<Vec<Event>> {
        let (sender, receiver) = unbounded_channel();
        self.live.attach(Box::new(move |events| {
            // The edge may have stopped already; then nobody listens.
            let _nobody = sender.send(events.to_vec());
        }));
        receiver
    }

    /// Hands events to the streams and keeps them warm, for ever.
    pub(super) async fn run(&self, mut events: UnboundedReceiver<Vec<Event>>) {
        let mut beat = tokio::time::interval(self.heartbeat / u32::try_from(BEATS).unwrap_or(1));
        let mut count = 0;
        loop {
            tokio::select! {
                group = events.recv() => match group {
                    Some(group) => self.deliver(&group),
                    None => return,
                },
                _ = beat.tick() => {
                    count += 1;
                    self.beat(count);
                }
            }
        }
    }

    fn deliver(&self, events: &[Event]) {
        let topics = lock(&self.topics);
        for event in events {
            let turn = self.turn.fetch_add(1, Relaxed) + 1;
            let mut frame = None;
            let cut = is_cut(&event.frame);
            for follower in event.topics.iter().filter_map(|topic| topics.get(topic)).flat_map(HashMap::values) {
                if follower.turn.swap(turn, Relaxed) == turn {
                    continue;
                }
                let frame = frame.get_or_insert_with(|| Bytes::from_owner(SharedFrame(event.frame.clone())));
                follower.push(frame, event.id, self.buffer);
                if cut {
                    follower.end();
                }
            }
        }
    }

    fn beat(&self, count: u64) {
        let frame = Bytes::from_static(b": \n\n");
        let turn = self.turn.fetch_add(1, Relaxed) + 1;
        for (number, follower) in lock(&self.topics).values().flatten() {
            if number % BEATS == count % BEATS && follower.turn.swap(turn, Relaxed) != turn {
                follower.push(&frame, 0, self.buffer);
            }
        }
    }

    /// Ends every stream, and those that still come.
    pub(super) fn close(&self) {
        self.closed.store(true, Relaxed);
        for follower in lock(&self.topics).values().flat_map(HashMap::values) {
            follower.end();
        }
    }

    /// Begins a stream: registered first, so that nothing falls between the replay and what comes.
    pub(super) fn open(self: &Arc<Self>, conn: &Arc<Conn>, wanted: StreamRequest) -> StreamBody {
        let StreamRequest { topics, after, backlog, listener } = wanted;
        let number = self.next.fetch_add(1, Relaxed);
        let follower = Arc::new(Follower { conn: conn.clone(), turn: AtomicU64::new(0), queue: Mutex::default() });
        let mut table = lock(&self.topics);
        for topic in &topics {
            table.entry(topic.clone()).or_default().insert(number, follower.clone());
        }
        drop(table);
        let missed = self.live.since(after, &topics);
        let mut last = after;
        let first = match missed {
            Some(missed) if missed.is_empty() => backlog,
            Some(missed) => {
                last = missed.last().map_or(after, |event| event.id);
                let mut text = backlog.to_vec();
                missed.iter().for_each(|event| text.extend_from_slice(event.frame.as_bytes()));
                Bytes::from(text)
            }
            None => Bytes::from([&backlog[..], RESET.as_bytes()].concat()),
        };
        lock(&follower.queue).last = last;
        // Without topics nothing would ever come, and nobody would find the stream to end it.
        if self.closed.load(Relaxed) || topics.is_empty() {
            follower.end();
        }
        if !listener.is_empty() {
            self.live.opened(&listener, &topics);
        }
        StreamBody { hub: self.clone(), number, follower, topics, listener, first }
    }
}

/// Whether the frame's event is `cut`: whoever follows its topic is signed out.
fn is_cut(frame: &str) -> bool {
    frame.lines().any(|line| line == "event: cut")
}

/// A stream on its way to a client; leaves the hub when the client does.
pub(super) struct StreamBody {
    hub: Arc<Hub>,
    number: u64,
    follower: Arc<Follower>,
    topics: Vec<String>,
    listener: String,
    first: Bytes,
}

impl StreamBody {
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if !self.first.is_empty() {
            return Poll::Ready(Some(std::mem::take(&mut self.first)));
        }
        let mut queue = lock(&self.follower.queue);
        if let Some(frame) = queue.frames.pop_front() {
            queue.size -= frame.len();
            return Poll::Ready(Some(frame));
        }
        if queue.ended {
            return Poll::Ready(None);
        }
        if !queue.waker.as_ref().is_some_and(|waker| waker.will_wake(cx.waker())) {
            queue.waker = Some(cx.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for StreamBody {
    fn drop(&mut self) {
        let mut table = lock(&self.hub.topics);
        for topic in &self.topics {
            if let Some(followers) = table.get_mut(topic) {
                followers.remove(&self.number);
                if followers.is_empty() {
                    table.remove(topic);
                }
            }
        }
        drop(table);
        if !self.listener.is_empty() {
            self.hub.live.closed(&self.listener, &self.topics);
        }
    }
}
