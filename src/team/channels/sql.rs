//! Queries on channels.

use rusqlite::{Connection, Row};

use super::{Channel, ChannelId, Kind};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::departments::DepartmentId;

fn read(row: &Row<'_>) -> rusqlite::Result<Channel> {
    Ok(Channel {
        id: row.get("id")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        department: row.get("department_id")?,
        public_key: row.get("public_key")?,
        secret: row.get("secret")?,
        reopen_window: row.get("reopen_window_ms")?,
    })
}

/// One channel.
pub fn find(conn: &Connection, id: ChannelId) -> Result<Channel> {
    let sql = "SELECT id, kind, name, department_id, public_key, secret, reopen_window_ms FROM channel WHERE id = ?";
    db::one(conn, sql, [id], read)
}

/// The channel in use behind a public key.
pub fn by_key(conn: &Connection, key: &str) -> Result<Channel> {
    let sql = "SELECT id, kind, name, department_id, public_key, secret, reopen_window_ms FROM channel WHERE public_key = ? AND archived_at IS NULL";
    db::one(conn, sql, [key], read)
}

/// The channel of those who have none; made when it is first needed.
pub fn desk(conn: &Connection, department: DepartmentId, now: Timestamp) -> Result<ChannelId> {
    let known = db::maybe(conn, "SELECT id FROM channel WHERE kind = 'desk'", [], |row| row.get(0))?;
    match known {
        Some(id) => Ok(id),
        None => create(conn, Kind::Desk, "—", department, "desk", "", now),
    }
}

/// Every channel in use, by name.
pub fn all(conn: &Connection) -> Result<Vec<Channel>> {
    let sql = "SELECT id, kind, name, department_id, public_key, secret, reopen_window_ms FROM channel WHERE archived_at IS NULL ORDER BY name";
    db::all(conn, sql, [], read)
}

/// A new channel under a key and a secret of the caller's making.
pub fn create(
    conn: &Connection,
    kind: Kind,
    name: &str,
    department: DepartmentId,
    key: &str,
    secret: &str,
    now: Timestamp,
) -> Result<ChannelId> {
    let sql =
        "INSERT INTO channel (kind, name, department_id, public_key, secret, created_at) VALUES (?, ?, ?, ?, ?, ?)";
    db::insert(conn, sql, (kind, name, department, key, secret, now)).map(ChannelId)
}

/// Changes what the settings page of every channel has.
pub fn update(
    conn: &Connection,
    id: ChannelId,
    name: &str,
    department: DepartmentId,
    reopen_window: i64,
) -> Result<()> {
    let sql = "UPDATE channel SET name = ?, department_id = ?, reopen_window_ms = ? WHERE id = ?";
    db::exec(conn, sql, (name, department, reopen_window, id))?;
    Ok(())
}

/// A channel that is not archived.
pub fn in_use(conn: &Connection, id: ChannelId) -> Result<Channel> {
    let sql = "SELECT id, kind, name, department_id, public_key, secret, reopen_window_ms FROM channel WHERE id = ? AND archived_at IS NULL";
    db::one(conn, sql, [id], read)
}

/// Sets another secret: signatures made with the old one are worth nothing now.
pub fn set_secret(conn: &Connection, id: ChannelId, secret: &str) -> Result<()> {
    db::exec(conn, "UPDATE channel SET secret = ? WHERE id = ?", (secret, id))?;
    Ok(())
}

/// Archives a channel: nothing comes in by it any more; its conversations stay.
pub fn archive(conn: &Connection, id: ChannelId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE channel SET archived_at = ? WHERE id = ?", (now, id))?;
    Ok(())
}
