//! Queries on the phases of boards.

use rusqlite::{Connection, Row};

use super::phases::{Phase, PhaseForm, PhaseId};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::Language;
use crate::platform::text::tickets as t;
use crate::platform::time::Timestamp;
use crate::team::company;
use crate::team::departments::DepartmentId;

const COLUMNS: &str = "SELECT id, department_id, name, ends, EXISTS (SELECT 1 FROM ticket WHERE phase_id = ticket_phase.id) AS used FROM ticket_phase";

fn read(row: &Row<'_>) -> rusqlite::Result<Phase> {
    Ok(Phase {
        id: row.get("id")?,
        department: row.get("department_id")?,
        name: row.get("name")?,
        ends: row.get("ends")?,
        used: row.get("used")?,
    })
}

/// The phases that a new department begins with.
pub fn begin(conn: &Connection, department: DepartmentId) -> Result<()> {
    let language = company::sql::find(conn)?.map_or(Language::Portuguese, |company| company.language);
    for (phrase, ends) in [(t::TO_DO, false), (t::DOING, false), (t::DONE, true)] {
        create(conn, department, &PhaseForm { name: phrase.say(language).to_owned(), ends })?;
    }
    Ok(())
}

/// The board's columns, in their order.
pub fn of(conn: &Connection, department: DepartmentId) -> Result<Vec<Phase>> {
    let sql = format!("{COLUMNS} WHERE department_id = ? AND archived_at IS NULL ORDER BY position, id");
    db::all(conn, &sql, [department], read)
}

/// One phase in use.
pub fn find(conn: &Connection, id: PhaseId) -> Result<Phase> {
    db::one(conn, &format!("{COLUMNS} WHERE id = ? AND archived_at IS NULL"), [id], read)
}

/// The name of a phase, archived or not.
pub fn name(conn: &Connection, id: PhaseId) -> Result<String> {
    db::one(conn, "SELECT name FROM ticket_phase WHERE id = ?", [id], |row| row.get(0))
}

/// Where work begins: the first phase that does not end.
pub fn first(conn: &Connection, department: DepartmentId) -> Result<PhaseId> {
    let sql = "SELECT id FROM ticket_phase WHERE department_id = ? AND ends = 0 AND archived_at IS NULL ORDER BY position, id LIMIT 1";
    db::one(conn, sql, [department], |row| row.get(0))
}

/// Where work ends: the first phase that does.
pub fn last(conn: &Connection, department: DepartmentId) -> Result<PhaseId> {
    let sql = "SELECT id FROM ticket_phase WHERE department_id = ? AND ends = 1 AND archived_at IS NULL ORDER BY position, id LIMIT 1";
    db::one(conn, sql, [department], |row| row.get(0))
}

/// A new phase: an open one before the first that ends, one that ends behind all.
pub fn create(conn: &Connection, department: DepartmentId, draft: &PhaseForm) -> Result<PhaseId> {
    let id = db::insert(
        conn,
        "INSERT INTO ticket_phase (department_id, name, ends, position)
         VALUES (?1, ?2, ?3, 1 + (SELECT coalesce(max(position), 0) FROM ticket_phase WHERE department_id = ?1))",
        (department, &draft.name, draft.ends),
    )
    .map(PhaseId)?;
    let mut phases = of(conn, department)?;
    phases.sort_by_key(|phase| phase.ends);
    order(conn, &phases)?;
    Ok(id)
}

/// Changes name and kind.
pub fn update(conn: &Connection, id: PhaseId, draft: &PhaseForm) -> Result<()> {
    db::exec(conn, "UPDATE ticket_phase SET name = ?, ends = ? WHERE id = ?", (&draft.name, draft.ends, id))?;
    Ok(())
}

/// Stores the order of a board's phases.
pub fn order(conn: &Connection, phases: &[Phase]) -> Result<()> {
    for (position, phase) in (1_i64..).zip(phases) {
        db::exec(conn, "UPDATE ticket_phase SET position = ? WHERE id = ?", (position, phase.id))?;
    }
    Ok(())
}

/// Takes a phase off the board.
pub fn archive(conn: &Connection, id: PhaseId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE ticket_phase SET archived_at = ? WHERE id = ?", (now, id))?;
    Ok(())
}
