//! Keeping a draft.

use super::{Tab, sql};
use crate::app::Cx;
use crate::conversations::{self, ConversationId};
use crate::error::{Error, Result};
use crate::messages::LONGEST;
use crate::web::http::Response;

/// Keeps what is typed: fields `kind` and `body`.
pub fn update(cx: &Cx, id: ConversationId) -> Result<Response> {
    conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let tab = Tab::from_word(cx.form.text("kind")).ok_or(Error::NotFound)?;
    let body: String = cx.form.text("body").chars().take(LONGEST).collect();
    sql::keep(cx.conn, cx.agent.id, id, tab, &body, cx.now)?;
    Ok(Response::nothing())
}
