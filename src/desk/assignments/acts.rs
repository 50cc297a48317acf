//! A person takes a conversation.

use rusqlite::Connection;

use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, Conversation};
use crate::desk::messages::{self, SystemLine};
use crate::desk::transfers;
use crate::platform::error::{Error, Result};
use crate::platform::text::conversations as t;
use crate::platform::time::Timestamp;
use crate::team::agents::Agent;

/// Who holds it from now on, the transfers that are pointless then, the line, the event.
///
/// # Errors
/// Conflict where somebody was faster.
pub fn take(conn: &Connection, by: &Agent, conversation: &Conversation, now: Timestamp) -> Result<()> {
    let id = conversation.id;
    if !conversations::sql::assign(conn, id, conversation.assignee, by.id)? {
        return Err(Error::Conflict(t::ALREADY_TAKEN));
    }
    transfers::acts::taken(conn, id, by.id, now)?;
    messages::sql::add_line(conn, id, &SystemLine::Taken { name: by.name.clone() }, now)?;
    conversations::acts::tell_change(conn, id, Reach::Everyone, now)
}
