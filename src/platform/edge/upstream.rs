//! The connections to the application: opened one at a time, each proved, kept and used again.

use std::cell::RefCell;
use std::io::{self, ErrorKind, IoSlice};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::UnixStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::limits::{Limits, lock};
use super::spool::SpoolFile;
use super::wire;
use crate::platform::web::inner;

/// How long a new connection may take to prove itself.
const PROOF_TIME: Duration = Duration::from_secs(5);

thread_local! {
    /// Where answers are read before they get memory of their exact size.
    static SCRATCH: RefCell<Vec<u8>> = RefCell::new(vec![0; 128 << 10]);
}

/// The pool of connections.
#[derive(Debug)]
pub(super) struct Upstream {
    socket: PathBuf,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<UnixStream>>,
    opening: tokio::sync::Mutex<()>,
    waiting: AtomicUsize,
    longest_line: usize,
    answer_time: Duration,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// Everything is busy; try again.
    Busy,
    /// The application took too long.
    Late,
    /// The connection broke or said nonsense.
    Broken(io::Error),
}

impl From<io::Error> for Failure {
    fn from(cause: io::Error) -> Self {
        Self::Broken(cause)
    }
}

/// One request ready to go, with the file that must outlive the exchange.
pub(super) struct Outbound {
    pub(super) head: Vec<u8>,
    pub(super) body: Vec<u8>,
    pub(super) bodiless: bool,
    pub(super) _spooled: Option<SpoolFile>,
}

/// An answer as it was read, and the length of its head.
pub(super) struct Inbound {
    pub(super) bytes: Vec<u8>,
    pub(super) head: usize,
}

impl Upstream {
    pub(super) fn new(socket: PathBuf, limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            socket,
            places: Arc::new(Semaphore::new(limits.upstream)),
            idle: Mutex::default(),
            opening: tokio::sync::Mutex::default(),
            waiting: AtomicUsize::new(0),
            longest_line: limits.waiting,
            answer_time: limits.answer_time,
        })
    }

    /// Sends a request and waits for the whole answer. A caller that goes away leaves the exchange to finish by itself.
    pub(super) async fn ask(self: &Arc<Self>, outbound: Outbound) -> Result<Inbound, Failure> {
        let place = self.place().await?;
        let kept = lock(&self.idle).pop();
        let stream = match kept {
            Some(stream) => stream,
            None => self.open().await?,
        };
        let mut exchange =
            Exchange { pool: self.clone(), stream: Some(stream), place: Some(place), outbound, talk: Talk::default() };
        match timeout(self.answer_time, exchange.run()).await {
            Ok(Ok(inbound)) => {
                exchange.keep();
                Ok(inbound)
            }
            Ok(Err(cause)) => {
                drop(exchange.stream.take());
                Err(Failure::Broken(cause))
            }
            Err(_) => {
                drop(exchange.stream.take());
                Err(Failure::Late)
            }
        }
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Failure> {
        if let Ok(place) = self.places.clone().try_acquire_owned() {
            return Ok(place);
        }
        if self.waiting.fetch_add(1, Relaxed) >= self.longest_line {
            self.waiting.fetch_sub(1, Relaxed);
            return Err(Failure::Busy);
        }
        let _leaves_the_line = Waiter(&self.waiting);
        match timeout(self.answer_time, self.places.clone().acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(Failure::Busy),
        }
    }

    /// tiny_http may strand a connection that comes while another is being taken, so one at a time, each with a proof.
    async fn open(&self) -> Result<UnixStream, Failure> {
        let _alone = self.opening.lock().await;
        if let Some(stream) = lock(&self.idle).pop() {
            return Ok(stream);
        }
        for _ in 0..3 {
            let stream = UnixStream::connect(&self.socket).await?;
            if let Ok(Ok(())) = timeout(PROOF_TIME, prove(&stream)).await {
                return Ok(stream);
            }
        }
        Err(Failure::Broken(io::Error::new(ErrorKind::TimedOut, "the inner server takes no connection")))
    }
}

/// One who waits, counted until it no longer does.
struct Waiter<'a>(&'a AtomicUsize);

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

