//! The state that lives as long as the program, and the three ways to it: what everybody sees, a handler's turn outside a
//! transaction, and the whole, which no handler gets.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;

use crate::platform::db::readers::Readers;
use crate::platform::db::writer::{Outcome, Writer};
use crate::platform::db::{self, migrations};
use crate::platform::error::{Error, Result};
use crate::platform::jobs::{self, Bell};
use crate::platform::time::{Clock, Timestamp};
use crate::platform::web::live::Live;
use crate::platform::web::rate_limiter::RateLimiter;

/// What handlers, jobs and loops may know of the program: no connection among it.
pub struct Context {
    /// The data folder.
    pub data: PathBuf,
    /// The public address without a slash at its end, where it was given on the command line.
    pub public_url: Option<String>,
    /// A number of this start of the program: what an earlier start had claimed is free again.
    pub boot: i64,
    /// Set when the program ends: whoever waits for others waits no longer.
    pub ending: AtomicBool,
    pub clock: Clock,
    pub live: Arc<Live>,
    /// How often visitors may do what, and failed guesses by account and by address.
    pub rate_limiter: RateLimiter,
    /// The digest of the setup page's token, while the setup waits to be done.
    pub setup: Mutex<Option<Vec<u8>>>,
    /// Rung after a change that made work due.
    pub bell: Bell,
}

/// Everything that lives as long as the program. Only who stands outside every transaction may hold it: the answering, the
/// timers, the command line.
pub struct App {
    pub context: Arc<Context>,
    writer: Writer,
    readers: Readers,
    writer_thread: Mutex<Option<JoinHandle<()>>>,
}

impl Deref for App {
    type Target = Context;
    fn deref(&self) -> &Context {
        &self.context
    }
}

/// Work that takes long (a hash, a file, the network), and asks the file one question or one change at a time. Asking takes it
/// whole, so that inside a question or a change there is no way to another one; it can't be copied.
///
/// One after the other:
/// ```
/// fn in_turn(outside: &mut balcao::app::Outside) -> balcao::platform::error::Result<()> {
///     let seen = outside.read(|_| Ok(1))?;
///     outside.change(move |_| Ok(seen)).map(|_| ())
/// }
/// ```
/// A read inside a read does not compile:
/// ```compile_fail
/// fn nested(outside: &mut balcao::app::Outside) -> balcao::platform::error::Result<()> {
///     let seen = outside.read(|_| outside.read(|_| Ok(1)))?;
///     outside.change(move |_| Ok(seen)).map(|_| ())
/// }
/// ```
/// Neither does a change inside a change:
/// ```compile_fail
/// fn nested(outside: &mut balcao::app::Outside) -> balcao::platform::error::Result<()> {
///     let seen = outside.read(|_| Ok(1))?;
///     outside.change(move |_| outside.change(move |_| Ok(seen))).map(|_| ())
/// }
/// ```
pub struct Outside {
    pub context: Arc<Context>,
    app: Arc<App>,
}

impl Outside {
    /// The time.
    pub fn now(&self) -> Timestamp {
        self.context.clock.now()
    }

    /// Reads in one snapshot.
    pub fn read<T>(&mut self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.app.read(look)
    }

    /// The same on a connection of its own, for what takes seconds.
    pub fn read_apart<T>(&mut self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        Readers::new(&self.app.file()).read(look)
    }

    /// Changes in one transaction; answers when it is on disk.
    pub fn change<T: Send + 'static>(
        &mut self,
        change: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.app.change(change)
    }

    /// Goes on in a thread of its own, with a turn of its own.
    ///
    /// # Errors
    /// The system gives no more threads.
    pub fn spawn(&self, name: &str, work: impl FnOnce(&mut Self) + Send + 'static) -> Result<()> {
        let mut turn = self.app.outside();
        std::thread::Builder::new().name(name.to_owned()).spawn(move || work(&mut turn))?;
        Ok(())
    }
}

impl App {
    /// Opens (or makes) the data file in a folder and starts the writer.
    ///
    /// # Errors
    /// One sentence for a person: a newer file, a broken one, a folder that can't be written.
    pub fn open(data: &Path, clock: Clock) -> Result<Arc<Self>, String> {
        let path = data.join(db::FILE);
        let conn = db::open_writer(&path)
            .map_err(|error| format!("the data file {} can't be opened: {error}", path.display()))?;
        migrations::migrate(&conn, &path).map_err(|refused| refused.to_string())?;
        let live = Arc::new(Live::default());
        let (writer, thread) = Writer::start(conn, Arc::clone(&live)).map_err(|error| error.to_string())?;
        let context = Arc::new(Context {
            data: data.to_owned(),
            public_url: None,
            boot: boot().map_err(|error| error.to_string())?,
            ending: AtomicBool::new(false),
            clock,
            live,
            rate_limiter: RateLimiter::default(),
            setup: Mutex::new(None),
            bell: Bell::default(),
        });
        Ok(Arc::new(Self { context, writer, readers: Readers::new(&path), writer_thread: Mutex::new(Some(thread)) }))
    }

    /// The same with the public address of the command line; only before the application is shared.
    #[must_use]
    pub fn with_public_url(mut self: Arc<Self>, url: Option<String>) -> Arc<Self> {
        if let Some(context) = Arc::get_mut(&mut self).and_then(|app| Arc::get_mut(&mut app.context)) {
            context.public_url = url.map(|url| url.trim_end_matches('/').to_owned());
        }
        self
    }

    /// Lets the writer finish what is queued and fold the WAL in.
    pub fn stop(&self) {
        self.writer.stop();
        let thread = self.writer_thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("the writer ended with a panic");
        }
    }

    /// A turn for work outside a transaction.
    pub fn outside(self: &Arc<Self>) -> Outside {
        Outside { context: Arc::clone(&self.context), app: Arc::clone(self) }
    }

    /// The data file.
    pub fn file(&self) -> PathBuf {
        self.data.join(db::FILE)
    }

    /// Reads in one snapshot.
    pub fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.readers.read(look)
    }

    /// Changes in one transaction; answers when it is on disk.
    pub fn change<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.decide(move |conn| match change(conn) {
            Ok(value) => (Outcome::Keep, Ok(value)),
            Err(error) => (Outcome::Undo, Err(error)),
        })?
    }

    /// Hands a change to the writer, and rings for the loops where it made work due.
    ///
    /// # Errors
    /// `Busy` where too many wait, `Internal` where the commit failed.
    pub fn decide<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> (Outcome, T) + Send + 'static,
    ) -> Result<T> {
        let (due, value) = self.writer.decide(move |conn| {
            let (outcome, value) = change(conn);
            (outcome, (jobs::take_scheduled(), value))
        })?;
        if due {
            self.bell.ring();
        }
        Ok(value)
    }
}

/// Random: two starts do not share it.
fn boot() -> Result<i64> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(i64::from_le_bytes(bytes) & i64::MAX)
}
