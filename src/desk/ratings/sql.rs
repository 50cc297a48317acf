//! Queries on ratings.

use rusqlite::Connection;

use super::Rating;
use crate::desk::closings::ClosingId;
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;

/// Asks for a rating; who has rated this conversation before is not asked again.
pub fn ask(conn: &Connection, conversation: ConversationId, closing: ClosingId, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO rating (conversation_id, closing_id, asked_at) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET closing_id = excluded.closing_id, asked_at = excluded.asked_at WHERE score IS NULL",
        (conversation, closing, now),
    )?;
    Ok(())
}

/// Stores a rating; false where none was asked for, or one was given before.
pub fn give(
    conn: &Connection,
    conversation: ConversationId,
    score: i64,
    comment: &str,
    now: Timestamp,
) -> Result<bool> {
    let rows = db::exec(
        conn,
        "UPDATE rating SET score = ?, comment = ?, rated_at = ? WHERE conversation_id = ? AND score IS NULL",
        (score, comment, now, conversation),
    )?;
    Ok(rows == 1)
}

/// The rating of a conversation, where one was asked for.
pub fn of(conn: &Connection, conversation: ConversationId) -> Result<Option<Rating>> {
    db::maybe(conn, "SELECT score, comment FROM rating WHERE conversation_id = ?", [conversation], |row| {
        Ok(Rating { score: row.get(0)?, comment: row.get(1)? })
    })
}

/// Empties the comment of a conversation's rating; the score stays.
pub fn empty(conn: &Connection, conversation: ConversationId) -> Result<()> {
    db::exec(conn, "UPDATE rating SET comment = '' WHERE conversation_id = ?", [conversation])?;
    Ok(())
}
