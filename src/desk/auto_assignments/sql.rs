//! Queries on who is present, and what waits for nobody.

use rusqlite::Connection;

use super::Candidate;
use crate::platform::db;
use crate::platform::error::Result;
use crate::team::departments::DepartmentId;

/// The people of a department who are online, with all that they hold open, in whatever department.
pub fn present(conn: &Connection, department: DepartmentId) -> Result<Vec<Candidate>> {
    db::all(
        conn,
        "SELECT agent.id, (SELECT coalesce(sum(total), 0) FROM queue_count WHERE assignee_id = agent.id AND state <> 'closed')
         FROM membership JOIN agent ON agent.id = agent_id
         WHERE department_id = ? AND presence = 'online' AND archived_at IS NULL",
        [department],
        |row| Ok(Candidate { agent: row.get(0)?, load: row.get(1)? }),
    )
}

/// Automatic departments in which something waits for nobody.
pub fn waiting(conn: &Connection) -> Result<Vec<DepartmentId>> {
    db::all(
        conn,
        "SELECT DISTINCT department_id FROM queue_count JOIN department ON department.id = department_id
         WHERE assignee_id = 0 AND total > 0 AND state IN ('waiting_agent', 'waiting_contact') AND assignment = 'automatic'",
        [],
        |row| row.get(0),
    )
}
