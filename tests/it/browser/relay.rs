//! A wire between a browser and the server that keeps every byte the server sends, to look for what must not be there.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// The relay; its port stands for the server's.
pub struct Relay {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Vec<u8>>>>,
    ended: Arc<AtomicBool>,
}

impl Relay {
    /// Passes everything on to `server`, e.g. `127.0.0.1:4000`. Compression is declined on the way, so that what was
    /// received can be read.
    pub fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let relay = Self {
            address: listener.local_addr().unwrap(),
            received: Arc::default(),
            ended: Arc::new(AtomicBool::new(false)),
        };
        let (received, ended) = (Arc::clone(&relay.received), Arc::clone(&relay.ended));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let received = Arc::clone(&received);
                thread::spawn(move || pass(client, server, &received));
            }
        });
        relay
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that the server sent through here so far, one connection after the other.
    pub fn received(&self) -> Vec<u8> {
        self.received.lock().unwrap().concat()
    }

    /// How often a text stands in what was received.
    pub fn count(&self, text: &str) -> usize {
        let received = self.received();
        received.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        let _wakes_the_listener = TcpStream::connect(self.address);
    }
}

fn pass(client: TcpStream, server: SocketAddr, received: &Arc<Mutex<Vec<Vec<u8>>>>) -> Option<()> {
    let upstream = TcpStream::connect(server).ok()?;
    let (client_in, upstream_out) = (client.try_clone().ok()?, upstream.try_clone().ok()?);
    thread::spawn(move || up(client_in, upstream_out));
    let place = {
        let mut all = received.lock().unwrap();
        all.push(Vec::new());
        all.len() - 1
    };
    let (mut from, mut to) = (upstream, client);
    let mut buffer = [0; 16384];
    loop {
        let read = from.read(&mut buffer).unwrap_or(0);
        if read == 0 {
            let _closed = to.shutdown(Shutdown::Both);
            return None;
        }
        received.lock().unwrap()[place].extend_from_slice(&buffer[..read]);
        if to.write_all(&buffer[..read]).is_err() {
            let _closed = from.shutdown(Shutdown::Both);
            return None;
        }
    }
}

/// The requests' way, with `Accept-Encoding` renamed to a header that means nothing. Browsers write a request's head in
/// one piece; the test checks that nothing came compressed all the same.
fn up(mut from: TcpStream, mut to: TcpStream) {
    let mut buffer = [0; 16384];
    loop {
        let read = from.read(&mut buffer).unwrap_or(0);
        if read == 0 {
            let _closed = to.shutdown(Shutdown::Write);
            return;
        }
        let chunk = &mut buffer[..read];
        let name = b"accept-encoding:";
        let mut place = 0;
        while let Some(found) = chunk[place..].windows(name.len()).position(|seen| seen.eq_ignore_ascii_case(name)) {
            chunk[place + found..place + found + name.len()].copy_from_slice(b"x-no-compression");
            chunk[place + found + name.len() - 1] = b':';
            place += found + name.len();
        }
        if to.write_all(chunk).is_err() {
            let _closed = from.shutdown(Shutdown::Both);
            return;
        }
    }
}
