//! Queries on greetings.

use rusqlite::{Connection, Row};

use super::{Greeting, Week};
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{MINUTE, Timestamp};
use crate::team::departments::DepartmentId;

const COLUMNS: &str =
    "hours, welcome, closed, waiting, waiting_minutes, idle_warning, idle_warning_minutes, idle_close_minutes";

fn read(row: &Row<'_>) -> rusqlite::Result<Greeting> {
    let hours: String = row.get("hours")?;
    Ok(Greeting {
        week: Week::read(&hours).ok_or_else(|| db::unreadable(0, format!("no opening hours: {hours:?}")))?,
        welcome: row.get("welcome")?,
        closed: row.get("closed")?,
        waiting: row.get("waiting")?,
        waiting_minutes: row.get("waiting_minutes")?,
        idle_warning: row.get("idle_warning")?,
        idle_warning_minutes: row.get("idle_warning_minutes")?,
        idle_close_minutes: row.get("idle_close_minutes")?,
    })
}

/// How a department receives; None where nothing was set.
pub fn find(conn: &Connection, department: DepartmentId) -> Result<Option<Greeting>> {
    db::maybe(conn, &format!("SELECT {COLUMNS} FROM greeting WHERE department_id = ?"), [department], read)
}

/// Departments that look after contacts who fell silent.
pub fn with_idle_rules(conn: &Connection) -> Result<Vec<(DepartmentId, Greeting)>> {
    let sql = format!(
        "SELECT {COLUMNS}, department_id FROM greeting WHERE idle_warning_minutes > 0 OR idle_close_minutes > 0"
    );
    db::all(conn, &sql, [], |row| Ok((row.get("department_id")?, read(row)?)))
}

/// Changes how a department receives.
pub fn save(conn: &Connection, department: DepartmentId, greeting: &Greeting) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO greeting (department_id, hours, welcome, closed, waiting, waiting_minutes, idle_warning, idle_warning_minutes,
                                idle_close_minutes)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET hours = excluded.hours, welcome = excluded.welcome, closed = excluded.closed, waiting = excluded.waiting,
             waiting_minutes = excluded.waiting_minutes, idle_warning = excluded.idle_warning,
             idle_warning_minutes = excluded.idle_warning_minutes, idle_close_minutes = excluded.idle_close_minutes",
        (
            department,
            greeting.week.store(),
            &greeting.welcome,
            &greeting.closed,
            &greeting.waiting,
            greeting.waiting_minutes,
            &greeting.idle_warning,
            greeting.idle_warning_minutes,
            greeting.idle_close_minutes,
        ),
    )?;
    Ok(())
}

/// The place in the queue, from 1: how many of the department wait for an agent since before.
pub fn position(conn: &Connection, id: ConversationId) -> Result<i64> {
    db::one(
        conn,
        "SELECT count(*) FROM conversation other JOIN conversation own ON own.id = ?
         WHERE other.department_id = own.department_id AND other.state = 'waiting_agent' AND (other.since, other.id) <= (own.since, own.id)",
        [id],
        |row| row.get(0),
    )
}

/// Conversations that wait for a contact and in which nobody has written for so many minutes, a few hundred at most; without
/// those in which the contact was asked since.
pub fn silent(
    conn: &Connection,
    department: DepartmentId,
    minutes: i64,
    now: Timestamp,
) -> Result<Vec<ConversationId>> {
    db::all(
        conn,
        "SELECT c.id FROM conversation c WHERE department_id = ?1 AND state = 'waiting_contact' AND since <= ?2 AND last_at <= ?2
         AND NOT EXISTS (SELECT 1 FROM idle_warning WHERE conversation_id = c.id AND idle_warning.at >= c.last_at)
         ORDER BY since, id LIMIT 200",
        (department, now.plus(-minutes * MINUTE)),
        |row| row.get(0),
    )
}

/// Conversations in which the contact was asked so many minutes ago and nobody has written since.
pub fn unheard(
    conn: &Connection,
    department: DepartmentId,
    minutes: i64,
    now: Timestamp,
) -> Result<Vec<ConversationId>> {
    db::all(
        conn,
        "SELECT c.id FROM conversation c JOIN idle_warning ON idle_warning.conversation_id = c.id
         WHERE department_id = ?1 AND state = 'waiting_contact' AND since <= ?2 AND idle_warning.at >= c.last_at AND idle_warning.at <= ?2
         ORDER BY since, c.id LIMIT 200",
        (department, now.plus(-minutes * MINUTE)),
        |row| row.get(0),
    )
}

/// The contact was asked.
pub fn warned(conn: &Connection, id: ConversationId, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO idle_warning (conversation_id, at) VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at";
    db::exec(conn, sql, (id, now))?;
    Ok(())
}
