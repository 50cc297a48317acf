//! One's own page.

use super::{LONGEST_NAME, Theme, sql, view};
use crate::platform::error::Result;
use crate::platform::text::{Language, agents as t};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// One's own page.
pub fn profile(cx: &Cx) -> Result<Response> {
    let done = cx
        .form
        .has("saved")
        .then(|| t::SAVED.say(cx.language))
        .or_else(|| cx.form.has("changed").then(|| t::PASSWORD_CHANGED.say(cx.language)));
    Ok(Response::html(view::profile(&cx.agent, &Form::default(), &Problems::default(), done)))
}

/// Saves the preferences.
pub fn update_profile(cx: &Cx) -> Result<Response> {
    let mut problems = Problems::default();
    let name = cx.form.name("name", LONGEST_NAME, &mut problems);
    let theme = Theme::from_word(cx.form.text("theme")).unwrap_or(cx.agent.theme);
    if !problems.is_empty() {
        return Ok(Response::invalid(view::profile(&cx.agent, cx.form, &problems, None)));
    }
    let language = Language::from_code(cx.form.text("language"));
    sql::set_preferences(
        cx.conn,
        cx.agent.id,
        &name,
        language,
        theme,
        cx.form.has("sounds"),
        cx.form.has("enter_sends"),
    )?;
    Ok(Response::see_other("/profile?saved=1"))
}
