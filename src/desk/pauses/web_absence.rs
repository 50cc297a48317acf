//! Stepping away from all own conversations at once, and coming back.

use super::acts::{self, PauseWish};
use super::draft::PauseForm;
use super::view::PauseDialog;
use super::{EndedBy, PauseReason, sql, sql_settings, web};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, State};
use crate::desk::placeholders::{Placeholder, Values};
use crate::desk::{pauses, presences};
use crate::platform::error::Result;
use crate::platform::text::pauses as t;
use crate::platform::web::form::Problems;
use crate::platform::web::http::Response;
use crate::team::agents::Presence;
use crate::team::visit::Cx;

/// What any of the person's departments offers.
fn offered(cx: &Cx) -> Result<Vec<PauseReason>> {
    let mut reasons = sql_settings::all(cx.conn)?;
    reasons.retain(|reason| reason.audience.reaches(&cx.agent));
    Ok(reasons)
}

/// The form: for a dialog, or as a page of its own.
pub fn new(cx: &Cx) -> Result<Response> {
    let reasons = offered(cx)?;
    // Each contact's own name is put in when it is said.
    let form = web::proposed(cx, &reasons, &Values::default().with(Placeholder::Agent, cx.agent.name.as_str()));
    let problems = Problems::default();
    let shown = PauseDialog { language: cx.language, id: None, reasons: &reasons, form: &form, problems: &problems };
    Ok(Response::html(if cx.wants_fragment() { shown.dialog() } else { shown.page() }))
}

/// Pauses every own conversation that waits for somebody, where its department allows it; presence becomes away.
pub fn create(cx: &Cx) -> Result<Response> {
    let reasons = offered(cx)?;
    let again = |problems: &Problems| {
        let shown = PauseDialog { language: cx.language, id: None, reasons: &reasons, form: cx.form, problems };
        Ok(Response::invalid(if cx.wants_fragment() { shown.form() } else { shown.page() }))
    };
    let draft = match PauseForm::parse(cx.form, &cx.company.zone, cx.now) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    let Some(reason) = reasons.iter().find(|reason| reason.id == draft.reason) else {
        return again(&Problems::one("reason", t::REASON_NEEDED));
    };
    for id in conversations::sql::held_by(cx.conn, cx.agent.id)? {
        let conversation = conversations::sql::find(cx.conn, id)?;
        let waits = matches!(conversation.state, State::WaitingAgent | State::WaitingContact);
        if waits && sql_settings::rule(cx.conn, conversation.department)?.allowed {
            let wish = PauseWish { conversation: &conversation, reason, form: &draft, absence: true };
            acts::begin(cx.conn, cx.agent.id, &wish, &cx.company, cx.now)?;
        }
    }
    presences::acts::set(cx.conn, cx.agent.id, Presence::Away, false, cx.now)?;
    Ok(Response::see_other("/profile"))
}

/// Comes back: what the absence paused goes on, presence is online.
pub fn delete(cx: &Cx) -> Result<Response> {
    for id in sql::absent(cx.conn, cx.agent.id)? {
        pauses::acts::end(cx.conn, id, EndedBy::Agent, cx.now)?;
        conversations::acts::tell_change(cx.conn, id, Reach::Team, cx.now)?;
    }
    presences::acts::set(cx.conn, cx.agent.id, Presence::Online, false, cx.now)?;
    Ok(Response::see_other("/profile"))
}
