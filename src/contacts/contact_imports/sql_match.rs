//! Queries that tell whom a line of a file is about.

use std::collections::HashMap;

use rusqlite::Connection;

use super::line::Known;
use super::person::Key;
use crate::contacts::contact_labels;
use crate::contacts::custom_fields::FieldId;
use crate::contacts::{self, ContactId};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::web::token;

/// Records with one key that are looked at, the oldest.
const MOST: i64 = 200;

/// The records that a key leads to; of merged ones the one that stands.
pub fn owners(conn: &Connection, key: &Key) -> Result<Vec<ContactId>> {
    let id = |row: &rusqlite::Row<'_>| row.get(0);
    let found: Vec<ContactId> = match key {
        Key::Phone(phone) => db::all(
            conn,
            "SELECT id FROM contact WHERE phone = ? AND phone <> '' ORDER BY id LIMIT ?",
            (phone, MOST),
            id,
        )?,
        Key::Email(email) => db::all(
            conn,
            "SELECT id FROM contact WHERE email = ? AND email <> '' ORDER BY id LIMIT ?",
            (email, MOST),
            id,
        )?,
        Key::Value(field, value) => {
            let sql = "SELECT contact_id FROM contact_value WHERE field_id = ? AND value = ? LIMIT ?";
            db::all(conn, sql, (field, value, MOST), id)?
        }
        Key::Words(words) => {
            db::all(conn, "SELECT contact_id FROM contact_words_key WHERE digest = ?", [digest(words)], id)?
        }
    };
    let mut owners = Vec::with_capacity(found.len());
    for one in found {
        let standing = survivor(conn, one)?;
        if !owners.contains(&standing) {
            owners.push(standing);
        }
    }
    Ok(owners)
}

/// The record that holds what this one held, after however many merges.
fn survivor(conn: &Connection, contact: ContactId) -> Result<ContactId> {
    let sql = "WITH RECURSIVE chain (id) AS (
                   VALUES (?) UNION SELECT kept_id FROM contact_merge JOIN chain ON other_id = chain.id
                   WHERE scope = 'all' AND undone_at IS NULL)
               SELECT id FROM chain WHERE NOT EXISTS (
                   SELECT 1 FROM contact_merge WHERE other_id = chain.id AND scope = 'all' AND undone_at IS NULL) LIMIT 1";
    Ok(db::maybe(conn, sql, [contact], |row| row.get(0))?.unwrap_or(contact))
}

fn digest(words: &str) -> Vec<u8> {
    let mut digest = token::digest(words);
    digest.truncate(16);
    digest
}

/// Remembers somebody of whom nothing is known but words.
pub fn remember(conn: &Connection, words: &str, contact: ContactId) -> Result<()> {
    let sql = "INSERT INTO contact_words_key (digest, contact_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
    db::exec(conn, sql, (digest(words), contact))?;
    Ok(())
}

/// Forgets the words of somebody.
pub fn forget(conn: &Connection, contact: ContactId) -> Result<()> {
    db::exec(conn, "DELETE FROM contact_words_key WHERE contact_id = ?", [contact])?;
    Ok(())
}

/// A record's name, and what its fields hold.
pub fn name_and_values(conn: &Connection, contact: ContactId) -> Result<(String, HashMap<FieldId, String>)> {
    let sql = "SELECT field_id, value FROM contact_value WHERE contact_id = ?";
    let values = db::all(conn, sql, [contact], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect();
    Ok((db::one(conn, "SELECT name FROM contact WHERE id = ?", [contact], |row| row.get(0))?, values))
}

/// A record with everything that a line could change.
pub fn known(conn: &Connection, contact: ContactId) -> Result<Known> {
    let (_, values) = name_and_values(conn, contact)?;
    let labels = contact_labels::sql::of(conn, contact)?.into_iter().map(|label| label.name).collect();
    Ok(Known { contact: contacts::sql::find(conn, contact)?, values, labels })
}
