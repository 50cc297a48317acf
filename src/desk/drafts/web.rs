//! Keeping a draft.

use super::{Tab, sql};
use crate::desk::conversations::{self, ConversationId};
use crate::desk::messages::LONGEST;
use crate::platform::error::{Error, Result};
use crate::platform::web::http::Response;
use crate::platform::web::live::Event;
use crate::team::visit::Cx;

/// Keeps what is typed: fields `kind` and `body`.
pub fn update(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let tab = Tab::from_word(cx.form.text("kind")).ok_or(Error::NotFound)?;
    let body: String = cx.form.text("body").chars().take(LONGEST).collect();
    // The contact sees that an answer is being written, never a word of it; of a note nothing at all.
    if tab == Tab::Chat && !body.trim().is_empty() && conversation.is_writable_by(&cx.agent) {
        let topic = format!("chat:{}", conversation.identity);
        cx.context.live.publish(&[Event::new(0, &topic, "typing", "{\"author\":\"agent\"}")]);
    }
    sql::keep(cx.conn, cx.agent.id, id, tab, &body, cx.now)?;
    Ok(Response::nothing())
}
