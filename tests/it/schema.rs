//! The file's shape: whole when new, the same when it has grown, and true to its own rules when it is full.

mod names;
mod upgrade;
mod words;

use std::collections::BTreeSet;

use balcao::app::App;
use balcao::demo;
use balcao::platform::db::{self, migrations};
use balcao::platform::time::Clock;
use rusqlite::Connection;

use crate::support::START;

/// The schema of each version that was released, as it was; see docs/schema.md.
const FROZEN: &[&str] = &[include_str!("fixtures/schema-1.sql"), include_str!("fixtures/schema-2.sql")];

fn strings(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).expect("a query");
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

/// Everything that makes the shape, apart from how its text is laid out.
fn shape(conn: &Connection) -> BTreeSet<String> {
    let mut shape: BTreeSet<String> = strings(
        conn,
        "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || coalesce(c.dflt_value, '-') || ' ' || c.pk
         FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND m.name NOT GLOB 'sqlite_stat*'",
    )
    .into_iter()
    .collect();
    shape.extend(strings(
        conn,
        "SELECT m.name || '.' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\"
         FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    ));
    let written = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*'";
    shape.extend(strings(conn, written).iter().map(|sql| plain(sql)));
    shape
}

/// A text of the schema without comments, without the quotes that renaming puts around names, and with single spaces.
fn plain(sql: &str) -> String {
    let (mut out, mut quoted, mut rest) = (String::new(), false, sql);
    while let Some(sign) = rest.chars().next() {
        if !quoted && rest.starts_with("--") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        }
        quoted ^= sign == '\'';
        match sign {
            '"' if !quoted => {}
            _ if !quoted && sign.is_whitespace() => {
                if !out.ends_with([' ', '(']) {
                    out.push(' ');
                }
            }
            ',' | ')' if !quoted && out.ends_with(' ') => {
                out.pop();
                out.push(sign);
            }
            _ => out.push(sign),
        }
        rest = &rest[sign.len_utf8()..];
    }
    out
}

fn faults(conn: &Connection) -> Vec<String> {
    let mut statement = conn.prepare("PRAGMA foreign_key_check").expect("a query");
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    let mut faults: Vec<String> = rows.map(|row| format!("{} points at nothing", row.expect("a row"))).collect();
    let verdict: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a verdict");
    if verdict != "ok" {
        faults.push(verdict);
    }
    faults
}

#[test]
fn a_file_of_every_released_version_grows_into_the_shape_of_a_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let fresh = folder.path().join("fresh.db");
    let new = db::open_writer(&fresh).expect("a file");
    migrations::migrate(&new, &fresh).expect("the schema");
    for (index, schema) in FROZEN.iter().enumerate() {
        let path = folder.path().join(format!("old-{}.db", index + 1));
        let old = db::open_writer(&path).expect("a file");
        old.execute_batch(schema).expect("the old schema");
        old.execute_batch(&format!("PRAGMA user_version = {}", index + 1)).expect("its version");
        migrations::migrate(&old, &path).expect("the steps");
        let (old_shape, new_shape) = (shape(&old), shape(&new));
        let different: Vec<_> = old_shape.symmetric_difference(&new_shape).collect();
        assert!(
            different.is_empty(),
            "version {} does not grow into schema.sql: add a step, or while the newest version is not released, freeze \
             it anew (docs/schema.md). Different: {different:#?}",
            index + 1
        );
        let version: i64 = old.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a version");
        assert_eq!(version, migrations::VERSION);
        assert_eq!(faults(&old), [""; 0]);
    }
    assert_eq!(i64::try_from(FROZEN.len()).expect("a few"), migrations::VERSION, "a version was released unfrozen");
}

#[test]
fn a_shape_that_differs_in_one_column_or_index_is_seen() {
    let conn = |sql: &str| {
        let conn = Connection::open_in_memory().expect("a file");
        conn.execute_batch(sql).expect("a schema");
        shape(&conn)
    };
    let plain = conn("CREATE TABLE a (b INTEGER, c TEXT); CREATE INDEX d ON a (b);");
    assert_eq!(plain, conn("CREATE TABLE a (b INTEGER); ALTER TABLE a ADD COLUMN c TEXT; CREATE INDEX d\n ON a (b);"));
    assert_ne!(plain, conn("CREATE TABLE a (b INTEGER, c TEXT NOT NULL); CREATE INDEX d ON a (b);"));
    assert_ne!(plain, conn("CREATE TABLE a (b INTEGER, c TEXT); CREATE INDEX d ON a (c);"));
    assert_ne!(plain, conn("CREATE TABLE a (b INTEGER, c TEXT CHECK (c <> '')); CREATE INDEX d ON a (b);"));
    assert_ne!(plain, conn("CREATE TABLE a (b INTEGER, c TEXT, CHECK (b > 0)); CREATE INDEX d ON a (b);"));
    let checked = conn("CREATE TABLE a (b TEXT CHECK (b IN ('c -- \"d\"', 'e')))");
    let renamed = "CREATE TABLE z (b TEXT -- Why, and \"how\".\n  CHECK ( b IN ('c -- \"d\"',\n 'e') ) ); ALTER TABLE z RENAME TO a";
    assert_eq!(checked, conn(renamed));
    assert_ne!(checked, conn("CREATE TABLE a (b TEXT CHECK (b IN ('c  -- \"d\"', 'e')))"));
}

#[test]
fn the_sample_company_keeps_every_rule_of_the_file_and_its_counters_count_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = App::open(folder.path(), Clock::fake(START)).expect("the application");
    app.change(|conn| demo::sql::fill(conn, "no hash", START).map(|_| ())).expect("the sample company");
    app.stop();
    let conn = db::open_writer(&folder.path().join(db::FILE)).expect("the file");
    assert_eq!(faults(&conn), [""; 0]);
    // The system's own lines are in no search, so the messages' index is checked by itself, the contacts' by its table.
    for (table, beside) in [("message_search", 0), ("contact_search", 1), ("contact_words", 1)] {
        let check = format!("INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', {beside})");
        conn.execute(&check, []).expect(table);
    }
    let wrong: i64 = conn
        .query_row(
            "SELECT count(*) FROM queue_count q WHERE total <> (SELECT count(*) FROM conversation c
             WHERE c.department_id = q.department_id AND c.state = q.state AND q.assignee_id IN (-1, coalesce(c.assignee_id, 0)))",
            [],
            |row| row.get(0),
        )
        .expect("counters");
    let (all, counted): (i64, i64) = conn
        .query_row(
            "SELECT (SELECT count(*) FROM conversation), (SELECT sum(total) FROM queue_count WHERE assignee_id = -1)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("counters");
    assert_eq!((wrong, counted), (0, all));
    assert_eq!(all, 303, "three of them were opened from others");
}
