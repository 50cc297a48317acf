//! Queries on one contact's past and a department's averages.

use rusqlite::Connection;

use super::{Average, ContactEvent, Figures, Promise, SPAN};
use crate::contacts::ContactId;
use crate::desk::conversations::{ConversationId, may_see};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{DAY, MINUTE, Timestamp};
use crate::team::agents::Agent;
use crate::team::departments::DepartmentId;

/// Conversations of a contact that are looked at, the newest.
const LOOKED_AT: usize = 300;

#[allow(clippy::cast_precision_loss, reason = "figures of a page")]
fn mean(sum: i64, of: i64) -> Option<f64> {
    (of > 0).then(|| sum as f64 / of as f64)
}

/// Milliseconds to minutes.
fn minutes(sum: i64, of: i64) -> Option<f64> {
    mean(sum / MINUTE, of)
}

/// The conversations of a contact that a reader may see.
#[derive(Clone, Debug, Default)]
pub struct ReadableConversations {
    /// The newest, as a JSON list of ids.
    pub ids: String,
    /// How many were opened in the last [`SPAN`].
    pub recent: i64,
}

/// Walks a contact's conversations, newest first: everything else is asked of what a reader may see.
pub fn own(conn: &Connection, contact: ContactId, reader: &Agent, now: Timestamp) -> Result<ReadableConversations> {
    let since = now.plus(-SPAN);
    let sql =
        "SELECT id, department_id, assignee_id, opened_at FROM conversation WHERE contact_id = ? ORDER BY id DESC";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([contact])?;
    let (mut ids, mut recent): (Vec<ConversationId>, i64) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        if may_see(reader, row.get(1)?, row.get(2)?) {
            recent += i64::from(row.get::<_, Timestamp>(3)? > since);
            if ids.len() < LOOKED_AT {
                ids.push(row.get(0)?);
            }
        }
    }
    Ok(ReadableConversations { ids: serde_json::to_string(&ids)?, recent })
}

