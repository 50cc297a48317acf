//! Queries on the rows of timelines.

use rusqlite::Connection;

use crate::contacts::ContactId;
use crate::platform::db;
use crate::platform::error::Result;

/// Listed conversations (a JSON list) go from one contact to another, and their entries with them.
pub fn hand_over(conn: &Connection, ids: &str, from: ContactId, to: ContactId) -> Result<()> {
    let sql = "UPDATE OR REPLACE timeline_entry SET contact_id = ? WHERE contact_id = ? AND conversation_id IN (SELECT value FROM json_each(?))";
    db::exec(conn, sql, (to, from, ids))?;
    // A ticket about conversations of both stands in both lines.
    let sql = "INSERT OR IGNORE INTO timeline_entry
               SELECT contact_id, IIF(which = 0, 'ticket', 'ticket_closed'), IIF(which = 0, opened_at, closed_at), ticket.id, conversation.id
               FROM (SELECT id, contact_id FROM conversation WHERE contact_id IN (?, ?)) AS conversation
               CROSS JOIN ticket_conversation ON conversation_id = conversation.id CROSS JOIN ticket ON ticket.id = ticket_id
               CROSS JOIN (SELECT 0 AS which UNION ALL SELECT 1) WHERE which = 0 OR closed_at IS NOT NULL ORDER BY at";
    db::exec(conn, sql, (from, to))?;
    Ok(())
}
