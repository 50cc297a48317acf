//! Queries on the catalogue as a tree, for the settings.

use rusqlite::Connection;

use super::{DispositionForm, DispositionId, Node, Tree, Use};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::departments::DepartmentId;
use crate::team::departments::audience::Audience;

/// The catalogue without the system's own dispositions.
pub fn all(conn: &Connection) -> Result<Tree> {
    let offers: Vec<(DispositionId, DepartmentId)> =
        db::all(conn, "SELECT disposition_id, department_id FROM disposition_department", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let nodes = db::all(
        conn,
        "SELECT id, parent_id, name, sentiment, for_conversation, for_occurrence, for_ticket, archived_at IS NOT NULL AS archived
         FROM disposition WHERE system_key IS NULL ORDER BY parent_id IS NOT NULL, position, id",
        [],
        |row| {
            let id = row.get("id")?;
            let mut uses = Vec::new();
            for (column, one) in [
                ("for_conversation", Use::Conversation),
                ("for_occurrence", Use::Occurrence),
                ("for_ticket", Use::Ticket),
            ] {
                if row.get(column)? {
                    uses.push(one);
                }
            }
            Ok(Node {
                id,
                parent: row.get("parent_id")?,
                name: row.get("name")?,
                sentiment: row.get("sentiment")?,
                uses,
                audience: Audience::only(offers.iter().filter(|(one, _)| *one == id).map(|(_, department)| *department)),
                archived: row.get("archived")?,
            })
        },
    )?;
    Ok(Tree { nodes })
}

/// Whether a sibling has that name.
pub fn is_taken(
    conn: &Connection,
    name: &str,
    parent: Option<DispositionId>,
    but: Option<DispositionId>,
) -> Result<bool> {
    let sql =
        "SELECT EXISTS (SELECT 1 FROM disposition WHERE name = ? COLLATE NOCASE AND parent_id IS ? AND id IS NOT ?
               AND system_key IS NULL)";
    db::one(conn, sql, (name, parent, but), |row| row.get(0))
}

/// A new node at the end of its siblings.
pub fn create(conn: &Connection, draft: &DispositionForm) -> Result<DispositionId> {
    let sql = "INSERT INTO disposition (parent_id, name, sentiment, position)
               SELECT ?1, ?2, ?3, coalesce(max(position), 0) + 1 FROM disposition WHERE parent_id IS ?1";
    let id = DispositionId(db::insert(conn, sql, (draft.parent, &draft.name, draft.sentiment))?);
    offer(conn, id, draft)?;
    Ok(id)
}

/// Changes a node; one that moves goes to the end of its new siblings. What was recorded with it stays as it was.
pub fn update(conn: &Connection, id: DispositionId, draft: &DispositionForm) -> Result<()> {
    db::exec(conn, "UPDATE disposition SET name = ?, sentiment = ? WHERE id = ?", (&draft.name, draft.sentiment, id))?;
    let moved = "UPDATE disposition SET parent_id = ?1,
                 position = (SELECT coalesce(max(position), 0) + 1 FROM disposition WHERE parent_id IS ?1)
                 WHERE id = ?2 AND parent_id IS NOT ?1";
    db::exec(conn, moved, (draft.parent, id))?;
    offer(conn, id, draft)
}

/// Uses and departments: a category's own; what hangs below one has none.
fn offer(conn: &Connection, id: DispositionId, draft: &DispositionForm) -> Result<()> {
    db::exec(conn, "DELETE FROM disposition_department WHERE disposition_id = ?", [id])?;
    if draft.parent.is_some() {
        return Ok(());
    }
    let has = |wanted| draft.uses.contains(&wanted);
    let sql = "UPDATE disposition SET for_conversation = ?, for_occurrence = ?, for_ticket = ? WHERE id = ?";
    db::exec(conn, sql, (has(Use::Conversation), has(Use::Occurrence), has(Use::Ticket), id))?;
    draft.audience.departments().try_for_each(|department| super::sql::offer(conn, id, department))
}

/// Changes places with the sibling before (`earlier`) or after it.
pub fn shift(conn: &Connection, id: DispositionId, earlier: MoveDirection) -> Result<()> {
    let siblings: Vec<DispositionId> = db::all(
        conn,
        "SELECT id FROM disposition WHERE parent_id IS (SELECT parent_id FROM disposition WHERE id = ?) AND system_key IS NULL
         ORDER BY position, id",
        [id],
        |row| row.get(0),
    )?;
    let mut order = siblings;
    let Some(at) = order.iter().position(|one| *one == id) else { return Ok(()) };
    let other = match earlier {
        MoveDirection::Yes => at.checked_sub(1),
        MoveDirection::No => Some(at + 1).filter(|next| *next < order.len()),
    };
    let Some(other) = other else { return Ok(()) };
    order.swap(at, other);
    for (one, position) in order.into_iter().zip(1_i64..) {
        db::exec(conn, "UPDATE disposition SET position = ? WHERE id = ? AND position <> ?1", (position, one))?;
    }
    Ok(())
}

/// Which way a node is moved among its siblings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MoveDirection {
    Yes,
    No,
}

/// Takes a node out of the choice; with it goes what hangs below.
pub fn archive(conn: &Connection, id: DispositionId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE disposition SET archived_at = ? WHERE id = ? AND archived_at IS NULL", (now, id))?;
    Ok(())
}

/// Puts an archived node back.
pub fn restore(conn: &Connection, id: DispositionId) -> Result<()> {
    db::exec(conn, "UPDATE disposition SET archived_at = NULL WHERE id = ?", [id])?;
    Ok(())
}
