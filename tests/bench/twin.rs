//! The data once more in the schema of another build, table by table and column by column.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, Result};

/// Tables and columns that older builds call otherwise: the old name, the new one.
const RENAMED: &[[&str; 2]] = &[
    ["reception", "greeting"],
    ["sweep", "bulk_closing"],
    ["contact_union", "contact_merge"],
    ["merge", "conversation_merge"],
    ["template_field", "custom_field"],
    ["template_field_department", "custom_field_department"],
    ["opening", "outbound"],
    ["reading", "read"],
    ["notice", "notification"],
    ["import", "catalogue_import"],
    ["distribution", "assignment"],
    ["distribution_cap", "assignment_cap"],
];

/// Brings a file that was just begun to rest; answers its whole schema, and what else decides how it is filled.
pub fn settle(file: &Path) -> Result<String> {
    let conn = Connection::open(file)?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let sql = "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY type, name)";
    let schema: String = conn.query_row(sql, [], |row| row.get(0))?;
    Ok(format!("{version} {RENAMED:?} {schema}"))
}

/// A statement in this build's names for a file that may have older ones.
pub fn spelled(conn: &Connection, sql: &str) -> Result<String> {
    let mut names = BTreeSet::new();
    for table in tables(conn, "main")? {
        names.extend(table.columns);
        names.insert(table.name);
    }
    let mut spelled = sql.to_owned();
    for [old, new] in RENAMED {
        if names.contains(*old) && !names.contains(*new) {
            spelled = exchanged(&spelled, new, old);
        }
    }
    Ok(spelled)
}

/// The text with each whole word exchanged.
fn exchanged(text: &str, from: &str, to: &str) -> String {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let pieces = text.split_inclusive(|letter| !part(letter));
    pieces
        .map(|piece| {
            let word = piece.trim_end_matches(|letter| !part(letter));
            if word == from { format!("{to}{}", &piece[word.len()..]) } else { piece.to_owned() }
        })
        .collect()
}

struct Table {
    name: String,
    /// `table`, `virtual`, or `shadow` where a virtual one keeps its content.
    kind: String,
    sql: String,
    columns: BTreeSet<String>,
}

fn tables(conn: &Connection, schema: &str) -> Result<Vec<Table>> {
    let mut statement = conn.prepare(&format!(
        "SELECT list.name, list.type, made.sql FROM pragma_table_list AS list JOIN {schema}.sqlite_schema AS made USING (name)
         WHERE list.schema = '{schema}' AND list.name NOT LIKE 'sqlite%' AND made.type = 'table' ORDER BY list.name",
    ))?;
    let mut columns = conn.prepare("SELECT name FROM pragma_table_info(?, ?)")?;
    let rows = statement.query_map([], |row| {
        let name: String = row.get(0)?;
        let columns = columns.query_map([&name, schema], |row| row.get(0))?.collect::<Result<_>>()?;
        Ok(Table { name, kind: row.get(1)?, sql: row.get(2)?, columns })
    })?;
    rows.collect()
}

/// What the data calls a thing that the file to be filled calls `name`, where it has it. A renaming counts only where the
/// file does not have the new name itself.
fn source(name: &str, file: &BTreeSet<String>, data: &BTreeSet<String>) -> Option<String> {
    let renamed = RENAMED.iter().find(|[old, new]| *old == name && !file.contains(*new));
    data.get(renamed.map_or(name, |[_, new]| *new)).cloned()
}

fn names(tables: &[Table]) -> BTreeSet<String> {
    tables.iter().map(|table| table.name.clone()).collect()
}

/// Fills a file that has a build's schema with the rows of another file; answers in words what found no place.
pub fn fill(file: &Path, data: &Path) -> Result<String> {
    let conn = Connection::open(file)?;
    conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")?;
    conn.execute("ATTACH ? AS data", [data.to_string_lossy()])?;
    conn.execute_batch("BEGIN")?;
    // What they keep is copied as it stands; they would keep it a second time.
    let triggers = conn
        .prepare("SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(String, String)>>>()?;
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER main.{name}"))?;
    }
    let (theirs, ours) = (tables(&conn, "main")?, tables(&conn, "data")?);
    let mut words = rows(&conn, &theirs, &ours)?;
    words.extend(indexes(&conn, &theirs, &ours)?);
    for (_, sql) in &triggers {
        conn.execute_batch(sql)?;
    }
    // Both builds of a pair plan with statistics that were made in the same way.
    conn.execute_batch("PRAGMA main.analysis_limit = 1000; ANALYZE main; COMMIT; DETACH data;")?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(if words.is_empty() { "nothing left out".to_owned() } else { words.join("; ") })
}

