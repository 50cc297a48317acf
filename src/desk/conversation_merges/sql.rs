//! Queries on merges and splits.

use rusqlite::{Connection, Row};

use super::{ConversationMerge, ConversationMergeId, ConversationPair, Kind, UNDOABLE};
use crate::desk::conversations::{ConversationId, sql_merge};
use crate::desk::reads;
use crate::platform::db;
use crate::platform::error::{Error, Result};
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;

/// How both stand now.
pub fn both(conn: &Connection, kept: ConversationId, other: ConversationId) -> Result<ConversationPair> {
    Ok(ConversationPair {
        kept: sql_merge::standing(conn, kept)?,
        other: sql_merge::standing(conn, other)?,
        kept_readings: reads::sql::all_of(conn, kept)?,
        other_readings: reads::sql::all_of(conn, other)?,
    })
}

/// Keeps what was done, for the undoing.
pub struct MergeRecord<'a> {
    pub kind: Kind,
    pub kept: ConversationId,
    pub other: ConversationId,
    pub by: AgentId,
    pub moved: &'a str,
    pub before: &'a ConversationPair,
    pub after: &'a ConversationPair,
    /// JSON lists of the messages that tell of it, and of the tags that were new.
    pub lines: &'a str,
    pub tags: &'a str,
}

/// Stores it.
pub fn create(conn: &Connection, kept: &MergeRecord, now: Timestamp) -> Result<ConversationMergeId> {
    let (before, after) = (serde_json::to_string(kept.before)?, serde_json::to_string(kept.after)?);
    db::insert(
        conn,
        "INSERT INTO conversation_merge (kind, kept_id, other_id, agent_id, moved, before, after, lines, tags, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (kept.kind, kept.kept, kept.other, kept.by, kept.moved, before, after, kept.lines, kept.tags, now),
    )
    .map(ConversationMergeId)
}

fn read(
    row: &Row<'_>,
) -> rusqlite::Result<(ConversationMergeId, Kind, ConversationId, ConversationId, AgentId, Timestamp)> {
    Ok((
        row.get("id")?,
        row.get("kind")?,
        row.get("kept_id")?,
        row.get("other_id")?,
        row.get("agent_id")?,
        row.get("at")?,
    ))
}

/// One that was not undone.
pub fn find(conn: &Connection, id: ConversationMergeId) -> Result<Option<ConversationMerge>> {
    let sql = "SELECT id, kind, kept_id, other_id, agent_id, at, moved, before, after, lines, tags FROM conversation_merge WHERE id = ? AND undone_at IS NULL";
    let found = db::maybe(conn, sql, [id], |row| {
        let (id, kind, kept, other, by, at) = read(row)?;
        let texts: [String; 5] =
            [row.get("moved")?, row.get("before")?, row.get("after")?, row.get("lines")?, row.get("tags")?];
        Ok(((id, kind, kept, other, by, at), texts))
    })?;
    let Some(((id, kind, kept, other, by, at), [moved, before, after, lines, tags])) = found else { return Ok(None) };
    let both = |text: &str| serde_json::from_str::<ConversationPair>(text).map_err(Error::from);
    Ok(Some(ConversationMerge {
        id,
        kind,
        kept,
        other,
        by,
        moved,
        before: both(&before)?,
        after: both(&after)?,
        lines,
        tags,
        at,
    }))
}

/// Whether something later was merged or split on either side.
pub fn has_later(conn: &Connection, merge: &ConversationMerge) -> Result<bool> {
    db::one(
        conn,
        "SELECT EXISTS (SELECT 1 FROM conversation_merge WHERE kept_id IN (?1, ?2) AND id > ?3 AND undone_at IS NULL)
             OR EXISTS (SELECT 1 FROM conversation_merge WHERE other_id IN (?1, ?2) AND id > ?3 AND undone_at IS NULL)",
        (merge.kept, merge.other, merge.id),
        |row| row.get(0),
    )
}

/// It was undone.
pub fn undo(conn: &Connection, id: ConversationMergeId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE conversation_merge SET undone_at = ? WHERE id = ?", (now, id))?;
    Ok(())
}

/// What can still be undone in a conversation: the latest one, with the other's number.
pub fn undoable(
    conn: &Connection,
    id: ConversationId,
    now: Timestamp,
) -> Result<Option<(ConversationMergeId, Kind, i64)>> {
    db::maybe(
        conn,
        "SELECT conversation_merge.id, kind, number FROM conversation_merge JOIN conversation ON conversation.id = other_id
         WHERE kept_id = ? AND undone_at IS NULL AND at > ? ORDER BY conversation_merge.id DESC LIMIT 1",
        (id, now.plus(-UNDOABLE)),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// The conversation that has taken this one in: id and number.
pub fn taken_into(conn: &Connection, id: ConversationId) -> Result<Option<(ConversationId, i64)>> {
    db::maybe(
        conn,
        "SELECT kept_id, number FROM conversation_merge JOIN conversation ON conversation.id = kept_id
         WHERE other_id = ? AND undone_at IS NULL AND kind = 'merge' ORDER BY conversation_merge.id DESC LIMIT 1",
        [id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Empties the lines that old merges of a conversation remember.
pub fn empty(conn: &Connection, conversation: ConversationId) -> Result<()> {
    let sql = "UPDATE conversation_merge SET before = json_replace(before, '$.kept.last_line', '', '$.other.last_line', ''),
                   after = json_replace(after, '$.kept.last_line', '', '$.other.last_line', '') WHERE kept_id = ?1 OR other_id = ?1";
    db::exec(conn, sql, [conversation])?;
    Ok(())
}
