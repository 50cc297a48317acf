//! Queries on tickets.

use rusqlite::{Connection, Row};

use super::phases::{Phase, PhaseId};
use super::{NewTicket, Ticket, TicketBrief, TicketForm};
use crate::desk::conversations::ConversationId;
use crate::desk::dispositions::{DispositionId, Sentiment};
use crate::desk::notifications::TicketId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::folding;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;
use crate::team::departments::DepartmentId;

/// Room between two tickets of a column.
const ROOM: i64 = 1 << 20;

fn read(row: &Row<'_>) -> rusqlite::Result<Ticket> {
    Ok(Ticket {
        id: row.get("id")?,
        title: row.get("title")?,
        body: row.get("body")?,
        department: row.get("department_id")?,
        phase: row.get("phase_id")?,
        assignee: row.get("assignee_id")?,
        author: row.get("author_id")?,
        author_name: row.get("author_name")?,
        priority: row.get("priority")?,
        due_at: row.get("due_at")?,
        disposition: row.get("disposition_id")?,
        path: row.get("path")?,
        revision: row.get("revision")?,
        opened_at: row.get("opened_at")?,
        closed_at: row.get("closed_at")?,
    })
}

/// One ticket.
pub fn find(conn: &Connection, id: TicketId) -> Result<Ticket> {
    db::one(
        conn,
        "SELECT ticket.id, title, body, department_id, phase_id, assignee_id, author_id, agent.name AS author_name, priority, due_at,
                disposition_id, path, revision, opened_at, closed_at
         FROM ticket JOIN agent ON agent.id = author_id WHERE ticket.id = ?",
        [id],
        read,
    )
}

/// A new ticket, at the end of its column.
pub fn create(conn: &Connection, new: &NewTicket) -> Result<TicketId> {
    let draft = new.draft;
    let id = db::insert(
        conn,
        "INSERT INTO ticket (title, body, department_id, phase_id, place, assignee_id, author_id, priority, due_at, disposition_id, path,
                             sentiment, search, opened_at, moved_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?14, ?14)",
        rusqlite::params![
            draft.title,
            draft.body,
            draft.to.department,
            new.phase,
            end_of(conn, new.phase)?,
            draft.to.agent,
            new.author,
            draft.priority,
            draft.due_at,
            draft.disposition,
            new.path,
            new.sentiment,
            words(draft),
            new.now,
        ],
    )
    .map(TicketId)?;
    Ok(id)
}

fn words(draft: &TicketForm) -> String {
    folding::fold(&format!("{} {}", draft.title, draft.body))
}

/// What the disposition was called when it was chosen.
pub struct TicketReason<'a> {
    pub id: Option<DispositionId>,
    pub path: &'a str,
    pub sentiment: Sentiment,
}

/// Changes what the form holds; false where somebody else has changed it since `revision`.
pub fn update(
    conn: &Connection,
    id: TicketId,
    draft: &TicketForm,
    reason: &TicketReason,
    revision: i64,
) -> Result<bool> {
    let rows = db::exec(
        conn,
        "UPDATE ticket SET title = ?, body = ?, department_id = ?, assignee_id = ?, priority = ?, due_at = ?, disposition_id = ?, path = ?,
                sentiment = ?, search = ?, revision = revision + 1
         WHERE id = ? AND revision = ?",
        rusqlite::params![
            draft.title,
            draft.body,
            draft.to.department,
            draft.to.agent,
            draft.priority,
            draft.due_at,
            reason.id,
            reason.path,
            reason.sentiment,
            words(draft),
            id,
            revision,
        ],
    )?;
    Ok(rows == 1)
}

/// The place behind the last ticket of a column.
fn end_of(conn: &Connection, phase: PhaseId) -> Result<i64> {
    db::one(conn, "SELECT coalesce(max(place), 0) + ? FROM ticket WHERE phase_id = ?", (ROOM, phase), |row| row.get(0))
}

