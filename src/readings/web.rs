//! Marking a conversation as seen.

use super::sql;
use crate::app::Cx;
use crate::conversations::{self, ConversationId};
use crate::error::Result;
use crate::events;
use crate::web::http::Response;

/// The page shows the newest message and has the focus. Told to the person's other pages only.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    sql::seen(cx.conn, cx.agent.id, id)?;
    events::sql::tell(
        cx.conn,
        &format!("agent:{}", cx.agent.id),
        "seen",
        &format!("{{\"conversation\":{id}}}"),
        cx.now,
    )?;
    Ok(Response::nothing())
}
