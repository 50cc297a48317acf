//! What one client may take: connections, time, bytes held.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyper::body::Bytes;

use super::socket::Conn;

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

/// Bytes on their way to a client: counted until hyper has let go of them.
struct Held {
    bytes: Vec<u8>,
    conn: Arc<Conn>,
    _hold: Hold,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.conn.released(self.bytes.len());
    }
}

/// Hands bytes to hyper and watches that the client takes them. What fits into any socket buffer is not worth it.
pub(super) fn watched(bytes: Vec<u8>, conn: &Arc<Conn>, budget: &Arc<Budget>) -> Option<Bytes> {
    const SMALL: usize = 16 << 10;
    if bytes.len() <= SMALL && !conn.is_h2() {
        return Some(Bytes::from(bytes));
    }
    let mut hold = budget.hold();
    if !hold.grow(bytes.len()) {
        return None;
    }
    conn.holds(bytes.len());
    Some(Bytes::from_owner(Held { bytes, conn: conn.clone(), _hold: hold }))
}

/// All connections: the caps, and the list that the watchdog goes through.
#[derive(Debug, Default)]
pub(super) struct Gate {
    open: Mutex<HashMap<usize, Arc<Conn>>>,
    addresses: Mutex<HashMap<IpAddr, usize>>,
    next: AtomicUsize,
}

/// Why a connection is not let in.
pub(super) enum Full {
    InAll,
    ForAddress,
}

/// A place taken by a connection.
pub(super) struct Place {
    gate: Arc<Gate>,
    number: usize,
    address: Option<IpAddr>,
}

impl Gate {
    pub(super) fn enter(self: &Arc<Self>, conn: &Arc<Conn>, all: usize, per_address: usize) -> Result<Place, Full> {
        let mut open = lock(&self.open);
        if open.len() >= all {
            return Err(Full::InAll);
        }
        let address = (!conn.peer.is_loopback()).then(|| network(conn.peer));
        if let Some(address) = address {
            let mut addresses = lock(&self.addresses);
            let count = addresses.entry(address).or_default();
            if *count >= per_address {
                return Err(Full::ForAddress);
            }
            *count += 1;
        }
        let number = self.next.fetch_add(1, Relaxed);
        open.insert(number, conn.clone());
        Ok(Place { gate: self.clone(), number, address })
    }

    pub(super) fn count(&self) -> usize {
        lock(&self.open).len()
    }

    /// Cuts whoever has no exchange in progress.
    pub(super) fn cut_idle(&self) {
        lock(&self.open).values().filter(|conn| conn.is_idle()).for_each(|conn| conn.cut());
    }

    /// Cuts whoever breaks a limit of time.
    pub(super) fn watch(&self, limits: &Limits) {
        let now = now();
        for conn in lock(&self.open).values() {
            if let Some(why) = conn.fault(limits, now) {
                tracing::debug!(peer = %conn.peer, why, "cut");
                conn.cut();
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.gate.open).remove(&self.number);
        let Some(address) = self.address else { return };
        let mut addresses = lock(&self.gate.addresses);
        if let Some(count) = addresses.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                addresses.remove(&address);
            }
        }
    }
}

/// One household has a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => IpAddr::V6((u128::from(six) >> 64 << 64).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enter(gate: &Arc<Gate>, address: &str) -> Result<Place, Full> {
        let conn = Arc::new(Conn::new(address.parse().expect("an address"), false));
        gate.enter(&conn, 5, 2)
    }

    #[test]
    fn one_address_has_its_places_and_gives_them_back() {
        let gate = Arc::new(Gate::default());
        let first = enter(&gate, "2001:db8::1");
        let _second = enter(&gate, "2001:db8::2");
        assert!(matches!(enter(&gate, "2001:db8::3"), Err(Full::ForAddress)), "the same /64");
        assert!(enter(&gate, "2001:db8:0:1::1").is_ok());
        drop(first);
        let _third = enter(&gate, "2001:db8::3");
        assert!(matches!(enter(&gate, "2001:db8::4"), Err(Full::ForAddress)));
        let _here: Vec<_> = (0..3).map(|_| enter(&gate, "127.0.0.1")).collect();
        assert!(matches!(enter(&gate, "127.0.0.1"), Err(Full::InAll)));
        assert_eq!(gate.count(), 5);
    }

    #[test]
    fn a_budget_is_never_overdrawn() {
        let budget = Budget::new(10);
        let (mut one, mut two) = (budget.hold(), budget.hold());
        assert!(one.grow(6) && !two.grow(5) && two.grow(4));
        drop(one);
        assert!(two.grow(6) && !two.grow(1));
    }
}
