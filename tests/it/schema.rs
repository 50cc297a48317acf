//! The file's shape: whole when new, the same when it has grown, and true to its own rules when it is full.

use std::collections::BTreeSet;

use balcao::app::App;
use balcao::demo;
use balcao::platform::db::{self, migrations};
use balcao::platform::time::Clock;
use rusqlite::Connection;

use crate::support::START;

/// The schema of each version that was released, as it was. Version 1 is frozen with the first release.
const FROZEN: &[&str] = &[include_str!("fixtures/schema-1.sql")];

/// Everything that makes the shape, apart from how its text is laid out.
fn shape(conn: &Connection) -> BTreeSet<String> {
    let strings = |sql: &str| -> Vec<String> {
        let mut statement = conn.prepare(sql).expect("a query");
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    };
    let mut shape: BTreeSet<String> = strings(
        "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || coalesce(c.dflt_value, '-') || ' ' || c.pk
         FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c WHERE m.type = 'table'",
    )
    .into_iter()
    .collect();
    shape.extend(strings(
        "SELECT m.name || '.' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\"
         FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    ));
    let written =
        strings("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND (type <> 'table' OR sql LIKE '%VIRTUAL%')");
    shape.extend(written.iter().map(|sql| sql.split_whitespace().collect::<Vec<_>>().join(" ")));
    shape
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
            "version {} does not grow into schema.sql: add a step (before the first release: copy schema.sql to \
             tests/it/fixtures/schema-1.sql). Different: {different:#?}",
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
