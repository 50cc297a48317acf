//! Queries on the columns that each person chose for the register.

use rusqlite::Connection;

use super::columns::{self, ContactColumn, USUAL};
use crate::contacts::custom_fields::CustomField;
use crate::platform::db;
use crate::platform::error::Result;
use crate::team::agents::AgentId;

/// The columns that a person sees; `fields` are the custom fields that are for them.
pub fn of(conn: &Connection, agent: AgentId, fields: &[CustomField]) -> Result<Vec<ContactColumn>> {
    let sql = "SELECT keys FROM contact_columns WHERE agent_id = ?";
    let keys: Option<String> = db::maybe(conn, sql, [agent], |row| row.get(0))?;
    Ok(keys.map_or_else(|| USUAL.to_vec(), |keys| columns::chosen(keys.split(' '), fields)))
}

/// Keeps a choice.
pub fn set(conn: &Connection, agent: AgentId, columns: &[ContactColumn]) -> Result<()> {
    let keys = columns.iter().map(|column| column.key()).collect::<Vec<_>>().join(" ");
    let sql =
        "INSERT INTO contact_columns (agent_id, keys) VALUES (?, ?) ON CONFLICT DO UPDATE SET keys = excluded.keys";
    db::exec(conn, sql, (agent, keys))?;
    Ok(())
}
