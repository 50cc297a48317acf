//! What a conversation's row says of its messages: read whole, and set whole, when messages move from one to another.

use rusqlite::Connection;

use super::{ConversationId, line};
use crate::contacts::ContactId;
use crate::desk::conversation_merges::MessageSummary;
use crate::desk::conversations::{ConversationStanding, Sibling};
use crate::platform::db;
use crate::platform::error::Result;

/// How it stands now.
pub fn standing(conn: &Connection, id: ConversationId) -> Result<ConversationStanding> {
    db::one(
        conn,
        "SELECT state, spoke_last, first_answered_at, closed_at, since, last_at, last_author, last_line, inbound, delivered_to, read_to
         FROM conversation WHERE id = ?",
        [id],
        |row| {
            Ok(ConversationStanding {
                state: row.get("state")?,
                spoke_last: row.get("spoke_last")?,
                first_answered_at: row.get("first_answered_at")?,
                closed_at: row.get("closed_at")?,
                since: row.get("since")?,
                last_at: row.get("last_at")?,
                last_author: row.get("last_author")?,
                last_line: row.get("last_line")?,
                inbound: row.get("inbound")?,
                delivered_to: row.get("delivered_to")?,
                read_to: row.get("read_to")?,
            })
        },
    )
}

/// Sets how it stands.
pub fn stand(conn: &Connection, id: ConversationId, standing: &ConversationStanding) -> Result<()> {
    db::exec(
        conn,
        "UPDATE conversation SET state = ?, spoke_last = ?, first_answered_at = ?, closed_at = ?, since = ?, last_at = ?, last_author = ?,
                last_line = ?, inbound = ?, delivered_to = ?, read_to = ? WHERE id = ?",
        (
            &standing.state,
            &standing.spoke_last,
            standing.first_answered_at,
            standing.closed_at,
            standing.since,
            standing.last_at,
            &standing.last_author,
            &standing.last_line,
            standing.inbound,
            standing.delivered_to,
            standing.read_to,
            id,
        ),
    )?;
    Ok(())
}

/// Reads that off the messages; only where some have moved away.
pub fn told(conn: &Connection, id: ConversationId) -> Result<MessageSummary> {
    let (inbound, first_answered_at, newest) = db::one(
        conn,
        "SELECT coalesce(sum(author = 'contact'), 0), min(iif(author = 'agent', at, NULL)), coalesce(max(id), 0) FROM message WHERE conversation_id = ?",
        [id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let spoken = "SELECT author, body, at FROM message WHERE conversation_id = ? AND author IN ('contact', 'agent', 'bot') ORDER BY id DESC LIMIT 1";
    let last = db::maybe(conn, spoken, [id], |row| Ok((row.get(0)?, line(row.get_ref(1)?.as_str()?), row.get(2)?)))?;
    let who = "SELECT iif(author = 'contact', 'contact', 'team') FROM message WHERE conversation_id = ? AND author IN ('contact', 'agent') ORDER BY id DESC LIMIT 1";
    let spoke_last = db::maybe(conn, who, [id], |row| row.get(0))?;
    Ok(MessageSummary { inbound, first_answered_at, spoke_last, last, newest })
}

/// Open or closed ones of the same identity that hold messages, the newest first.
pub fn siblings(conn: &Connection, id: ConversationId, limit: i64) -> Result<Vec<Sibling>> {
    db::all(
        conn,
        "SELECT other.id, other.number, other.state, other.last_line, other.last_at FROM conversation
         JOIN conversation other ON other.identity_id = conversation.identity_id AND other.id <> conversation.id
         WHERE conversation.id = ?
           AND NOT EXISTS (SELECT 1 FROM conversation_merge WHERE other_id = other.id AND kind = 'merge' AND undone_at IS NULL)
           AND EXISTS (SELECT 1 FROM message WHERE conversation_id = other.id)
         ORDER BY other.id DESC LIMIT ?",
        (id, limit),
        |row| {
            Ok(Sibling {
                id: row.get("id")?,
                number: row.get("number")?,
                state: row.get("state")?,
                last_line: row.get("last_line")?,
                last_at: row.get("last_at")?,
            })
        },
    )
}

/// Hands listed conversations (a JSON list) from one contact to another.
pub fn hand_over(conn: &Connection, ids: &str, from: ContactId, to: ContactId) -> Result<()> {
    let sql = "UPDATE conversation SET contact_id = ? WHERE contact_id = ? AND id IN (SELECT value FROM json_each(?))";
    db::exec(conn, sql, (to, from, ids))?;
    Ok(())
}
