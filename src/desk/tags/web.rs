//! Putting tags on a conversation, and taking them off.

use super::{TagId, sql, view};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, ConversationId};
use crate::desk::messages::{self, SystemLine};
use crate::platform::error::{Error, Result};
use crate::platform::text::tags as t;
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// The choice: for a dialog, or as a page of its own.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let offered = sql::of_department(cx.conn, conversation.department)?;
    let carried = sql::of(cx.conn, id)?;
    let show = if cx.wants_fragment() { view::dialog } else { view::page };
    Ok(Response::html(show(cx.language, id, &offered, &carried)))
}

/// Puts a tag on (`add`) or takes it off (`remove`); what is so already stays. The thread keeps who did it and when.
pub fn update(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let by = cx.agent.name.clone();
    let done = match (cx.form.number("add").map(TagId), cx.form.number("remove").map(TagId)) {
        (Some(tag), _) => {
            let found = sql::find(cx.conn, tag)?;
            if sql::of_department(cx.conn, conversation.department)?.iter().all(|offered| offered.id != tag) {
                return Err(Error::Conflict(t::GONE));
            }
            sql::add(cx.conn, id, tag, cx.agent.id, cx.now)?.then_some(SystemLine::Tagged { by, tag: found.name })
        }
        (None, Some(tag)) => {
            let found = sql::find(cx.conn, tag)?;
            sql::remove(cx.conn, id, tag)?.then_some(SystemLine::Untagged { by, tag: found.name })
        }
        (None, None) => return Err(Error::NotFound),
    };
    if let Some(line) = done {
        messages::sql::add_line(cx.conn, id, &line, cx.now)?;
        conversations::acts::tell_change(cx.conn, id, Reach::Team, cx.now)?;
    }
    Ok(Response::see_other(format!("/conversations/{id}")))
}
