//! Files of before with rows in every table: all of it is there after the upgrade, or nothing has happened.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use balcao::platform::db::{self, migrations};
use rusqlite::Connection;

use super::{FROZEN, faults, shape, strings};

/// Rows for every table of each version but the newest, as its own program could have written them.
const ROWS: &[&str] = &[include_str!("../fixtures/rows-1.sql")];

/// What is called otherwise now: tables, columns (with their table's present name), and words in rows.
const TABLES: &[(&str, &str)] = &[
    ("reception", "greeting"),
    ("sweep", "bulk_closing"),
    ("contact_union", "contact_merge"),
    ("merge", "conversation_merge"),
    ("template_field", "custom_field"),
    ("template_field_department", "custom_field_department"),
    ("opening", "outbound"),
    ("reading", "read"),
    ("notice", "notification"),
    ("import", "catalogue_import"),
];
const COLUMNS: &[(&str, &str, &str)] =
    &[("department", "distribution", "assignment"), ("department", "distribution_cap", "assignment_cap")];
const WORDS: &[(&str, &str, &str)] = &[
    ("job", "'sweep'", "'bulk-closing'"),
    ("job", "'sweep:1:40'", "'bulk-closing:1:40'"),
    ("cron_slot", "'distribution'", "'assignment'"),
    ("cron_slot", "'notices'", "'notifications'"),
    ("event", "'notice'", "'notification'"),
    (
        "event",
        "'{\"notice\":1,\"kind\":\"mention\",\"conversation\":1}'",
        "'{\"notification\":1,\"kind\":\"mention\",\"conversation\":1}'",
    ),
];

/// The rows of each table: column and value, as SQL writes them.
type Rows = BTreeMap<String, Vec<Vec<(String, String)>>>;

fn rows(conn: &Connection) -> Rows {
    let tables =
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_s[ct]*'";
    let mut found: Rows = strings(conn, tables).into_iter().map(|table| (table, Vec::new())).collect();
    for (table, rows) in &mut found {
        let columns = strings(conn, &format!("SELECT name FROM pragma_table_info('{table}')"));
        let values: Vec<String> = columns.iter().map(|column| format!("quote({table}.\"{column}\")")).collect();
        let mut statement = conn.prepare(&format!("SELECT {} FROM {table}", values.join(", "))).expect("a query");
        let mut cursor = statement.query([]).expect("rows");
        while let Some(row) = cursor.next().expect("a row") {
            let value = |(at, column): (usize, &String)| (column.clone(), row.get(at).expect("a value"));
            rows.push(columns.iter().enumerate().map(value).collect());
        }
        rows.sort();
    }
    found
}

/// Rows of version 1 in the words of today.
fn renamed(old: &Rows) -> Rows {
    let table = |name: &str| TABLES.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new).to_owned();
    let rename = |list: &[(&str, &str, &str)], place: &str, word: &str| {
        let found = list.iter().find(|(of, old, _)| *of == place && *old == word);
        found.map_or(word, |(_, _, new)| new).to_owned()
    };
    let value = |of: &str, value: &str| match of {
        // The table of the last numbers names tables.
        "sqlite_sequence" => format!("'{}'", table(value.trim_matches('\''))).replace("''", "'"),
        _ => rename(WORDS, of, value),
    };
    let mut new = Rows::new();
    for (name, rows) in old {
        let of = table(name);
        let cell = |(column, was): &(String, String)| {
            let is = if of == "sqlite_sequence" && column == "seq" { was.clone() } else { value(&of, was) };
            (rename(COLUMNS, &of, column), is)
        };
        let mut rows: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        rows.sort();
        new.insert(of, rows);
    }
    new
}

/// A file as a program of this version left it, full of rows.
fn file(folder: &Path, version: usize) -> (Connection, PathBuf) {
    let path = folder.join("balcao.db");
    let conn = db::open_writer(&path).expect("a file");
    let (schema, rows) = (FROZEN[version - 1], ROWS[version - 1]);
    conn.execute_batch(&format!(
        "BEGIN; {schema} PRAGMA defer_foreign_keys = ON; {rows} PRAGMA user_version = {version}; COMMIT; ANALYZE;"
    ))
    .expect("a full file");
    (conn, path)
}

fn version(conn: &Connection) -> i64 {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version")
}

