//! Queries on notices.

use rusqlite::Connection;

use super::{About, Kind, Notification, NotificationId};
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::notifications as t;
use crate::platform::time::{DAY, MINUTE, Timestamp};
use crate::team::agents::{self, AgentId, Presence};
use crate::team::{company, mail};
use crate::tickets::TicketId;

/// One mail at most in this time, to one person about one conversation.
const QUIET: i64 = 10 * MINUTE;
/// How long seen notices are kept.
const KEPT: i64 = 30 * DAY;
/// Notices that a list shows.
const SHOWN: i64 = 50;

/// Tells a person something: on the screen at once, and by mail where the person is not online.
pub fn tell(conn: &Connection, agent: AgentId, kind: Kind, about: About, line: &str, now: Timestamp) -> Result<()> {
    let line: String = crate::desk::conversations::line(line);
    let (conversation, ticket) = columns(about);
    let id = db::insert(
        conn,
        "INSERT INTO notification (agent_id, kind, conversation_id, ticket_id, line, at) VALUES (?, ?, ?, ?, ?, ?)",
        (agent, kind, conversation, ticket, &line, now),
    )?;
    let data = match about {
        About::Conversation(conversation) => {
            format!("{{\"notification\":{id},\"kind\":\"{}\",\"conversation\":{conversation}}}", kind.word())
        }
        About::Ticket(ticket) => {
            format!("{{\"notification\":{id},\"kind\":\"{}\",\"ticket\":{ticket}}}", kind.word())
        }
    };
    crate::platform::events::sql::tell(conn, &format!("agent:{agent}"), "notification", &data, now)?;
    let person = agents::sql::find(conn, agent)?;
    if person.presence == Presence::Online {
        return Ok(());
    }
    let notice =
        Notification { id: NotificationId(id), kind, about, number: number(conn, conversation)?, line, at: now };
    send(conn, &person, &notice)
}

fn columns(about: About) -> (Option<ConversationId>, Option<TicketId>) {
    match about {
        About::Conversation(id) => (Some(id), None),
        About::Ticket(id) => (None, Some(id)),
    }
}

fn number(conn: &Connection, conversation: Option<ConversationId>) -> Result<Option<i64>> {
    let Some(id) = conversation else { return Ok(None) };
    db::maybe(conn, "SELECT number FROM conversation WHERE id = ?", [id], |row| row.get(0))
}

/// Queues the mail, unless one about the same conversation or ticket went out just now. A notice that came by mail says so.
fn send(conn: &Connection, person: &agents::Agent, notice: &Notification) -> Result<()> {
    let (conversation, ticket) = columns(notice.about);
    let recent: bool = db::one(
        conn,
        "SELECT EXISTS (SELECT 1 FROM notification WHERE agent_id = ? AND conversation_id IS ? AND ticket_id IS ? AND mailed_at > ?)",
        (person.id, conversation, ticket, notice.at.plus(-QUIET)),
        |row| row.get(0),
    )?;
    if recent || !mail::sql::is_configured(conn)? {
        return Ok(());
    }
    db::exec(conn, "UPDATE notification SET mailed_at = ? WHERE id = ?", (notice.at, notice.id))?;
    let base = company::sql::find(conn)?.map(|company| company.public_url).unwrap_or_default();
    let link = if base.is_empty() { base } else { base + &notice.about.address() };
    let number = notice.number.map(|number| number.to_string()).unwrap_or_default();
    let kind = notice.kind.phrase().say(person.language);
    let words = [("kind", kind), ("number", &number), ("name", &person.name), ("line", &notice.line), ("link", &link)];
    let subject = if number.is_empty() { kind.to_owned() } else { t::SUBJECT.fill(person.language, &words) };
    mail::sql::queue(conn, &person.email, &subject, &t::BODY.fill(person.language, &words), notice.at)
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

/// Marks everything up to a notice as seen.
pub fn see(conn: &Connection, agent: AgentId, up_to: NotificationId, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "UPDATE notification SET seen_at = ? WHERE agent_id = ? AND id <= ? AND seen_at IS NULL",
        (now, agent, up_to),
    )?;
    crate::platform::events::sql::tell(conn, &format!("agent:{agent}"), "seen", "{}", now)
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

/// Marks what was told about one ticket as seen: the person has opened it.
pub fn see_ticket(conn: &Connection, agent: AgentId, ticket: TicketId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE notification SET seen_at = ? WHERE agent_id = ? AND ticket_id = ? AND seen_at IS NULL";
    let rows = db::exec(conn, sql, (now, agent, ticket))?;
    if rows == 0 {
        Ok(())
    } else {
        crate::platform::events::sql::tell(conn, &format!("agent:{agent}"), "seen", "{}", now)
    }
}

/// Takes a notice about a conversation back that concerns this person no longer.
pub fn withdraw(
    conn: &Connection,
    agent: AgentId,
    kind: Kind,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<()> {
    let rows = db::exec(
        conn,
        "UPDATE notification SET seen_at = ? WHERE agent_id = ? AND conversation_id = ? AND kind = ? AND seen_at IS NULL",
        (now, agent, conversation, kind),
    )?;
    if rows == 0 {
        Ok(())
    } else {
        crate::platform::events::sql::tell(conn, &format!("agent:{agent}"), "seen", "{}", now)
    }
}

/// Forgets what was seen long ago.
pub fn drop_old(conn: &Connection, now: Timestamp) -> Result<()> {
    db::exec(conn, "DELETE FROM notification WHERE seen_at < ?", [now.plus(-KEPT)])?;
    Ok(())
}
