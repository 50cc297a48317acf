//! Marking a conversation as seen.

use super::sql;
use crate::desk::conversations::{self, ConversationId};
use crate::desk::{notifications, transfers};
use crate::platform::error::Result;
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// The page shows the newest message and has the focus. Told to the person's other pages, and to the
/// contact's where this person holds the conversation: how far that one has read is the mark that the contact sees.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    sql::seen(cx.conn, cx.agent.id, id)?;
    transfers::acts::open(cx.conn, &conversation, cx.agent.id, cx.now)?;
    notifications::sql::see_conversation(cx.conn, cx.agent.id, id, cx.now)?;
    let mut topics = format!("agent:{}", cx.agent.id);
    if conversation.assignee == Some(cx.agent.id) {
        topics.push_str(&format!(" chat:{}", conversation.identity));
    }
    crate::platform::events::sql::tell(cx.conn, &topics, "seen", &format!("{{\"conversation\":{id}}}"), cx.now)?;
    Ok(Response::nothing())
}
