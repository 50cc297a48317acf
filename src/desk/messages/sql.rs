//! Queries on messages.

use rusqlite::{Connection, Row};

use super::{Attachment, Author, Message, MessageId, NewMessage, SystemLine};
use crate::contacts::IdentityId;
use crate::desk::conversations::ConversationId;
use crate::desk::notes;
use crate::platform::db;
use crate::platform::error::{Error, Result};
use crate::platform::time::Timestamp;

/// Stores a message and its words for the search.
pub fn add(conn: &Connection, message: &NewMessage) -> Result<MessageId> {
    let id = db::insert(
        conn,
        "INSERT INTO message (conversation_id, author, agent_id, body, at, external_id) VALUES (?, ?, ?, ?, ?, ?)",
        (message.conversation, message.author, message.agent, message.body, message.at, message.external_id),
    )?;
    if message.author != Author::System && !message.body.is_empty() {
        db::exec(conn, "INSERT INTO message_search (rowid, body) VALUES (?, ?)", (id, message.body))?;
    }
    Ok(MessageId(id))
}

/// Puts another text in a note's place, in the search too.
pub fn rewrite(conn: &Connection, id: MessageId, old: &str, new: &str) -> Result<()> {
    db::exec(conn, "UPDATE message SET body = ? WHERE id = ? AND author = 'note'", (new, id))?;
    if !old.is_empty() {
        let sql = "INSERT INTO message_search (message_search, rowid, body) VALUES ('delete', ?, ?)";
        db::exec(conn, sql, (id, old))?;
    }
    if !new.is_empty() {
        db::exec(conn, "INSERT INTO message_search (rowid, body) VALUES (?, ?)", (id, new))?;
    }
    Ok(())
}

