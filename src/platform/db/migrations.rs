//! The file's shape over the versions: steps that are never edited once shipped.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// The whole current schema; a new file gets it at once.
pub const SCHEMA: &str = include_str!("../../../schema.sql");

/// What brings a file from one version to the next: its tables, their columns and its rows. Indexes, triggers and rules of
/// columns are in no step, for the file takes them from the schema afterwards.
pub const STEPS: &[&str] = &[include_str!("../../../steps/2.sql")];

/// The version that this program writes.
#[allow(clippy::cast_possible_wrap)] // A handful of steps.
pub const VERSION: i64 = 1 + STEPS.len() as i64;

/// Why a file can't be used, in one sentence.
#[derive(Debug)]
pub enum MigrationRefusal {
    /// The file was written by a newer program.
    Newer { found: i64 },
    /// The copy from before the upgrade can't be kept.
    Copy(std::io::Error),
    /// What the file holds does not fit into the schema.
    Unfit { what: String },
    /// It is no Balcão file, or broken.
    Database(rusqlite::Error),
}

impl std::fmt::Display for MigrationRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Newer { found } => write!(
                f,
                "the data file is of version {found}, and this program knows only up to {VERSION}: start the newer program, or restore a backup made before its upgrade"
            ),
            Self::Copy(error) => write!(f, "the data file can't be copied before its upgrade: {error}"),
            Self::Unfit { what } => {
                write!(f, "the data file can't be brought to version {VERSION} and was left as it was: {what}")
            }
            Self::Database(error) => write!(f, "the data file can't be used: {error}"),
        }
    }
}

impl From<rusqlite::Error> for MigrationRefusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// Brings the file to the current version, or leaves it as it was; a copy is made first.
pub fn migrate(conn: &Connection, path: &Path) -> Result<(), MigrationRefusal> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > VERSION {
        return Err(MigrationRefusal::Newer { found: version });
    }
    if version == 0 {
        conn.execute_batch(&format!("BEGIN IMMEDIATE; {SCHEMA}; PRAGMA user_version = {VERSION}; COMMIT;"))?;
        return Ok(());
    }
    if version == VERSION {
        return Ok(());
    }
    keep_copy(conn, path)?;
    let grown = grow(conn, usize::try_from(version - 1).unwrap_or(0));
    // However it ended, the connection is again as it was, and reads the shape that the file has now.
    conn.execute_batch("PRAGMA ignore_check_constraints = OFF; PRAGMA writable_schema = RESET")?;
    grown
}

/// Where the copy from before the upgrade lies.
pub fn copy_of(path: &Path) -> PathBuf {
    path.with_extension(format!("before-{VERSION}.db"))
}

/// Keeps the file as it is. A copy has its name only once it is whole and on the disk.
fn keep_copy(conn: &Connection, path: &Path) -> Result<(), MigrationRefusal> {
    let (copy, part) = (copy_of(path), path.with_extension("before.part"));
    if copy.exists() {
        return Ok(());
    }
    if part.exists() {
        std::fs::remove_file(&part).map_err(MigrationRefusal::Copy)?;
    }
    conn.execute("VACUUM INTO ?", [part.to_string_lossy()])?;
    std::fs::File::open(&part).and_then(|file| file.sync_all()).map_err(MigrationRefusal::Copy)?;
    std::fs::rename(&part, &copy).map_err(MigrationRefusal::Copy)
}

/// All that is missing in one transaction: the steps, what the schema says beside them, and a look at every row.
fn grow(conn: &Connection, done: usize) -> Result<(), MigrationRefusal> {
    let new = Connection::open_in_memory()?;
    new.execute_batch(SCHEMA)?;
    let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    // A step may store a word that the rules of before don't know; all rows are held against the new ones below.
    conn.execute_batch("PRAGMA ignore_check_constraints = ON")?;
    for step in STEPS.iter().skip(done) {
        conn.execute_batch(step)?;
    }
    conn.execute_batch("PRAGMA ignore_check_constraints = OFF")?;
    take_indexes_and_triggers(conn, &new)?;
    take_tables(conn, &new)?;
    look(conn)?;
    conn.execute_batch(&format!("PRAGMA user_version = {VERSION}"))?;
    Ok(transaction.commit()?)
}

