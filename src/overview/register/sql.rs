//! Queries on the register of contacts: pages, what belongs to a person, and forgetting one.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::contacts::columns::Column;
use crate::contacts::contact_labels::{self, Label};
use crate::contacts::custom_fields::{FieldId, sql_values};
use crate::contacts::{Contact, ContactId};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;

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
    Ok(Listed { contact: crate::contacts::sql::find(conn, id)?, since, labels, last, values })
}

fn last(conn: &Connection, id: ContactId) -> Result<Option<Last>> {
    let sql =
        "SELECT number, opened_at, department.name FROM conversation JOIN department ON department.id = department_id
               WHERE contact_id = ? ORDER BY conversation.id DESC LIMIT 1";
    db::maybe(conn, sql, [id], |row| Ok(Last { number: row.get(0)?, at: row.get(1)?, department: row.get(2)? }))
}
