//! Queries on the register of contacts: pages, what belongs to a person, and forgetting one.

use rusqlite::Connection;

use super::{Contact, ContactId, IdentityId};
use crate::conversations::{ConversationId, State};
use crate::db;
use crate::departments::DepartmentId;
use crate::error::Result;
use crate::labels::{self, Label};
use crate::time::Timestamp;

/// A contact as the register lists it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub contact: Contact,
    pub labels: Vec<Label>,
    pub since: Timestamp,
    /// Its number and when it was opened.
    pub last: Option<(i64, Timestamp)>,
}

/// Records that stand for themselves: those that went into another are left out.
const STANDS: &str =
    "NOT EXISTS (SELECT 1 FROM contact_union WHERE other_id = contact.id AND scope = 'all' AND undone_at IS NULL)";

/// A page of the register, newest first.
pub fn page(conn: &Connection, before: Option<ContactId>, limit: i64) -> Result<Vec<ContactId>> {
    let sql = format!("SELECT id FROM contact WHERE id < ? AND {STANDS} ORDER BY id DESC LIMIT ?");
    db::all(conn, &sql, (before.map_or(i64::MAX, |id| id.0), limit), |row| row.get(0))
}

/// One line of the register.
pub fn listed(conn: &Connection, id: ContactId) -> Result<Listed> {
    let since = db::one(conn, "SELECT created_at FROM contact WHERE id = ?", [id], |row| row.get(0))?;
    let sql = "SELECT number, opened_at FROM conversation WHERE contact_id = ? ORDER BY id DESC LIMIT 1";
    let last = db::maybe(conn, sql, [id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Listed { contact: super::sql::find(conn, id)?, labels: labels::sql::of(conn, id)?, since, last })
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
    pub assignee: Option<crate::agents::AgentId>,
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
                id: row.get(0)?,
                number: row.get(1)?,
                department: row.get(2)?,
                assignee: row.get(3)?,
                state: row.get(4)?,
                opened_at: row.get(5)?,
            })
        },
    )
}

/// Forgets who a contact was: nothing that a channel knew leads here any more.
pub fn forget(conn: &Connection, contact: ContactId, name: &str, now: Timestamp) -> Result<()> {
    let sql = "UPDATE contact SET name = ?, phone = '', email = '', updated_at = ? WHERE id = ?";
    db::exec(conn, sql, (name, now, contact))?;
    db::exec(conn, "UPDATE identity SET value = 'forgotten:' || id, verified = 0 WHERE contact_id = ?", [contact])?;
    Ok(())
}
