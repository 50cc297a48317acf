//! The job that writes what the bot was to say.

use rusqlite::Connection;

use crate::app::Context;
use crate::desk::conversations::ConversationId;
use crate::desk::messages::acts::write;
use crate::platform::error::{Error, Result};
use crate::platform::time::Timestamp;

/// Writes it.
pub fn run(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    let (conversation, body) = payload.split_once(' ').ok_or_else(|| Error::Internal("no conversation".to_owned()))?;
    let conversation = ConversationId(conversation.parse().map_err(Error::internal)?);
    write(conn, conversation, body, now)
}