/// Puts a mark in the place of everything that a contact wrote in a conversation, in the search too.
pub fn erase(conn: &Connection, conversation: ConversationId, mark: &str) -> Result<()> {
    let sql = "SELECT id, body FROM message WHERE conversation_id = ? AND author = 'contact' AND body <> ''";
    let written: Vec<(MessageId, String)> = db::all(conn, sql, [conversation], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (id, body) in written.iter().filter(|(_, body)| body != mark) {
        db::exec(conn, "UPDATE message SET body = ? WHERE id = ?", (mark, id))?;
        let sql = "INSERT INTO message_search (message_search, rowid, body) VALUES ('delete', ?, ?)";
        db::exec(conn, sql, (id, body))?;
        // What the table holds the index holds, or taking it out of both would break the index.
        db::exec(conn, "INSERT INTO message_search (rowid, body) VALUES (?, ?)", (id, mark))?;
    }
    Ok(())
}

/// Removes everything that was said in a conversation; the search forgets it.
pub fn remove(conn: &Connection, conversation: ConversationId) -> Result<()> {
    let sql = "INSERT INTO message_search (message_search, rowid, body)
               SELECT 'delete', id, body FROM message WHERE conversation_id = ? AND author <> 'system' AND body <> ''";
    db::exec(conn, sql, [conversation])?;
    db::exec(conn, "DELETE FROM message WHERE conversation_id = ?", [conversation])?;
    Ok(())
}

/// One message of a conversation.
pub fn one(conn: &Connection, conversation: ConversationId, id: MessageId) -> Result<Message> {
    let found = before(conn, conversation, Some(MessageId(id.0.saturating_add(1))), 1)?;
    found.into_iter().find(|message| message.id == id).ok_or(Error::NotFound)
}

/// Stores a system line.
pub fn add_line(conn: &Connection, conversation: ConversationId, line: &SystemLine, at: Timestamp) -> Result<()> {
    let body = line.store();
    add(conn, &NewMessage { conversation, author: Author::System, agent: None, body: &body, external_id: None, at })?;
    Ok(())
}

/// When the team last wrote to the contact.
pub fn agent_wrote(conn: &Connection, conversation: ConversationId) -> Result<Option<Timestamp>> {
    let sql = "SELECT at FROM message WHERE conversation_id = ? AND author = 'agent' ORDER BY id DESC LIMIT 1";
    db::maybe(conn, sql, [conversation], |row| row.get(0))
}

/// The message of an identity that came under this id before, in one of its few latest conversations: a channel repeats a
/// delivery within days.
pub fn by_external_id(
    conn: &Connection,
    identity: IdentityId,
    external_id: &str,
) -> Result<Option<(ConversationId, MessageId)>> {
    db::maybe(
        conn,
        "SELECT message.conversation_id, message.id FROM (SELECT id FROM conversation WHERE identity_id = ? ORDER BY id DESC LIMIT 6) AS recent
         CROSS JOIN message ON message.conversation_id = recent.id AND message.external_id = ? LIMIT 1",
        (identity, external_id),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The message that the same page sent before under this key.
pub fn by_key(conn: &Connection, conversation: ConversationId, key: &str) -> Result<Option<MessageId>> {
    db::maybe(
        conn,
        "SELECT id FROM message WHERE conversation_id = ? AND external_id = ?",
        (conversation, key),
        |row| row.get(0),
    )
}

crate::columns! {
    /// What is read of a message.
    Columns {
        id = "message.id",
        author,
        agent_id,
        agent_name = "coalesce(name, '')",
        body,
        at,
    }
    "FROM message LEFT JOIN agent ON agent.id = agent_id"
}

const MESSAGE: &str = Columns::SELECT;

fn read(row: &Row<'_>) -> rusqlite::Result<Message> {
    let at = Columns::AT;
    Ok(Message {
        id: row.get(at.id)?,
        author: row.get(at.author)?,
        agent: row.get(at.agent_id)?,
        agent_name: row.get(at.agent_name)?,
        body: row.get(at.body)?,
        at: row.get(at.at)?,
        attachments: Vec::new(),
        revised: None,
    })
}

/// The newest messages before one (or at all), oldest first.
pub fn before(
    conn: &Connection,
    conversation: ConversationId,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Message>> {
    let mut found = db::all(
        conn,
        &format!("{MESSAGE} WHERE conversation_id = ? AND message.id < ? ORDER BY message.id DESC LIMIT ?"),
        (conversation, before.map_or(i64::MAX, |id| id.0), limit),
        read,
    )?;
    found.reverse();
    with_attachments(conn, conversation, found)
}

/// The messages after one, oldest first.
pub fn after(conn: &Connection, conversation: ConversationId, after: MessageId, limit: i64) -> Result<Vec<Message>> {
    let found = db::all(
        conn,
        &format!("{MESSAGE} WHERE conversation_id = ? AND message.id > ? ORDER BY message.id LIMIT ?"),
        (conversation, after, limit),
        read,
    )?;
    with_attachments(conn, conversation, found)
}

/// The newest message's id; 0 where there is none.
pub fn newest(conn: &Connection, conversation: ConversationId) -> Result<MessageId> {
    db::one(conn, "SELECT coalesce(max(id), 0) FROM message WHERE conversation_id = ?", [conversation], |row| {
        row.get(0)
    })
}

/// One query for all files of a page of messages, one for what became of its notes.
fn with_attachments(
    conn: &Connection,
    conversation: ConversationId,
    mut messages: Vec<Message>,
) -> Result<Vec<Message>> {
    let (Some(first), Some(last)) = (messages.first().map(|m| m.id), messages.last().map(|m| m.id)) else {
        return Ok(messages);
    };
    let files: Vec<(MessageId, Attachment)> = db::all(
        conn,
        "SELECT message_id, token, name, media_type, size FROM attachment WHERE conversation_id = ? AND message_id BETWEEN ? AND ?
         ORDER BY message_id, id",
        (conversation, first, last),
        |row| Ok((row.get("message_id")?, Attachment { token: row.get("token")?, name: row.get("name")?, media_type: row.get("media_type")?, size: row.get("size")? })),
    )?;
    for (message, file) in files {
        if let Ok(index) = messages.binary_search_by_key(&message, |found| found.id) {
            messages[index].attachments.push(file);
        }
    }
    if messages.iter().any(|message| message.author == Author::Note) {
        let revised = notes::sql::last(conn, first, last)?;
        for message in messages.iter_mut().filter(|message| message.author == Author::Note) {
            message.revised = revised.get(&message.id).copied();
        }
    }
    Ok(messages)
}

/// The messages of a conversation from one on, as a JSON list for those who move them.
pub fn ids_from(conn: &Connection, conversation: ConversationId, from: MessageId) -> Result<String> {
    let sql =
        "SELECT json_group_array(id) FROM (SELECT id FROM message WHERE conversation_id = ? AND id >= ? ORDER BY id)";
    db::one(conn, sql, (conversation, from), |row| row.get(0))
}

/// Moves listed messages from one conversation to another; the words of the search stay theirs. Answers how many.
pub fn shift(conn: &Connection, ids: &str, from: ConversationId, to: ConversationId) -> Result<usize> {
    let sql =
        "UPDATE message SET conversation_id = ? WHERE id IN (SELECT value FROM json_each(?)) AND conversation_id = ?";
    db::exec(conn, sql, (to, ids, from))
}

/// Takes lines back that told of what is undone.
pub fn drop_lines(conn: &Connection, ids: &str) -> Result<()> {
    db::exec(conn, "DELETE FROM message WHERE id IN (SELECT value FROM json_each(?)) AND author = 'system'", [ids])?;
    Ok(())
}

/// Whether both conversations have a message under the same outer id, which stands in the way of making them one.
pub fn collide(conn: &Connection, one: ConversationId, other: ConversationId) -> Result<bool> {
    db::one(
        conn,
        "SELECT EXISTS (SELECT 1 FROM message a CROSS JOIN message b ON b.conversation_id = ?2 AND b.external_id = a.external_id
                        WHERE a.conversation_id = ?1 AND a.external_id IS NOT NULL)",
        (one, other),
        |row| row.get(0),
    )
}

/// The newest spoken messages, to choose from where a conversation is split.
pub fn spoken(conn: &Connection, conversation: ConversationId, limit: i64) -> Result<Vec<Message>> {
    let mut found = db::all(
        conn,
        &format!("{MESSAGE} WHERE conversation_id = ? AND author <> 'system' ORDER BY message.id DESC LIMIT ?"),
        (conversation, limit),
        read,
    )?;
    found.reverse();
    Ok(found)
}
