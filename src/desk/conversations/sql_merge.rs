//! What a conversation's row says of its messages: read whole, and set whole, when messages move from one to another.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::{ConversationId, State, line};
use crate::contacts::ContactId;
use crate::desk::messages::MessageId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;

/// How a conversation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub state: String,
    pub spoke_last: String,
    pub first_answered_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub since: i64,
    pub last_at: i64,
    pub last_author: String,
    pub last_line: String,
    pub inbound: i64,
    pub delivered_to: i64,
    pub read_to: i64,
}

impl Standing {
    /// Whether it waits for the contact or for the team, so that its state follows from who spoke last.
    pub fn waits(&self) -> bool {
        matches!(self.state.as_str(), "waiting_agent" | "waiting_contact")
    }

    /// The waiting state that follows from who spoke last.
    pub fn follow(&mut self) {
        if self.waits() {
            let state = if self.spoke_last == "team" { "waiting_contact" } else { "waiting_agent" };
            state.clone_into(&mut self.state);
        }
    }
}

/// How it stands now.
pub fn standing(conn: &Connection, id: ConversationId) -> Result<Standing> {
    db::one(
        conn,
        "SELECT state, spoke_last, first_answered_at, closed_at, since, last_at, last_author, last_line, inbound, delivered_to, read_to
         FROM conversation WHERE id = ?",
        [id],
        |row| {
            Ok(Standing {
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
pub fn stand(conn: &Connection, id: ConversationId, standing: &Standing) -> Result<()> {
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

/// What the messages of a conversation say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub inbound: i64,
    pub first_answered_at: Option<i64>,
    pub spoke_last: Option<String>,
    /// Author, line and time of the last that was spoken.
    pub last: Option<(String, String, Timestamp)>,
    /// The newest message that a contact can see.
    pub newest: MessageId,
}

/// Reads that off the messages; only where some have moved away.
pub fn told(conn: &Connection, id: ConversationId) -> Result<Told> {
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
    Ok(Told { inbound, first_answered_at, spoke_last, last, newest })
}

/// Another conversation of the same identity.
#[derive(Clone, Debug)]
pub struct Sibling {
    pub id: ConversationId,
    pub number: i64,
    pub state: State,
    pub last_line: String,
    pub last_at: Timestamp,
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

/// Hands listed conversations (a JSON list) from one contact to another, with their timeline.
pub fn hand_over(conn: &Connection, ids: &str, from: ContactId, to: ContactId) -> Result<()> {
    let sql = "UPDATE conversation SET contact_id = ? WHERE contact_id = ? AND id IN (SELECT value FROM json_each(?))";
    db::exec(conn, sql, (to, from, ids))?;
    crate::desk::timeline_entries::sql::hand_over(conn, ids, from, to)
}
