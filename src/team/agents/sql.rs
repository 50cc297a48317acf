//! Queries on people, sessions and one-time links.

use rusqlite::{Connection, Row};

use super::{Agent, AgentId, Presence, Role, SessionId, Theme};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::Language;
use crate::platform::time::{DAY, Timestamp};
use crate::team::departments::DepartmentId;

/// How long a sign-in lasts.
pub const SESSION: i64 = 30 * DAY;

crate::columns! {
    /// What every request reads of a person; the statement goes on with what else it wants, and where from.
    Columns {
        id = "agent.id",
        name = "agent.name",
        email = "agent.email",
        role = "agent.role",
        language = "agent.language",
        theme = "agent.theme",
        sounds = "agent.sounds",
        enter_sends = "agent.enter_sends",
        presence = "agent.presence",
    }
    ""
}
const SELECT: &str = Columns::SELECT;

fn read(row: &Row<'_>) -> rusqlite::Result<Agent> {
    let at = Columns::AT;
    Ok(Agent {
        id: row.get(at.id)?,
        name: row.get(at.name)?,
        email: row.get(at.email)?,
        role: row.get(at.role)?,
        language: Language::from_code(row.get_ref(at.language)?.as_str()?),
        theme: row.get(at.theme)?,
        sounds: row.get(at.sounds)?,
        enter_sends: row.get(at.enter_sends)?,
        presence: row.get(at.presence)?,
        departments: Vec::new(),
        automatic: Vec::new(),
    })
}

fn with_departments(conn: &Connection, mut agent: Agent) -> Result<Agent> {
    for (department, automatic) in departments(conn, agent.id)? {
        agent.departments.push(department);
        if automatic {
            agent.automatic.push(department);
        }
    }
    Ok(agent)
}

