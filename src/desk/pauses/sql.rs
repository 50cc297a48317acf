//! Queries on pauses.

use rusqlite::{Connection, Row};

use super::{EndedBy, Pause, PauseId, PauseReason};
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;
use crate::team::departments::DepartmentId;

/// A pause to begin.
pub struct PauseStart<'a> {
    pub conversation: ConversationId,
    pub department: DepartmentId,
    pub agent: AgentId,
    pub reason: &'a PauseReason,
    pub returns_at: Timestamp,
    pub absence: bool,
    pub now: Timestamp,
}

/// Begins a pause; None where one is open already: the index `pause_open` holds that.
pub fn start(conn: &Connection, start: &PauseStart) -> Result<Option<PauseId>> {
    let reason = start.reason;
    let rows = db::exec(
        conn,
        "INSERT INTO pause (conversation_id, department_id, agent_id, reason_id, reason, started_at, returns_at, reminder, reminder_minutes,
                            reminder_most, reply, reply_minutes, contact_ends, absence)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            start.conversation,
            start.department,
            start.agent,
            reason.id,
            &reason.name,
            start.now,
            start.returns_at,
            &reason.reminder,
            reason.reminder_minutes,
            reason.reminder_most,
            &reason.reply,
            reason.reply_minutes,
            reason.contact_ends,
            start.absence,
        ),
    )?;
    if rows == 0 {
        return Ok(None);
    }
    Ok(Some(PauseId(conn.last_insert_rowid())))
}

const OPEN: &str =
    "SELECT id, conversation_id, department_id, agent_id, reason, returns_at, reminder, reminder_minutes, reminder_most, reply,
            reply_minutes, contact_ends, contact_wrote_at, replied_at, started_at FROM pause WHERE ended_at IS NULL";

fn read(row: &Row<'_>) -> rusqlite::Result<(Pause, Timestamp)> {
    let pause = Pause {
        id: row.get("id")?,
        conversation: row.get("conversation_id")?,
        department: row.get("department_id")?,
        agent: row.get("agent_id")?,
        reason: row.get("reason")?,
        returns_at: row.get("returns_at")?,
        reminder: row.get("reminder")?,
        reminder_minutes: row.get("reminder_minutes")?,
        reminder_most: row.get("reminder_most")?,
        reply: row.get("reply")?,
        reply_minutes: row.get("reply_minutes")?,
        contact_ends: row.get("contact_ends")?,
        contact_wrote_at: row.get("contact_wrote_at")?,
        replied_at: row.get("replied_at")?,
    };
    Ok((pause, row.get("started_at")?))
}

/// A pause that is still open, and when it began.
pub fn find(conn: &Connection, id: PauseId) -> Result<Option<(Pause, Timestamp)>> {
    db::maybe(conn, &format!("{OPEN} AND id = ?"), [id], read)
}

/// The open pause of a conversation.
pub fn of(conn: &Connection, conversation: ConversationId) -> Result<Option<Pause>> {
    Ok(db::maybe(conn, &format!("{OPEN} AND conversation_id = ?"), [conversation], read)?.map(|(pause, _)| pause))
}

/// Conversations that a person's absence has paused.
pub fn absent(conn: &Connection, agent: AgentId) -> Result<Vec<ConversationId>> {
    let sql = "SELECT conversation_id FROM pause WHERE agent_id = ? AND ended_at IS NULL AND absence ORDER BY id";
    db::all(conn, sql, [agent], |row| row.get(0))
}

/// Ends the open pause. False where none was open.
pub fn end(conn: &Connection, conversation: ConversationId, by: EndedBy, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE pause SET ended_at = ?, ended_by = ? WHERE conversation_id = ? AND ended_at IS NULL";
    Ok(db::exec(conn, sql, (now, by, conversation))? > 0)
}

/// The closing that ended a pause at this moment was taken back: the pause goes on as it was.
pub fn restore(conn: &Connection, conversation: ConversationId, closed_at: Timestamp) -> Result<()> {
    let sql = "UPDATE pause SET ended_at = NULL, ended_by = NULL
               WHERE conversation_id = ? AND ended_at = ? AND ended_by = 'closing'";
    db::exec(conn, sql, (conversation, closed_at))?;
    Ok(())
}

/// The contact wrote during the pause; `replied` where the bot answers.
pub fn contact_wrote(conn: &Connection, id: PauseId, replied: bool, now: Timestamp) -> Result<()> {
    let sql = "UPDATE pause SET contact_wrote_at = ?1, replied_at = iif(?2, ?1, replied_at) WHERE id = ?3";
    db::exec(conn, sql, (now, replied, id))?;
    Ok(())
}
