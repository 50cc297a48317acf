//! Queries of the settings page on people.

use rusqlite::Connection;

use super::draft::AgentForm;
use super::{AgentId, sql};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::Language;
use crate::platform::time::Timestamp;
use crate::team::departments::DepartmentId;

/// What the list says of a person beside name and role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentStanding {
    pub agent: AgentId,
    /// No password was ever set: the invitation is open.
    pub invited: bool,
}

/// Who has not accepted an invitation yet, of those who are not archived.
pub fn standings(conn: &Connection) -> Result<Vec<AgentStanding>> {
    let sql = "SELECT id, password_hash IS NULL FROM agent WHERE archived_at IS NULL";
    db::all(conn, sql, [], |row| Ok(AgentStanding { agent: row.get(0)?, invited: row.get(1)? }))
}

/// Whether the person was archived.
pub fn is_archived(conn: &Connection, id: AgentId) -> Result<bool> {
    db::one(conn, "SELECT archived_at IS NOT NULL FROM agent WHERE id = ?", [id], |row| row.get(0))
}

/// Whether the address is another person's, archived ones included.
pub fn is_taken(conn: &Connection, email: &str, but: Option<AgentId>) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM agent WHERE email = ? AND id IS NOT ?)";
    db::one(conn, sql, (email, but), |row| row.get(0))
}

/// Whether an administrator who can sign in remains without this person.
pub fn another_admin(conn: &Connection, but: AgentId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM agent WHERE role = 'admin' AND archived_at IS NULL
               AND password_hash IS NOT NULL AND id <> ?)";
    db::one(conn, sql, [but], |row| row.get(0))
}

/// A new person with departments; None where the address is taken.
pub fn invite(conn: &Connection, draft: &AgentForm, language: Language, now: Timestamp) -> Result<Option<AgentId>> {
    let Some(id) = sql::create(conn, &draft.name, &draft.email, draft.role, language, now)? else { return Ok(None) };
    sql::set_departments(conn, id, &draft.departments)?;
    Ok(Some(id))
}

/// The names and ids of a department's people.
pub fn members(conn: &Connection, department: DepartmentId) -> Result<Vec<AgentId>> {
    db::all(
        conn,
        "SELECT agent_id FROM membership JOIN agent ON agent.id = agent_id
         WHERE department_id = ? AND archived_at IS NULL ORDER BY name",
        [department],
        |row| row.get(0),
    )
}

/// Puts exactly these people into a department, those who are not archived.
pub fn set_members(conn: &Connection, department: DepartmentId, agents: &[AgentId]) -> Result<()> {
    db::exec(conn, "DELETE FROM membership WHERE department_id = ?", [department])?;
    for agent in agents {
        db::exec(
            conn,
            "INSERT INTO membership (agent_id, department_id)
             SELECT id, ?2 FROM agent WHERE id = ?1 AND archived_at IS NULL ON CONFLICT DO NOTHING",
            (agent, department),
        )?;
    }
    Ok(())
}

/// Changes what stands on a person's row.
pub fn update(conn: &Connection, id: AgentId, draft: &AgentForm) -> Result<()> {
    let sql = "UPDATE agent SET name = ?, email = ?, role = ? WHERE id = ?";
    db::exec(conn, sql, (&draft.name, &draft.email, draft.role, id))?;
    Ok(())
}

/// Marks a person as archived, and forgets the links that were sent to them.
pub fn archive(conn: &Connection, id: AgentId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE agent SET archived_at = ?, presence = 'offline' WHERE id = ?", (now, id))?;
    db::exec(conn, "DELETE FROM one_time_link WHERE agent_id = ?", [id])?;
    Ok(())
}
