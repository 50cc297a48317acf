//! Queries on what belongs to a ticket: entries, linked conversations, files.

use rusqlite::{Connection, Row};

use super::ConversationLink;
use super::entries::{Kind, TicketEntry, TicketFile};
use crate::contacts;
use crate::desk::conversations::{self, ConversationId, State};
use crate::desk::notifications::TicketId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::{Agent, AgentId};

/// Adds an entry.
pub fn add(conn: &Connection, ticket: TicketId, by: AgentId, kind: Kind, body: &str, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO ticket_entry (ticket_id, agent_id, kind, body, at) VALUES (?, ?, ?, ?, ?)";
    db::exec(conn, sql, (ticket, by, kind, body, now))?;
    Ok(())
}

/// The newest entries of a ticket, oldest first.
pub fn of(conn: &Connection, ticket: TicketId, limit: i64) -> Result<Vec<TicketEntry>> {
    let mut found = db::all(
        conn,
        "SELECT ticket_entry.id, name, kind, body, at FROM ticket_entry JOIN agent ON agent.id = agent_id
         WHERE ticket_id = ? ORDER BY ticket_entry.id DESC LIMIT ?",
        (ticket, limit),
        |row| {
            Ok(TicketEntry {
                id: row.get("id")?,
                name: row.get("name")?,
                kind: row.get("kind")?,
                body: row.get("body")?,
                at: row.get("at")?,
            })
        },
    )?;
    found.reverse();
    Ok(found)
}

/// Links a conversation; false where it was linked already.
pub fn link(
    conn: &Connection,
    ticket: TicketId,
    conversation: ConversationId,
    by: AgentId,
    now: Timestamp,
) -> Result<bool> {
    let sql = "INSERT INTO ticket_conversation (ticket_id, conversation_id, agent_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    Ok(db::exec(conn, sql, (ticket, conversation, by, now))? == 1)
}

/// Takes a link back; false where there was none.
pub fn unlink(conn: &Connection, ticket: TicketId, conversation: ConversationId) -> Result<bool> {
    let sql = "DELETE FROM ticket_conversation WHERE ticket_id = ? AND conversation_id = ?";
    Ok(db::exec(conn, sql, (ticket, conversation))? == 1)
}

/// The conversations of a ticket, as this person may see them.
pub fn links(conn: &Connection, ticket: TicketId, reader: &Agent) -> Result<Vec<ConversationLink>> {
    let sql =
        "SELECT conversation_id FROM ticket_conversation WHERE ticket_id = ? ORDER BY at, conversation_id LIMIT 50";
    let ids: Vec<ConversationId> = db::all(conn, sql, [ticket], |row| row.get(0))?;
    ids.into_iter()
        .map(|id| {
            let conversation = conversations::sql::find(conn, id)?;
            let visible = conversation.is_visible_to(reader);
            let contact = match visible {
                true => contacts::sql::find(conn, conversation.contact)?.title(reader.language),
                false => String::new(),
            };
            let open = conversation.state != State::Closed;
            Ok(ConversationLink { conversation: id, number: conversation.number, contact, open, visible })
        })
        .collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<TicketFile> {
    Ok(TicketFile { token: row.get(0)?, name: row.get(1)?, media_type: row.get(2)?, size: row.get(3)? })
}

/// The files of a ticket, in the order of their arrival.
pub fn files(conn: &Connection, ticket: TicketId) -> Result<Vec<TicketFile>> {
    let sql = "SELECT token, name, media_type, size FROM ticket_file WHERE ticket_id = ? ORDER BY at, token";
    db::all(conn, sql, [ticket], read)
}

/// One file of a ticket.
pub fn file(conn: &Connection, ticket: TicketId, token: &str) -> Result<TicketFile> {
    let sql = "SELECT token, name, media_type, size FROM ticket_file WHERE ticket_id = ? AND token = ?";
    db::one(conn, sql, (ticket, token), read)
}

/// Keeps a file whose bytes are on disk.
pub fn attach(conn: &Connection, ticket: TicketId, file: &TicketFile, by: AgentId, now: Timestamp) -> Result<()> {
    let sql =
        "INSERT INTO ticket_file (token, ticket_id, name, media_type, size, agent_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)";
    db::exec(conn, sql, (&file.token, ticket, &file.name, &file.media_type, file.size, by, now))?;
    Ok(())
}

/// Forgets a file; its bytes go with the next tidying of the folder. None where it is gone already.
pub fn detach(conn: &Connection, ticket: TicketId, token: &str) -> Result<Option<String>> {
    let sql = "DELETE FROM ticket_file WHERE ticket_id = ? AND token = ? RETURNING name";
    db::maybe(conn, sql, (ticket, token), |row| row.get(0))
}
