//! Queries on bulk closings.

use rusqlite::{Connection, Row};

use super::{BulkClosing, BulkClosingFilter, BulkClosingId, BulkClosingTerms};
use crate::desk::bulk_closings::COUNTED;
use crate::desk::bulk_closings::StaleConversation;
use crate::desk::closings::ClosingDisposition;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;
use crate::team::departments::DepartmentId;

/// The next ones after a place. A message never makes `since` later than itself, so the queue's index bounds the search.
pub fn stale(
    conn: &Connection,
    filter: &BulkClosingFilter,
    after: (Timestamp, i64),
    limit: i64,
) -> Result<Vec<StaleConversation>> {
    db::all(
        conn,
        "SELECT c.id, number, name, phone, email, since, last_at FROM conversation c JOIN contact ON contact.id = contact_id
         WHERE department_id = ?1 AND state = ?2 AND since <= ?3 AND (since, c.id) > (?4, ?5) AND last_at <= ?3
         ORDER BY since, c.id LIMIT ?6",
        (filter.department, filter.state, filter.idle_since, after.0, after.1, limit),
        |row| {
            Ok(StaleConversation {
                id: row.get("id")?,
                number: row.get("number")?,
                name: row.get("name")?,
                phone: row.get("phone")?,
                email: row.get("email")?,
                since: row.get("since")?,
                last_at: row.get("last_at")?,
            })
        },
    )
}

/// How many there are.
pub fn count(conn: &Connection, filter: &BulkClosingFilter) -> Result<i64> {
    db::one(
        conn,
        "SELECT count(*) FROM (SELECT 1 FROM conversation WHERE department_id = ?1 AND state = ?2 AND since <= ?3 AND last_at <= ?3 LIMIT ?4)",
        (filter.department, filter.state, filter.idle_since, COUNTED),
        |row| row.get(0),
    )
}

/// A new one.
pub fn create(
    conn: &Connection,
    by: AgentId,
    filter: &BulkClosingFilter,
    wanted: &BulkClosingTerms,
    total: i64,
    now: Timestamp,
) -> Result<BulkClosingId> {
    db::insert(
        conn,
        "INSERT INTO bulk_closing (agent_id, department_id, state, idle_since, disposition_id, path, sentiment, body, farewell, asks_rating, total, started_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            by,
            filter.department,
            filter.state,
            filter.idle_since,
            wanted.kept.disposition,
            &wanted.kept.path,
            wanted.kept.sentiment,
            &wanted.body,
            &wanted.farewell,
            wanted.asks_rating,
            total,
            now,
        ),
    )
    .map(BulkClosingId)
}

const BULK_CLOSING: &str = "SELECT bulk_closing.id, agent_id, agent.name AS agent_name, department_id, state, idle_since, disposition_id, path, sentiment, body, farewell,
        asks_rating, total, closed, after_since, after_id, started_at, finished_at, stopped_at
    FROM bulk_closing JOIN agent ON agent.id = agent_id";

fn read(row: &Row<'_>) -> rusqlite::Result<BulkClosing> {
    Ok(BulkClosing {
        id: row.get("id")?,
        by: row.get("agent_id")?,
        by_name: row.get("agent_name")?,
        filter: BulkClosingFilter {
            department: row.get("department_id")?,
            state: row.get("state")?,
            idle_since: row.get("idle_since")?,
        },
        wanted: BulkClosingTerms {
            kept: ClosingDisposition {
                disposition: row.get("disposition_id")?,
                path: row.get("path")?,
                sentiment: row.get("sentiment")?,
            },
            body: row.get("body")?,
            farewell: row.get("farewell")?,
            asks_rating: row.get("asks_rating")?,
        },
        total: row.get("total")?,
        closed: row.get("closed")?,
        after: (row.get("after_since")?, row.get("after_id")?),
        started_at: row.get("started_at")?,
        finished_at: row.get("finished_at")?,
        stopped_at: row.get("stopped_at")?,
    })
}

/// One.
pub fn find(conn: &Connection, id: BulkClosingId) -> Result<BulkClosing> {
    db::one(conn, &format!("{BULK_CLOSING} WHERE bulk_closing.id = ?"), [id], read)
}

/// The latest ones of a department.
pub fn latest(conn: &Connection, department: DepartmentId) -> Result<Vec<BulkClosing>> {
    db::all(
        conn,
        &format!("{BULK_CLOSING} WHERE department_id = ? ORDER BY bulk_closing.id DESC LIMIT 10"),
        [department],
        read,
    )
}

/// So many more are closed; the next batch goes on after this place.
pub fn advance(conn: &Connection, id: BulkClosingId, closed: i64, after: (Timestamp, i64)) -> Result<()> {
    let sql = "UPDATE bulk_closing SET closed = closed + ?, after_since = ?, after_id = ? WHERE id = ?";
    db::exec(conn, sql, (closed, after.0, after.1, id))?;
    Ok(())
}

/// Nothing is left.
pub fn finish(conn: &Connection, id: BulkClosingId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE bulk_closing SET finished_at = ? WHERE id = ?", (now, id))?;
    Ok(())
}

/// Somebody stops it; false where it had ended already.
pub fn stop(conn: &Connection, id: BulkClosingId, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE bulk_closing SET stopped_at = ? WHERE id = ? AND stopped_at IS NULL AND finished_at IS NULL";
    Ok(db::exec(conn, sql, (now, id))? == 1)
}
