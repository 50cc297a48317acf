//! Pausing a conversation, and coming back.

use super::draft::{PauseForm, Quick};
use super::sql::PauseStart;
use super::view::PauseDialog;
use super::{EndedBy, PauseReason, ReasonId, sql_settings};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, Conversation, ConversationId, State};
use crate::desk::placeholders::{self, Placeholder, Values};
use crate::desk::{messages, pauses, transfers};
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
        .with("quick", Quick::nearest(reason.minutes).word())
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
    begin(cx, &conversation, reason, &draft, false)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}

/// One conversation's pause, whoever asked for it.
pub fn begin(
    cx: &Cx,
    conversation: &Conversation,
    reason: &PauseReason,
    draft: &PauseForm,
    absence: bool,
) -> Result<()> {
    let id = conversation.id;
    if !draft.message.is_empty() {
        let (language, zone) = (cx.company.language, &cx.company.zone);
        let about = (reason.name.as_str(), draft.returns_at);
        let text = pauses::acts::fill(cx.conn, id, about, &draft.message, (language, zone), cx.now)?;
        if !text.is_empty() {
            messages::acts::write(cx.conn, id, &text, cx.now)?;
        }
    }
    let start = PauseStart {
        conversation: id,
        department: conversation.department,
        agent: cx.agent.id,
        reason,
        returns_at: draft.returns_at,
        absence,
        now: cx.now,
    };
    let pause = pauses::acts::start(cx.conn, &start)?.ok_or(Error::Conflict(t::ALREADY))?;
    pauses::acts::plan(cx.conn, pause, cx.now)?;
    conversations::acts::tell_change(cx.conn, id, Reach::Team, cx.now)
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
