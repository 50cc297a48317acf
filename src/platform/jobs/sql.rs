//! Queries on jobs and calendar slots.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;

/// A one-off job that is due.
pub struct Job {
    pub id: i64,
    pub name: String,
    pub payload: String,
    pub attempts: i64,
}

/// Plans work. A key that is planned already stays as it is: the same work is not done twice.
pub fn schedule(conn: &Connection, key: Option<&str>, name: &str, payload: &str, due: Timestamp) -> Result<()> {
    let sql = "INSERT INTO job (key, name, payload, due_at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING";
    db::exec(conn, sql, (key, name, payload, due))?;
    super::mark_scheduled();
    Ok(())
}

/// Takes planned work back.
pub fn cancel(conn: &Connection, key: &str) -> Result<()> {
    db::exec(conn, "DELETE FROM job WHERE key = ?", [key])?;
    Ok(())
}

/// When the next job is due.
pub fn next_due(conn: &Connection) -> Result<Option<Timestamp>> {
    db::one(conn, "SELECT min(due_at) FROM job WHERE failed_at IS NULL", [], |row| row.get(0))
}

/// Jobs that are due, the longest overdue first.
pub fn due(conn: &Connection, now: Timestamp, limit: usize) -> Result<Vec<Job>> {
    db::all(
        conn,
        "SELECT id, name, payload, attempts FROM job WHERE failed_at IS NULL AND due_at <= ? ORDER BY due_at LIMIT ?",
        (now, i64::try_from(limit).unwrap_or(i64::MAX)),
        |row| Ok(Job { id: row.get(0)?, name: row.get(1)?, payload: row.get(2)?, attempts: row.get(3)? }),
    )
}

/// The job's effect stands, so its row goes.
pub fn done(conn: &Connection, id: i64) -> Result<()> {
    db::exec(conn, "DELETE FROM job WHERE id = ?", [id])?;
    Ok(())
}

/// The job failed: it comes again, or stays for a person to look at.
pub fn failed(conn: &Connection, id: i64, reason: &str, next: Option<Timestamp>, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "UPDATE job SET attempts = attempts + 1, last_error = ?1, due_at = coalesce(?2, due_at), failed_at = iif(?2 IS NULL, ?3, NULL) WHERE id = ?4",
        (reason, next, now, id),
    )?;
    Ok(())
}

/// The last slot of every calendar line that has run.
pub fn slots(conn: &Connection) -> Result<HashMap<String, Timestamp>> {
    Ok(db::all(conn, "SELECT name, slot_at FROM cron_slot", [], |row| Ok((row.get(0)?, row.get(1)?)))?
        .into_iter()
        .collect())
}

/// This slot has run.
pub fn mark_slot(conn: &Connection, name: &str, slot: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO cron_slot (name, slot_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET slot_at = excluded.slot_at",
        (name, slot),
    )?;
    Ok(())
}

/// Jobs that were given up.
pub fn count_failed(conn: &Connection) -> Result<i64> {
    db::one(conn, "SELECT count(*) FROM job WHERE failed_at IS NOT NULL", [], |row| row.get(0))
}
