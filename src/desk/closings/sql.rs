//! Queries on closings.

use rusqlite::Connection;

use super::{ClosedBy, ClosingDisposition, ClosingId, PastClosing};
use crate::desk::conversations::ConversationId;
use crate::desk::conversations::sql::ClosingUndo;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;

/// The closing's own row. At most one is open per conversation: the index `closing_open` holds that.
pub fn create(
    conn: &Connection,
    conversation: ConversationId,
    kept: &ClosingDisposition,
    body: &str,
    by: ClosedBy,
    agent: Option<AgentId>,
    now: Timestamp,
) -> Result<ClosingId> {
    db::insert(
        conn,
        "INSERT INTO closing (conversation_id, department_id, disposition_id, path, sentiment, body, closed_by, agent_id, at)
         VALUES (?1, (SELECT department_id FROM conversation WHERE id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (conversation, kept.disposition, &kept.path, kept.sentiment, body, by, agent, now),
    )
    .map(ClosingId)
}

/// What is told to the contact once the closing can no longer be undone.
#[derive(Clone, Debug)]
pub struct HeldFarewell {
    pub conversation: ConversationId,
    pub agent: Option<AgentId>,
    pub path: String,
    pub farewell: String,
    pub asks_rating: bool,
}

/// The contact hears nothing of this closing yet.
pub fn hold(conn: &Connection, id: ClosingId, farewell: &str, asks_rating: bool, before: &ClosingUndo) -> Result<()> {
    db::exec(
        conn,
        "UPDATE closing SET held = 1, farewell = ?, asks_rating = ?, was_state = ?, was_since = ?, was_last_at = ? WHERE id = ?",
        (farewell, asks_rating, before.state, before.since, before.last_at, id),
    )?;
    Ok(())
}

/// Ends the holding, where the closing still stands; what is to be told then.
pub fn let_go(conn: &Connection, id: ClosingId) -> Result<Option<HeldFarewell>> {
    db::maybe(
        conn,
        "UPDATE closing SET held = 0 WHERE id = ? AND held = 1 AND reopened_at IS NULL
         RETURNING conversation_id, agent_id, path, farewell, asks_rating",
        [id],
        |row| {
            Ok(HeldFarewell {
                conversation: row.get("conversation_id")?,
                agent: row.get("agent_id")?,
                path: row.get("path")?,
                farewell: row.get("farewell")?,
                asks_rating: row.get("asks_rating")?,
            })
        },
    )
}

/// Takes a held closing back, as if it had never been; how the conversation stood before, and when it was closed.
pub fn undo(conn: &Connection, id: ClosingId) -> Result<Option<(ClosingUndo, Timestamp)>> {
    db::maybe(
        conn,
        "DELETE FROM closing WHERE id = ? AND held = 1 AND reopened_at IS NULL RETURNING was_state, was_since, was_last_at, at",
        [id],
        |row| Ok((ClosingUndo { state: row.get(0)?, since: row.get(1)?, last_at: row.get(2)? }, row.get(3)?)),
    )
}

/// The conversation goes on: the closing stays as a fact, and ends. Answers whether the contact had been told of it.
pub fn reopen(conn: &Connection, conversation: ConversationId, now: Timestamp) -> Result<bool> {
    let held: Option<bool> = db::maybe(
        conn,
        "UPDATE closing SET reopened_at = ? WHERE conversation_id = ? AND reopened_at IS NULL RETURNING held",
        (now, conversation),
        |row| row.get(0),
    )?;
    Ok(held != Some(true))
}

/// The closing that holds now.
pub fn last(conn: &Connection, conversation: ConversationId) -> Result<Option<PastClosing>> {
    db::maybe(
        conn,
        "SELECT path, body, at, id, agent_id, held FROM closing WHERE conversation_id = ? AND reopened_at IS NULL",
        [conversation],
        |row| {
            Ok(PastClosing {
                path: row.get("path")?,
                body: row.get("body")?,
                at: row.get("at")?,
                id: row.get("id")?,
                agent: row.get("agent_id")?,
                held: row.get("held")?,
            })
        },
    )
}

/// Empties the texts of a conversation's closings; what reports count stays.
pub fn empty(conn: &Connection, conversation: ConversationId) -> Result<()> {
    db::exec(conn, "UPDATE closing SET body = '', farewell = '' WHERE conversation_id = ?", [conversation])?;
    Ok(())
}
