//! Queries on drafts.

use rusqlite::Connection;

use super::Tab;
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;

/// Keeps a draft; an empty one is forgotten.
pub fn keep(
    conn: &Connection,
    agent: AgentId,
    conversation: ConversationId,
    tab: Tab,
    body: &str,
    now: Timestamp,
) -> Result<()> {
    if body.is_empty() {
        db::exec(
            conn,
            "DELETE FROM draft WHERE agent_id = ? AND conversation_id = ? AND kind = ?",
            (agent, conversation, tab),
        )?;
        return Ok(());
    }
    db::exec(
        conn,
        "INSERT INTO draft (agent_id, conversation_id, kind, body, updated_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
        (agent, conversation, tab, body, now),
    )?;
    Ok(())
}

/// The drafts of the chat and of the note; empty where there is none.
pub fn both(conn: &Connection, agent: AgentId, conversation: ConversationId) -> Result<(String, String)> {
    let found: Vec<(Tab, String)> = db::all(
        conn,
        "SELECT kind, body FROM draft WHERE agent_id = ? AND conversation_id = ?",
        (agent, conversation),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let of = |tab: Tab| found.iter().find(|(kind, _)| *kind == tab).map(|(_, body)| body.clone()).unwrap_or_default();
    Ok((of(Tab::Chat), of(Tab::Note)))
}

/// Drops what anybody has typed in a conversation.
pub fn drop_all(conn: &Connection, conversation: ConversationId) -> Result<()> {
    db::exec(conn, "DELETE FROM draft WHERE conversation_id = ?", [conversation])?;
    Ok(())
}
