//! Queries on custom fields.

use rusqlite::{Connection, Row};

use super::{CustomFieldForm, FieldId};
use crate::contacts::custom_fields::{self, CustomField};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::{Agent, Role};
use crate::team::departments::DepartmentId;

const COLUMNS: &str = "SELECT id, name, kind, heading, options, required, is_unique, archived_at IS NOT NULL AS archived,
        (SELECT group_concat(department_id) FROM custom_field_department WHERE field_id = custom_field.id) AS departments
    FROM custom_field";

fn read(row: &Row<'_>) -> rusqlite::Result<CustomField> {
    let options: String = row.get("options")?;
    Ok(CustomField {
        id: row.get("id")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        group: row.get("heading")?,
        options: options.lines().map(str::to_owned).collect(),
        required: row.get("required")?,
        unique: row.get("is_unique")?,
        archived: row.get("archived")?,
        audience: row.get("departments")?,
    })
}

/// Every field, archived ones last, in their own order.
pub fn all(conn: &Connection) -> Result<Vec<CustomField>> {
    db::all(conn, &format!("{COLUMNS} ORDER BY archived_at IS NOT NULL, position, id"), [], read)
}

/// The fields in use that a department sees.
pub fn of_department(conn: &Connection, department: DepartmentId) -> Result<Vec<CustomField>> {
    let mut found = all(conn)?;
    found.retain(|field| !field.archived && field.audience.includes(department));
    Ok(found)
}

/// One field, be it archived.
pub fn find(conn: &Connection, id: FieldId) -> Result<CustomField> {
    db::one(conn, &format!("{COLUMNS} WHERE id = ?"), [id], read)
}

/// Whether another field, archived ones included, has that name.
pub fn is_taken(conn: &Connection, name: &str, but: Option<FieldId>) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM custom_field WHERE name = ? AND id IS NOT ?)";
    db::one(conn, sql, (name, but), |row| row.get(0))
}

/// A new field at the end.
pub fn create(conn: &Connection, draft: &CustomFieldForm) -> Result<FieldId> {
    let sql =
        "INSERT INTO custom_field (name, kind, position) SELECT ?, ?, coalesce(max(position), 0) + 1 FROM custom_field";
    let id = FieldId(db::insert(conn, sql, (&draft.name, draft.kind))?);
    update(conn, id, draft)?;
    Ok(id)
}

/// Changes a field; its values are the caller's.
pub fn update(conn: &Connection, id: FieldId, draft: &CustomFieldForm) -> Result<()> {
    db::exec(
        conn,
        "UPDATE custom_field SET name = ?, kind = ?, heading = ?, options = ?, required = ?, is_unique = ? WHERE id = ?",
        (&draft.name, draft.kind, &draft.group, draft.options.join("\n"), draft.required, draft.unique, id),
    )?;
    db::exec(conn, "DELETE FROM custom_field_department WHERE field_id = ?", [id])?;
    for department in draft.audience.departments() {
        let sql = "INSERT INTO custom_field_department (field_id, department_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
        db::exec(conn, sql, (id, department))?;
    }
    Ok(())
}

/// Stores the order of the fields.
pub fn order(conn: &Connection, ids: &[FieldId]) -> Result<()> {
    for (position, id) in (1_i64..).zip(ids) {
        db::exec(conn, "UPDATE custom_field SET position = ? WHERE id = ?", (position, id))?;
    }
    Ok(())
}

/// Takes a field off the record, or brings it back; its values stay.
pub fn archive(conn: &Connection, id: FieldId, at: Option<Timestamp>) -> Result<()> {
    db::exec(conn, "UPDATE custom_field SET archived_at = ? WHERE id = ?", (at, id))?;
    Ok(())
}

/// The fields in use that this person sees.
pub fn visible_to(conn: &Connection, agent: &Agent) -> Result<Vec<CustomField>> {
    let mut fields = custom_fields::sql::all(conn)?;
    let admin = agent.is(Role::Admin);
    fields.retain(|field| {
        !field.archived && (admin || agent.departments.iter().any(|department| field.audience.includes(*department)))
    });
    Ok(fields)
}
