//! Request bodies: small ones in memory, larger ones in a file.

use std::fs::{DirBuilder, File};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::StatusCode;
use hyper::body::{Body as _, Incoming};
use tokio::time::{Instant, timeout_at};

use super::config::Config;
use super::limits::{Budget, Hold, Limits};

/// Bodies up to this stay in memory.
const IN_MEMORY: usize = 256 << 10;
/// A body so many times too large is still read to its end: a browser that has not sent everything reads no answer.
const PATIENCE: u64 = 4;

/// A spooled body; the file goes away with it, unless a handler has renamed it.
#[derive(Debug)]
pub(super) struct SpoolFile {
    pub(super) path: PathBuf,
    _hold: Hold,
}

impl Drop for SpoolFile {
    fn drop(&mut self) {
        if let Err(cause) = std::fs::remove_file(&self.path)
            && cause.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%cause, "a spooled body stays behind");
        }
    }
}

/// A body that has arrived.
pub(super) struct RequestBody {
    pub(super) bytes: Vec<u8>,
    pub(super) spooled: Option<SpoolFile>,
    pub(super) hold: Hold,
}

/// What bodies are bound by.
#[derive(Debug)]
pub(super) struct Bodies {
    pub(super) folder: PathBuf,
    largest: u64,
    larger: &'static [(&'static str, u64)],
    pub(super) memory: Arc<Budget>,
    pub(super) disk: Arc<Budget>,
    pub(super) files: Arc<Budget>,
    pub(super) time: Duration,
    pub(super) rate: u64,
    pub(super) next: AtomicU64,
}

impl Bodies {
    pub(super) fn new(config: &Config, limits: &Limits, memory: Arc<Budget>, files: Arc<Budget>) -> Self {
        Self {
            folder: config.spool.clone(),
            largest: config.max_body,
            larger: config.larger,
            memory,
            disk: Budget::new(limits.spooled),
            files,
            time: limits.body_time,
            rate: limits.body_rate.max(1),
            next: AtomicU64::new(0),
        }
    }

    /// Empties the folder of what an earlier run left.
    pub(super) fn clear(folder: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "body") {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Nothing, for a request without a body.
    pub(super) fn none(&self) -> RequestBody {
        RequestBody { bytes: Vec::new(), spooled: None, hold: self.memory.hold() }
    }

    /// The largest body that an address takes.
    pub(super) fn largest(&self, path: &str) -> u64 {
        self.larger.iter().find(|(known, _)| *known == path).map_or(self.largest, |(_, most)| self.largest.max(*most))
    }

    /// Reads a whole body within a size and its rate, or says which status refuses it. `patient` is for clients that
    /// would not hear a refusal before they have sent everything.
    pub(super) async fn collect(
        &self,
        mut body: Incoming,
        largest: u64,
        patient: bool,
    ) -> Result<RequestBody, StatusCode> {
        let mut collected = self.none();
        let told = body.size_hint().upper().unwrap_or(0);
        let most = if patient { largest.saturating_mul(PATIENCE) } else { largest };
        if told > most {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        collected.bytes.reserve_exact(usize::try_from(told.min(largest)).unwrap_or(0).min(IN_MEMORY));
        let began = Instant::now();
        let (mut size, mut file, mut open) = (0u64, None, self.files.hold());
        loop {
            let due = began + self.time + Duration::from_millis(size.saturating_mul(1000) / self.rate);
            let frame = match timeout_at(due, body.frame()).await {
                Ok(Some(Ok(frame))) => frame,
                Ok(Some(Err(_))) => return Err(StatusCode::BAD_REQUEST),
                Ok(None) => break,
                Err(_) => return Err(StatusCode::REQUEST_TIMEOUT),
            };
            let Ok(data) = frame.into_data() else { continue };
            size += u64::try_from(data.len()).unwrap_or(u64::MAX);
            if size > most {
                return Err(StatusCode::PAYLOAD_TOO_LARGE);
            }
            if size.max(told) > largest {
                collected = self.none();
                file = None;
                continue;
            }
            if collected.bytes.len() + data.len() > IN_MEMORY {
                if file.is_none() && !open.grow(1) {
                    return Err(StatusCode::SERVICE_UNAVAILABLE);
                }
                file = Some(self.spill(&mut collected, file.take()).await?);
            }
            if !collected.hold.grow(data.len()) {
                return Err(StatusCode::SERVICE_UNAVAILABLE);
            }
            collected.bytes.extend_from_slice(&data);
        }
        if size > largest {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        if file.is_some() {
            self.spill(&mut collected, file).await?;
        }
        Ok(collected)
    }

    /// Moves what is in memory to the end of the file.
    async fn spill(&self, collected: &mut RequestBody, file: Option<File>) -> Result<File, StatusCode> {
        let path = match &collected.spooled {
            Some(spooled) => spooled.path.clone(),
            None => {
                let number = self.next.fetch_add(1, Relaxed);
                let path = self.folder.join(format!("{number}.body"));
                collected.spooled = Some(SpoolFile { path: path.clone(), _hold: self.disk.hold() });
                path
            }
        };
        let bytes = std::mem::take(&mut collected.bytes);
        collected.hold = self.memory.hold();
        if let Some(spooled) = &mut collected.spooled
            && !spooled._hold.grow(bytes.len())
        {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        let written = tokio::task::spawn_blocking(move || -> io::Result<File> {
            let mut file = match file {
                Some(file) => file,
                None => File::create_new(path)?,
            };
            file.write_all(&bytes)?;
            Ok(file)
        });
        match written.await {
            Ok(Ok(file)) => Ok(file),
            Ok(Err(cause)) => {
                tracing::error!(%cause, "a body cannot be spooled");
                Err(StatusCode::INSUFFICIENT_STORAGE)
            }
            Err(_) => Err(StatusCode::SERVICE_UNAVAILABLE),
        }
    }
}
