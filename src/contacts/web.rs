//! Editing the contact of an open conversation.

use super::{Contact, Draft, sql, view};
use crate::app::Cx;
use crate::conversations::sql::Reach;
use crate::conversations::{self, ConversationId};
use crate::error::Result;
use crate::web::http::Response;

/// Changes name, number and address; whoever sees the conversation may.
pub fn update(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    match Draft::parse(cx.form) {
        Ok(draft) => {
            sql::update(cx.conn, conversation.contact, &draft, cx.now)?;
            conversations::sql::tell_change(cx.conn, id, Reach::Team, cx.now)?;
            Ok(Response::see_other(format!("/conversations/{id}")))
        }
        Err(problems) => {
            let typed = Contact {
                id: conversation.contact,
                name: cx.form.text("name").to_owned(),
                phone: cx.form.text("phone").to_owned(),
                email: cx.form.text("email").to_owned(),
            };
            Ok(Response::invalid(view::form(cx.language, id, &typed, &problems)))
        }
    }
}
