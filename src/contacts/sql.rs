//! Queries on contacts and identities.

use rusqlite::{Connection, Row};

use super::ContactForm;
use crate::contacts::{Contact, ContactId, ContactIdentity, IdentityId};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::channels::ChannelId;

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Contact> {
    Ok(Contact { id: row.get(0)?, name: row.get(1)?, phone: row.get(2)?, email: row.get(3)? })
}

/// One contact.
pub fn find(conn: &Connection, id: ContactId) -> Result<Contact> {
    db::one(conn, "SELECT id, name, phone, email FROM contact WHERE id = ?", [id], read)
}

/// A new contact.
pub fn create(conn: &Connection, draft: &ContactForm, now: Timestamp) -> Result<ContactId> {
    let sql = "INSERT INTO contact (name, phone, email, created_at, updated_at) VALUES (?, ?, ?, ?4, ?4)";
    db::insert(conn, sql, (&draft.name, &draft.phone, &draft.email, now)).map(ContactId)
}

/// Changes the basic data.
pub fn update(conn: &Connection, id: ContactId, draft: &ContactForm, now: Timestamp) -> Result<()> {
    let sql = "UPDATE contact SET name = ?, phone = ?, email = ?, updated_at = ? WHERE id = ?";
    db::exec(conn, sql, (&draft.name, &draft.phone, &draft.email, now, id))?;
    Ok(())
}

/// Fills in what is still unknown, and leaves what is known.
pub fn complete(conn: &Connection, id: ContactId, draft: &ContactForm, now: Timestamp) -> Result<()> {
    let sql = "UPDATE contact SET name = iif(name = '', ?, name), phone = iif(phone = '', ?, phone), email = iif(email = '', ?, email), updated_at = ?
               WHERE id = ?";
    db::exec(conn, sql, (&draft.name, &draft.phone, &draft.email, now, id))?;
    Ok(())
}

/// The identity behind what a channel knows a person by.
pub fn identity(conn: &Connection, channel: ChannelId, value: &str) -> Result<Option<(IdentityId, ContactId)>> {
    db::maybe(conn, "SELECT id, contact_id FROM identity WHERE channel_id = ? AND value = ?", (channel, value), |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The contact and the channel of an identity.
pub fn of_identity(conn: &Connection, identity: IdentityId) -> Result<(ContactId, ChannelId)> {
    db::one(conn, "SELECT contact_id, channel_id FROM identity WHERE id = ?", [identity], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// A new identity of a contact.
pub fn add_identity(
    conn: &Connection,
    contact: ContactId,
    channel: ChannelId,
    value: &str,
    verified: bool,
    now: Timestamp,
) -> Result<IdentityId> {
    let sql = "INSERT INTO identity (contact_id, channel_id, value, verified, created_at) VALUES (?, ?, ?, ?, ?)";
    db::insert(conn, sql, (contact, channel, value, verified, now)).map(IdentityId)
}

/// Hands listed identities (a JSON list) from one contact to another.
pub fn hand_over(conn: &Connection, identities: &str, from: ContactId, to: ContactId) -> Result<()> {
    let sql = "UPDATE identity SET contact_id = ? WHERE contact_id = ? AND id IN (SELECT value FROM json_each(?))";
    db::exec(conn, sql, (to, from, identities))?;
    Ok(())
}

/// How a contact is known.
pub fn identities(conn: &Connection, contact: ContactId) -> Result<Vec<ContactIdentity>> {
    let sql = "SELECT identity.id, channel.name, value FROM identity JOIN channel ON channel.id = channel_id WHERE contact_id = ? ORDER BY identity.id";
    db::all(conn, sql, [contact], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// Forgets who a contact was: nothing that a channel knew leads here any more.
pub fn forget(conn: &Connection, contact: ContactId, name: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE contact SET name = ?, phone = '', email = '', updated_at = ? WHERE id = ?";
    db::exec(conn, sql, (name, now, contact))?;
    db::exec(conn, "INSERT INTO forgotten (contact_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", (contact, now))?;
    db::exec(conn, "UPDATE identity SET value = 'forgotten:' || id, verified = 0 WHERE contact_id = ?", [contact])?;
    Ok(())
}
