//! Closing a conversation.

use super::acts::{self, Ending};
use super::view::{self, ClosingDialog};
use super::{ClosingDisposition, ClosingForm};
use crate::desk::conversations::{self, Conversation, ConversationId};
use crate::desk::dispositions::{self, Disposition, Use};
use crate::desk::placeholders::{self, Placeholder, Values, fill};
use crate::desk::transfers;
use crate::platform::error::{Error, Result};
use crate::platform::text::{closings as t, conversations as c};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::channels::{self, Kind};
use crate::team::departments;
use crate::team::visit::Cx;

/// The form, with the department's farewell filled in: for a dialog, or as a page of its own.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_writer(&cx.agent)?;
    let flow = departments::sql_flow::find(cx.conn, conversation.department)?;
    let form = Form::default().with("farewell", fill(&flow.farewell, &values(cx, id)?).text);
    let form = if flow.asks_rating { form.with("asks_rating", "1") } else { form };
    // Where a suggestion was followed.
    let form = form.with("disposition", cx.form.text("disposition"));
    let offered = dispositions::sql::for_use(cx.conn, conversation.department, Use::Conversation)?;
    let shown = ClosingDialog {
        language: cx.language,
        id,
        dispositions: &offered,
        form: &form,
        problems: &Problems::default(),
        kind: kind(cx, &conversation)?,
    };
    Ok(Response::html(if cx.wants_fragment() { view::dialog(&shown) } else { view::page(&shown) }))
}

/// What the farewell's placeholders stand for; the one who closes speaks.
fn values(cx: &Cx, id: ConversationId) -> Result<Values> {
    let values = placeholders::sql::of_conversation(cx.conn, id, cx.company.language, &cx.company.zone, cx.now)?;
    Ok(values.with(Placeholder::Agent, cx.agent.name.as_str()))
}

/// How the contact can be reached: whether they read a farewell, and can give a rating.
fn kind(cx: &Cx, conversation: &Conversation) -> Result<Kind> {
    Ok(channels::sql::find(cx.conn, conversation.channel)?.kind)
}

/// Closes for the team; the contact hears of it a moment later, when it can no longer be undone.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = transfers::acts::writable(cx.conn, &cx.agent, id)?;
    let offered = dispositions::sql::for_use(cx.conn, conversation.department, Use::Conversation)?;
    let kind = kind(cx, &conversation)?;
    let (draft, kept) = match checked(cx, id, &offered)? {
        Ok(checked) => checked,
        Err(problems) => {
            let shown = ClosingDialog {
                language: cx.language,
                id,
                dispositions: &offered,
                form: cx.form,
                problems: &problems,
                kind,
            };
            return Ok(Response::invalid(if cx.wants_fragment() { view::form(&shown) } else { view::page(&shown) }));
        }
    };
    let ending = Ending {
        kept: &kept,
        body: &draft.body,
        farewell: &draft.farewell,
        asks_rating: draft.asks_rating,
        by: cx.agent.id,
    };
    if acts::close(cx.conn, id, &ending, cx.now)?.is_none() {
        return Err(Error::Conflict(c::ALREADY_CLOSED));
    }
    Ok(Response::see_other(format!("/conversations/{id}")))
}

/// The form as asked for, with the disposition as it is called today.
fn checked(
    cx: &Cx,
    id: ConversationId,
    offered: &[Disposition],
) -> Result<Result<(ClosingForm, ClosingDisposition), Problems>> {
    let (draft, kept) = match ClosingForm::checked(cx.form, offered) {
        Ok(checked) => checked,
        Err(problems) => return Ok(Err(problems)),
    };
    if !fill(&draft.farewell, &values(cx, id)?).open.is_empty() {
        return Ok(Err(Problems::one("farewell", t::OPEN_VARIABLES)));
    }
    Ok(Ok((draft, kept)))
}

/// "Desfazer": for who closed it, until the contact hears of it.
pub fn undo(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    acts::undo(cx.conn, cx.agent.id, &conversation, cx.now)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}
