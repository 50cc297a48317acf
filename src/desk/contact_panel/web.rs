//! Editing the contact of an open conversation.

use crate::contacts::custom_fields::CHANGES_SHOWN;
use crate::contacts::custom_fields::{self, FieldValue, sql_values};
use crate::contacts::record_form::{Edited, edit};
use crate::contacts::view::ContactRecord;
use crate::contacts::{Contact, sql};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, ConversationId};
use crate::platform::error::Result;
use crate::platform::text::{Phrase, custom_fields as t};
use crate::platform::web::form::Problems;
use crate::platform::web::http::Response;
use crate::team::agents;
use crate::team::visit::Cx;

/// Changes what was sent of the record; whoever sees the conversation may. A script sends one field at a time (`only`), and gets the
/// form as it stands then.
pub fn update(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let stored = sql::find(cx.conn, conversation.contact)?;
    let filled = sql_values::seen_in(cx.conn, conversation.department, conversation.contact)?;
    let none = Problems::default();
    let shown = |contact: &Contact, filled: &[FieldValue], typed, problems: &Problems, faults: &[(String, Phrase)]| {
        let action = format!("/conversations/{id}/contact");
        let history = Some(format!("{action}/history"));
        ContactRecord { language: cx.language, action, history, contact, filled, typed, problems, faults }.form()
    };
    match edit(cx.conn, &cx.agent, cx.form, &stored, &filled, cx.now)? {
        Edited::Refused { problems, faults } => {
            return Ok(Response::invalid(shown(&stored, &filled, Some(cx.form), &problems, &faults)));
        }
        Edited::Stored { changed: true } => conversations::acts::tell_change(cx.conn, id, Reach::Team, cx.now)?,
        Edited::Stored { changed: false } => {}
    }
    if !cx.form.has("only") {
        return Ok(Response::see_other(format!("/conversations/{id}")));
    }
    let stored = sql::find(cx.conn, conversation.contact)?;
    let filled =
        crate::contacts::custom_fields::sql_values::seen_in(cx.conn, conversation.department, conversation.contact)?;
    Ok(Response::html(shown(&stored, &filled, None, &none, &[])))
}

/// Who changed what of the record.
pub fn history(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let changes = sql_values::changes(cx.conn, conversation.contact, CHANGES_SHOWN)?;
    let sheet = custom_fields::view::history(
        cx.language,
        &cx.company.zone,
        &sql_values::seen_in(cx.conn, conversation.department, conversation.contact)?,
        &changes,
    );
    let page = agents::view::outside(cx.language, t::HISTORY.say(cx.language), &sheet);
    Ok(Response::html(if cx.wants_fragment() { sheet } else { page }))
}
