//! Queries on files of messages.

use rusqlite::Connection;

use super::{StoredFile, Uploader, WaitingFile};
use crate::contacts::IdentityId;
use crate::desk::conversations::ConversationId;
use crate::desk::messages::{Author, MessageId};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;

/// A file that waits for its message.
pub fn create(conn: &Connection, file: &WaitingFile, by: Uploader, now: Timestamp) -> Result<()> {
    let (agent, identity, conversation) = match by {
        Uploader::Agent(agent, conversation) => (Some(agent), None, Some(conversation)),
        Uploader::Visitor(identity) => (None, Some(identity), None),
    };
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    db::exec(
        conn,
        "INSERT INTO attachment (token, conversation_id, name, media_type, size, by_agent, by_identity, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (&file.token, conversation, &file.name, &file.media_type, size, agent, identity, now),
    )?;
    Ok(())
}

/// Binds waiting files of an uploader to a message; answers the names of those that were there.
pub fn bind(
    conn: &Connection,
    tokens: &[&str],
    by: Uploader,
    conversation: ConversationId,
    message: MessageId,
) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for token in tokens {
        let bound = match by {
            Uploader::Visitor(identity) => db::maybe(
                conn,
                "UPDATE attachment SET message_id = ?, conversation_id = ?
                 WHERE token = ? AND message_id IS NULL AND by_identity = ? RETURNING name",
                (message, conversation, token, identity),
                |row| row.get(0),
            )?,
            Uploader::Agent(agent, asked) if asked == conversation => db::maybe(
                conn,
                "UPDATE attachment SET message_id = ?
                 WHERE token = ? AND message_id IS NULL AND by_agent = ? AND conversation_id = ? RETURNING name",
                (message, token, agent, conversation),
                |row| row.get(0),
            )?,
            Uploader::Agent(..) => None,
        };
        names.extend(bound);
    }
    Ok(names)
}

/// One file by its token; that of a deleted note is there no more.
pub fn find(conn: &Connection, token: &str) -> Result<StoredFile> {
    db::one(
        conn,
        "SELECT token, name, media_type, attachment.conversation_id, author, by_agent, by_identity, identity_id
         FROM attachment LEFT JOIN message ON message.id = message_id
         LEFT JOIN conversation ON conversation.id = attachment.conversation_id
         WHERE token = ? AND NOT EXISTS (SELECT 1 FROM note_revision WHERE note_revision.message_id = attachment.message_id AND kind = 'deleted')",
        [token],
        |row| {
            let conversation: Option<ConversationId> = row.get("conversation_id")?;
            let author: Option<Author> = row.get("author")?;
            let by_agent: Option<AgentId> = row.get("by_agent")?;
            let by_identity: Option<IdentityId> = row.get("by_identity")?;
            let of_conversation: Option<IdentityId> = row.get("identity_id")?;
            let uploader = match (by_agent, conversation, by_identity) {
                (Some(agent), Some(conversation), _) => Some(Uploader::Agent(agent, conversation)),
                (_, _, Some(identity)) => Some(Uploader::Visitor(identity)),
                _ => None,
            };
            Ok(StoredFile {
                token: row.get("token")?,
                name: row.get("name")?,
                media_type: row.get("media_type")?,
                conversation,
                noted: author == Some(Author::Note),
                waits_for: uploader.filter(|_| author.is_none()),
                identity: of_conversation.or(by_identity),
            })
        },
    )
}

/// Forgets files that have waited since before a time; answers their tokens.
pub fn drop_waiting(conn: &Connection, before: Timestamp) -> Result<Vec<String>> {
    let sql = "DELETE FROM attachment WHERE message_id IS NULL AND created_at < ? RETURNING token";
    db::all(conn, sql, [before], |row| row.get(0))
}

/// The files of messages that have moved go with them.
pub fn follow(conn: &Connection, messages: &str, from: ConversationId, to: ConversationId) -> Result<()> {
    let sql = "UPDATE attachment SET conversation_id = ?
               WHERE conversation_id = ? AND message_id IN (SELECT value FROM json_each(?))";
    db::exec(conn, sql, (to, from, messages))?;
    Ok(())
}

/// Forgets the files that a contact sent in a conversation; their bytes go with the next tidying of the folder.
pub fn forget(conn: &Connection, conversation: ConversationId) -> Result<()> {
    db::exec(conn, "DELETE FROM attachment WHERE conversation_id = ? AND by_identity IS NOT NULL", [conversation])?;
    Ok(())
}

/// Forgets every file of a conversation; their bytes go with the next tidying of the folder.
pub fn drop_all(conn: &Connection, conversation: ConversationId) -> Result<()> {
    db::exec(conn, "DELETE FROM attachment WHERE conversation_id = ? AND message_id IS NOT NULL", [conversation])?;
    Ok(())
}

/// Whether any row knows a file: the company's logo and the files of prepared texts and tickets lie in the same folder.
pub fn is_known(conn: &Connection, token: &str) -> Result<bool> {
    db::one(
        conn,
        "SELECT EXISTS (SELECT 1 FROM attachment WHERE token = ?1) OR EXISTS (SELECT 1 FROM canned_reply_file WHERE token = ?1)
             OR EXISTS (SELECT 1 FROM ticket_file WHERE token = ?1) OR EXISTS (SELECT 1 FROM company WHERE logo_file = ?1)",
        [token],
        |row| row.get(0),
    )
}
