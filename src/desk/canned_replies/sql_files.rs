//! Queries on the files of canned replies.

use rusqlite::Connection;

use super::CannedReplyId;
use crate::desk::attachments::WaitingFile;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;

/// Keeps a file whose bytes are on disk.
pub fn add(conn: &Connection, reply: CannedReplyId, file: &WaitingFile, now: Timestamp) -> Result<()> {
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    let sql =
        "INSERT INTO canned_reply_file (token, canned_reply_id, name, media_type, size, at) VALUES (?, ?, ?, ?, ?, ?)";
    db::exec(conn, sql, (&file.token, reply, &file.name, &file.media_type, size, now))?;
    Ok(())
}

/// The files of a text, in the order of their arrival.
pub fn of(conn: &Connection, reply: CannedReplyId) -> Result<Vec<WaitingFile>> {
    let sql =
        "SELECT token, name, media_type, size FROM canned_reply_file WHERE canned_reply_id = ? ORDER BY at, token";
    db::all(conn, sql, [reply], |row| {
        let size: i64 = row.get(3)?;
        Ok(WaitingFile {
            token: row.get(0)?,
            name: row.get(1)?,
            media_type: row.get(2)?,
            size: u64::try_from(size).unwrap_or(0),
        })
    })
}

/// Forgets a file; its bytes go with the next tidying of the folder.
pub fn remove(conn: &Connection, reply: CannedReplyId, token: &str) -> Result<()> {
    db::exec(conn, "DELETE FROM canned_reply_file WHERE canned_reply_id = ? AND token = ?", (reply, token))?;
    Ok(())
}