#[test]
fn every_row_of_a_file_of_before_is_there_after_the_upgrade() {
    assert_eq!(ROWS.len() + 1, FROZEN.len(), "a frozen version but the newest has no rows");
    let folder = tempfile::tempdir().expect("a folder");
    let (conn, path) = file(folder.path(), 1);
    let before = rows(&conn);
    let empty: Vec<&String> = before.iter().filter(|(_, rows)| rows.is_empty()).map(|(table, _)| table).collect();
    assert_eq!(empty, [""; 0], "these tables have no row in rows-1.sql");
    assert_eq!(before.keys().filter(|table| TABLES.iter().any(|(old, _)| old == table)).count(), TABLES.len());
    migrations::migrate(&conn, &path).expect("the upgrade");
    let (after, expected) = (rows(&conn), renamed(&before));
    assert_eq!(after.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (table, rows) in &expected {
        assert_eq!(rows, &after[table], "{table}");
    }
    assert_eq!((version(&conn), faults(&conn)), (migrations::VERSION, vec![]));

    let fresh = Connection::open_in_memory().expect("a file");
    fresh.execute_batch(migrations::SCHEMA).expect("the schema");
    assert_eq!(shape(&conn), shape(&fresh));

    let copy = migrations::copy_of(&path, 1);
    assert!(copy.ends_with("balcao.before-2.db"), "{}", copy.display());
    let copy = Connection::open(copy).expect("the copy");
    assert_eq!((version(&copy), rows(&copy)), (1, before));
    let names = std::fs::read_dir(folder.path()).expect("the folder");
    let mut left = names.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    assert!(!left.any(|name| name.contains(".part")));
}

#[test]
fn after_the_upgrade_the_file_keeps_its_rules_its_triggers_and_its_searches() {
    let folder = tempfile::tempdir().expect("a folder");
    let (conn, path) = file(folder.path(), 1);
    migrations::migrate(&conn, &path).expect("the upgrade");
    for refused in [
        "UPDATE conversation SET last_author = 'nobody'",
        "UPDATE audit SET action = 'danced'",
        "INSERT INTO outbound (conversation_id, agent_id, at) VALUES (99, 1, 1)",
        "INSERT INTO custom_field (name, kind, position) VALUES ('Plano', 'song', 1)",
    ] {
        assert!(conn.execute(refused, []).is_err(), "{refused}");
    }
    assert!(conn.execute("UPDATE sqlite_schema SET sql = ''", []).is_err(), "the schema stays open for writing");
    conn.execute("UPDATE contact_merge SET undone_at = 1795000009999 WHERE id = 2", []).expect("an undoing");
    assert_eq!(strings(&conn, "SELECT kind FROM timeline_entry WHERE at = 1795000009999"), ["parted", "parted"]);
    conn.execute("INSERT INTO custom_field (name, kind, position) VALUES ('Plano', 'text', 1)", []).expect("a field");
    assert_eq!(conn.last_insert_rowid(), 3, "numbers go on where they were");
    let found = |sql: &str| strings(&conn, sql);
    assert_eq!(found("SELECT rowid || '' FROM message_search WHERE message_search MATCH 'promocao'"), ["1"]);
    assert_eq!(found("SELECT rowid || '' FROM contact_search WHERE contact_search MATCH 'jose'"), ["1"]);
    for (table, beside) in
        [("message_search", 1), ("contact_search", 1), ("contact_words", 1), ("canned_reply_words", 1)]
    {
        let check = format!("INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', {beside})");
        conn.execute(&check, []).expect(table);
    }
    // Another connection reads the same shape.
    let reader = db::open_reader(&path).expect("a reader");
    assert_eq!(strings(&reader, "SELECT DISTINCT assignment FROM department ORDER BY 1"), ["automatic", "manual"]);
}

#[test]
fn an_upgrade_that_fails_leaves_the_file_as_it_was_and_goes_through_once_the_cause_is_gone() {
    // What is in the way, how it is told, and how it goes away: in the middle of a step, or when everything is looked at.
    let causes = [
        ("CREATE TABLE custom_field (a)", "already another table", "DROP TABLE custom_field"),
        ("INSERT INTO audit (action, subject, at) VALUES ('danced', '', 1)", "CHECK", "DELETE FROM audit WHERE at = 1"),
        (
            "PRAGMA foreign_keys = OFF; INSERT INTO idle_warning VALUES (99, 1); PRAGMA foreign_keys = ON",
            "idle_warning points at nothing",
            "DELETE FROM idle_warning WHERE conversation_id = 99",
        ),
        ("CREATE TABLE mine (a)", "its table mine is not", "DROP TABLE mine"),
        ("ALTER TABLE tag ADD COLUMN a TEXT", "its table tag is not", "ALTER TABLE tag DROP COLUMN a"),
    ];
    for (cause, told, remedy) in causes {
        let folder = tempfile::tempdir().expect("a folder");
        let (conn, path) = file(folder.path(), 1);
        conn.execute_batch(cause).expect("a cause");
        let (was_rows, was_shape) = (rows(&conn), shape(&conn));
        let refused = migrations::migrate(&conn, &path).expect_err(cause).to_string();
        assert!(refused.contains(told), "{cause}: {refused}");
        assert!(conn.is_autocommit(), "{cause}: a transaction is left open");
        assert_eq!((version(&conn), rows(&conn), shape(&conn)), (1, was_rows.clone(), was_shape.clone()), "{cause}");
        let other = Connection::open(&path).expect("the file");
        assert_eq!((version(&other), rows(&other), shape(&other)), (1, was_rows, was_shape), "{cause}");
        conn.execute_batch(remedy).expect("a remedy");
        migrations::migrate(&conn, &path).expect(cause);
        assert_eq!((version(&conn), faults(&conn)), (migrations::VERSION, vec![]), "{cause}");
    }
}

#[test]
fn a_file_of_a_newer_program_is_refused_in_a_sentence_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("balcao.db");
    let conn = db::open_writer(&path).expect("a file");
    let newer = migrations::VERSION + 1;
    conn.execute_batch(&format!("CREATE TABLE new (a); PRAGMA user_version = {newer}")).expect("a newer file");
    let refused = migrations::migrate(&conn, &path).expect_err("a newer file").to_string();
    assert!(refused.starts_with(&format!("the data file is of version {newer}, and this program knows only up to")));
    assert!(refused.ends_with("start the newer program, or restore a backup made before its upgrade"));
    assert_eq!((version(&conn), rows(&conn)["new"].len()), (newer, 0));
    assert!(!migrations::copy_of(&path, 1).exists());
}
