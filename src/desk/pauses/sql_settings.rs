//! Queries on the reasons of pauses and on what departments allow.

use rusqlite::{Connection, Row};

use super::{PauseReason, PauseRule, ReasonId};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::departments::DepartmentId;

const REASON: &str =
    "SELECT id, name, minutes, message, reminder, reminder_minutes, reminder_most, reply, reply_minutes, contact_ends,
            (SELECT group_concat(department_id) FROM pause_reason_department WHERE reason_id = pause_reason.id) AS departments
     FROM pause_reason";

fn read(row: &Row<'_>) -> rusqlite::Result<PauseReason> {
    Ok(PauseReason {
        audience: row.get("departments")?,
        id: row.get("id")?,
        name: row.get("name")?,
        minutes: row.get("minutes")?,
        message: row.get("message")?,
        reminder: row.get("reminder")?,
        reminder_minutes: row.get("reminder_minutes")?,
        reminder_most: row.get("reminder_most")?,
        reply: row.get("reply")?,
        reply_minutes: row.get("reply_minutes")?,
        contact_ends: row.get("contact_ends")?,
    })
}

/// The reasons in use, in the order in which they were made.
pub fn all(conn: &Connection) -> Result<Vec<PauseReason>> {
    db::all(conn, &format!("{REASON} WHERE archived_at IS NULL ORDER BY id"), [], read)
}

/// Those that a department offers.
pub fn offered(conn: &Connection, department: DepartmentId) -> Result<Vec<PauseReason>> {
    let mut found = all(conn)?;
    found.retain(|reason| reason.audience.includes(department));
    Ok(found)
}

/// One reason, be it archived.
pub fn find(conn: &Connection, id: ReasonId) -> Result<PauseReason> {
    db::one(conn, &format!("{REASON} WHERE id = ?"), [id], read)
}

/// Whether another reason, archived ones included, has that name.
pub fn is_taken(conn: &Connection, name: &str, but: Option<ReasonId>) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pause_reason WHERE name = ? AND id IS NOT ?)";
    db::one(conn, sql, (name, but), |row| row.get(0))
}

/// A new reason; its id is not looked at.
pub fn create(conn: &Connection, reason: &PauseReason) -> Result<ReasonId> {
    let id = ReasonId(db::insert(conn, "INSERT INTO pause_reason (name) VALUES (?)", [&reason.name])?);
    update(conn, &PauseReason { id, ..reason.clone() })?;
    Ok(id)
}

/// Changes a reason; pauses that have begun keep what they began with.
pub fn update(conn: &Connection, reason: &PauseReason) -> Result<()> {
    db::exec(
        conn,
        "UPDATE pause_reason SET name = ?, minutes = ?, message = ?, reminder = ?, reminder_minutes = ?, reminder_most = ?, reply = ?,
                reply_minutes = ?, contact_ends = ? WHERE id = ?",
        (
            &reason.name,
            reason.minutes,
            &reason.message,
            &reason.reminder,
            reason.reminder_minutes,
            reason.reminder_most,
            &reason.reply,
            reason.reply_minutes,
            reason.contact_ends,
            reason.id,
        ),
    )?;
    db::exec(conn, "DELETE FROM pause_reason_department WHERE reason_id = ?", [reason.id])?;
    for department in reason.audience.departments() {
        let sql = "INSERT INTO pause_reason_department (reason_id, department_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
        db::exec(conn, sql, (reason.id, department))?;
    }
    Ok(())
}

/// Takes a reason out of the choice.
pub fn archive(conn: &Connection, id: ReasonId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE pause_reason SET archived_at = ? WHERE id = ?", (now, id))?;
    Ok(())
}

/// What a department allows.
pub fn rule(conn: &Connection, department: DepartmentId) -> Result<PauseRule> {
    let sql = "SELECT allowed, grace_minutes, overdue FROM pause_rule WHERE department_id = ?";
    let read = |row: &Row<'_>| Ok(PauseRule { allowed: row.get(0)?, grace: row.get(1)?, overdue: row.get(2)? });
    Ok(db::maybe(conn, sql, [department], read)?.unwrap_or_default())
}

/// Changes what a department allows.
pub fn set_rule(conn: &Connection, department: DepartmentId, rule: &PauseRule) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO pause_rule (department_id, allowed, grace_minutes, overdue) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET allowed = excluded.allowed, grace_minutes = excluded.grace_minutes, overdue = excluded.overdue",
        (department, rule.allowed, rule.grace, rule.overdue),
    )?;
    Ok(())
}
