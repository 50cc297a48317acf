//! Queries on links that work once; only their digests are stored.

use rusqlite::Connection;

use super::draft::Purpose;
use super::{Agent, AgentId, sql};
use crate::platform::db;
use crate::platform::error::{Error, Result};
use crate::platform::time::Timestamp;
use crate::platform::web::token;

/// A new link's token. Earlier ones for the same purpose stop working.
pub fn create(conn: &Connection, purpose: Purpose, agent: AgentId, now: Timestamp) -> Result<String> {
    forget(conn, purpose, agent)?;
    let token = token::random()?;
    db::exec(
        conn,
        "INSERT INTO one_time_link (token_hash, purpose, agent_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
        (token::digest(&token), purpose, agent, now, now.plus(purpose.lasts())),
    )?;
    Ok(token)
}

/// Makes a person's links for a purpose useless.
pub fn forget(conn: &Connection, purpose: Purpose, agent: AgentId) -> Result<()> {
    db::exec(conn, "DELETE FROM one_time_link WHERE purpose = ? AND agent_id = ?", (purpose, agent))?;
    Ok(())
}

/// The person behind a link, while it works.
pub fn find(conn: &Connection, purpose: Purpose, token: &str, now: Timestamp) -> Result<Agent> {
    let sql = "SELECT agent_id FROM one_time_link JOIN agent ON agent.id = agent_id
               WHERE token_hash = ? AND purpose = ? AND used_at IS NULL AND expires_at > ? AND archived_at IS NULL";
    let id = db::one(conn, sql, (token::digest(token), purpose, now), |row| row.get(0))?;
    sql::find(conn, id)
}

/// Uses a link up: NotFound for whoever comes second.
pub fn take(conn: &Connection, purpose: Purpose, token: &str, now: Timestamp) -> Result<AgentId> {
    let agent = find(conn, purpose, token, now)?;
    let rows = db::exec(
        conn,
        "UPDATE one_time_link SET used_at = ? WHERE token_hash = ? AND used_at IS NULL",
        (now, token::digest(token)),
    )?;
    if rows == 1 { Ok(agent.id) } else { Err(Error::NotFound) }
}
