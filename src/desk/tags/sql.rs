//! Queries on tags.

use rusqlite::{Connection, Row};

use super::{Tag, TagForm, TagId};
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::platform::ui::colour::Colour;
use crate::team::agents::AgentId;
use crate::team::departments::DepartmentId;

const TAG: &str =
    "SELECT id, name, colour, (SELECT group_concat(department_id) FROM tag_department WHERE tag_id = tag.id) FROM tag";

fn read(row: &Row<'_>) -> rusqlite::Result<Tag> {
    Ok(Tag { id: row.get(0)?, name: row.get(1)?, colour: row.get(2)?, audience: row.get(3)? })
}

/// Every tag that is offered, by name.
pub fn all(conn: &Connection) -> Result<Vec<Tag>> {
    db::all(conn, &format!("{TAG} WHERE archived_at IS NULL ORDER BY name"), [], read)
}

/// Those that a department uses.
pub fn of_department(conn: &Connection, department: DepartmentId) -> Result<Vec<Tag>> {
    let mut found = all(conn)?;
    found.retain(|tag| tag.audience.includes(department));
    Ok(found)
}

/// One tag, be it archived.
pub fn find(conn: &Connection, id: TagId) -> Result<Tag> {
    db::one(conn, &format!("{TAG} WHERE id = ?"), [id], read)
}

/// What a conversation carries, by name; its departments are not looked up.
pub fn of(conn: &Connection, conversation: ConversationId) -> Result<Vec<Tag>> {
    let sql = "SELECT id, name, colour, NULL FROM conversation_tag JOIN tag ON tag.id = tag_id WHERE conversation_id = ? ORDER BY name";
    db::all(conn, sql, [conversation], read)
}

/// A new tag for all departments.
pub fn create(conn: &Connection, name: &str, colour: Colour) -> Result<TagId> {
    db::insert(conn, "INSERT INTO tag (name, colour) VALUES (?, ?)", (name, colour)).map(TagId)
}

/// Whether another tag, archived ones included, has that name.
pub fn is_taken(conn: &Connection, name: &str, but: Option<TagId>) -> Result<bool> {
    db::one(conn, "SELECT EXISTS (SELECT 1 FROM tag WHERE name = ? AND id IS NOT ?)", (name, but), |row| row.get(0))
}

/// The tag of that name, and whether it is archived.
pub fn by_name(conn: &Connection, name: &str) -> Result<Option<(TagId, bool)>> {
    let sql = "SELECT id, archived_at IS NOT NULL FROM tag WHERE name = ?";
    db::maybe(conn, sql, [name], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// An archived tag of that name.
pub fn archived(conn: &Connection, name: &str) -> Result<Option<TagId>> {
    let sql = "SELECT id FROM tag WHERE name = ? AND archived_at IS NOT NULL";
    db::maybe(conn, sql, [name], |row| row.get(0))
}

/// Offers an archived tag again.
pub fn restore(conn: &Connection, id: TagId) -> Result<()> {
    db::exec(conn, "UPDATE tag SET archived_at = NULL WHERE id = ?", [id])?;
    Ok(())
}

/// Changes name, colour and departments.
pub fn update(conn: &Connection, id: TagId, draft: &TagForm) -> Result<()> {
    db::exec(conn, "UPDATE tag SET name = ?, colour = ? WHERE id = ?", (&draft.name, draft.colour, id))?;
    db::exec(conn, "DELETE FROM tag_department WHERE tag_id = ?", [id])?;
    for department in draft.audience.departments() {
        let sql = "INSERT INTO tag_department (tag_id, department_id) VALUES (?, ?) ON CONFLICT DO NOTHING";
        db::exec(conn, sql, (id, department))?;
    }
    Ok(())
}

/// Takes a tag out of the choice; conversations keep it.
pub fn archive(conn: &Connection, id: TagId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE tag SET archived_at = ? WHERE id = ? AND archived_at IS NULL", (now, id))?;
    Ok(())
}

/// Puts a tag on a conversation; false where it was there already.
pub fn add(conn: &Connection, conversation: ConversationId, tag: TagId, by: AgentId, now: Timestamp) -> Result<bool> {
    let sql = "INSERT INTO conversation_tag (conversation_id, tag_id, agent_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    Ok(db::exec(conn, sql, (conversation, tag, by, now))? == 1)
}

/// Takes a tag off; false where it was not there.
pub fn remove(conn: &Connection, conversation: ConversationId, tag: TagId) -> Result<bool> {
    let sql = "DELETE FROM conversation_tag WHERE conversation_id = ? AND tag_id = ?";
    Ok(db::exec(conn, sql, (conversation, tag))? == 1)
}

/// Puts one conversation's tags on another as well; a JSON list of those that were new there.
pub fn copy(conn: &Connection, from: ConversationId, to: ConversationId) -> Result<String> {
    let new: Vec<TagId> = db::all(
        conn,
        "INSERT INTO conversation_tag (conversation_id, tag_id, agent_id, at)
         SELECT ?2, tag_id, agent_id, at FROM conversation_tag WHERE conversation_id = ?1 ON CONFLICT DO NOTHING RETURNING tag_id",
        (from, to),
        |row| row.get(0),
    )?;
    Ok(serde_json::to_string(&new)?)
}

/// Takes listed tags off again.
pub fn take_off(conn: &Connection, conversation: ConversationId, tags: &str) -> Result<()> {
    let sql = "DELETE FROM conversation_tag WHERE conversation_id = ? AND tag_id IN (SELECT value FROM json_each(?))";
    db::exec(conn, sql, (conversation, tags))?;
    Ok(())
}
