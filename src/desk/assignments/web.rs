//! Taking a conversation.

use super::acts;
use crate::desk::conversations::{self, ConversationId, State};
use crate::platform::error::{Error, Result};
use crate::platform::text::conversations as t;
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// "Assumir": of two people at once one gets it, the other reads who was faster.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?;
    // Somebody was faster a moment ago: a clear word instead of "unknown".
    let seen_as = cx.form.number("assignee");
    if conversation.assignee.is_some()
        && conversation.assignee != Some(cx.agent.id)
        && seen_as.is_none()
        && cx.agent.in_department(conversation.department)
    {
        return Err(Error::Conflict(t::ALREADY_TAKEN));
    }
    let conversation = conversation.require_reader(&cx.agent)?;
    if conversation.state == State::Closed {
        return Err(Error::Conflict(t::ALREADY_CLOSED));
    }
    if conversation.assignee == Some(cx.agent.id) {
        return Ok(Response::see_other(format!("/conversations/{id}")));
    }
    if !conversation.can_be_taken_by(&cx.agent) {
        return Err(Error::Forbidden);
    }
    acts::take(cx.conn, &cx.agent, &conversation, cx.now)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}
