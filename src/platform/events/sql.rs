//! Queries on events.

use rusqlite::Connection;

use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{DAY, Timestamp};
use crate::platform::web::live::Event;

/// How long events are kept for catching up.
const KEPT: i64 = DAY;
/// A stream that missed more than this reloads its page instead.
const CATCH_UP: usize = 500;

/// Writes one event; `topics` are separated by spaces, `data` is one line of JSON.
pub fn tell(conn: &Connection, topics: &str, name: &str, data: &str, now: Timestamp) -> Result<()> {
    db::exec(conn, "INSERT INTO event (topics, name, data, at) VALUES (?, ?, ?, ?)", (topics, name, data, now))?;
    Ok(())
}

/// The newest event's id; 0 before the first.
pub fn newest(conn: &Connection) -> Result<i64> {
    db::one(conn, "SELECT coalesce(max(id), 0) FROM event", [], |row| row.get(0))
}

/// The oldest event's id that is still kept.
pub fn oldest(conn: &Connection) -> Result<i64> {
    db::one(conn, "SELECT coalesce(min(id), 0) FROM event", [], |row| row.get(0))
}

/// What these topics missed after an event, or None where it is too much or too long ago to tell.
pub fn missed(conn: &Connection, after: i64, topics: &[String]) -> Result<Option<Vec<Event>>> {
    if after + 1 < oldest(conn)? {
        return Ok(None);
    }
    let limit = i64::try_from(CATCH_UP * 20).unwrap_or(i64::MAX);
    let rows = db::all(
        conn,
        "SELECT id, topics, name, data FROM event WHERE id > ? ORDER BY id LIMIT ?",
        (after, limit + 1),
        |row| {
            let (id, topics, name, data): (i64, String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(Event::new(id, &topics, &name, &data))
        },
    )?;
    if rows.len() > CATCH_UP * 20 {
        return Ok(None);
    }
    let mine: Vec<Event> =
        rows.into_iter().filter(|event| event.topics.iter().any(|topic| topics.contains(topic))).collect();
    Ok((mine.len() <= CATCH_UP).then_some(mine))
}

/// Forgets what nobody can catch up with any more.
pub fn drop_old(conn: &Connection, now: Timestamp) -> Result<()> {
    db::exec(conn, "DELETE FROM event WHERE at < ?", [now.plus(-KEPT)])?;
    Ok(())
}

/// When the newest event happened.
pub fn latest(conn: &Connection) -> Result<Option<Timestamp>> {
    db::maybe(conn, "SELECT at FROM event ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
}