/// A contact's own figures, of the newest conversations.
pub fn contact(conn: &Connection, own: &ReadableConversations) -> Result<Figures> {
    let (answer, answered): (i64, i64) = db::one(
        conn,
        "SELECT coalesce(sum(first_answered_at - opened_at), 0), count(first_answered_at)
         FROM json_each(?) AS own CROSS JOIN conversation ON conversation.id = own.value",
        [&own.ids],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let (length, closed, reopened): (i64, i64, i64) = db::one(
        conn,
        "SELECT coalesce(sum(closing.at - conversation.opened_at), 0), count(*), count(reopened_at)
         FROM json_each(?) AS own CROSS JOIN conversation ON conversation.id = own.value
         JOIN closing ON closing.conversation_id = conversation.id AND held = 0",
        [&own.ids],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let (score, rated): (i64, i64) = db::one(
        conn,
        "SELECT coalesce(sum(score), 0), count(score) FROM json_each(?) AS own CROSS JOIN rating ON conversation_id = own.value",
        [&own.ids],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Figures {
        first_answer: minutes(answer, answered),
        handling: minutes(length, closed),
        per_month: mean(own.recent * 30, SPAN / DAY),
        reopened: mean(reopened * 100, closed),
        rating: mean(score, rated),
    })
}

/// What was recorded about a contact by closings and occurrences, newest first.
pub fn recorded(conn: &Connection, own: &ReadableConversations, limit: usize) -> Result<Vec<ContactEvent>> {
    let mut found = db::all(
        conn,
        "SELECT at, closing.path, sentiment FROM json_each(?1) AS own CROSS JOIN closing ON conversation_id = own.value
         WHERE held = 0 AND closing.path <> ''
         UNION ALL
         SELECT happened_at, occurrence.path, sentiment FROM json_each(?1) AS own CROSS JOIN occurrence ON conversation_id = own.value
         WHERE occurrence.path <> '' AND NOT EXISTS (SELECT 1 FROM occurrence later WHERE later.corrects_id = occurrence.id)",
        [&own.ids],
        |row| Ok(ContactEvent { at: row.get(0)?, path: row.get(1)?, sentiment: row.get(2)? }),
    )?;
    found.sort_by_key(|one| std::cmp::Reverse(one.at));
    found.truncate(limit);
    Ok(found)
}

/// When a contact last answered somebody of the team, newest first.
pub fn answered(conn: &Connection, own: &ReadableConversations, limit: i64) -> Result<Vec<Timestamp>> {
    db::all(
        conn,
        "SELECT message.at FROM (SELECT value AS id FROM json_each(?) LIMIT 40) AS own
         CROSS JOIN message ON conversation_id = own.id
         WHERE author = 'contact' AND EXISTS (
             SELECT 1 FROM message said WHERE said.conversation_id = own.id AND said.id < message.id AND said.author = 'agent')
         ORDER BY own.id DESC LIMIT ?",
        (&own.ids, limit),
        |row| row.get(0),
    )
}

/// What was promised to a contact and is open: pauses and tickets.
pub fn promises(conn: &Connection, own: &ReadableConversations) -> Result<Vec<Promise>> {
    let mut found = db::all(
        conn,
        "SELECT conversation.id, number, returns_at FROM json_each(?) AS own CROSS JOIN conversation ON conversation.id = own.value
         JOIN pause ON pause.conversation_id = conversation.id AND ended_at IS NULL
         WHERE +state = 'paused' ORDER BY returns_at LIMIT 20",
        [&own.ids],
        |row| Ok(Promise::Pause { conversation: row.get(0)?, number: row.get(1)?, returns_at: row.get(2)? }),
    )?;
    found.extend(db::all(
        conn,
        "SELECT DISTINCT ticket.id, title, due_at FROM json_each(?) AS own
         CROSS JOIN ticket_conversation ON ticket_conversation.conversation_id = own.value JOIN ticket ON ticket.id = ticket_id
         WHERE ticket.closed_at IS NULL ORDER BY due_at IS NULL, due_at LIMIT 20",
        [&own.ids],
        |row| Ok(Promise::Ticket { ticket: row.get(0)?, title: row.get(1)?, due_at: row.get(2)? }),
    )?);
    Ok(found)
}

/// A department's figures as they were made last.
pub fn average(conn: &Connection, department: DepartmentId) -> Result<Option<Average>> {
    let sql = "SELECT first_answer, handling, per_month, reopened, rating, at FROM department_average WHERE department_id = ?";
    db::maybe(conn, sql, [department], |row| {
        let figures = Figures {
            first_answer: row.get("first_answer")?,
            handling: row.get("handling")?,
            per_month: row.get("per_month")?,
            reopened: row.get("reopened")?,
            rating: row.get("rating")?,
        };
        Ok(Average { figures, at: row.get("at")? })
    })
}

/// Works out the figures of a department; reads a quarter of its closings.
pub fn work_out(conn: &Connection, department: DepartmentId, now: Timestamp) -> Result<Figures> {
    let since = now.plus(-SPAN);
    let (length, closed, reopened): (i64, i64, i64) = db::one(
        conn,
        "SELECT coalesce(sum(closing.at - c.opened_at), 0), count(*), count(reopened_at)
         FROM closing INDEXED BY closing_at CROSS JOIN conversation c ON c.id = closing.conversation_id
         WHERE closing.at >= ? AND held = 0 AND +closing.department_id = ?",
        (since, department),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let (score, rated): (i64, i64) = db::one(
        conn,
        "SELECT coalesce(sum(score), 0), count(score) FROM closing INDEXED BY closing_at
         CROSS JOIN rating ON rating.conversation_id = closing.conversation_id AND closing_id = closing.id
         WHERE closing.at >= ? AND held = 0 AND +closing.department_id = ?",
        (since, department),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    // A conversation that was closed three times is one conversation, with one first answer.
    let (conversations, contacts, answer, answered): (i64, i64, i64, i64) = db::one(
        conn,
        "SELECT count(*), count(DISTINCT contact_id), coalesce(sum(first_answered_at - opened_at), 0), count(first_answered_at)
         FROM conversation WHERE id IN (
             SELECT conversation_id FROM closing INDEXED BY closing_at WHERE at >= ? AND held = 0 AND +department_id = ?)",
        (since, department),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    Ok(Figures {
        first_answer: minutes(answer, answered),
        handling: minutes(length, closed),
        per_month: mean(conversations * 30, contacts * (SPAN / DAY)),
        reopened: mean(reopened * 100, closed),
        rating: mean(score, rated),
    })
}

/// Keeps a department's figures.
pub fn keep(conn: &Connection, department: DepartmentId, figures: &Figures, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO department_average (department_id, first_answer, handling, per_month, reopened, rating, at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET first_answer = excluded.first_answer, handling = excluded.handling, per_month = excluded.per_month,
             reopened = excluded.reopened, rating = excluded.rating, at = excluded.at",
        (department, figures.first_answer, figures.handling, figures.per_month, figures.reopened, figures.rating, now),
    )?;
    Ok(())
}
