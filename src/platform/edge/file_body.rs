//! A file on its way to a client, piece by piece.

use std::fs::File;
use std::future::Future as _;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::body::Bytes;
use tokio::task::{JoinHandle, spawn_blocking};

use super::gate::watched;
use super::limits::{Budget, Hold};
use super::socket::Conn;

/// Read at once.
const PIECE: u64 = 64 << 10;

/// A file on its way: the next piece is read in a thread made for blocking.
pub(super) struct FileBody {
    file: Arc<File>,
    at: u64,
    rest: u64,
    reading: Option<JoinHandle<io::Result<Vec<u8>>>>,
    conn: Arc<Conn>,
    budget: Arc<Budget>,
    _place: Hold,
}

impl FileBody {
    /// `rest` bytes from `at` on; `place` is the descriptor's own in the budget of open files.
    pub(super) fn new(file: File, at: u64, rest: u64, conn: Arc<Conn>, budget: Arc<Budget>, place: Hold) -> Self {
        Self { file: Arc::new(file), at, rest, reading: None, conn, budget, _place: place }
    }

    pub(super) fn rest(&self) -> u64 {
        self.rest
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.rest == 0 {
            return Poll::Ready(None);
        }
        let (file, at, size) = (self.file.clone(), self.at, self.rest.min(PIECE));
        let reading = self.reading.get_or_insert_with(|| spawn_blocking(move || piece(&file, at, size)));
        let read = std::task::ready!(Pin::new(reading).poll(cx));
        self.reading = None;
        let bytes = match read {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(cause)) => return Poll::Ready(Some(Err(cause))),
            Err(cause) => return Poll::Ready(Some(Err(io::Error::other(cause)))),
        };
        let count = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.at += count;
        self.rest = self.rest.saturating_sub(count);
        let bytes = watched(bytes, &self.conn, &self.budget);
        Poll::Ready(Some(bytes.ok_or_else(|| io::Error::from(io::ErrorKind::OutOfMemory))))
    }
}

fn piece(file: &File, at: u64, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(size).unwrap_or(0)];
    file.read_exact_at(&mut bytes, at)?;
    Ok(bytes)
}
