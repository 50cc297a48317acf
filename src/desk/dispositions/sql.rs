//! Queries on dispositions.

use rusqlite::Connection;

use super::{Disposition, DispositionId, Sentiment, Use};
use crate::platform::db;
use crate::platform::error::Result;
use crate::team::departments::DepartmentId;

/// The reasons that a department may use: leaves of its categories for that use, in the catalogue's order.
pub fn for_use(conn: &Connection, department: DepartmentId, wanted: Use) -> Result<Vec<Disposition>> {
    db::all(
        conn,
        "WITH RECURSIVE tree (id, path, sentiment, place) AS (
             SELECT disposition.id, name, sentiment, format('%06d', position) FROM disposition
             JOIN disposition_department ON disposition_id = disposition.id AND department_id = ?1
             WHERE parent_id IS NULL AND archived_at IS NULL AND system_key IS NULL
             AND CASE ?2 WHEN 'conversation' THEN for_conversation WHEN 'occurrence' THEN for_occurrence ELSE for_ticket END
             UNION ALL
             SELECT disposition.id, tree.path || ' › ' || name, disposition.sentiment, place || format('%06d', position)
             FROM disposition JOIN tree ON parent_id = tree.id WHERE archived_at IS NULL
         )
         SELECT id, path, sentiment FROM tree
         WHERE NOT EXISTS (SELECT 1 FROM disposition child WHERE child.parent_id = tree.id AND child.archived_at IS NULL) ORDER BY place, id",
        (department, wanted),
        |row| Ok(Disposition { id: row.get(0)?, path: row.get(1)?, sentiment: row.get(2)? }),
    )
}

/// One of the system's own dispositions, e.g. `contact_ended`.
pub fn of_system(conn: &Connection, key: &str) -> Result<Option<Disposition>> {
    db::maybe(conn, "SELECT id, name, sentiment FROM disposition WHERE system_key = ?", [key], |row| {
        Ok(Disposition { id: row.get(0)?, path: row.get(1)?, sentiment: row.get(2)? })
    })
}

/// A new node, for closings and occurrences; the caller offers a category to its departments.
pub fn create(
    conn: &Connection,
    parent: Option<DispositionId>,
    name: &str,
    sentiment: Sentiment,
    position: i64,
) -> Result<DispositionId> {
    let sql = "INSERT INTO disposition (parent_id, name, sentiment, position, for_occurrence) VALUES (?, ?, ?, ?, 1)";
    db::insert(conn, sql, (parent, name, sentiment, position)).map(DispositionId)
}

/// A node of the system's own, made at setup.
pub fn create_system(conn: &Connection, key: &str, name: &str) -> Result<()> {
    db::exec(conn, "INSERT INTO disposition (name, system_key) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, key))?;
    Ok(())
}

/// Offers a category to a department.
pub fn offer(conn: &Connection, category: DispositionId, department: DepartmentId) -> Result<()> {
    let sql = "INSERT INTO disposition_department (disposition_id, department_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
    db::exec(conn, sql, (category, department))?;
    Ok(())
}
