//! Queries on the installation.

use rusqlite::Connection;

use super::Company;
use crate::db;
use crate::error::Result;
use crate::text::Language;
use crate::time::{Timestamp, Zone};

/// The installation; None before its setup.
pub fn find(conn: &Connection) -> Result<Option<Company>> {
    db::maybe(
        conn,
        "SELECT name, time_zone, language, public_url, logo_file IS NOT NULL FROM company WHERE id = 1",
        [],
        |row| {
            Ok(Company {
                name: row.get(0)?,
                zone: Zone::named_or_utc(row.get_ref(1)?.as_str()?),
                language: Language::from_code(row.get_ref(2)?.as_str()?),
                public_url: row.get(3)?,
                has_logo: row.get(4)?,
            })
        },
    )
}

/// Makes the installation's row; false where the setup was done already.
pub fn create(conn: &Connection, name: &str, time_zone: &str, language: Language, now: Timestamp) -> Result<bool> {
    let rows = db::exec(
        conn,
        "INSERT INTO company (id, name, time_zone, language, created_at) VALUES (1, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (name, time_zone, language.code(), now),
    )?;
    Ok(rows == 1)
}
