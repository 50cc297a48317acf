//! The one writer: takes changes from every thread, commits what is queued together, answers after it is on disk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::platform::db;
use crate::platform::error::{Error, Result};
use crate::platform::web::live::{Event, Live};

/// At most so many changes in one transaction …
const GROUP: usize = 256;
/// … and at most so long before it is committed.
const GROUP_TIME: Duration = Duration::from_millis(5);
/// Changes that may wait; one more is refused with 503.
const QUEUE: usize = 2048;
/// After so long without a change the WAL is folded back into the file.
const IDLE: Duration = Duration::from_secs(20);

/// What a change says of itself: keep it or undo it. Its answer is told only after the commit.
pub enum Outcome {
    Keep,
    Undo,
}

/// One change: runs in its own savepoint on the writer's connection.
type Change = Box<dyn FnOnce(&Connection) -> Outcome + Send>;
/// Told once the group's fate is known: None is a commit on disk, Some the reason why not.
type Receipt = Box<dyn FnOnce(Option<&str>) + Send>;

enum Task {
    Change(Change, Receipt),
    /// Finish what is queued, checkpoint, end.
    Stop,
}

/// The hand of the writer: cheap to share.
#[derive(Clone)]
pub struct Writer {
    queue: SyncSender<Task>,
}

impl Writer {
    /// Starts the thread on an open connection. It ends after `stop`, with the WAL folded in.
    pub fn start(conn: Connection, live: Arc<Live>) -> Result<(Self, JoinHandle<()>)> {
        let (queue, tasks) = sync_channel(QUEUE);
        let mut last_event = newest_event(&conn)?;
        let thread = std::thread::Builder::new().name("writer".to_owned()).spawn(move || {
            run(&conn, &tasks, &live, &mut last_event);
        })?;
        Ok((Self { queue }, thread))
    }

    /// Runs a change that decides itself whether it is kept, and waits until that is on disk.
    ///
    /// # Errors
    /// `Busy` where the queue is full, `Internal` where the commit failed (nothing is stored then) or the writer is gone.
    pub fn decide<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Connection) -> (Outcome, T) + Send + 'static,
    ) -> Result<T> {
        let (send, receive) = sync_channel::<Result<T>>(1);
        let slot = Arc::new(std::sync::Mutex::new(None));
        let filled = Arc::clone(&slot);
        let run: Change = Box::new(move |conn| {
            let (outcome, value) = change(conn);
            *filled.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(value);
            outcome
        });
        let done: Receipt = Box::new(move |failure| {
            let value = slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
            let answer = match (failure, value) {
                (None, Some(value)) => Ok(value),
                (Some(reason), _) => Err(Error::Internal(reason.to_owned())),
                (None, None) => Err(Error::Internal("the change panicked".to_owned())),
            };
            // The asker may have gone; then nobody needs the answer.
            let _gone = send.send(answer);
        });
        match self.queue.try_send(Task::Change(run, done)) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(Error::Busy),
            Err(TrySendError::Disconnected(_)) => return Err(Error::Internal("the writer has ended".to_owned())),
        }
        receive.recv().map_err(|_| Error::Internal("the writer has ended".to_owned()))?
    }

    /// Lets the thread end after what is queued.
    pub fn stop(&self) {
        // A writer that has already ended needs no second word.
        let _ended = self.queue.send(Task::Stop);
    }
}

fn newest_event(conn: &Connection) -> Result<i64> {
    db::one(conn, "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0)", [], |row| row.get(0))
}

fn run(conn: &Connection, tasks: &Receiver<Task>, live: &Live, last_event: &mut i64) {
    let mut dirty = false;
    loop {
        let first = match tasks.recv_timeout(IDLE) {
            Ok(Task::Change(change, done)) => (change, done),
            Ok(Task::Stop) | Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                if dirty {
                    checkpoint(conn);
                    dirty = false;
                }
                continue;
            }
        };
        dirty = true;
        let (done, failure, stop) = group(conn, tasks, first);
        // Read before the answers go out, so that an event is never newer than what a page can see.
        let events = if failure.is_none() { take_events(conn, last_event) } else { Vec::new() };
        for tell in done {
            tell(failure.as_deref());
        }
        live.publish(&events);
        if stop {
            break;
        }
    }
    checkpoint(conn);
}

/// Runs the first change and whatever is queued behind it in one transaction. Answers whom to tell, and what failed.
fn group(conn: &Connection, tasks: &Receiver<Task>, first: (Change, Receipt)) -> (Vec<Receipt>, Option<String>, bool) {
    let mut done = Vec::new();
    if let Err(error) = conn.execute_batch("BEGIN IMMEDIATE") {
        return (vec![first.1], Some(format!("database: {error}")), false);
    }
    let began = Instant::now();
    let mut stop = false;
    let mut failure = None;
    let mut next = Some(first);
    while let Some((change, tell)) = next.take() {
        done.push(tell);
        if let Err(error) = savepoint(conn, change) {
            failure = Some(error);
            break;
        }
        if done.len() >= GROUP || began.elapsed() >= GROUP_TIME {
            break;
        }
        match tasks.try_recv() {
            Ok(Task::Change(change, tell)) => next = Some((change, tell)),
            Ok(Task::Stop) => stop = true,
            Err(_) => {}
        }
    }
    if failure.is_none() {
        failure = conn
            .prepare_cached("COMMIT")
            .and_then(|mut commit| commit.execute([]))
            .err()
            .map(|error| format!("database: {error}"));
    }
    if let Some(reason) = &failure {
        tracing::error!("a group of {} changes was not stored: {reason}", done.len());
        if !conn.is_autocommit()
            && let Err(error) = conn.execute_batch("ROLLBACK")
        {
            tracing::error!("rolling back failed: {error}");
        }
    }
    (done, failure, stop)
}

/// Err only where the transaction itself is broken; a change that panics or says so is undone alone.
fn savepoint(conn: &Connection, change: Change) -> Result<(), String> {
    let broken = |error: rusqlite::Error| format!("database: {error}");
    let command = |sql: &str| conn.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map_err(broken);
    command("SAVEPOINT change")?;
    let kept = matches!(catch_unwind(AssertUnwindSafe(|| change(conn))), Ok(Outcome::Keep));
    if conn.is_autocommit() {
        return Err("database: the transaction was rolled back (disk full or input/output error)".to_owned());
    }
    if !kept {
        command("ROLLBACK TO change")?;
    }
    command("RELEASE change")?;
    Ok(())
}

/// Rolled-back events give their ids back, so the sequence only ever grows by what was committed.
fn take_events(conn: &Connection, last: &mut i64) -> Vec<Event> {
    let found = db::all(conn, "SELECT id, topics, name, data FROM event WHERE id > ? ORDER BY id", [*last], |row| {
        let (id, topics, name, data): (i64, String, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Event::new(id, &topics, &name, &data))
    });
    match found {
        Ok(events) => {
            if let Some(newest) = events.last() {
                *last = newest.id;
            }
            events
        }
        Err(error) => {
            // Streams catch up from the table later; what was acknowledged is safe.
            tracing::error!("events could not be read back: {error}");
            Vec::new()
        }
    }
}

fn checkpoint(conn: &Connection) {
    if let Err(error) = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        tracing::warn!("the checkpoint has to wait: {error}");
    }
}
