//! Queries on readings.

use rusqlite::Connection;

use crate::agents::AgentId;
use crate::conversations::ConversationId;
use crate::db;
use crate::error::Result;
use crate::messages::MessageId;

/// This person has seen a conversation as it stands now.
pub fn seen(conn: &Connection, agent: AgentId, conversation: ConversationId) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO reading (agent_id, conversation_id, seen, message_id)
         SELECT ?1, id, inbound, coalesce((SELECT max(id) FROM message WHERE conversation_id = ?2), 0) FROM conversation WHERE id = ?2
         ON CONFLICT DO UPDATE SET seen = excluded.seen, message_id = excluded.message_id",
        (agent, conversation),
    )?;
    Ok(())
}

/// The last message that this person has seen; 0 for none.
pub fn last_seen(conn: &Connection, agent: AgentId, conversation: ConversationId) -> Result<MessageId> {
    let found = db::maybe(
        conn,
        "SELECT message_id FROM reading WHERE agent_id = ? AND conversation_id = ?",
        (agent, conversation),
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(MessageId(0)))
}
