//! All connections: who is let in, and what the watchdog sees them hold.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use hyper::body::Bytes;

use super::limits::{Budget, Hold, Limits, lock, now};
use super::socket::Conn;

/// Bytes on their way to a client: counted until hyper has let go of them.
struct HeldBytes {
    bytes: Vec<u8>,
    conn: Arc<Conn>,
    _hold: Hold,
}

impl AsRef<[u8]> for HeldBytes {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for HeldBytes {
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
    Some(Bytes::from_owner(HeldBytes { bytes, conn: conn.clone(), _hold: hold }))
}

/// All connections: the caps, and the list that the watchdog goes through.
#[derive(Debug, Default)]
pub(super) struct Gate {
    open: Mutex<HashMap<usize, Arc<Conn>>>,
    addresses: Mutex<HashMap<IpAddr, usize>>,
    next: AtomicUsize,
}

/// Why a connection is not let in.
pub(super) enum Refusal {
    InAll,
    ForAddress,
}

/// A place taken by a connection.
pub(super) struct ConnectionSlot {
    gate: Arc<Gate>,
    number: usize,
    address: Option<IpAddr>,
}

impl Gate {
    pub(super) fn enter(
        self: &Arc<Self>,
        conn: &Arc<Conn>,
        all: usize,
        per_address: usize,
    ) -> Result<ConnectionSlot, Refusal> {
        let mut open = lock(&self.open);
        if open.len() >= all {
            return Err(Refusal::InAll);
        }
        let address = (!conn.peer.is_loopback()).then(|| network(conn.peer));
        if let Some(address) = address {
            let mut addresses = lock(&self.addresses);
            let count = addresses.entry(address).or_default();
            if *count >= per_address {
                return Err(Refusal::ForAddress);
            }
            *count += 1;
        }
        let number = self.next.fetch_add(1, Relaxed);
        open.insert(number, conn.clone());
        Ok(ConnectionSlot { gate: self.clone(), number, address })
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

impl Drop for ConnectionSlot {
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

    fn enter(gate: &Arc<Gate>, address: &str) -> Result<ConnectionSlot, Refusal> {
        let conn = Arc::new(Conn::new(address.parse().expect("an address"), false));
        gate.enter(&conn, 5, 2)
    }

    #[test]
    fn one_address_has_its_places_and_gives_them_back() {
        let gate = Arc::new(Gate::default());
        let first = enter(&gate, "2001:db8::1");
        let _second = enter(&gate, "2001:db8::2");
        assert!(matches!(enter(&gate, "2001:db8::3"), Err(Refusal::ForAddress)), "the same /64");
        assert!(enter(&gate, "2001:db8:0:1::1").is_ok());
        drop(first);
        let _third = enter(&gate, "2001:db8::3");
        assert!(matches!(enter(&gate, "2001:db8::4"), Err(Refusal::ForAddress)));
        let _here: Vec<_> = (0..3).map(|_| enter(&gate, "127.0.0.1")).collect();
        assert!(matches!(enter(&gate, "127.0.0.1"), Err(Refusal::InAll)));
        assert_eq!(gate.count(), 5);
    }
}
