//! What the bot writes: at once, or by the job `say` at a set time.

use rusqlite::Connection;

use super::{Author, NewMessage, sql};
use crate::app::Context;
use crate::desk::conversations::{self, ConversationId};
use crate::platform::error::{Error, Result};
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

/// Writes it.
pub fn run(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    let (conversation, body) = payload.split_once(' ').ok_or_else(|| Error::Internal("no conversation".to_owned()))?;
    let conversation = ConversationId(conversation.parse().map_err(Error::internal)?);
    write(conn, conversation, body, now)
}

/// The bot writes to the contact.
pub fn write(conn: &Connection, conversation: ConversationId, body: &str, now: Timestamp) -> Result<()> {
    let message = sql::add(
        conn,
        &NewMessage { conversation, author: Author::Bot, agent: None, body, external_id: None, at: now },
    )?;
    let place = conversations::sql::bot_spoke(conn, conversation, body, now)?;
    conversations::sql::tell_message(conn, conversation, place, message, Author::Bot, now)
}
