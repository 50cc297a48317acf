//! Queries on files with people.

use rusqlite::{Connection, Row};

use super::{ContactImport, ContactImportId, Counts, Fault, Plan, State, Target, source};
use crate::contacts::ContactId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{DAY, Timestamp};
use crate::team::agents::AgentId;

/// How long a file and what was wrong with it are kept: both hold what people said of themselves.
pub const KEPT: i64 = 7 * DAY;

/// Takes note of a file that lies on disk.
pub fn create(
    conn: &Connection,
    by: AgentId,
    (name, token): (&str, &str),
    prepared: &source::Prepared,
    now: Timestamp,
) -> Result<ContactImportId> {
    let sql = "INSERT INTO contact_import (agent_id, name, token, total, head, cut, position, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let head = serde_json::to_string(&prepared.head)?;
    let row = (by, name, token, prepared.total, head, prepared.cut, prepared.position, now);
    db::insert(conn, sql, row).map(ContactImportId)
}

const COLUMNS: &str = "SELECT contact_import.id, agent_id, agent.name AS agent_name, contact_import.name, token, total, head, cut, columns, existing, label,
        contact_import.state, boot, position, lines, made, changed, same, repeated, faulty, contact_import.created_at, finished_at
    FROM contact_import JOIN agent ON agent.id = agent_id";

fn read(row: &Row<'_>) -> rusqlite::Result<ContactImport> {
    Ok(ContactImport {
        id: row.get("id")?,
        by: row.get("agent_id")?,
        by_name: row.get("agent_name")?,
        name: row.get("name")?,
        token: row.get("token")?,
        total: row.get("total")?,
        head: db::json(row, "head")?,
        cut: row.get("cut")?,
        columns: db::json(row, "columns")?,
        existing: row.get("existing")?,
        label: row.get("label")?,
        state: row.get("state")?,
        boot: row.get("boot")?,
        position: row.get("position")?,
        counts: Counts {
            lines: row.get("lines")?,
            new: row.get("made")?,
            changed: row.get("changed")?,
            same: row.get("same")?,
            repeated: row.get("repeated")?,
            faulty: row.get("faulty")?,
        },
        created_at: row.get("created_at")?,
        finished_at: row.get("finished_at")?,
    })
}

/// One file.
pub fn find(conn: &Connection, id: ContactImportId) -> Result<ContactImport> {
    db::one(conn, &format!("{COLUMNS} WHERE contact_import.id = ?"), [id], read)
}

/// The latest files of a person; everybody's without one.
pub fn latest(conn: &Connection, by: Option<AgentId>) -> Result<Vec<ContactImport>> {
    let sql = format!("{COLUMNS} WHERE ?1 IS NULL OR agent_id = ?1 ORDER BY contact_import.id DESC LIMIT 20");
    db::all(conn, &sql, [by], read)
}

/// The columns are mapped, and a trial begins: what an earlier one found goes.
pub fn plan(conn: &Connection, id: ContactImportId, plan: &Plan, boot: i64) -> Result<()> {
    let columns: Vec<String> = plan.columns.iter().copied().map(Target::word).collect();
    let sql = "UPDATE contact_import SET columns = ?, existing = ?, label = ?, state = 'trying', boot = ?,
                   lines = 0, made = 0, changed = 0, same = 0, repeated = 0, faulty = 0 WHERE id = ?";
    db::exec(conn, sql, (serde_json::to_string(&columns)?, plan.existing, &plan.label, boot, id))?;
    drop_faults(conn, id)
}

/// How far it has come; false where somebody has changed its state meanwhile.
pub fn count(conn: &Connection, id: ContactImportId, state: State, counts: &Counts) -> Result<bool> {
    let sql = "UPDATE contact_import SET lines = ?, made = ?, changed = ?, same = ?, repeated = ?, faulty = ? WHERE id = ? AND state = ?";
    let Counts { lines, new, changed, same, repeated, faulty } = *counts;
    Ok(db::exec(conn, sql, (lines, new, changed, same, repeated, faulty, id, state))? == 1)
}

/// Takes it from one state to another; false where it was in neither.
pub fn step(conn: &Connection, id: ContactImportId, from: State, to: State, now: Timestamp) -> Result<bool> {
    let ends = matches!(to, State::Done | State::Stopped).then_some(now);
    let sql = "UPDATE contact_import SET state = ?, finished_at = ? WHERE id = ? AND state = ?";
    Ok(db::exec(conn, sql, (to, ends, id, from))? == 1)
}

/// The next batch begins here.
pub fn advance(conn: &Connection, id: ContactImportId, position: i64) -> Result<()> {
    db::exec(conn, "UPDATE contact_import SET position = ? WHERE id = ?", (position, id))?;
    Ok(())
}

/// Keeps what is wrong with lines.
pub fn add_faults(conn: &Connection, id: ContactImportId, faults: &[Fault]) -> Result<()> {
    let sql = "INSERT INTO contact_import_fault (import_id, line, column_name, words) VALUES (?, ?, ?, ?)";
    for fault in faults {
        db::exec(conn, sql, (id, fault.line, &fault.column, &fault.words))?;
    }
    Ok(())
}

/// What is wrong with lines, by lines.
pub fn faults(conn: &Connection, id: ContactImportId, limit: i64) -> Result<Vec<Fault>> {
    let sql = "SELECT line, column_name, words FROM contact_import_fault WHERE import_id = ? ORDER BY line, id LIMIT ?";
    db::all(conn, sql, (id, limit), |row| Ok(Fault { line: row.get(0)?, column: row.get(1)?, words: row.get(2)? }))
}

/// Forgets what was wrong.
pub fn drop_faults(conn: &Connection, id: ContactImportId) -> Result<()> {
    db::exec(conn, "DELETE FROM contact_import_fault WHERE import_id = ?", [id])?;
    Ok(())
}

/// The line that a person came by, or is about.
pub fn line_of(conn: &Connection, id: ContactImportId, contact: ContactId) -> Result<Option<i64>> {
    let sql = "SELECT line FROM contact_import_person WHERE import_id = ? AND contact_id = ?";
    db::maybe(conn, sql, (id, contact), |row| row.get(0))
}

/// A line is about this person.
pub fn note_line(conn: &Connection, id: ContactImportId, contact: ContactId, line: i64) -> Result<()> {
    let sql = "INSERT INTO contact_import_person (import_id, contact_id, line) VALUES (?, ?, ?)";
    db::exec(conn, sql, (id, contact, line))?;
    Ok(())
}

/// Files whose time is over: their names on disk, for those that are there.
pub fn drop_old(conn: &Connection, now: Timestamp) -> Result<()> {
    let before = now.plus(-KEPT);
    let old =
        "SELECT id FROM contact_import WHERE created_at < ? AND (state <> 'running' OR created_at < ?1 - 2592000000)";
    db::exec(conn, &format!("DELETE FROM contact_import_fault WHERE import_id IN ({old})"), [before])?;
    db::exec(conn, &format!("DELETE FROM contact_import_person WHERE import_id IN ({old})"), [before])?;
    db::exec(conn, &format!("UPDATE contact_import SET token = '' WHERE id IN ({old}) AND token <> ''"), [before])?;
    Ok(())
}

/// The files that are still wanted on disk.
pub fn tokens(conn: &Connection) -> Result<Vec<String>> {
    db::all(conn, "SELECT token FROM contact_import WHERE token <> ''", [], |row| row.get(0))
}
