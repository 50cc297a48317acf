//! Queries on the record of changes.

use rusqlite::Connection;

use super::Action;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;
use crate::team::settings::{SHOWN, SettingsEntry};

/// Writes one line; the subject is what was changed, by name.
///
/// Nobody did what the program does by itself.
pub fn record(
    conn: &Connection,
    agent: impl Into<Option<AgentId>>,
    action: Action,
    subject: &str,
    now: Timestamp,
) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO audit (agent_id, action, subject, at) VALUES (?, ?, ?, ?)",
        (agent.into(), action, subject, now),
    )?;
    Ok(())
}

/// The newest lines before one, newest first; 0 for the very newest.
pub fn before(conn: &Connection, id: i64) -> Result<Vec<SettingsEntry>> {
    let from = if id > 0 { id } else { i64::MAX };
    let sql = "SELECT audit.id, coalesce(agent.name, '') AS agent_name, action, subject, at FROM audit LEFT JOIN agent ON agent.id = agent_id
               WHERE audit.id < ? ORDER BY audit.id DESC LIMIT ?";
    db::all(conn, sql, (from, SHOWN), |row| {
        Ok(SettingsEntry {
            id: row.get("id")?,
            agent: row.get("agent_name")?,
            action: Action::from_word(row.get_ref("action")?.as_str()?),
            subject: row.get("subject")?,
            at: row.get("at")?,
        })
    })
}
