//! Changing a note, taking it away, and what it said before.

use super::view::{NoteDialog, revisions, revisions_page};
use super::{EditRefusal, fault, is_open, may_see_trace, sql};
use crate::desk::conversations::{self, Conversation, ConversationId};
use crate::desk::messages::{self, Message, MessageId, NoteChange};
use crate::desk::notifications;
use crate::platform::error::{Error, Result};
use crate::platform::web::form::Problems;
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// A message of a conversation that this person sees.
fn found(cx: &Cx, id: ConversationId, note: MessageId) -> Result<(Conversation, Message)> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let message = messages::sql::one(cx.conn, id, note)?;
    Ok((conversation, message))
}

/// The same, where this person may change it now.
fn open(cx: &Cx, id: ConversationId, note: MessageId) -> Result<(Conversation, Message)> {
    let (conversation, message) = found(cx, id, note)?;
    match is_open(&message, cx.agent.id, cx.now) {
        Ok(()) => Ok((conversation, message)),
        Err(EditRefusal::Forbidden) => Err(Error::Forbidden),
        Err(EditRefusal::Conflict(phrase)) => Err(Error::Conflict(phrase)),
    }
}

/// The form: for a dialog, or as a page of its own.
pub fn edit(cx: &Cx, id: ConversationId, note: MessageId) -> Result<Response> {
    let (_, message) = open(cx, id, note)?;
    let problems = Problems::default();
    let shown = NoteDialog {
        language: cx.language,
        conversation: id,
        note: &message,
        body: &message.body,
        problems: &problems,
    };
    Ok(Response::html(if cx.wants_fragment() { shown.dialog() } else { shown.page() }))
}

/// Another text; who is named only in it is told.
pub fn update(cx: &Cx, id: ConversationId, note: MessageId) -> Result<Response> {
    let (conversation, message) = open(cx, id, note)?;
    let body = cx.form.text("body").trim_end();
    if let Some(phrase) = fault(body, message.attachments.len()) {
        let problems = Problems::one("body", phrase);
        let shown = NoteDialog { language: cx.language, conversation: id, note: &message, body, problems: &problems };
        return Ok(Response::invalid(if cx.wants_fragment() { shown.form() } else { shown.page() }));
    }
    if body != message.body {
        change(cx, &message, NoteChange::Edited, body, id)?;
        notifications::acts::mention(cx.conn, &cx.agent, &conversation, (body, &message.body), cx.now)?;
    }
    Ok(Response::see_other(format!("/conversations/{id}")))
}

/// Takes it away; what it said stays for its author and for leads.
pub fn delete(cx: &Cx, id: ConversationId, note: MessageId) -> Result<Response> {
    let (_, message) = open(cx, id, note)?;
    change(cx, &message, NoteChange::Deleted, "", id)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}

fn change(cx: &Cx, message: &Message, kind: NoteChange, body: &str, id: ConversationId) -> Result<()> {
    sql::keep(cx.conn, message.id, kind, &message.body, cx.now)?;
    messages::sql::rewrite(cx.conn, message.id, &message.body, body)?;
    conversations::acts::tell_note(cx.conn, id, message.id, cx.now)
}

/// What it said before.
pub fn index(cx: &Cx, id: ConversationId, note: MessageId) -> Result<Response> {
    let (_, message) = found(cx, id, note)?;
    if message.revised.is_none() {
        return Err(Error::NotFound);
    }
    if !may_see_trace(&message, &cx.agent) {
        return Err(Error::Forbidden);
    }
    let sheet = revisions(cx.language, &cx.company.zone, &message, &sql::of(cx.conn, note)?);
    Ok(Response::html(if cx.wants_fragment() { sheet } else { revisions_page(cx.language, &sheet) }))
}
