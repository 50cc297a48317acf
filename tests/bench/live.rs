//! Agents on event streams: who got which message, and when.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::sync::watch;

/// Streams in a thread of their own.
pub struct Agents {
    /// Message id → when each stream saw it.
    seen: Arc<Mutex<HashMap<i64, Vec<Instant>>>>,
    stop: watch::Sender<bool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Agents {
    /// Connects so many streams and waits until all of them are answered.
    pub fn connect(address: SocketAddr, count: usize) -> Self {
        let seen = Arc::new(Mutex::new(HashMap::new()));
        let (stop, stopped) = watch::channel(false);
        let (ready, waits) = std::sync::mpsc::channel();
        let shared = Arc::clone(&seen);
        let thread = std::thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let tasks: Vec<_> = (0..count)
                    .map(|_| tokio::spawn(follow(address, Arc::clone(&shared), stopped.clone(), ready.clone())))
                    .collect();
                for task in tasks {
                    task.await.expect("a stream");
                }
            });
        });
        for _ in 0..count {
            waits.recv_timeout(std::time::Duration::from_secs(20)).expect("an answered stream");
        }
        Self { seen, stop, thread: Some(thread) }
    }

    /// Takes what was seen so far.
    pub fn take(&self) -> HashMap<i64, Vec<Instant>> {
        std::mem::take(&mut self.seen.lock().expect("a lock"))
    }

    /// How many deliveries were seen.
    pub fn count(&self) -> usize {
        self.seen.lock().expect("a lock").values().map(Vec::len).sum()
    }
}

impl Drop for Agents {
    fn drop(&mut self) {
        // Nobody listens any more where every stream has ended.
        let _ended = self.stop.send(true);
        let ended = self.thread.take().map(std::thread::JoinHandle::join);
        // What has failed already is told; a second failure would end the whole run.
        assert!(std::thread::panicking() || !matches!(ended, Some(Err(_))), "a stream failed");
    }
}

async fn follow(
    address: SocketAddr,
    seen: Arc<Mutex<HashMap<i64, Vec<Instant>>>>,
    mut stopped: watch::Receiver<bool>,
    ready: std::sync::mpsc::Sender<()>,
) {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("no delay");
    stream.write_all(&crate::client::get("/events", "")).await.expect("a request");
    let mut text = Vec::new();
    let mut block = vec![0; 16 << 10];
    let mut answered = false;
    loop {
        let read = tokio::select! {
            read = stream.read(&mut block) => read.expect("bytes"),
            _ = stopped.changed() => return,
        };
        assert!(read > 0, "a stream was cut");
        let now = Instant::now();
        text.extend_from_slice(&block[..read]);
        if !answered && text.windows(4).any(|four| four == b"\r\n\r\n") {
            answered = true;
            ready.send(()).expect("a waiting bench");
        }
        let Some(end) = text.windows(2).rposition(|two| two == b"\n\n") else { continue };
        let whole: Vec<u8> = text.drain(..end + 2).collect();
        let whole = String::from_utf8_lossy(&whole).into_owned();
        let mut seen = seen.lock().expect("a lock");
        for frame in whole.split("\n\n").filter(|frame| frame.contains("event: message")) {
            let id = frame
                .split("\"message\":")
                .nth(1)
                .and_then(|rest| rest.split([',', '}']).next())
                .and_then(|id| id.parse().ok());
            seen.entry(id.expect("a message")).or_default().push(now);
        }
    }
}
