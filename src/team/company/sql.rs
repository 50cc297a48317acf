//! Queries on the installation.

use rusqlite::Connection;

use super::{Company, CompanyForm};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::Language;
use crate::platform::time::{Timestamp, Zone};

crate::columns! {
    /// What every request reads of the installation.
    Columns { name, time_zone, language, public_url, has_logo = "logo_file IS NOT NULL" }
    "FROM company WHERE id = 1"
}

/// The installation; None before its setup.
pub fn find(conn: &Connection) -> Result<Option<Company>> {
    let at = Columns::AT;
    db::maybe(conn, Columns::SELECT, [], |row| {
        Ok(Company {
            name: row.get(at.name)?,
            zone: Zone::named_or_utc(row.get_ref(at.time_zone)?.as_str()?),
            language: Language::from_code(row.get_ref(at.language)?.as_str()?),
            public_url: row.get(at.public_url)?,
            has_logo: row.get(at.has_logo)?,
        })
    })
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

/// Changes the installation.
pub fn update(conn: &Connection, draft: &CompanyForm) -> Result<()> {
    db::exec(
        conn,
        "UPDATE company SET name = ?, time_zone = ?, language = ?, public_url = ?",
        (&draft.name, &draft.time_zone, draft.language.code(), &draft.public_url),
    )?;
    Ok(())
}

/// Sets the public address where none was set: the one that an administrator uses.
pub fn set_public_url_once(conn: &Connection, url: &str) -> Result<()> {
    db::exec(conn, "UPDATE company SET public_url = ? WHERE public_url = ''", [url])?;
    Ok(())
}

/// The logo's file in the data folder and its type.
pub fn logo(conn: &Connection) -> Result<Option<(String, String)>> {
    db::maybe(conn, "SELECT logo_file, logo_type FROM company WHERE logo_file IS NOT NULL", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Sets the logo, or takes it away.
pub fn set_logo(conn: &Connection, file: Option<&str>, kind: Option<&str>) -> Result<()> {
    db::exec(conn, "UPDATE company SET logo_file = ?, logo_type = ?", (file, kind))?;
    Ok(())
}
