//! Queries on files that wait to be taken.

use rusqlite::Connection;

use super::{ImportId, Register};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{DAY, Timestamp};
use crate::team::agents::AgentId;

/// Keeps a file that was tried, for a day at most; the person's earlier ones go.
pub fn keep(conn: &Connection, register: Register, by: AgentId, text: &str, now: Timestamp) -> Result<ImportId> {
    db::exec(conn, "DELETE FROM catalogue_import WHERE agent_id = ? OR at < ?", (by, now.plus(-DAY)))?;
    let sql = "INSERT INTO catalogue_import (register, agent_id, text, at) VALUES (?, ?, ?, ?)";
    db::insert(conn, sql, (register, by, text, now)).map(ImportId)
}

/// Takes a person's own file out.
pub fn take(conn: &Connection, id: ImportId, register: Register, by: AgentId) -> Result<Option<String>> {
    let sql = "DELETE FROM catalogue_import WHERE id = ? AND register = ? AND agent_id = ? RETURNING text";
    db::maybe(conn, sql, (id, register, by), |row| row.get(0))
}
