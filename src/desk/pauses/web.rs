//! Pausing a conversation, and coming back.

use super::acts::{self, PauseWish};
use super::draft::{PauseForm, QuickChoice};
use super::view::PauseDialog;
use super::{EndedBy, PauseReason, ReasonId, sql_settings};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, Conversation, ConversationId, State};
use crate::desk::placeholders::{self, Placeholder, Values};
use crate::desk::{pauses, transfers};
use crate::platform::error::{Error, Result};
use crate::platform::text::pauses as t;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// An open conversation that this person answers, where pausing is allowed.
fn pausable(cx: &Cx, conversation: Conversation) -> Result<Conversation> {
    if conversation.state == State::Paused {
        return Err(Error::Conflict(t::ALREADY));
    }
    if !sql_settings::rule(cx.conn, conversation.department)?.allowed {
        return Err(Error::Conflict(t::NOT_ALLOWED));
    }
    Ok(conversation)
}

/// The form with what a reason proposes; what the person has chosen beside it stays.
pub fn proposed(cx: &Cx, reasons: &[PauseReason], values: &Values) -> Form {
    let wanted = cx.form.number("reason").map(ReasonId);
    let reason = reasons.iter().find(|reason| Some(reason.id) == wanted).or(reasons.first());
    let Some(reason) = reason else { return Form::default() };
    // The time of return is not known yet: its mark stays until the form is sent.
    let values = values.clone().with(Placeholder::Reason, reason.name.to_lowercase());
    Form::default()
        .with("reason", reason.id.to_string())
        .with("quick", QuickChoice::nearest(reason.minutes).word())
        .with("returns_at", cx.form.text("returns_at"))
        .with("message", placeholders::fill(&reason.message, &values).text)
}

/// The form: for a dialog, or as a page of its own.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_writer(&cx.agent)?;
    let conversation = pausable(cx, conversation)?;
    let reasons = sql_settings::offered(cx.conn, conversation.department)?;
    let values = placeholders::sql::of_conversation(cx.conn, id, cx.company.language, &cx.company.zone, cx.now)?
        .with(Placeholder::Agent, cx.agent.name.as_str());
    let form = proposed(cx, &reasons, &values);
    let problems = Problems::default();
    let shown =
        PauseDialog { language: cx.language, id: Some(id), reasons: &reasons, form: &form, problems: &problems };
    Ok(Response::html(if cx.wants_fragment() { shown.dialog() } else { shown.page() }))
}

/// Pauses: the bot's message, the row, what the clock will do.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = pausable(cx, transfers::acts::writable(cx.conn, &cx.agent, id)?)?;
    let reasons = sql_settings::offered(cx.conn, conversation.department)?;
    let again = |problems: &Problems| {
        let shown = PauseDialog { language: cx.language, id: Some(id), reasons: &reasons, form: cx.form, problems };
        Ok(Response::invalid(if cx.wants_fragment() { shown.form() } else { shown.page() }))
    };
    let draft = match PauseForm::parse(cx.form, &cx.company.zone, cx.now) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    let Some(reason) = reasons.iter().find(|reason| reason.id == draft.reason) else {
        return again(&Problems::one("reason", t::REASON_NEEDED));
    };
    let wish = PauseWish { conversation: &conversation, reason, form: &draft, absence: false };
    acts::begin(cx.conn, cx.agent.id, &wish, &cx.company, cx.now)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}

/// Comes back.
pub fn delete(cx: &Cx, id: ConversationId) -> Result<Response> {
    conversations::sql::find(cx.conn, id)?.require_writer(&cx.agent)?;
    if !pauses::acts::end(cx.conn, id, EndedBy::Agent, cx.now)? {
        return Err(Error::Conflict(t::NOT_PAUSED));
    }
    conversations::acts::tell_change(cx.conn, id, Reach::Team, cx.now)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}
