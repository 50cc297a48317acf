//! Transferring a conversation.

use super::acts::{self, TransferRequest, here, writable};
use super::{TransferChoice, TransferForm, TransferTarget, sql, view};
use crate::desk::conversations::{self, ConversationId};
use crate::platform::error::{Error, Result};
use crate::platform::text::transfers as t;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// The form: for a dialog, or as a page of its own.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = writable(cx.conn, &cx.agent, id)?;
    let choices = sql::choices(cx.conn)?;
    let form = Form::default().with("from", here(&conversation).word());
    Ok(Response::html(shown(cx, id, &choices, &form, &Problems::default())))
}

fn shown(cx: &Cx, id: ConversationId, choices: &[TransferChoice], form: &Form, problems: &Problems) -> maud::Markup {
    let shown = view::TransferDialog { language: cx.language, id, choices, form, problems };
    match (cx.wants_fragment(), problems.is_empty()) {
        (true, true) => view::dialog(&shown),
        (true, false) => view::form(&shown),
        (false, _) => view::page(&shown),
    }
}

/// Hands the conversation on: note, line, notification and news, all or nothing.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = writable(cx.conn, &cx.agent, id)?;
    let from = here(&conversation);
    if TransferTarget::parse(cx.form.text("from")).is_some_and(|was| was != from) {
        return Err(Error::Conflict(t::ALREADY_MOVED));
    }
    let choices = sql::choices(cx.conn)?;
    let checked = TransferForm::parse(cx.form, from).and_then(|draft| {
        let choice = choices.iter().find(|choice| choice.department == draft.to.department);
        let able = choice.is_some_and(|choice| {
            draft.to.agent.is_none_or(|agent| choice.people.iter().any(|one| one.agent == agent))
        });
        if able { Ok(draft) } else { Err(Problems::one("to", t::GONE)) }
    });
    let draft = match checked {
        Ok(draft) => draft,
        Err(problems) => return Ok(Response::invalid(shown(cx, id, &choices, cx.form, &problems))),
    };
    let handing = TransferRequest { conversation: &conversation, to: draft.to, choices: &choices, note: &draft.note };
    acts::start(cx.conn, &cx.agent, &handing, cx.now)?;
    let seen = conversations::sql::find(cx.conn, id)?.is_visible_to(&cx.agent);
    Ok(Response::see_other(if seen { format!("/conversations/{id}") } else { "/conversations".to_owned() }))
}
