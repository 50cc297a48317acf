//! Queries on outbound conversations.

use rusqlite::Connection;

use super::{Kin, Way};
use crate::contacts::{Contact, ContactId, IdentityId};
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;

/// The ways to reach a contact: identities on channels in use that take messages, the latest first.
pub fn ways(conn: &Connection, contact: ContactId) -> Result<Vec<Way>> {
    db::all(
        conn,
        "SELECT identity.id, channel.id, kind, channel.name FROM identity JOIN channel ON channel.id = channel_id
         WHERE contact_id = ? AND archived_at IS NULL AND kind <> 'desk' ORDER BY identity.id DESC LIMIT 50",
        [contact],
        |row| Ok(Way { identity: row.get(0)?, channel: row.get(1)?, kind: row.get(2)?, name: row.get(3)? }),
    )
}

/// Keeps who opened a conversation, and from which.
pub fn create(
    conn: &Connection,
    conversation: ConversationId,
    origin: Option<ConversationId>,
    by: AgentId,
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO outbound (conversation_id, origin_id, agent_id, at) VALUES (?, ?, ?, ?)";
    db::exec(conn, sql, (conversation, origin, by, now))?;
    Ok(())
}

/// What a conversation came from, and what came from it.
pub fn kin(conn: &Connection, id: ConversationId) -> Result<Kin> {
    let origin = db::maybe(
        conn,
        "SELECT conversation.id, number FROM outbound JOIN conversation ON conversation.id = origin_id WHERE conversation_id = ?",
        [id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let led_to = db::all(
        conn,
        "SELECT conversation.id, number FROM outbound JOIN conversation ON conversation.id = conversation_id
         WHERE origin_id = ? ORDER BY conversation_id LIMIT 20",
        [id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Kin { origin, led_to })
}

/// The identity that stands for a contact without a channel.
pub fn desk_identity(conn: &Connection, contact: ContactId) -> Result<Option<IdentityId>> {
    let sql = "SELECT identity.id FROM identity JOIN channel ON channel.id = channel_id WHERE contact_id = ? AND kind = 'desk'";
    db::maybe(conn, sql, [contact], |row| row.get(0))
}

/// Whether somebody is known by this number or address.
pub fn is_known(conn: &Connection, draft: &crate::contacts::ContactForm) -> Result<bool> {
    db::one(
        conn,
        "SELECT EXISTS (SELECT 1 FROM contact WHERE phone = ?1 AND phone <> '') OR EXISTS (SELECT 1 FROM contact WHERE email = ?2 AND email <> '')",
        (&draft.phone, &draft.email),
        |row| row.get(0),
    )
}

/// The contacts that were heard of last, for a form that nobody has searched in yet.
pub fn recent(conn: &Connection, limit: i64) -> Result<Vec<Contact>> {
    db::all(conn, "SELECT id, name, phone, email FROM contact ORDER BY id DESC LIMIT ?", [limit], |row| {
        Ok(Contact { id: row.get(0)?, name: row.get(1)?, phone: row.get(2)?, email: row.get(3)? })
    })
}
