//! Queries on tags.

use rusqlite::Connection;

use super::TagId;
use crate::agents::AgentId;
use crate::conversations::ConversationId;
use crate::db;
use crate::error::Result;
use crate::time::Timestamp;

/// A new tag in one of the colours of the schema.
pub fn create(conn: &Connection, name: &str, colour: &str) -> Result<TagId> {
    db::insert(conn, "INSERT INTO tag (name, colour) VALUES (?, ?)", (name, colour)).map(TagId)
}

/// Puts a tag on a conversation; twice is once.
pub fn add(conn: &Connection, conversation: ConversationId, tag: TagId, by: AgentId, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO conversation_tag (conversation_id, tag_id, agent_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    db::exec(conn, sql, (conversation, tag, by, now))?;
    Ok(())
}