/// The plain tables. Rows that the build made at its first start give way to the data's.
fn rows(conn: &Connection, theirs: &[Table], ours: &[Table]) -> Result<Vec<String>> {
    let (file, data) = (names(theirs), names(ours));
    let mut taken = BTreeSet::new();
    let (mut columns, mut own) = (Vec::new(), Vec::new());
    for table in theirs.iter().filter(|table| table.kind == "table") {
        let Some(from) = source(&table.name, &file, &data).and_then(|name| ours.iter().find(|one| one.name == name))
        else {
            own.push(table.name.clone());
            continue;
        };
        let pairs: Vec<(&String, String)> = table
            .columns
            .iter()
            .filter_map(|column| Some((column, source(column, &table.columns, &from.columns)?)))
            .collect();
        let into: Vec<&str> = pairs.iter().map(|(into, _)| into.as_str()).collect();
        let read: Vec<&str> = pairs.iter().map(|(_, read)| read.as_str()).collect();
        let found = conn.execute_batch(&format!("DELETE FROM main.{}", table.name)).and_then(|()| {
            let (into, read) = (into.join(", "), read.join(", "));
            conn.execute(&format!("INSERT INTO main.{} ({into}) SELECT {read} FROM data.{}", table.name, from.name), [])
        })?;
        let without = from.columns.iter().filter(|column| found > 0 && !read.contains(&column.as_str()));
        columns.extend(without.map(|column| format!("{}.{column}", from.name)));
        taken.insert(from.name.clone());
    }
    let mut left = Vec::new();
    for table in ours.iter().filter(|table| table.kind == "table" && !taken.contains(&table.name)) {
        let sql = format!("SELECT count(*) FROM data.{}", table.name);
        let count: i64 = conn.query_row(&sql, [], |row| row.get(0))?;
        if count > 0 {
            left.push(format!("{} with {count} rows", table.name));
        }
    }
    let lists = [("tables left out", left), ("columns left out", columns), ("tables of its own", own)];
    let said = lists.into_iter().filter(|(_, list)| !list.is_empty());
    Ok(said.map(|(what, list)| format!("{what} ({}): {}", list.len(), list.join(", "))).collect())
}

/// The search indexes: their insides are copied as they are where both builds define them alike, else made anew.
fn indexes(conn: &Connection, theirs: &[Table], ours: &[Table]) -> Result<Vec<String>> {
    let (file, data) = (names(theirs), names(ours));
    let mut anew = Vec::new();
    for table in theirs.iter().filter(|table| table.kind == "virtual") {
        let from = source(&table.name, &file, &data).and_then(|name| ours.iter().find(|one| one.name == name));
        let even = |sql: &str| sql.split_whitespace().collect::<String>();
        let alike = match from {
            Some(from) if even(&spelled(conn, &from.sql)?) == even(&table.sql) => Some(from),
            _ => None,
        };
        let Some(from) = alike else {
            conn.execute_batch(&format!("INSERT INTO main.{0} ({0}) VALUES ('rebuild')", table.name))?;
            anew.push(table.name.clone());
            continue;
        };
        for shadow in theirs.iter().filter(|one| one.kind == "shadow") {
            if let Some(part) = shadow.name.strip_prefix(&format!("{}_", table.name)) {
                let (into, from) = (&shadow.name, &from.name);
                conn.execute_batch(&format!(
                    "DELETE FROM main.{into}; INSERT INTO main.{into} SELECT * FROM data.{from}_{part};"
                ))?;
            }
        }
    }
    let said = (!anew.is_empty()).then(|| format!("search indexes made anew ({}): {}", anew.len(), anew.join(", ")));
    Ok(said.into_iter().collect())
}
