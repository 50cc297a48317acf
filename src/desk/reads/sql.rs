//! Queries on how far each person has read.

use rusqlite::Connection;

use crate::desk::conversations::ConversationId;
use crate::desk::messages::MessageId;
use crate::desk::reads::ReadMark;
use crate::platform::db;
use crate::platform::error::Result;
use crate::team::agents::AgentId;

/// This person has seen a conversation as it stands now.
pub fn seen(conn: &Connection, agent: AgentId, conversation: ConversationId) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO read (agent_id, conversation_id, seen, message_id)
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
        "SELECT message_id FROM read WHERE agent_id = ? AND conversation_id = ?",
        (agent, conversation),
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(MessageId(0)))
}

/// How far everybody has read a conversation.
pub fn all_of(conn: &Connection, conversation: ConversationId) -> Result<Vec<ReadMark>> {
    let sql = "SELECT agent_id, seen, message_id FROM read WHERE conversation_id = ? ORDER BY agent_id";
    db::all(conn, sql, [conversation], |row| {
        Ok(ReadMark { agent: row.get(0)?, seen: row.get(1)?, message: row.get(2)? })
    })
}

/// Sets how far everybody has read a conversation.
pub fn replace(conn: &Connection, conversation: ConversationId, readings: &[ReadMark]) -> Result<()> {
    db::exec(conn, "DELETE FROM read WHERE conversation_id = ?", [conversation])?;
    for reading in readings {
        db::exec(
            conn,
            "INSERT INTO read (agent_id, conversation_id, seen, message_id) VALUES (?, ?, ?, ?)",
            (reading.agent, conversation, reading.seen, reading.message),
        )?;
    }
    Ok(())
}
