//! The file's shape over the versions: steps that are never edited once shipped.

use std::path::Path;

use rusqlite::Connection;

/// The whole current schema; a new file gets it at once.
pub const SCHEMA: &str = include_str!("../../../schema.sql");

/// Step n brings a file of version n + 1 to version n + 2; the schema of version 1 is the first release's.
pub const STEPS: &[&str] = &[];

/// The version that this program writes.
#[allow(clippy::cast_possible_wrap)] // A handful of steps.
pub const VERSION: i64 = 1 + STEPS.len() as i64;

/// Why a file can't be used, in one sentence.
#[derive(Debug)]
pub enum Refused {
    /// The file was written by a newer program.
    Newer { found: i64 },
    /// It is no Balcão file, or broken.
    Database(rusqlite::Error),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Newer { found } => write!(
                f,
                "the data file is of version {found}, and this program knows only up to {VERSION}: start the newer program, or restore a backup made before its upgrade"
            ),
            Self::Database(error) => write!(f, "the data file can't be used: {error}"),
        }
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// Brings the file to the current version, each step in its own transaction; a copy is made first.
pub fn migrate(conn: &Connection, path: &Path) -> Result<(), Refused> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > VERSION {
        return Err(Refused::Newer { found: version });
    }
    if version == 0 {
        conn.execute_batch(&format!("BEGIN IMMEDIATE; {SCHEMA}; PRAGMA user_version = {VERSION}; COMMIT;"))?;
        return Ok(());
    }
    if version == VERSION {
        return Ok(());
    }
    let copy = path.with_extension(format!("before-{VERSION}.db"));
    if !copy.exists() {
        conn.execute("VACUUM INTO ?", [copy.to_string_lossy()])?;
    }
    for (index, step) in STEPS.iter().enumerate().skip(usize::try_from(version - 1).unwrap_or(0)) {
        conn.execute_batch(&format!("BEGIN IMMEDIATE; {step}; PRAGMA user_version = {}; COMMIT;", index + 2))?;
    }
    Ok(())
}
