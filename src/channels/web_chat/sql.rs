//! Queries of the web chat: its look, its visitors, and what a visitor may read.

use rusqlite::{Connection, Row};

use super::{Caller, CurrentConversation, Look, MessageRow};
use crate::contacts::{ContactId, IdentityId};
use crate::desk::conversations::{self, ConversationId};
use crate::desk::messages::{Attachment, MessageId};
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::Language;
use crate::platform::time::Timestamp;
use crate::team::channels::{Channel, ChannelId};

/// How a chat looks; the defaults where nobody has chosen.
pub fn look(conn: &Connection, channel: ChannelId) -> Result<Look> {
    let found = db::maybe(
        conn,
        "SELECT colour, welcome, reply_time, allowed_sites, asks_name, asks_email, asks_phone, attachments, emoji
         FROM web_chat WHERE channel_id = ?",
        [channel],
        |row| {
            Ok(Look {
                colour: row.get("colour")?,
                welcome: row.get("welcome")?,
                reply_time: row.get("reply_time")?,
                allowed_sites: row.get("allowed_sites")?,
                asks_name: row.get("asks_name")?,
                asks_email: row.get("asks_email")?,
                asks_phone: row.get("asks_phone")?,
                attachments: row.get("attachments")?,
                emoji: row.get("emoji")?,
            })
        },
    )?;
    Ok(found.unwrap_or_default())
}

/// Chooses how a chat looks.
pub fn save(conn: &Connection, channel: ChannelId, look: &Look, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO web_chat (channel_id, colour, welcome, reply_time, allowed_sites, asks_name, asks_email, asks_phone,
                attachments, emoji, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (channel_id) DO UPDATE SET colour = excluded.colour, welcome = excluded.welcome,
                reply_time = excluded.reply_time, allowed_sites = excluded.allowed_sites, asks_name = excluded.asks_name,
                asks_email = excluded.asks_email, asks_phone = excluded.asks_phone, attachments = excluded.attachments,
                emoji = excluded.emoji, updated_at = excluded.updated_at",
        (
            channel,
            &look.colour,
            &look.welcome,
            &look.reply_time,
            &look.allowed_sites,
            look.asks_name,
            look.asks_email,
            look.asks_phone,
            look.attachments,
            look.emoji,
            now,
        ),
    )?;
    Ok(())
}

crate::columns! {
    /// What every call of a visitor reads.
    CallerColumns {
        id = "channel.id",
        kind,
        name = "channel.name",
        department_id,
        public_key,
        secret,
        reopen_window_ms,
        identity_id = "visitor.identity_id",
        contact_id = "identity.contact_id",
        allowed_sites = "coalesce(allowed_sites, '')",
        attachments = "coalesce(attachments, 1)",
    }
    "FROM visitor JOIN identity ON identity.id = visitor.identity_id JOIN channel ON channel.id = identity.channel_id
     LEFT JOIN web_chat ON web_chat.channel_id = channel.id
     WHERE token_hash = ? AND public_key = ? AND archived_at IS NULL"
}

/// The visitor behind a token, on this channel: one look for everything that a call needs.
pub fn caller(conn: &Connection, public_key: &str, token_hash: &[u8]) -> Result<Option<Caller>> {
    let at = CallerColumns::AT;
    db::maybe(conn, CallerColumns::SELECT, (token_hash, public_key), |row| {
        Ok(Caller {
            channel: Channel {
                id: row.get(at.id)?,
                kind: row.get(at.kind)?,
                name: row.get(at.name)?,
                department: row.get(at.department_id)?,
                public_key: row.get(at.public_key)?,
                secret: row.get(at.secret)?,
                reopen_window: row.get(at.reopen_window_ms)?,
            },
            identity: row.get(at.identity_id)?,
            contact: row.get(at.contact_id)?,
            allowed_sites: row.get(at.allowed_sites)?,
            attachments: row.get(at.attachments)?,
        })
    })
}

/// A browser that begins to chat.
pub fn add_visitor(
    conn: &Connection,
    token_hash: &[u8],
    identity: IdentityId,
    language: Language,
    page: &str,
    now: Timestamp,
) -> Result<()> {
    db::exec(
        conn,
        "INSERT INTO visitor (token_hash, identity_id, language, page, created_at) VALUES (?, ?, ?, ?, ?)",
        (token_hash, identity, language.code(), page, now),
    )?;
    Ok(())
}

/// The latest conversation with its place in the line, which is counted up to a thousand.
pub fn current(conn: &Connection, identity: IdentityId) -> Result<Option<CurrentConversation>> {
    let Some(latest) = conversations::sql::latest_of(conn, identity)? else { return Ok(None) };
    db::maybe(
        conn,
        "SELECT id, number, state, assignee_id IS NOT NULL AS taken,
                iif(state = 'waiting_agent' AND assignee_id IS NULL, (SELECT count(*) FROM (
                    SELECT 1 FROM conversation before WHERE before.assignee_id IS NULL AND before.state = 'waiting_agent'
                    AND before.department_id = conversation.department_id
                    AND (before.since, before.id) < (conversation.since, conversation.id) LIMIT 999)), 0) + 1 AS position,
                coalesce((SELECT message_id FROM read WHERE agent_id = assignee_id AND conversation_id = conversation.id), 0)
                    AS seen,
                state = 'closed' AND EXISTS (
                    SELECT 1 FROM closing WHERE conversation_id = conversation.id AND reopened_at IS NULL AND held) AS held,
                iif(state = 'closed', (SELECT coalesce(score, 0) FROM rating WHERE conversation_id = conversation.id), NULL) AS rating
         FROM conversation WHERE id = ?",
        [latest.id],
        |row| {
            Ok(CurrentConversation {
                id: row.get("id")?,
                number: row.get("number")?,
                state: row.get("state")?,
                taken: row.get("taken")?,
                position: row.get("position")?,
                seen: row.get("seen")?,
                held: row.get("held")?,
                rating: row.get("rating")?,
            })
        },
    )
}

