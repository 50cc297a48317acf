//! A client's connection: its socket, and what the watchdog knows of it.

use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;

use super::limits::{Limits, millis, now};

/// One client's connection as the watchdog sees it.
#[derive(Debug)]
pub(super) struct Conn {
    pub(super) peer: IpAddr,
    pub(super) secure: bool,
    /// Name that the client asked for in the TLS handshake.
    pub(super) name: OnceLock<String>,
    h2: AtomicBool,
    /// Since when the head of a request is arriving; 0 for not.
    head: AtomicU64,
    /// The last end of an exchange or write that went on.
    progress: AtomicU64,
    /// Since when the socket takes nothing; 0 for not.
    blocked: AtomicU64,
    active: AtomicUsize,
    held: AtomicUsize,
    abort: OnceLock<AbortHandle>,
}

impl Conn {
    pub(super) fn new(peer: IpAddr, secure: bool) -> Self {
        Self {
            peer,
            secure,
            name: OnceLock::new(),
            h2: AtomicBool::new(false),
            head: AtomicU64::new(now()),
            progress: AtomicU64::new(now()),
            blocked: AtomicU64::new(0),
            active: AtomicUsize::new(0),
            held: AtomicUsize::new(0),
            abort: OnceLock::new(),
        }
    }

    pub(super) fn abort_with(&self, handle: AbortHandle) {
        let _only_once = self.abort.set(handle);
    }

    /// HTTP/2 bounds the times of heads by itself and is idle between pings.
    pub(super) fn speaks_h2(&self) {
        self.h2.store(true, Relaxed);
        self.head.store(0, Relaxed);
    }

    pub(super) fn is_h2(&self) -> bool {
        self.h2.load(Relaxed)
    }

    /// Ends the connection's task, and with it the connection.
    pub(super) fn cut(&self) {
        if let Some(handle) = self.abort.get() {
            handle.abort();
        }
    }

    /// Bytes were handed to hyper …
    pub(super) fn holds(&self, size: usize) {
        if self.held.fetch_add(size, Relaxed) == 0 {
            self.progress.store(now(), Relaxed);
        }
    }

    /// … and hyper is done with them.
    pub(super) fn released(&self, size: usize) {
        self.held.fetch_sub(size, Relaxed);
        self.progress.store(now(), Relaxed);
    }

    /// Whether nothing is asked, nothing is answered and nothing waits to be taken.
    pub(super) fn is_idle(&self) -> bool {
        self.active.load(Relaxed) == 0 && self.blocked.load(Relaxed) == 0 && self.held.load(Relaxed) == 0
    }

    /// What the watchdog holds against this connection.
    pub(super) fn fault(&self, limits: &Limits, now: u64) -> Option<&'static str> {
        let since = |then: &AtomicU64| now.saturating_sub(then.load(Relaxed));
        let (blocked, held) = (self.blocked.load(Relaxed) != 0, self.held.load(Relaxed) > 0);
        if blocked && since(&self.blocked) > millis(limits.write_time) {
            return Some("the client reads nothing");
        }
        if held && since(&self.progress) > millis(limits.write_time) {
            return Some("an answer is not taken");
        }
        if !self.is_idle() {
            return None;
        }
        if self.head.load(Relaxed) != 0 {
            return (since(&self.head) > millis(limits.head_time)).then_some("the head of a request took too long");
        }
        (since(&self.progress) > millis(limits.idle_time)).then_some("idle")
    }
}

/// An exchange in progress; the connection is not idle as long as it lives.
#[derive(Debug)]
pub(super) struct ActiveExchange(Arc<Conn>);

impl ActiveExchange {
    pub(super) fn new(conn: &Arc<Conn>) -> Self {
        conn.active.fetch_add(1, Relaxed);
        conn.head.store(0, Relaxed);
        Self(conn.clone())
    }
}

impl Drop for ActiveExchange {
    fn drop(&mut self) {
        self.0.active.fetch_sub(1, Relaxed);
        self.0.progress.store(now(), Relaxed);
    }
}

/// The client's socket, which notes when bytes come and when they stop going.
pub(super) struct Socket {
    inner: TcpStream,
    conn: Arc<Conn>,
}

impl Socket {
    pub(super) fn new(inner: TcpStream, conn: Arc<Conn>) -> Self {
        Self { inner, conn }
    }

    fn note(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            if self.conn.blocked.swap(0, Relaxed) != 0 || self.conn.held.load(Relaxed) > 0 {
                self.conn.progress.store(now(), Relaxed);
            }
        } else if self.conn.blocked.load(Relaxed) == 0 {
            self.conn.blocked.store(now(), Relaxed);
        }
        written
    }
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.inner).poll_read(cx, buf);
        let conn = &self.conn;
        if buf.filled().len() > before
            && conn.active.load(Relaxed) == 0
            && !conn.is_h2()
            && conn.head.load(Relaxed) == 0
        {
            conn.head.store(now(), Relaxed);
        }
        read
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(cx, buf);
        self.note(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(cx, bufs);
        self.note(written)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
