//! Queries on the register of contacts: pages, what belongs to a person, and forgetting one.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::contacts::ContactId;
use crate::contacts::columns::ContactColumn;
use crate::contacts::contact_labels::{self};
use crate::contacts::custom_fields::sql_values;
use crate::overview::register::{LastConversation, RegisterRow};
use crate::platform::db;
use crate::platform::error::Result;

/// One line of the register.
pub fn listed(conn: &Connection, id: ContactId, columns: &[ContactColumn]) -> Result<RegisterRow> {
    let wants = |column: ContactColumn| columns.contains(&column);
    let last = if wants(ContactColumn::Last) || wants(ContactColumn::Department) { last(conn, id)? } else { None };
    let labels = if wants(ContactColumn::Labels) { contact_labels::sql::of(conn, id)? } else { Vec::new() };
    let values = if columns.iter().any(|column| matches!(column, ContactColumn::Field(_))) {
        sql_values::of_contact(conn, id)?
    } else {
        HashMap::new()
    };
    let since = db::one(conn, "SELECT created_at FROM contact WHERE id = ?", [id], |row| row.get(0))?;
    Ok(RegisterRow { contact: crate::contacts::sql::find(conn, id)?, since, labels, last, values })
}

pub fn last(conn: &Connection, id: ContactId) -> Result<Option<LastConversation>> {
    let sql =
        "SELECT number, opened_at, department.name FROM conversation JOIN department ON department.id = department_id
               WHERE contact_id = ? ORDER BY conversation.id DESC LIMIT 1";
    db::maybe(conn, sql, [id], |row| {
        Ok(LastConversation { number: row.get(0)?, at: row.get(1)?, department: row.get(2)? })
    })
}
