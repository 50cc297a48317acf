//! Queries on canned replies.

use rusqlite::{Connection, Row};

use super::{CannedReply, CannedReplyId, Draft, Scope};
use crate::agents::AgentId;
use crate::db;
use crate::departments::DepartmentId;
use crate::error::Result;
use crate::time::Timestamp;

const COLUMNS: &str = "id, title, keywords, body, phrasings, scope, owner_id, used,
     (SELECT group_concat(department_id) FROM canned_reply_department WHERE canned_reply_id = canned_reply.id)";

fn read(row: &Row<'_>) -> rusqlite::Result<CannedReply> {
    let departments: Option<String> = row.get(8)?;
    let departments = departments.unwrap_or_default();
    Ok(CannedReply {
        id: row.get(0)?,
        title: row.get(1)?,
        keywords: row.get(2)?,
        body: row.get(3)?,
        phrasings: row.get(4)?,
        scope: row.get(5)?,
        owner: row.get(6)?,
        used: row.get(7)?,
        departments: departments.split(',').filter_map(|id| id.parse().ok().map(DepartmentId)).collect(),
    })
}

/// Everyone's texts, a person's own and those of some departments, that hold every word (folded already): titles that begin
/// so first, then the most used.
pub fn find_all(
    conn: &Connection,
    agent: AgentId,
    departments: &[DepartmentId],
    words: &[String],
    limit: i64,
) -> Result<Vec<CannedReply>> {
    let (departments, words) = (serde_json::to_string(departments)?, serde_json::to_string(words)?);
    db::all(
        conn,
        &format!(
            "SELECT {COLUMNS} FROM canned_reply
             WHERE archived_at IS NULL
             AND (scope = 'everyone' OR owner_id = ?1 OR (scope = 'departments' AND EXISTS (
                 SELECT 1 FROM canned_reply_department WHERE canned_reply_id = canned_reply.id
                 AND department_id IN (SELECT value FROM json_each(?2)))))
             AND NOT EXISTS (SELECT 1 FROM json_each(?3) WHERE instr(search, value) = 0)
             ORDER BY instr(search, coalesce((SELECT value FROM json_each(?3) LIMIT 1), '')) <> 1, used DESC, title COLLATE NOCASE, id
             LIMIT ?4"
        ),
        (agent, departments, words, limit),
        read,
    )
}

/// One, be it archived.
pub fn find(conn: &Connection, id: CannedReplyId) -> Result<CannedReply> {
    db::one(conn, &format!("SELECT {COLUMNS} FROM canned_reply WHERE id = ?"), [id], read)
}

/// The text of that title among those for the same people; a person's own ones are theirs alone.
pub fn by_title(conn: &Connection, title: &str, scope: Scope, own: AgentId) -> Result<Option<CannedReplyId>> {
    let sql = "SELECT id FROM canned_reply WHERE title = ? COLLATE NOCASE AND scope = ? AND archived_at IS NULL
               AND (owner_id IS NULL OR owner_id = ?) ORDER BY id LIMIT 1";
    db::maybe(conn, sql, (title, scope, own), |row| row.get(0))
}

/// A new one.
pub fn create(conn: &Connection, draft: &Draft, owner: AgentId, now: Timestamp) -> Result<CannedReplyId> {
    let owner = (draft.scope == Scope::Own).then_some(owner);
    let sql = "INSERT INTO canned_reply (title, body, scope, owner_id, search, updated_at) VALUES (?, ?, ?, ?, '', ?)";
    let id = CannedReplyId(db::insert(conn, sql, (&draft.title, &draft.body, draft.scope, owner, now))?);
    update(conn, id, draft, owner, now)?;
    Ok(id)
}

/// Changes one; `owner` where it is for one person.
pub fn update(
    conn: &Connection,
    id: CannedReplyId,
    draft: &Draft,
    owner: Option<AgentId>,
    now: Timestamp,
) -> Result<()> {
    db::exec(
        conn,
        "UPDATE canned_reply SET title = ?, keywords = ?, body = ?, phrasings = ?, scope = ?, owner_id = ?, search = ?, updated_at = ?
         WHERE id = ?",
        (
            &draft.title,
            &draft.keywords,
            &draft.body,
            &draft.phrasings,
            draft.scope,
            owner.filter(|_| draft.scope == Scope::Own),
            draft.search(),
            now,
            id,
        ),
    )?;
    db::exec(conn, "DELETE FROM canned_reply_department WHERE canned_reply_id = ?", [id])?;
    for department in draft.departments.iter().filter(|_| draft.scope == Scope::Departments) {
        let sql =
            "INSERT INTO canned_reply_department (canned_reply_id, department_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
        db::exec(conn, sql, (id, department))?;
    }
    Ok(())
}

/// It was sent once more, by somebody who may use it.
pub fn count_use(conn: &Connection, id: CannedReplyId, by: AgentId, department: DepartmentId) -> Result<()> {
    let sql = "UPDATE canned_reply SET used = used + 1 WHERE id = ?1 AND archived_at IS NULL AND (
                   scope = 'everyone' OR owner_id = ?2 OR EXISTS (
                       SELECT 1 FROM canned_reply_department WHERE canned_reply_id = ?1 AND department_id = ?3))";
    db::exec(conn, sql, (id, by, department))?;
    Ok(())
}

/// Takes one out of the choice.
pub fn archive(conn: &Connection, id: CannedReplyId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE canned_reply SET archived_at = ? WHERE id = ? AND archived_at IS NULL", (now, id))?;
    Ok(())
}