/// Own departments, archived ones left out, and whether each hands its conversations out by itself.
pub fn departments(conn: &Connection, agent: AgentId) -> Result<Vec<(DepartmentId, bool)>> {
    db::all(
        conn,
        "SELECT department_id, assignment = 'automatic' FROM membership JOIN department ON department.id = department_id
         WHERE agent_id = ? AND archived_at IS NULL ORDER BY name",
        [agent],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The person behind a session's token, while it lasts.
pub fn by_session(conn: &Connection, digest: &[u8], now: Timestamp) -> Result<Option<(SessionId, Agent)>> {
    let found = db::maybe(
        conn,
        &format!(
            "{SELECT}, session.id AS session_id FROM session JOIN agent ON agent.id = session.agent_id
             WHERE session.token_hash = ? AND session.expires_at > ? AND agent.archived_at IS NULL"
        ),
        (digest, now),
        |row| Ok((row.get("session_id")?, read(row)?)),
    )?;
    found.map(|(session, agent)| Ok((session, with_departments(conn, agent)?))).transpose()
}

/// One person.
pub fn find(conn: &Connection, id: AgentId) -> Result<Agent> {
    let agent = db::one(conn, &format!("{SELECT} FROM agent WHERE id = ?"), [id], read)?;
    with_departments(conn, agent)
}

/// Everybody who has not been archived, by name.
pub fn everybody(conn: &Connection) -> Result<Vec<Agent>> {
    let agents = db::all(conn, &format!("{SELECT} FROM agent WHERE archived_at IS NULL ORDER BY name"), [], read)?;
    agents.into_iter().map(|agent| with_departments(conn, agent)).collect()
}

/// A person who may sign in, with the password hash.
pub fn by_email(conn: &Connection, email: &str) -> Result<Option<(AgentId, Option<String>)>> {
    db::maybe(conn, "SELECT id, password_hash FROM agent WHERE email = ? AND archived_at IS NULL", [email], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The password hash of a person.
pub fn password_hash(conn: &Connection, id: AgentId) -> Result<Option<String>> {
    db::one(conn, "SELECT password_hash FROM agent WHERE id = ?", [id], |row| row.get(0))
}

/// A new person; answers Conflict-free None where the address is taken.
pub fn create(
    conn: &Connection,
    name: &str,
    email: &str,
    role: Role,
    language: Language,
    now: Timestamp,
) -> Result<Option<AgentId>> {
    let rows = db::exec(
        conn,
        "INSERT INTO agent (name, email, role, language, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING",
        (name, email, role, language.code(), now),
    )?;
    Ok((rows == 1).then(|| AgentId(conn.last_insert_rowid())))
}

/// Puts a person into exactly these departments.
pub fn set_departments(conn: &Connection, id: AgentId, departments: &[DepartmentId]) -> Result<()> {
    db::exec(conn, "DELETE FROM membership WHERE agent_id = ?", [id])?;
    for department in departments {
        db::exec(
            conn,
            "INSERT INTO membership (agent_id, department_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (id, department),
        )?;
    }
    Ok(())
}

/// A new session for a digest of its token.
pub fn start_session(
    conn: &Connection,
    id: AgentId,
    digest: &[u8],
    user_agent: &str,
    address: &str,
    now: Timestamp,
) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO session (token_hash, agent_id, user_agent, address, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        (digest, id, user_agent, address, now, now.plus(SESSION)),
    )?;
    Ok(())
}

/// Removes sessions and links whose time is over.
pub fn drop_expired(conn: &Connection, now: Timestamp) -> Result<()> {
    db::exec(conn, "DELETE FROM session WHERE expires_at <= ?", [now])?;
    db::exec(conn, "DELETE FROM one_time_link WHERE expires_at <= ?", [now])?;
    Ok(())
}

/// Sets the presence, by the person or by the clock.
pub fn set_presence(conn: &Connection, id: AgentId, presence: Presence, by_clock: bool, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "UPDATE agent SET presence = ?, presence_by_clock = ?, seen_at = CASE WHEN ?2 THEN seen_at ELSE ? END WHERE id = ?",
        (presence, by_clock, now, id),
    )?;
    Ok(())
}

/// A sign of life; answers whether the clock had set the presence meanwhile.
pub fn seen(conn: &Connection, id: AgentId, now: Timestamp) -> Result<bool> {
    db::one(conn, "UPDATE agent SET seen_at = ? WHERE id = ? RETURNING presence_by_clock", (now, id), |row| row.get(0))
}

/// People who are online but gave no sign of life since.
pub fn silent_since(conn: &Connection, since: Timestamp) -> Result<Vec<AgentId>> {
    db::all(conn, "SELECT id FROM agent WHERE presence = 'online' AND seen_at < ?", [since], |row| row.get(0))
}

/// What a person chooses for themselves.
pub fn set_preferences(
    conn: &Connection,
    id: AgentId,
    name: &str,
    language: Language,
    theme: Theme,
    sounds: bool,
    enter_sends: bool,
) -> Result<()> {
    db::exec(
        conn,
        "UPDATE agent SET name = ?, language = ?, theme = ?, sounds = ?, enter_sends = ? WHERE id = ?",
        (name, language.code(), theme, sounds, enter_sends, id),
    )?;
    Ok(())
}

/// Removes a session.
pub fn delete_session(conn: &Connection, id: SessionId) -> Result<()> {
    db::exec(conn, "DELETE FROM session WHERE id = ?", [id])?;
    Ok(())
}

/// The sessions of a person.
pub fn sessions_of(conn: &Connection, id: AgentId) -> Result<Vec<SessionId>> {
    db::all(conn, "SELECT id FROM session WHERE agent_id = ?", [id], |row| row.get(0))
}

/// Every session but one.
pub fn sessions_but(conn: &Connection, but: SessionId) -> Result<Vec<SessionId>> {
    db::all(conn, "SELECT id FROM session WHERE id <> ?", [but], |row| row.get(0))
}

/// Sets the password.
pub fn set_password_hash(conn: &Connection, id: AgentId, hash: &str) -> Result<()> {
    db::exec(conn, "UPDATE agent SET password_hash = ? WHERE id = ?", (hash, id))?;
    Ok(())
}
