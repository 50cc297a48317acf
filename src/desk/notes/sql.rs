//! Queries on changed notes.

use std::collections::HashMap;

use rusqlite::Connection;

use super::Revision;
use crate::desk::conversations::ConversationId;
use crate::desk::messages::{LastRevision, MessageId, NoteChange};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;

/// Keeps what a note said until now.
pub fn keep(conn: &Connection, note: MessageId, change: NoteChange, body: &str, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO note_revision (message_id, kind, body, at) VALUES (?, ?, ?, ?)";
    db::exec(conn, sql, (note, change, body, now))?;
    Ok(())
}

/// The last change of each note between two messages.
pub fn last(conn: &Connection, first: MessageId, last: MessageId) -> Result<HashMap<MessageId, LastRevision>> {
    let sql = "SELECT message_id, kind, at FROM note_revision WHERE message_id BETWEEN ? AND ? ORDER BY id";
    let rows = db::all(conn, sql, (first, last), |row| {
        Ok((row.get(0)?, LastRevision { change: row.get(1)?, at: row.get(2)? }))
    })?;
    Ok(rows.into_iter().collect())
}

/// What a note said before, oldest first.
pub fn of(conn: &Connection, note: MessageId) -> Result<Vec<Revision>> {
    db::all(conn, "SELECT body, at FROM note_revision WHERE message_id = ? ORDER BY id", [note], |row| {
        Ok(Revision { body: row.get(0)?, at: row.get(1)? })
    })
}

/// Drops what the notes of a conversation said before.
pub fn drop_all(conn: &Connection, conversation: ConversationId) -> Result<()> {
    let sql = "DELETE FROM note_revision WHERE message_id IN (SELECT id FROM message WHERE conversation_id = ? AND author = 'note')";
    db::exec(conn, sql, [conversation])?;
    Ok(())
}
