//! What the bot writes: at once, or by a job at a set time.

use rusqlite::Connection;

use super::{Author, NewMessage, sql};
use crate::desk::conversations;
use crate::desk::conversations::ConversationId;
use crate::platform::error::Result;
use crate::platform::jobs;
use crate::platform::time::Timestamp;

/// Plans a message of the bot.
pub fn schedule(
    conn: &Connection,
    key: Option<&str>,
    conversation: ConversationId,
    body: &str,
    due: Timestamp,
) -> Result<()> {
    jobs::sql::schedule(conn, key, "say", &format!("{conversation} {body}"), due)
}

/// The bot writes to the contact.
pub fn write(conn: &Connection, conversation: ConversationId, body: &str, now: Timestamp) -> Result<()> {
    let message = sql::add(
        conn,
        &NewMessage { conversation, author: Author::Bot, agent: None, body, external_id: None, at: now },
    )?;
    let place = conversations::sql::bot_spoke(conn, conversation, body, now)?;
    conversations::acts::tell_message(conn, conversation, place, message, Author::Bot, now)
}
