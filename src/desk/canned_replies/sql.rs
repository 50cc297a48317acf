//! Queries on canned replies.

use rusqlite::{Connection, Row};

use super::{CannedReply, CannedReplyForm, CannedReplyId, Scope};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;
use crate::team::departments::DepartmentId;
use crate::team::departments::audience::Audience;

const COLUMNS: &str = "id, title, keywords, body, phrasings, scope, owner_id, used,
     (SELECT group_concat(department_id) FROM canned_reply_department WHERE canned_reply_id = canned_reply.id) AS departments";

fn read(row: &Row<'_>) -> rusqlite::Result<CannedReply> {
    let (scope, named): (Scope, Option<Audience>) = (row.get("scope")?, row.get("departments")?);
    Ok(CannedReply {
        id: row.get("id")?,
        title: row.get("title")?,
        keywords: row.get("keywords")?,
        body: row.get("body")?,
        phrasings: row.get("phrasings")?,
        scope,
        owner: row.get("owner_id")?,
        used: row.get("used")?,
        audience: if scope == Scope::Everyone { Audience::Everyone } else { named.unwrap_or_else(Audience::nobody) },
    })
}

/// For whom a text is: everyone, its owner (?1), some departments (?2, a JSON list).
const OFFERED: &str =
    "archived_at IS NULL AND (scope = 'everyone' OR owner_id = ?1 OR (scope = 'departments' AND EXISTS (
     SELECT 1 FROM canned_reply_department WHERE canned_reply_id = canned_reply.id
     AND department_id IN (SELECT value FROM json_each(?2)))))";

/// Without a word the most used, along their index; else what holds words that begin so, by the index of the words.
fn finding(words: &[String]) -> String {
    if words.is_empty() {
        return format!(
            "SELECT id FROM canned_reply INDEXED BY canned_reply_used WHERE {OFFERED} AND ?3 = '' ORDER BY used DESC, title COLLATE NOCASE, id LIMIT ?4"
        );
    }
    // Titles that begin with the first word come first.
    format!(
        "SELECT id FROM canned_reply_words CROSS JOIN canned_reply ON canned_reply.id = canned_reply_words.rowid
         WHERE canned_reply_words MATCH ?3 AND {OFFERED}
         ORDER BY substr(canned_reply.search, 1, ?5) <> ?6, used DESC, title COLLATE NOCASE, id LIMIT ?4"
    )
}

/// Everyone's texts, a person's own and those of some departments, that hold words that begin so (folded already): titles
/// that begin so first, then the most used.
pub fn find_all(
    conn: &Connection,
    agent: AgentId,
    departments: &[DepartmentId],
    words: &[String],
    limit: i64,
) -> Result<Vec<CannedReply>> {
    let departments = serde_json::to_string(departments)?;
    let expression = words.iter().map(|word| format!("\"{}\"*", word.replace('"', ""))).collect::<Vec<_>>().join(" ");
    let first = words.first().cloned().unwrap_or_default();
    let length = i64::try_from(first.chars().count()).unwrap_or(0);
    let values: Vec<&dyn rusqlite::ToSql> = vec![&agent, &departments, &expression, &limit, &length, &first];
    let used = if words.is_empty() { 4 } else { 6 };
    let ids: Vec<CannedReplyId> = db::all(conn, &finding(words), &values[..used], |row| row.get(0))?;
    ids.into_iter().map(|id| find(conn, id)).collect()
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
pub fn create(conn: &Connection, draft: &CannedReplyForm, owner: AgentId, now: Timestamp) -> Result<CannedReplyId> {
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
    draft: &CannedReplyForm,
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
    for department in draft.audience.departments() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::db::migrations::SCHEMA;

    #[test]
    fn the_list_at_the_composer_reads_no_more_than_it_must() {
        let conn = Connection::open_in_memory().expect("a database");
        conn.execute_batch(SCHEMA).expect("the schema");
        let plan = |words: &[String]| -> Vec<String> {
            let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {}", finding(words))).expect("a plan");
            let nulls = vec![rusqlite::types::Null; statement.parameter_count()];
            let rows = statement.query_map(rusqlite::params_from_iter(nulls), |row| row.get(3)).expect("rows");
            rows.collect::<rusqlite::Result<_>>().expect("its steps")
        };
        let idle = plan(&[]);
        assert!(
            idle[0].contains("USING INDEX canned_reply_used") && !idle.iter().any(|step| step.contains("TEMP B-TREE")),
            "{idle:?}"
        );
        let typed = plan(&["prazo".to_owned()]);
        assert!(
            typed[0].contains("canned_reply_words VIRTUAL TABLE") && typed[1].contains("SEARCH canned_reply"),
            "{typed:?}"
        );
    }
}