/// The texts of what a query names, by kind and name.
fn texts(conn: &Connection, sql: &str) -> rusqlite::Result<BTreeMap<(String, String), String>> {
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    rows.collect()
}

/// Drops what the schema has not in these words, and makes what it has.
fn take_indexes_and_triggers(conn: &Connection, new: &Connection) -> Result<(), MigrationRefusal> {
    let sql = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL";
    let (old, new) = (texts(conn, sql)?, texts(new, sql)?);
    for ((kind, name), text) in &old {
        if new.get(&(kind.clone(), name.clone())) != Some(text) {
            conn.execute_batch(&format!("DROP {kind} \"{name}\""))?;
        }
    }
    for (key, text) in &new {
        if old.get(key) != Some(text) {
            conn.execute_batch(text)?;
        }
    }
    Ok(())
}

/// Gives each table the schema's own text, and with it the rules of its columns, without a touch to its rows. That is SQLite's
/// way for changes that are nowhere on the disk (lang_altertable, 7), so everything that is there must be the same before.
fn take_tables(conn: &Connection, new: &Connection) -> Result<(), MigrationRefusal> {
    let sql = "SELECT list.type, list.name, sql FROM pragma_table_list AS list JOIN sqlite_schema AS entry USING (name)
               WHERE list.schema = 'main' AND list.type IN ('table', 'virtual') AND list.name NOT GLOB 'sqlite_*'";
    let (old, wanted) = (texts(conn, sql)?, texts(new, sql)?);
    let unfit = |name: &str| MigrationRefusal::Unfit { what: format!("its table {name} is not the schema's") };
    if let Some((_, name)) = old.keys().find(|key| !wanted.contains_key(*key)) {
        return Err(unfit(name));
    }
    let mut changed = Vec::new();
    for (key, text) in &wanted {
        let (kind, name) = key;
        if old.get(key) == Some(text) {
            continue;
        }
        if kind == "virtual" || !old.contains_key(key) || layout(conn, name)? != layout(new, name)? {
            return Err(unfit(name));
        }
        changed.push((name, text));
    }
    let version: i64 = conn.query_row("PRAGMA schema_version", [], |row| row.get(0))?;
    conn.execute_batch("PRAGMA writable_schema = ON")?;
    for (name, text) in changed {
        conn.execute("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", [text, name])?;
    }
    // The new texts are read at once: the look at the rows goes by them.
    conn.execute_batch(&format!("PRAGMA schema_version = {}; PRAGMA writable_schema = RESET", version + 1))?;
    Ok(())
}

/// All of a table that decides how its rows and its indexes lie on the disk. A default is among it, for it stands for what rows
/// from before a column don't have.
fn layout(conn: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT concat_ws(' ', 'table', wr, strict) FROM pragma_table_list(?1) UNION ALL
               SELECT concat_ws(' ', cid, name, type, \"notnull\", quote(dflt_value), pk, hidden) FROM pragma_table_xinfo(?1) UNION ALL
               SELECT concat_ws(' ', list.name, \"unique\", partial, seqno, cid, \"desc\", coll, key)
               FROM pragma_index_list(?1) AS list JOIN pragma_index_xinfo(list.name) ORDER BY 1";
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([table], |row| row.get(0))?;
    rows.collect()
}

/// Holds every row against the rules of its table, its indexes and what it points at.
fn look(conn: &Connection) -> Result<(), MigrationRefusal> {
    let mut faults: Vec<String> = Vec::new();
    for check in ["SELECT \"table\" || ' points at nothing' FROM pragma_foreign_key_check", "PRAGMA integrity_check(3)"]
    {
        let mut statement = conn.prepare(check)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        faults.extend(rows.take(3).collect::<rusqlite::Result<Vec<_>>>()?.into_iter().filter(|word| word != "ok"));
    }
    if faults.is_empty() { Ok(()) } else { Err(MigrationRefusal::Unfit { what: faults.join("; ") }) }
}
