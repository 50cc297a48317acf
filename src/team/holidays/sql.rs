//! Queries on holidays.

use rusqlite::Connection;

use super::Holiday;
use crate::platform::db;
use crate::platform::error::Result;

/// Those from a day on, in order.
pub fn from(conn: &Connection, day: i64) -> Result<Vec<Holiday>> {
    db::all(conn, "SELECT day, name FROM holiday WHERE day >= ? ORDER BY day LIMIT 500", [day], |row| {
        Ok(Holiday { day: row.get(0)?, name: row.get(1)? })
    })
}

/// Adds one, or gives its day another name.
pub fn add(conn: &Connection, day: i64, name: &str) -> Result<()> {
    let sql = "INSERT INTO holiday (day, name) VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name";
    db::exec(conn, sql, (day, name))?;
    Ok(())
}

/// Takes one away.
pub fn remove(conn: &Connection, day: i64) -> Result<()> {
    db::exec(conn, "DELETE FROM holiday WHERE day = ?", [day])?;
    Ok(())
}
