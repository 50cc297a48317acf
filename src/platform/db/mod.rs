//! The database file: opening it, and the four ways to ask it.

pub mod backup;
pub mod migrations;
pub mod readers;
pub mod writer;

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::types::Type;
use rusqlite::{Connection, OpenFlags, Params, Row};
use serde::de::DeserializeOwned;

use crate::platform::error::{Error, Result};

/// The file's name in the data folder.
pub const FILE: &str = "balcao.db";

/// Opens the one connection that writes. Every commit is on disk when it returns.
pub fn open_writer(path: &Path) -> rusqlite::Result<Connection> {
    let conn = open(path)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA busy_timeout = 10000;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -8000;
         PRAGMA temp_store = MEMORY;
         PRAGMA wal_autocheckpoint = 4000;
         PRAGMA journal_size_limit = 67108864;",
    )?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}

/// Opens a connection that only reads; its cache stays small, for the system keeps the file's pages once for all.
pub fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let conn = open(path)?;
    conn.execute_batch(
        "PRAGMA query_only = ON;
         PRAGMA busy_timeout = 10000;
         PRAGMA cache_size = -2000;
         PRAGMA temp_store = MEMORY;",
    )?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

/// No lock of SQLite's own, for each connection stays in one thread. Plans do not depend on bound values: with statistics
/// in the file SQLite would otherwise prepare a statement anew for each value, which cost half of every page.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // For the whole process: the caches of all connections share this much, and the least used page goes first.
    conn.execute_batch("PRAGMA soft_heap_limit = 16000000")?;
    Ok(conn)
}

/// The one row that must be there; NotFound otherwise.
pub fn one<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<T> {
    maybe(conn, sql, params, read)?.ok_or(Error::NotFound)
}

/// The row, where there is one.
pub fn maybe<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    match rows.next()? {
        Some(row) => Ok(Some(read(row)?)),
        None => Ok(None),
    }
}

/// Every row, in the statement's order.
pub fn all<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, read)?;
    Ok(rows.collect::<rusqlite::Result<Vec<T>>>()?)
}

/// The error of a row whose column holds what no version wrote.
pub fn unreadable(column: usize, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, cause.into())
}

/// A column that holds JSON.
pub fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let place = row.as_ref().column_index(column)?;
    serde_json::from_str(row.get_ref(place)?.as_str()?).map_err(|cause| unreadable(place, cause))
}

/// Changes rows; answers how many.
pub fn exec(conn: &Connection, sql: &str, params: impl Params) -> Result<usize> {
    Ok(conn.prepare_cached(sql)?.execute(params)?)
}

/// Inserts a row; answers its id.
pub fn insert(conn: &Connection, sql: &str, params: impl Params) -> Result<i64> {
    exec(conn, sql, params)?;
    Ok(conn.last_insert_rowid())
}

/// Tries a part of a change: where it fails, only the part is undone.
pub fn attempt<T>(conn: &Connection, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    part(conn, work, |_| true)
}

/// Does a part of a change, and undoes it again where it fails or is not to be kept.
pub fn part<T>(
    conn: &Connection,
    work: impl FnOnce(&Connection) -> Result<T>,
    keep: impl FnOnce(&T) -> bool,
) -> Result<T> {
    exec(conn, "SAVEPOINT part", [])?;
    let result = work(conn);
    if !result.as_ref().is_ok_and(keep) {
        exec(conn, "ROLLBACK TO part", [])?;
    }
    exec(conn, "RELEASE part", [])?;
    result
}

/// Lets SQLite look at its statistics anew, where that pays.
pub fn optimize(conn: &Connection) -> Result<()> {
    Ok(conn.execute_batch("PRAGMA optimize")?)
}

/// Declares newtype ids: one word per table, so that no number of one table is taken for another's.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);
        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.0.into())
            }
        }
        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                i64::column_result(value).map(Self)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }
    )*};
}

/// Declares an enum that is stored and sent as a word.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($variant),* }
        impl $name {
            /// Every value, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];
            /// The stored word.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// From the stored word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.word().into())
            }
        }
        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                Self::from_word(value.as_str()?).ok_or(rusqlite::types::FromSqlError::InvalidType)
            }
        }
    };
}

/// Declares what a statement reads, column by column (`name`, or `name = "expression"`), and where from. The text of the SELECT
/// and the place of each column come from the same lines, so that a reader asks by name and pays nothing for it: rusqlite
/// looks a name up anew for each row, which made a page of a queue cost almost half as much again.
#[macro_export]
macro_rules! columns {
    ($(#[$doc:meta])* $name:ident {
        $first:ident $(= $expression:literal)? $(, $column:ident $(= $more:literal)?)* $(,)?
    } $from:literal) => {
        $(#[$doc])*
        struct $name { $first: usize, $($column: usize),* }
        impl $name {
            /// The statement, or as much of it as all that read these columns share.
            const SELECT: &str = concat!(
                "SELECT ", $($expression, " AS ",)? stringify!($first), $(", ", $($more, " AS ",)? stringify!($column),)* " ", $from
            );
            /// The place of each column.
            const AT: Self = {
                #[allow(non_camel_case_types, reason = "named as the columns are")]
                enum Position { $first, $($column),* }
                Self { $first: Position::$first as usize, $($column: Position::$column as usize),* }
            };
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_that_nobody_can_read_is_an_error_of_our_own() {
        let conn = Connection::open_in_memory().expect("memory");
        let read = |text: &str| one(&conn, "SELECT ? AS list", [text], |row| json::<Vec<String>>(row, "list"));
        assert_eq!(read("[\"name\"]").expect("a list"), ["name"]);
        assert!(matches!(read("name"), Err(Error::Internal(cause)) if cause.contains("column")));
    }
}
