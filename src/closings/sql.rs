//! Queries on closings.

use rusqlite::Connection;

use super::{ClosedBy, Kept, Past};
use crate::agents::AgentId;
use crate::conversations::ConversationId;
use crate::db;
use crate::error::Result;
use crate::time::Timestamp;

/// The closing's own row. At most one is open per conversation: the index `closing_open` holds that.
pub fn create(
    conn: &Connection,
    conversation: ConversationId,
    kept: &Kept,
    body: &str,
    by: ClosedBy,
    agent: Option<AgentId>,
    now: Timestamp,
) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO closing (conversation_id, disposition_id, path, sentiment, body, closed_by, agent_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (conversation, kept.disposition, &kept.path, kept.sentiment, body, by, agent, now),
    )?;
    Ok(())
}

/// The conversation goes on: the closing stays as a fact, and ends.
pub fn reopen(conn: &Connection, conversation: ConversationId, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "UPDATE closing SET reopened_at = ? WHERE conversation_id = ? AND reopened_at IS NULL",
        (now, conversation),
    )?;
    Ok(())
}

/// The closing that holds now.
pub fn last(conn: &Connection, conversation: ConversationId) -> Result<Option<Past>> {
    db::maybe(
        conn,
        "SELECT path, body, at FROM closing WHERE conversation_id = ? AND reopened_at IS NULL",
        [conversation],
        |row| Ok(Past { path: row.get(0)?, body: row.get(1)?, at: row.get(2)? }),
    )
}
