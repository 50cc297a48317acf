//! Queries on notifications.

use rusqlite::Connection;

use super::{Kind, Notification, NotificationId, NotificationSubject, TicketId};
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{DAY, MINUTE, Timestamp};
use crate::team::agents::AgentId;

/// One mail at most in this time, to one person about one conversation.
const QUIET: i64 = 10 * MINUTE;
/// How long seen notifications are kept.
const KEPT: i64 = 30 * DAY;
/// Notifications that a list shows.
const SHOWN: i64 = 50;

fn columns(about: NotificationSubject) -> (Option<ConversationId>, Option<TicketId>) {
    match about {
        NotificationSubject::Conversation(id) => (Some(id), None),
        NotificationSubject::Ticket(id) => (None, Some(id)),
    }
}

/// The protocol number of the conversation that it is about.
pub fn number(conn: &Connection, about: NotificationSubject) -> Result<Option<i64>> {
    let (Some(id), _) = columns(about) else { return Ok(None) };
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
                Some(ticket) => NotificationSubject::Ticket(ticket),
                None => NotificationSubject::Conversation(row.get("conversation_id")?),
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

/// Keeps what a person is told.
pub fn create(
    conn: &Connection,
    agent: AgentId,
    kind: Kind,
    about: NotificationSubject,
    line: &str,
    now: Timestamp,
) -> Result<NotificationId> {
    let (conversation, ticket) = columns(about);
    let sql =
        "INSERT INTO notification (agent_id, kind, conversation_id, ticket_id, line, at) VALUES (?, ?, ?, ?, ?, ?)";
    db::insert(conn, sql, (agent, kind, conversation, ticket, line, now)).map(NotificationId)
}

/// Whether a mail about the same conversation or ticket went to this person just now.
pub fn mailed_lately(conn: &Connection, person: AgentId, one: &Notification) -> Result<bool> {
    let (conversation, ticket) = columns(one.about);
    db::one(
        conn,
        "SELECT EXISTS (SELECT 1 FROM notification WHERE agent_id = ? AND conversation_id IS ? AND ticket_id IS ? AND mailed_at > ?)",
        (person, conversation, ticket, one.at.plus(-QUIET)),
        |row| row.get(0),
    )
}

/// It came by mail too.
pub fn mailed(conn: &Connection, one: &Notification) -> Result<()> {
    db::exec(conn, "UPDATE notification SET mailed_at = ? WHERE id = ?", (one.at, one.id))?;
    Ok(())
}

/// Marks everything up to one as seen.
pub fn see(conn: &Connection, agent: AgentId, up_to: NotificationId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE notification SET seen_at = ? WHERE agent_id = ? AND id <= ? AND seen_at IS NULL";
    db::exec(conn, sql, (now, agent, up_to))?;
    Ok(())
}

/// Marks what was told about one ticket as seen; whether anything was.
pub fn see_ticket(conn: &Connection, agent: AgentId, ticket: TicketId, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE notification SET seen_at = ? WHERE agent_id = ? AND ticket_id = ? AND seen_at IS NULL";
    Ok(db::exec(conn, sql, (now, agent, ticket))? > 0)
}

/// Takes back what was told of one kind about a conversation; whether anything was.
pub fn withdraw(
    conn: &Connection,
    agent: AgentId,
    kind: Kind,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<bool> {
    let sql = "UPDATE notification SET seen_at = ? WHERE agent_id = ? AND conversation_id = ? AND kind = ? AND seen_at IS NULL";
    Ok(db::exec(conn, sql, (now, agent, conversation, kind))? > 0)
}
