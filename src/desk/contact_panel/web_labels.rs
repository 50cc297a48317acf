//! Labels of the contact beside a conversation.

use crate::contacts::contact_labels::{LabelId, name, sql};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, ConversationId};
use crate::platform::error::{Error, Result};
use crate::platform::text::contact_labels as t;
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// Puts a label on the contact of a conversation (`add`, a name) or takes it off (`remove`, an id).
pub fn update(cx: &Cx, id: ConversationId) -> Result<Response> {
    let contact = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?.contact;
    match (cx.form.number("remove").map(LabelId), name(cx.form.text("add"))) {
        (Some(label), _) => sql::remove(cx.conn, contact, label)?,
        (None, Some(name)) => {
            let label = sql::named(cx.conn, &name)?;
            sql::add(cx.conn, contact, label, cx.agent.id, cx.now)?;
        }
        (None, None) => return Err(Error::Conflict(t::BAD_NAME)),
    }
    conversations::acts::tell_change(cx.conn, id, Reach::Team, cx.now)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}
