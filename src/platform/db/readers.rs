//! The connections that read: a few for everybody, for each keeps the schema, its statements and a cache in memory.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::platform::db;
use crate::platform::error::Result;

/// A connection that rests so long is closed, but for the last one.
const REST: Duration = Duration::from_secs(5);

/// The connections, the last used on top: a quiet hour is read by the same one.
pub struct Readers {
    path: PathBuf,
    most: usize,
    state: Mutex<ReadersState>,
    given_back: Condvar,
}

#[derive(Default)]
struct ReadersState {
    resting: Vec<(Instant, Connection)>,
    open: usize,
}

impl Readers {
    /// For a file: as many at once as the machine can well use.
    pub fn new(path: &Path) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            path: path.to_owned(),
            most: (2 * cores).clamp(4, 16),
            state: Mutex::default(),
            given_back: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, ReadersState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads in one snapshot; waits where all connections are in use. Whoever reads must not ask for another one meanwhile.
    ///
    /// # Errors
    /// The file can't be opened, or what the look comes to.
    pub fn read<T>(&self, look: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut loan = Loan { readers: self, conn: None, whole: false };
        let conn = match self.take() {
            Some(conn) => conn,
            None => db::open_reader(&self.path)?,
        };
        let conn = loan.conn.insert(conn);
        db::exec(conn, "BEGIN", [])?;
        let result = look(conn);
        db::exec(conn, "COMMIT", [])?;
        loan.whole = true;
        result
    }

    /// A connection that rests, or the right to open one.
    fn take(&self) -> Option<Connection> {
        let mut state = self
            .given_back
            .wait_while(self.lock(), |state| state.resting.is_empty() && state.open >= self.most)
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((_, conn)) = state.resting.pop() {
            return Some(conn);
        }
        state.open += 1;
        None
    }
}

/// A connection that is out; it comes back when this ends, unless something went wrong with it.
struct Loan<'a> {
    readers: &'a Readers,
    conn: Option<Connection>,
    whole: bool,
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        let now = Instant::now();
        let mut state = self.readers.lock();
        let mut closed = None;
        match self.conn.take().filter(|_| self.whole) {
            Some(conn) => {
                state.resting.push((now, conn));
                if state.resting.len() > 1 && now.duration_since(state.resting[0].0) > REST {
                    closed = Some(state.resting.remove(0));
                    state.open -= 1;
                }
            }
            None => state.open -= 1,
        }
        drop(state);
        self.readers.given_back.notify_one();
        drop(closed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::error::Error;

    #[test]
    fn a_few_serve_many_and_what_goes_wrong_costs_nobody_a_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        db::open_writer(&path).expect("a file");
        let readers = Readers::new(&path);
        let busy = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for number in 0..40 {
                let (readers, busy) = (&readers, &busy);
                scope.spawn(move || {
                    for turn in 0..50 {
                        let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                            readers.read(|conn| {
                                let at_once = busy.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                                assert!(at_once < readers.most);
                                let one: i64 = db::one(conn, "SELECT 1", [], |row| row.get(0))?;
                                busy.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                                assert!(!(number == 7 && turn % 10 == 3), "on purpose");
                                if turn % 7 == 0 { Err(Error::NotFound) } else { Ok(one) }
                            })
                        }));
                        match looked {
                            Ok(found) => assert_eq!(found.is_ok(), turn % 7 != 0),
                            Err(_) => assert_eq!(number, 7),
                        }
                    }
                });
            }
        });
        let state = readers.lock();
        assert!(state.open == state.resting.len() && state.open <= readers.most && state.open > 0);
    }
}
