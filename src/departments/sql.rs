//! Queries on departments.

use rusqlite::{Connection, Row};

use super::{Department, DepartmentId};
use crate::agents::{Agent, Role};
use crate::db;
use crate::error::Result;
use crate::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<Department> {
    Ok(Department { id: row.get(0)?, name: row.get(1)?, first_answer_goal: row.get(2)? })
}

/// Every department in use, by name.
pub fn all(conn: &Connection) -> Result<Vec<Department>> {
    db::all(
        conn,
        "SELECT id, name, first_answer_goal_ms FROM department WHERE archived_at IS NULL ORDER BY name",
        [],
        read,
    )
}

/// Those that a person may see.
pub fn of(conn: &Connection, agent: &Agent) -> Result<Vec<Department>> {
    let mut found = all(conn)?;
    found.retain(|department| agent.role == Role::Admin || agent.departments.contains(&department.id));
    Ok(found)
}

/// One department.
pub fn find(conn: &Connection, id: DepartmentId) -> Result<Department> {
    db::one(conn, "SELECT id, name, first_answer_goal_ms FROM department WHERE id = ?", [id], read)
}

/// A new department; None where the name is taken.
pub fn create(conn: &Connection, name: &str, now: Timestamp) -> Result<Option<DepartmentId>> {
    let rows = db::exec(
        conn,
        "INSERT INTO department (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        (name, now),
    )?;
    Ok((rows == 1).then(|| DepartmentId(conn.last_insert_rowid())))
}
