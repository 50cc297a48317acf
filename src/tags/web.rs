//! Putting tags on a conversation, and taking them off.

use super::{TagId, sql, view};
use crate::app::Cx;
use crate::conversations::sql::Reach;
use crate::conversations::{self, ConversationId};
use crate::error::{Error, Result};
use crate::messages::{self, Line};
use crate::text::tags as t;
use crate::web::http::Response;

/// The choice: for a dialog, or as a page of its own.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let offered = sql::of_department(cx.conn, conversation.department)?;
    let carried = sql::of(cx.conn, id)?;
    let show = if cx.wants_fragment() { view::dialog } else { view::page };
    Ok(Response::html(show(cx.language, id, &offered, &carried)))
}

/// Puts a tag on, or takes it off where it is; the thread keeps who did and when.
pub fn update(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let tag = cx.form.number("tag").map(TagId).ok_or(Error::NotFound)?;
    let found = sql::find(cx.conn, tag)?;
    let (by, name) = (cx.agent.name.clone(), found.name);
    let line = if sql::remove(cx.conn, id, tag)? {
        Line::Untagged { by, tag: name }
    } else {
        if sql::of_department(cx.conn, conversation.department)?.iter().all(|offered| offered.id != tag) {
            return Err(Error::Conflict(t::GONE));
        }
        sql::add(cx.conn, id, tag, cx.agent.id, cx.now)?;
        Line::Tagged { by, tag: name }
    };
    messages::sql::add_line(cx.conn, id, &line, cx.now)?;
    conversations::sql::tell_change(cx.conn, id, Reach::Team, cx.now)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}
