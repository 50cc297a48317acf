//! Queries on the register of contacts: pages, what belongs to a person, and forgetting one.

use std::collections::HashMap;

use rusqlite::Connection;

use super::columns::Column;
use super::{Contact, ContactId, IdentityId};
use crate::contacts::contact_labels::{self, Label};
use crate::contacts::custom_fields::{FieldId, sql_values};
use crate::desk::conversations::{ConversationId, State};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::departments::DepartmentId;

/// The last conversation of a contact.
#[derive(Clone, Debug)]
pub struct Last {
    pub number: i64,
    pub at: Timestamp,
    pub department: String,
}

/// A contact as the register lists it, as far as the chosen columns need it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub contact: Contact,
    pub since: Timestamp,
    pub labels: Vec<Label>,
    pub last: Option<Last>,
    pub values: HashMap<FieldId, String>,
}

/// One line of the register.
pub fn listed(conn: &Connection, id: ContactId, columns: &[Column]) -> Result<Listed> {
    let wants = |column: Column| columns.contains(&column);
    let last = if wants(Column::Last) || wants(Column::Department) { last(conn, id)? } else { None };
    let labels = if wants(Column::Labels) { contact_labels::sql::of(conn, id)? } else { Vec::new() };
    let values = if columns.iter().any(|column| matches!(column, Column::Field(_))) {
        sql_values::of_contact(conn, id)?
    } else {
        HashMap::new()
    };
    let since = db::one(conn, "SELECT created_at FROM contact WHERE id = ?", [id], |row| row.get(0))?;
    Ok(Listed { contact: super::sql::find(conn, id)?, since, labels, last, values })
}

fn last(conn: &Connection, id: ContactId) -> Result<Option<Last>> {
    let sql =
        "SELECT number, opened_at, department.name FROM conversation JOIN department ON department.id = department_id
               WHERE contact_id = ? ORDER BY conversation.id DESC LIMIT 1";
    db::maybe(conn, sql, [id], |row| Ok(Last { number: row.get(0)?, at: row.get(1)?, department: row.get(2)? }))
}

/// A channel of a contact: its identity, the channel's name, and what it knows the person by.
pub type Known = (IdentityId, String, String);

/// How a contact is known.
pub fn identities(conn: &Connection, contact: ContactId) -> Result<Vec<Known>> {
    let sql = "SELECT identity.id, channel.name, value FROM identity JOIN channel ON channel.id = channel_id WHERE contact_id = ? ORDER BY identity.id";
    db::all(conn, sql, [contact], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// A conversation of a contact, for a list.
#[derive(Clone, Debug)]
pub struct Case {
    pub id: ConversationId,
    pub number: i64,
    pub department: DepartmentId,
    pub assignee: Option<crate::team::agents::AgentId>,
    pub state: State,
    pub opened_at: Timestamp,
}

/// The conversations of a contact, newest first.
pub fn cases(conn: &Connection, contact: ContactId, limit: i64) -> Result<Vec<Case>> {
    db::all(
        conn,
        "SELECT id, number, department_id, assignee_id, state, opened_at FROM conversation WHERE contact_id = ? ORDER BY id DESC LIMIT ?",
        (contact, limit),
        |row| {
            Ok(Case {
                id: row.get("id")?,
                number: row.get("number")?,
                department: row.get("department_id")?,
                assignee: row.get("assignee_id")?,
                state: row.get("state")?,
                opened_at: row.get("opened_at")?,
            })
        },
    )
}

/// Forgets who a contact was: nothing that a channel knew leads here any more.
pub fn forget(conn: &Connection, contact: ContactId, name: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE contact SET name = ?, phone = '', email = '', updated_at = ? WHERE id = ?";
    db::exec(conn, sql, (name, now, contact))?;
    db::exec(conn, "INSERT INTO forgotten (contact_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", (contact, now))?;
    db::exec(conn, "UPDATE identity SET value = 'forgotten:' || id, verified = 0 WHERE contact_id = ?", [contact])?;
    Ok(())
}
