//! Queries on what the fields hold, and on the history of records.

use std::collections::HashMap;

use rusqlite::Connection;

use super::{CustomField, FieldChange, FieldId, FieldValue};
use crate::contacts::{ContactId, custom_fields};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;
use crate::team::departments::DepartmentId;

/// Fields with a contact's values.
pub fn filled(conn: &Connection, contact: ContactId, fields: Vec<CustomField>) -> Result<Vec<FieldValue>> {
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = of_contact(conn, contact)?;
    let fill = |field: CustomField| FieldValue { value: values.remove(&field.id).unwrap_or_default(), field };
    Ok(fields.into_iter().map(fill).collect())
}

/// What the fields hold of a contact.
pub fn of_contact(conn: &Connection, contact: ContactId) -> Result<HashMap<FieldId, String>> {
    let sql = "SELECT field_id, value FROM contact_value WHERE contact_id = ?";
    Ok(db::all(conn, sql, [contact], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

/// Another contact with this value of a field.
pub fn holder(conn: &Connection, field: FieldId, value: &str, but: ContactId) -> Result<Option<ContactId>> {
    let sql = "SELECT contact_id FROM contact_value WHERE field_id = ? AND value = ? AND contact_id <> ? LIMIT 1";
    db::maybe(conn, sql, (field, value, but), |row| row.get(0))
}

/// Whether two contacts share a value of a field.
pub fn repeats(conn: &Connection, field: FieldId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM contact_value WHERE field_id = ? GROUP BY value HAVING count(*) > 1)";
    db::one(conn, sql, [field], |row| row.get(0))
}

/// Stores a value; an empty one goes.
pub fn set(conn: &Connection, contact: ContactId, field: FieldId, value: &str) -> Result<()> {
    if value.is_empty() {
        db::exec(conn, "DELETE FROM contact_value WHERE contact_id = ? AND field_id = ?", (contact, field))?;
        return Ok(());
    }
    let sql = "INSERT INTO contact_value (contact_id, field_id, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value";
    db::exec(conn, sql, (contact, field, value))?;
    Ok(())
}

/// Every value of a field.
pub fn of_field(conn: &Connection, field: FieldId) -> Result<Vec<(ContactId, String)>> {
    let sql = "SELECT contact_id, value FROM contact_value WHERE field_id = ? ORDER BY contact_id";
    db::all(conn, sql, [field], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Keeps that somebody changed a record; None for the system.
pub fn keep(
    conn: &Connection,
    contact: ContactId,
    by: Option<AgentId>,
    field: &str,
    (was, becomes): (&str, &str),
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO contact_change (contact_id, agent_id, field, was, becomes, at) VALUES (?, ?, ?, ?, ?, ?)";
    db::exec(conn, sql, (contact, by, field, was, becomes, now))?;
    Ok(())
}

/// The latest changes of a record, newest first.
pub fn changes(conn: &Connection, contact: ContactId, limit: i64) -> Result<Vec<FieldChange>> {
    db::all(
        conn,
        "SELECT coalesce(name, '') AS agent_name, field, was, becomes, at FROM contact_change LEFT JOIN agent ON agent.id = agent_id
         WHERE contact_id = ? ORDER BY contact_change.id DESC LIMIT ?",
        (contact, limit),
        |row| {
            Ok(FieldChange {
                agent: row.get("agent_name")?,
                field: row.get("field")?,
                was: row.get("was")?,
                becomes: row.get("becomes")?,
                at: row.get("at")?,
            })
        },
    )
}

/// Contacts that have this value in one of these fields, newest first; for documents and codes as they are stored.
pub fn with_value(conn: &Connection, value: &str, fields: &[FieldId], limit: i64) -> Result<Vec<ContactId>> {
    let sql = "SELECT DISTINCT contact_id FROM contact_value
               WHERE field_id IN (SELECT json_each.value FROM json_each(?)) AND contact_value.value = ? ORDER BY contact_id DESC LIMIT ?";
    db::all(conn, sql, (serde_json::to_string(fields)?, value, limit), |row| row.get(0))
}

/// Forgets what the fields hold of a contact, and who changed what.
pub fn forget(conn: &Connection, contact: ContactId) -> Result<()> {
    db::exec(conn, "DELETE FROM contact_value WHERE contact_id = ?", [contact])?;
    db::exec(conn, "DELETE FROM contact_change WHERE contact_id = ?", [contact])?;
    Ok(())
}

/// The custom fields that the people of a conversation's department see, with the contact's values.
pub fn seen_in(conn: &Connection, department: DepartmentId, contact: ContactId) -> Result<Vec<FieldValue>> {
    let fields = custom_fields::sql::of_department(conn, department)?;
    filled(conn, contact, fields)
}
