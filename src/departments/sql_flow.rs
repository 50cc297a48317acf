//! Queries on how conversations move through a department: distribution, transfers, farewell.

use rusqlite::Connection;

use super::DepartmentId;
use super::flow::Flow;
use crate::agents::AgentId;
use crate::db;
use crate::error::Result;

/// The rules of a department.
pub fn find(conn: &Connection, id: DepartmentId) -> Result<Flow> {
    db::one(
        conn,
        "SELECT distribution, distribution_cap, transfer_limit_ms, farewell, asks_rating FROM department WHERE id = ?",
        [id],
        |row| {
            Ok(Flow {
                distribution: row.get(0)?,
                cap: row.get(1)?,
                transfer_limit: row.get(2)?,
                farewell: row.get(3)?,
                asks_rating: row.get(4)?,
            })
        },
    )
}

/// Changes them.
pub fn save(conn: &Connection, id: DepartmentId, flow: &Flow) -> Result<()> {
    db::exec(
        conn,
        "UPDATE department SET distribution = ?, distribution_cap = ?, transfer_limit_ms = ?, farewell = ?, asks_rating = ? WHERE id = ?",
        (flow.distribution, flow.cap, flow.transfer_limit, &flow.farewell, flow.asks_rating, id),
    )?;
    Ok(())
}

/// The cap and whose turn was last, where a department hands out by itself.
pub fn turn(conn: &Connection, id: DepartmentId) -> Result<Option<(i64, AgentId)>> {
    let sql = "SELECT distribution_cap, handed_to FROM department WHERE id = ? AND distribution = 'automatic' AND archived_at IS NULL";
    db::maybe(conn, sql, [id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// It was this person's turn.
pub fn handed_to(conn: &Connection, id: DepartmentId, agent: AgentId) -> Result<()> {
    db::exec(conn, "UPDATE department SET handed_to = ? WHERE id = ?", (agent, id))?;
    Ok(())
}
