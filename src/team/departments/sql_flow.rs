//! Queries on how conversations move through a department: assignment, transfers, farewell.

use rusqlite::Connection;

use super::DepartmentId;
use super::flow::Flow;
use crate::platform::db;
use crate::platform::error::Result;
use crate::team::agents::AgentId;

/// The rules of a department.
pub fn find(conn: &Connection, id: DepartmentId) -> Result<Flow> {
    db::one(
        conn,
        "SELECT assignment, assignment_cap, transfer_limit_ms, farewell, asks_rating, handling_goal_ms, reopen_window_ms FROM department WHERE id = ?",
        [id],
        |row| {
            Ok(Flow {
                assignment: row.get("assignment")?,
                cap: row.get("assignment_cap")?,
                transfer_limit: row.get("transfer_limit_ms")?,
                farewell: row.get("farewell")?,
                asks_rating: row.get("asks_rating")?,
                handling_goal: row.get("handling_goal_ms")?,
                reopen_window: row.get("reopen_window_ms")?,
            })
        },
    )
}

/// Changes them.
pub fn save(conn: &Connection, id: DepartmentId, flow: &Flow) -> Result<()> {
    db::exec(
        conn,
        "UPDATE department SET assignment = ?, assignment_cap = ?, transfer_limit_ms = ?, farewell = ?, asks_rating = ?,
                handling_goal_ms = ?, reopen_window_ms = ? WHERE id = ?",
        (
            flow.assignment,
            flow.cap,
            flow.transfer_limit,
            &flow.farewell,
            flow.asks_rating,
            flow.handling_goal,
            flow.reopen_window,
            id,
        ),
    )?;
    Ok(())
}

/// Within which the cases of a department should be over, in milliseconds; 0 for no goal.
pub fn handling_goal(conn: &Connection, id: DepartmentId) -> Result<i64> {
    db::one(conn, "SELECT handling_goal_ms FROM department WHERE id = ?", [id], |row| row.get(0))
}

/// A department's own reopen window, where it has one.
pub fn reopen_window(conn: &Connection, id: DepartmentId) -> Result<Option<i64>> {
    db::one(conn, "SELECT reopen_window_ms FROM department WHERE id = ?", [id], |row| row.get(0))
}

/// The cap and whose turn was last, where a department hands out by itself.
pub fn turn(conn: &Connection, id: DepartmentId) -> Result<Option<(i64, AgentId)>> {
    let sql = "SELECT assignment_cap, handed_to FROM department WHERE id = ? AND assignment = 'automatic' AND archived_at IS NULL";
    db::maybe(conn, sql, [id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// It was this person's turn.
pub fn handed_to(conn: &Connection, id: DepartmentId, agent: AgentId) -> Result<()> {
    db::exec(conn, "UPDATE department SET handed_to = ? WHERE id = ?", (agent, id))?;
    Ok(())
}
