//! A new conversation from another one.

use super::acts::{self, Wish};
use super::view::OutboundDialog;
use super::{OutboundForm, sql};
use crate::contacts::{self};
use crate::desk::conversations::{self, Conversation, ConversationId};
use crate::desk::transfers::{self, TransferTarget, can_go, gone};
use crate::platform::error::{Error, Result};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// Whoever may answer a conversation, or could before it closed, may open another from it.
fn origin(cx: &Cx, id: ConversationId) -> Result<Conversation> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    if conversation.is_writable_by(&cx.agent) { Ok(conversation) } else { Err(Error::Forbidden) }
}

/// The form: for a dialog, or as a page of its own. Offered first: the same channel, and oneself.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = origin(cx, id)?;
    let me = cx.agent.departments.contains(&conversation.department).then_some(cx.agent.id);
    let to = TransferTarget { department: conversation.department, agent: me };
    let form = Form::default().with("to", to.word()).with("way", conversation.identity.to_string());
    Ok(Response::html(shown(cx, &conversation, &form, &Problems::default())?))
}

fn shown(cx: &Cx, from: &Conversation, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let choices = transfers::sql::choices(cx.conn)?;
    let contact = contacts::sql::find(cx.conn, from.contact)?;
    let ways = sql::ways(cx.conn, from.contact)?;
    let shown = OutboundDialog {
        language: cx.language,
        choices: &choices,
        form,
        problems,
        contact: Some((&contact, &ways)),
        origin: Some(from.id),
        found: &[],
    };
    Ok(match (cx.wants_fragment(), problems.is_empty()) {
        (true, true) => shown.dialog(),
        (true, false) => shown.form(),
        (false, _) => shown.page(),
    })
}

/// Opens it; the old one stays as it is, but for the line that leads to the new one.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let from = origin(cx, id)?;
    let ways = sql::ways(cx.conn, from.contact)?;
    let checked = OutboundForm::parse(cx.form, &ways);
    let choices = transfers::sql::choices(cx.conn)?;
    let checked = checked.and_then(|draft| if can_go(&choices, draft.to) { Ok(draft) } else { Err(gone()) });
    match checked {
        Ok(draft) => {
            let wish = Wish { contact: from.contact, ways: &ways, draft: &draft, from: Some(&from) };
            let opened = acts::open(cx.conn, &cx.agent, &wish, &cx.company.zone, cx.now)?;
            Ok(Response::see_other(address(cx, opened, Some(id))?))
        }
        Err(problems) => Ok(Response::invalid(shown(cx, &from, cx.form, &problems)?)),
    }
}

/// Where the one who opened a conversation goes: there, or back, where they may not see it.
pub fn address(cx: &Cx, opened: ConversationId, origin: Option<ConversationId>) -> Result<String> {
    let seen = conversations::sql::find(cx.conn, opened)?.is_visible_to(&cx.agent);
    Ok(match (seen, origin) {
        (true, _) => format!("/conversations/{opened}"),
        (false, Some(origin)) => format!("/conversations/{origin}"),
        (false, None) => "/conversations".to_owned(),
    })
}
