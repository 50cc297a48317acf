//! Queries on one contact's past and a department's averages.

use rusqlite::Connection;

use super::{Average, Figures, Promise, Recorded, SPAN};
use crate::contacts::ContactId;
use crate::db;
use crate::departments::DepartmentId;
use crate::error::Result;
use crate::time::{DAY, MINUTE, Timestamp};

/// Conversations of a contact that are looked at, the newest.
const LOOKED_AT: i64 = 300;

#[allow(clippy::cast_precision_loss, reason = "figures of a page")]
fn mean(sum: i64, of: i64) -> Option<f64> {
    (of > 0).then(|| sum as f64 / of as f64)
}

/// Milliseconds to minutes.
fn minutes(sum: i64, of: i64) -> Option<f64> {
    mean(sum / MINUTE, of)
}

/// A contact's own figures, of the newest conversations.
pub fn contact(conn: &Connection, contact: ContactId, now: Timestamp) -> Result<Figures> {
    let own =
        "SELECT id, opened_at, first_answered_at FROM conversation WHERE contact_id = ?1 ORDER BY id DESC LIMIT ?2";
    let (answer, answered, recent): (i64, i64, i64) = db::one(
        conn,
        &format!(
            "SELECT coalesce(sum(first_answered_at - opened_at), 0), count(first_answered_at), coalesce(sum(opened_at > ?3), 0) FROM ({own})"
        ),
        (contact, LOOKED_AT, now.plus(-SPAN)),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let (length, closed, reopened): (i64, i64, i64) = db::one(
        conn,
        &format!(
            "SELECT coalesce(sum(closing.at - own.opened_at), 0), count(*), count(reopened_at)
             FROM ({own}) AS own JOIN closing ON closing.conversation_id = own.id AND held = 0"
        ),
        (contact, LOOKED_AT),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let (score, rated): (i64, i64) = db::one(
        conn,
        &format!(
            "SELECT coalesce(sum(score), 0), count(score) FROM ({own}) AS own JOIN rating ON conversation_id = own.id"
        ),
        (contact, LOOKED_AT),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(Figures {
        first_answer: minutes(answer, answered),
        handling: minutes(length, closed),
        per_month: mean(recent * 30, SPAN / DAY),
        reopened: mean(reopened * 100, closed),
        rating: mean(score, rated),
    })
}

/// What was recorded about a contact by closings and occurrences, newest first.
pub fn recorded(conn: &Connection, contact: ContactId, limit: i64) -> Result<Vec<Recorded>> {
    let mut found = db::all(
        conn,
        "WITH own AS (SELECT id FROM conversation WHERE contact_id = ?1 ORDER BY id DESC LIMIT ?2)
         SELECT at, path, sentiment FROM closing JOIN own ON own.id = conversation_id WHERE held = 0 AND path <> ''
         UNION ALL
         SELECT happened_at, path, sentiment FROM occurrence JOIN own ON own.id = conversation_id
         WHERE path <> '' AND NOT EXISTS (SELECT 1 FROM occurrence later WHERE later.corrects_id = occurrence.id)",
        (contact, LOOKED_AT),
        |row| Ok(Recorded { at: row.get(0)?, path: row.get(1)?, sentiment: row.get(2)? }),
    )?;
    found.sort_by_key(|one| std::cmp::Reverse(one.at));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// When a contact wrote last, newest first.
pub fn written(conn: &Connection, contact: ContactId, limit: i64) -> Result<Vec<Timestamp>> {
    db::all(
        conn,
        "SELECT message.at FROM (SELECT id FROM conversation WHERE contact_id = ? ORDER BY id DESC LIMIT 40) AS own
         CROSS JOIN message ON conversation_id = own.id WHERE author = 'contact' ORDER BY own.id DESC LIMIT ?",
        (contact, limit),
        |row| row.get(0),
    )
}

/// What was promised to a contact and is open: pauses and tickets.
pub fn promises(conn: &Connection, contact: ContactId) -> Result<Vec<Promise>> {
    let mut found = db::all(
        conn,
        "SELECT conversation.id, number, returns_at FROM conversation JOIN pause ON pause.conversation_id = conversation.id AND ended_at IS NULL
         WHERE contact_id = ? AND state = 'paused' ORDER BY returns_at LIMIT 20",
        [contact],
        |row| Ok(Promise::Pause { conversation: row.get(0)?, number: row.get(1)?, returns_at: row.get(2)? }),
    )?;
    found.extend(db::all(
        conn,
        "SELECT DISTINCT ticket.id, title, due_at
         FROM (SELECT id FROM conversation WHERE contact_id = ? ORDER BY id DESC LIMIT ?) AS own
         CROSS JOIN ticket_conversation ON ticket_conversation.conversation_id = own.id JOIN ticket ON ticket.id = ticket_id
         WHERE ticket.closed_at IS NULL ORDER BY due_at IS NULL, due_at LIMIT 20",
        (contact, LOOKED_AT),
        |row| Ok(Promise::Ticket { ticket: row.get(0)?, title: row.get(1)?, due_at: row.get(2)? }),
    )?);
    Ok(found)
}

/// A department's figures as they were made last.
pub fn average(conn: &Connection, department: DepartmentId) -> Result<Option<Average>> {
    let sql = "SELECT first_answer, handling, per_month, reopened, rating, at FROM department_average WHERE department_id = ?";
    db::maybe(conn, sql, [department], |row| {
        let figures = Figures {
            first_answer: row.get(0)?,
            handling: row.get(1)?,
            per_month: row.get(2)?,
            reopened: row.get(3)?,
            rating: row.get(4)?,
        };
        Ok(Average { figures, at: row.get(5)? })
    })
}

/// Works out the figures of a department; reads a quarter of its closings.
pub fn work_out(conn: &Connection, department: DepartmentId, now: Timestamp) -> Result<Figures> {
    let since = now.plus(-SPAN);
    let (length, closed, reopened, answer, answered): (i64, i64, i64, i64, i64) = db::one(
        conn,
        "SELECT coalesce(sum(closing.at - c.opened_at), 0), count(*), count(reopened_at),
                coalesce(sum(c.first_answered_at - c.opened_at), 0), count(c.first_answered_at)
         FROM closing INDEXED BY closing_at CROSS JOIN conversation c ON c.id = closing.conversation_id
         WHERE closing.at >= ? AND held = 0 AND +closing.department_id = ?",
        (since, department),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
    )?;
    let (score, rated): (i64, i64) = db::one(
        conn,
        "SELECT coalesce(sum(score), 0), count(score) FROM closing INDEXED BY closing_at
         CROSS JOIN rating ON rating.conversation_id = closing.conversation_id AND closing_id = closing.id
         WHERE closing.at >= ? AND held = 0 AND +closing.department_id = ?",
        (since, department),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let (conversations, contacts): (i64, i64) = db::one(
        conn,
        "SELECT count(*), count(DISTINCT contact_id) FROM closing INDEXED BY closing_at
         CROSS JOIN conversation c ON c.id = closing.conversation_id
         WHERE closing.at >= ? AND held = 0 AND +closing.department_id = ?",
        (since, department),
        |row| Ok((row.get(0)?, row.get(1)?)),
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
