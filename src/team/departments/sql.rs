//! Queries on departments.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, Row};

use super::audience::Audience;
use super::{Department, DepartmentId, Draft};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::{Agent, Role};

fn read(row: &Row<'_>) -> rusqlite::Result<Department> {
    Ok(Department { id: row.get(0)?, name: row.get(1)?, first_answer_goal: row.get(2)? })
}

/// A column with the `group_concat` of ids in a table of its own: no row stands for everyone.
impl FromSql for Audience {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Null => Ok(Self::Everyone),
            value => Self::stored(value.as_str()?).ok_or(FromSqlError::InvalidType),
        }
    }
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
    let sql = "INSERT INTO department (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING";
    let rows = db::exec(conn, sql, (name, now))?;
    Ok((rows == 1).then(|| DepartmentId(conn.last_insert_rowid())))
}

/// One department that is not archived.
pub fn in_use(conn: &Connection, id: DepartmentId) -> Result<Department> {
    let sql = "SELECT id, name, first_answer_goal_ms FROM department WHERE id = ? AND archived_at IS NULL";
    db::one(conn, sql, [id], read)
}

/// Whether another department, archived ones included, has that name.
pub fn is_taken(conn: &Connection, name: &str, but: DepartmentId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM department WHERE name = ? AND id <> ?)";
    db::one(conn, sql, (name, but), |row| row.get(0))
}

/// Changes name and goal.
pub fn update(conn: &Connection, id: DepartmentId, draft: &Draft) -> Result<()> {
    let sql = "UPDATE department SET name = ?, first_answer_goal_ms = ? WHERE id = ?";
    db::exec(conn, sql, (&draft.name, draft.first_answer_goal, id))?;
    Ok(())
}

/// Whether new conversations of a channel in use go there.
pub fn has_channel(conn: &Connection, id: DepartmentId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM channel WHERE department_id = ? AND archived_at IS NULL)";
    db::one(conn, sql, [id], |row| row.get(0))
}

/// Archives a department; its closed conversations stay in it.
pub fn archive(conn: &Connection, id: DepartmentId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE department SET archived_at = ? WHERE id = ?", (now, id))?;
    Ok(())
}