/// The place right before a ticket of a column, or behind all; the column's numbers are spread anew where none is left between.
fn place_before(conn: &Connection, phase: PhaseId, before: Option<TicketId>) -> Result<i64> {
    let Some(before) = before else { return end_of(conn, phase) };
    for _ in 0..2 {
        let at: Option<i64> =
            db::maybe(conn, "SELECT place FROM ticket WHERE id = ? AND phase_id = ?", (before, phase), |row| {
                row.get(0)
            })?;
        // It has moved away meanwhile.
        let Some(at) = at else { return end_of(conn, phase) };
        let above: i64 = db::one(
            conn,
            "SELECT coalesce(max(place), ?1 - 2 * ?2) FROM ticket WHERE phase_id = ?3 AND place < ?1",
            (at, ROOM, phase),
            |row| row.get(0),
        )?;
        if at - above > 1 {
            return Ok(above + (at - above) / 2);
        }
        db::exec(
            conn,
            "UPDATE ticket SET place = spread.place FROM
                 (SELECT id, row_number() OVER (ORDER BY place, id) * ?1 AS place FROM ticket WHERE phase_id = ?2) AS spread
             WHERE ticket.id = spread.id",
            (ROOM, phase),
        )?;
    }
    end_of(conn, phase)
}

/// Moves a ticket into a phase (of its own department or of the one it is handed to), closing or opening it as that phase has it.
pub fn put(conn: &Connection, id: TicketId, phase: &Phase, before: Option<TicketId>, now: Timestamp) -> Result<()> {
    // What has ended lies by the time of its end.
    let before = before.filter(|other| !phase.ends && *other != id);
    let place = place_before(conn, phase.id, before)?;
    db::exec(
        conn,
        "UPDATE ticket SET moved_at = iif(phase_id = ?1, moved_at, ?3), phase_id = ?1, place = ?2, department_id = ?4,
                closed_at = iif(?5, coalesce(closed_at, ?3), NULL)
         WHERE id = ?6",
        (phase.id, place, now, phase.department, phase.ends, id),
    )?;
    Ok(())
}

/// Moves everything of one phase to the end of another of the same kind, in its order.
pub fn empty(conn: &Connection, from: PhaseId, to: PhaseId, now: Timestamp) -> Result<()> {
    let end = end_of(conn, to)?;
    db::exec(
        conn,
        "UPDATE ticket SET phase_id = ?1, moved_at = ?2, place = ?3 + spread.place FROM
             (SELECT id, row_number() OVER (ORDER BY place, id) * ?4 AS place FROM ticket WHERE phase_id = ?5) AS spread
         WHERE ticket.id = spread.id",
        (to, now, end, ROOM, from),
    )?;
    Ok(())
}

/// The tickets about a conversation, newest first.
pub fn of_conversation(conn: &Connection, conversation: ConversationId, now: Timestamp) -> Result<Vec<TicketBrief>> {
    db::all(
        conn,
        "SELECT ticket.id, title, ticket_phase.name AS phase, closed_at IS NOT NULL AS closed,
                closed_at IS NULL AND coalesce(due_at < ?, 0) AS overdue
         FROM ticket_conversation JOIN ticket ON ticket.id = ticket_id JOIN ticket_phase ON ticket_phase.id = phase_id
         WHERE conversation_id = ? ORDER BY ticket_id DESC LIMIT 20",
        (now, conversation),
        |row| {
            Ok(TicketBrief {
                id: row.get("id")?,
                title: row.get("title")?,
                phase: row.get("phase")?,
                closed: row.get("closed")?,
                overdue: row.get("overdue")?,
            })
        },
    )
}

/// Whom a ticket concerns: its department, who wrote it, who has it.
pub fn concerned(conn: &Connection, id: TicketId) -> Result<(DepartmentId, AgentId, Option<AgentId>)> {
    db::one(conn, "SELECT department_id, author_id, assignee_id FROM ticket WHERE id = ?", [id], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// The conversations that a ticket is about.
pub fn linked(conn: &Connection, id: TicketId) -> Result<Vec<ConversationId>> {
    db::all(conn, "SELECT conversation_id FROM ticket_conversation WHERE ticket_id = ?", [id], |row| row.get(0))
}
