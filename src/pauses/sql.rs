//! Queries on pauses.

use rusqlite::Connection;

use crate::agents::AgentId;
use crate::conversations::{self, ConversationId};
use crate::db;
use crate::error::Result;
use crate::messages::{self, Line};
use crate::time::Timestamp;

/// Starts a pause. At most one is open: the index `pause_open` holds that.
pub fn start(
    conn: &Connection,
    conversation: ConversationId,
    by: AgentId,
    reason: &str,
    returns_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO pause (conversation_id, agent_id, reason, started_at, returns_at) VALUES (?, ?, ?, ?, ?)";
    db::exec(conn, sql, (conversation, by, reason, now, returns_at))?;
    conversations::sql::pause(conn, conversation)?;
    messages::sql::add_line(conn, conversation, &Line::Paused { reason: reason.to_owned() }, now)
}