/// A stretch of a visitor's messages, oldest first, and whether there is more in that direction.
pub struct MessagePage {
    pub messages: Vec<MessageRow>,
    pub more: bool,
}

/// The newest messages before one (or at all), through the visitor's conversations, which may overlap: each is asked only
/// for what is newer than the oldest that the page has room for.
pub fn before(conn: &Connection, identity: IdentityId, before: Option<MessageId>, limit: usize) -> Result<MessagePage> {
    let conversations: Vec<ConversationId> = db::all(
        conn,
        "SELECT id FROM conversation WHERE identity_id = ? ORDER BY id DESC LIMIT 1000",
        [identity],
        |row| row.get(0),
    )?;
    let top = before.map_or(i64::MAX, |id| id.0);
    let room = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let mut found: Vec<(ConversationId, MessageRow)> = Vec::new();
    for conversation in conversations {
        let floor = found.get(limit).map_or(0, |(_, oldest)| oldest.id.0);
        found.extend(db::all(
            conn,
            &format!("{MESSAGE} WHERE conversation_id = ? AND author <> 'note' AND message.id < ? AND message.id > ? ORDER BY message.id DESC LIMIT ?"),
            (conversation, top, floor, room),
            read,
        )?);
        found.sort_by_key(|(_, stored)| std::cmp::Reverse(stored.id));
        found.truncate(limit + 1);
    }
    let more = found.len() > limit;
    found.truncate(limit);
    found.reverse();
    Ok(MessagePage { messages: with_files(conn, found)?, more })
}

/// The messages after one, oldest first.
pub fn after(conn: &Connection, identity: IdentityId, after: MessageId, limit: usize) -> Result<MessagePage> {
    let mut found = db::all(
        conn,
        &format!("{MESSAGE} WHERE conversation_id IN (SELECT id FROM (SELECT id FROM conversation WHERE identity_id = ?1 ORDER BY id DESC LIMIT 5)
                                   UNION SELECT id FROM conversation WHERE identity_id = ?1 AND state <> 'closed')
         AND author <> 'note' AND message.id > ?2 ORDER BY message.id LIMIT ?3"),
        (identity, after, i64::try_from(limit + 1).unwrap_or(1)),
        read,
    )?;
    let more = found.len() > limit;
    found.truncate(limit);
    Ok(MessagePage { messages: with_files(conn, found)?, more })
}

crate::columns! {
    /// What a visitor reads of a message.
    Columns {
        id = "message.id",
        author,
        agent_name = "coalesce(name, '')",
        body,
        at,
        external_id,
        conversation_id,
    }
    "FROM message LEFT JOIN agent ON agent.id = agent_id AND author = 'agent'"
}

const MESSAGE: &str = Columns::SELECT;

fn read(row: &Row<'_>) -> rusqlite::Result<(ConversationId, MessageRow)> {
    let at = Columns::AT;
    let stored = MessageRow {
        id: row.get(at.id)?,
        author: row.get(at.author)?,
        agent_name: row.get(at.agent_name)?,
        body: row.get(at.body)?,
        at: row.get(at.at)?,
        key: row.get(at.external_id)?,
        files: Vec::new(),
    };
    Ok((row.get(at.conversation_id)?, stored))
}

/// One query for the files of each conversation on the page; files of a note find no message here.
fn with_files(conn: &Connection, found: Vec<(ConversationId, MessageRow)>) -> Result<Vec<MessageRow>> {
    let mut spans: Vec<(ConversationId, MessageId, MessageId)> = Vec::new();
    for (conversation, stored) in &found {
        match spans.last_mut() {
            Some((last, _, end)) if last == conversation => *end = stored.id,
            _ => spans.push((*conversation, stored.id, stored.id)),
        }
    }
    let mut messages: Vec<MessageRow> = found.into_iter().map(|(_, stored)| stored).collect();
    for span in spans {
        let files = db::all(
            conn,
            "SELECT message_id, token, name, media_type, size FROM attachment
             WHERE conversation_id = ? AND message_id BETWEEN ? AND ? ORDER BY message_id, id",
            span,
            |row| {
                let (token, name, media_type, size) =
                    (row.get("token")?, row.get("name")?, row.get("media_type")?, row.get("size")?);
                Ok((row.get::<_, MessageId>("message_id")?, Attachment { token, name, media_type, size }))
            },
        )?;
        for (message, file) in files {
            if let Ok(index) = messages.binary_search_by_key(&message, |stored| stored.id) {
                messages[index].files.push(file);
            }
        }
    }
    Ok(messages)
}

/// What is in one conversation for the contact, from its beginning; the newest 5,000 of a very long one.
pub fn of_conversation(conn: &Connection, conversation: ConversationId) -> Result<Vec<MessageRow>> {
    let mut found = db::all(
        conn,
        &format!("{MESSAGE} WHERE conversation_id = ? AND author <> 'note' ORDER BY message.id DESC LIMIT 5000"),
        [conversation],
        read,
    )?;
    found.reverse();
    with_files(conn, found)
}

/// No browser speaks for a contact any more.
pub fn forget(conn: &Connection, contact: ContactId) -> Result<()> {
    let sql = "DELETE FROM visitor WHERE identity_id IN (SELECT id FROM identity WHERE contact_id = ?)";
    db::exec(conn, sql, [contact])?;
    Ok(())
}
