//! Queries on labels.

use rusqlite::{Connection, Row};

use super::{Label, LabelId, Labellings, colour};
use crate::contacts::ContactId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;

fn read(row: &Row<'_>) -> rusqlite::Result<Label> {
    Ok(Label { id: row.get(0)?, name: row.get(1)?, colour: row.get(2)? })
}

/// Labels that any contact has, by name.
pub fn used(conn: &Connection) -> Result<Vec<Label>> {
    let sql = "SELECT id, name, colour FROM contact_label
               WHERE EXISTS (SELECT 1 FROM contact_labelling WHERE label_id = contact_label.id) ORDER BY name LIMIT 500";
    db::all(conn, sql, [], read)
}

/// The labels of a contact, by name.
pub fn of(conn: &Connection, contact: ContactId) -> Result<Vec<Label>> {
    let sql = "SELECT id, name, colour FROM contact_labelling JOIN contact_label ON id = label_id WHERE contact_id = ? ORDER BY name";
    db::all(conn, sql, [contact], read)
}

/// The label of that name, in whatever letters; made where there is none.
pub fn named(conn: &Connection, name: &str) -> Result<LabelId> {
    let sql = "INSERT INTO contact_label (name, colour) VALUES (?, ?) ON CONFLICT (name) DO NOTHING";
    db::exec(conn, sql, (name, colour(name)))?;
    db::one(conn, "SELECT id FROM contact_label WHERE name = ?", [name], |row| row.get(0))
}

/// Puts a label on a contact; false where it was there.
pub fn add(conn: &Connection, contact: ContactId, label: LabelId, by: AgentId, now: Timestamp) -> Result<bool> {
    let sql =
        "INSERT INTO contact_labelling (contact_id, label_id, agent_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    Ok(db::exec(conn, sql, (contact, label, by, now))? == 1)
}

/// Takes a label off a contact.
pub fn remove(conn: &Connection, contact: ContactId, label: LabelId) -> Result<()> {
    db::exec(conn, "DELETE FROM contact_labelling WHERE contact_id = ? AND label_id = ?", (contact, label))?;
    Ok(())
}

/// The labels of a contact, with who put them there and when.
pub fn labellings(conn: &Connection, contact: ContactId) -> Result<Labellings> {
    let sql = "SELECT label_id, agent_id, at FROM contact_labelling WHERE contact_id = ?";
    let all = db::all(conn, sql, [contact], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(all.into_iter().collect())
}

/// Makes a contact carry these labels and no others.
pub fn set(conn: &Connection, contact: ContactId, labels: &Labellings) -> Result<()> {
    forget(conn, contact)?;
    for (label, (by, at)) in labels {
        add(conn, contact, *label, *by, *at)?;
    }
    Ok(())
}

/// Takes every label off a contact.
pub fn forget(conn: &Connection, contact: ContactId) -> Result<()> {
    db::exec(conn, "DELETE FROM contact_labelling WHERE contact_id = ?", [contact])?;
    Ok(())
}
