//! Queries on notices.

use rusqlite::Connection;

use super::{About, Notification, TicketId};
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{DAY, MINUTE, Timestamp};
use crate::team::agents::AgentId;

/// One mail at most in this time, to one person about one conversation.
pub const QUIET: i64 = 10 * MINUTE;
/// How long seen notices are kept.
const KEPT: i64 = 30 * DAY;
/// Notices that a list shows.
const SHOWN: i64 = 50;

pub fn columns(about: About) -> (Option<ConversationId>, Option<TicketId>) {
    match about {
        About::Conversation(id) => (Some(id), None),
        About::Ticket(id) => (None, Some(id)),
    }
}

pub fn number(conn: &Connection, conversation: Option<ConversationId>) -> Result<Option<i64>> {
    let Some(id) = conversation else { return Ok(None) };
    db::maybe(conn, "SELECT number FROM conversation WHERE id = ?", [id], |row| row.get(0))
}

/// What a person has not seen, newest first.
pub fn unseen(conn: &Connection, agent: AgentId) -> Result<Vec<Notification>> {
    db::all(
        conn,
        "SELECT notification.id, kind, conversation_id, ticket_id, number, line, at
         FROM notification LEFT JOIN conversation ON conversation.id = conversation_id
         WHERE agent_id = ? AND seen_at IS NULL ORDER BY notification.id DESC LIMIT ?",
        (agent, SHOWN),
        |row| {
            let ticket: Option<TicketId> = row.get("ticket_id")?;
            let about = match ticket {
                Some(ticket) => About::Ticket(ticket),
                None => About::Conversation(row.get("conversation_id")?),
            };
            Ok(Notification {
                id: row.get("id")?,
                kind: row.get("kind")?,
                about,
                number: row.get("number")?,
                line: row.get("line")?,
                at: row.get("at")?,
            })
        },
    )
}

/// How many a person has not seen.
pub fn count_unseen(conn: &Connection, agent: AgentId) -> Result<i64> {
    db::one(conn, "SELECT count(*) FROM notification WHERE agent_id = ? AND seen_at IS NULL", [agent], |row| row.get(0))
}

/// Marks what was told about one conversation as seen: the person has opened it.
pub fn see_conversation(conn: &Connection, agent: AgentId, conversation: ConversationId, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "UPDATE notification SET seen_at = ? WHERE agent_id = ? AND conversation_id = ? AND seen_at IS NULL",
        (now, agent, conversation),
    )?;
    Ok(())
}

/// Forgets what was seen long ago.
pub fn drop_old(conn: &Connection, now: Timestamp) -> Result<()> {
    db::exec(conn, "DELETE FROM notification WHERE seen_at < ?", [now.plus(-KEPT)])?;
    Ok(())
}
