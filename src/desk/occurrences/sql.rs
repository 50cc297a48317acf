//! Queries on occurrences.

use rusqlite::Connection;

use super::{NewOccurrence, OccurrenceId, OccurrenceRecord};
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;

/// Records one; None where another correction of the same occurrence was faster.
pub fn create(conn: &Connection, new: &NewOccurrence) -> Result<Option<OccurrenceId>> {
    let rows = db::exec(
        conn,
        "INSERT INTO occurrence (conversation_id, department_id, channel_id, agent_id, disposition_id, path, sentiment, body, happened_at,
                                 corrects_id, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (corrects_id) DO NOTHING",
        (
            new.conversation,
            new.department,
            new.channel,
            new.agent,
            new.disposition,
            new.path,
            new.sentiment,
            new.body,
            new.happened_at,
            new.corrects,
            new.now,
        ),
    )?;
    Ok((rows == 1).then(|| OccurrenceId(conn.last_insert_rowid())))
}

/// One occurrence.
pub fn find(conn: &Connection, id: OccurrenceId) -> Result<OccurrenceRecord> {
    db::one(
        conn,
        "SELECT conversation_id, disposition_id, body, happened_at,
                EXISTS (SELECT 1 FROM occurrence later WHERE later.corrects_id = occurrence.id) AS corrected
         FROM occurrence WHERE id = ?",
        [id],
        |row| {
            Ok(OccurrenceRecord {
                conversation: row.get("conversation_id")?,
                disposition: row.get("disposition_id")?,
                body: row.get("body")?,
                happened_at: row.get("happened_at")?,
                corrected: row.get("corrected")?,
            })
        },
    )
}

/// Empties the texts of a conversation's occurrences; what reports count stays.
pub fn empty(conn: &Connection, conversation: ConversationId) -> Result<()> {
    db::exec(conn, "UPDATE occurrence SET body = '' WHERE conversation_id = ?", [conversation])?;
    Ok(())
}