async fn prove(stream: &UnixStream) -> io::Result<()> {
    let question = format!("GET {} HTTP/1.1\r\nhost: edge\r\n\r\n", inner::READY);
    let mut talk = Talk::default();
    talk.send(stream, question.as_bytes(), b"").await?;
    talk.receive(stream, false).await.map(drop)
}

/// One exchange on one connection. Dropped half-way (the client left), it goes on in a task of its own,
/// or the connection would be out of step.
struct Exchange {
    pool: Arc<Upstream>,
    stream: Option<UnixStream>,
    place: Option<OwnedSemaphorePermit>,
    outbound: Outbound,
    talk: Talk,
}

impl Exchange {
    async fn run(&mut self) -> io::Result<Inbound> {
        let stream = self.stream.as_ref().ok_or(ErrorKind::NotConnected)?;
        self.talk.send(stream, &self.outbound.head, &self.outbound.body).await?;
        self.talk.receive(stream, self.outbound.bodiless).await
    }

    fn keep(&mut self) {
        if let Some(stream) = self.stream.take() {
            lock(&self.pool.idle).push(stream);
        }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let (Some(stream), Ok(runtime)) = (self.stream.take(), tokio::runtime::Handle::try_current()) else { return };
        let empty = Outbound { head: Vec::new(), body: Vec::new(), bodiless: false, _spooled: None };
        let mut rest = Exchange {
            pool: self.pool.clone(),
            stream: Some(stream),
            place: self.place.take(),
            outbound: std::mem::replace(&mut self.outbound, empty),
            talk: std::mem::take(&mut self.talk),
        };
        runtime.spawn(async move {
            let time = rest.pool.answer_time;
            match timeout(time, rest.run()).await {
                Ok(Ok(_)) => rest.keep(),
                Ok(Err(_)) | Err(_) => drop(rest.stream.take()),
            }
        });
    }
}

/// How far an exchange has come; every step can be left and taken up again.
#[derive(Default)]
struct Talk {
    sent: usize,
    got: Vec<u8>,
    measure: Option<(usize, usize)>,
}

impl Talk {
    async fn send(&mut self, stream: &UnixStream, head: &[u8], body: &[u8]) -> io::Result<()> {
        while self.sent < head.len() + body.len() {
            let parts = [
                IoSlice::new(head.get(self.sent..).unwrap_or_default()),
                IoSlice::new(body.get(self.sent.saturating_sub(head.len())..).unwrap_or_default()),
            ];
            match stream.try_write_vectored(&parts) {
                Ok(count) => self.sent += count,
                Err(cause) if cause.kind() == ErrorKind::WouldBlock => stream.writable().await?,
                Err(cause) => return Err(cause),
            }
        }
        Ok(())
    }

    async fn receive(&mut self, stream: &UnixStream, bodiless: bool) -> io::Result<Inbound> {
        loop {
            stream.readable().await?;
            let whole = SCRATCH.with_borrow_mut(|scratch| match stream.try_read(scratch) {
                Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => self.absorb(scratch.get(..count).unwrap_or_default(), bodiless),
                Err(cause) if cause.kind() == ErrorKind::WouldBlock => Ok(None),
                Err(cause) => Err(cause),
            })?;
            if let Some(inbound) = whole {
                return Ok(inbound);
            }
        }
    }

    /// Takes what was read; the whole answer once it is there.
    fn absorb(&mut self, bytes: &[u8], bodiless: bool) -> io::Result<Option<Inbound>> {
        if self.measure.is_none() && self.got.is_empty() {
            self.measure = wire::measure(bytes, bodiless).map_err(garbled)?;
        }
        if let Some((head, body)) = self.measure {
            self.got.reserve_exact((head + body).saturating_sub(self.got.len()));
        }
        self.got.extend_from_slice(bytes);
        if self.measure.is_none() {
            self.measure = wire::measure(&self.got, bodiless).map_err(garbled)?;
        }
        match self.measure {
            Some((head, body)) if self.got.len() == head + body => {
                Ok(Some(Inbound { bytes: std::mem::take(&mut self.got), head }))
            }
            Some((head, body)) if self.got.len() > head + body => Err(garbled(wire::BadAnswer)),
            Some(_) | None => Ok(None),
        }
    }
}

fn garbled(_: wire::BadAnswer) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "no answer that HTTP knows")
}
