//! Signing in and out, and one's own page.

use super::{Presence, Theme, password, sql, view};
use crate::app::Outside;
use crate::platform::error::{Error, Result};
use crate::platform::text::agents as t;
use crate::platform::text::{Language, common};
use crate::platform::time::SECOND;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::{Request, Response};
use crate::platform::web::http::{network_of, posted};
use crate::platform::web::token;
use crate::team::sessions::{cookie, cookie_name};
use crate::team::visit::{Cx, Visit};

/// The sign-in page.
pub fn new(visit: &Visit) -> Result<Response> {
    Ok(Response::html(view::sign_in(visit.language, visit.form, None)))
}

/// Checks address and password outside any transaction, then starts the session.
pub fn sign_in(outside: &mut Outside, request: &Request) -> Result<Response> {
    let form = posted(request);
    let language = Language::from_header(request.header("accept-language").unwrap_or(""));
    let now = outside.now();
    let email = form.trimmed("email").to_lowercase();
    let keys = [format!("account:{email}"), format!("address:{}", network_of(request.peer))];
    let wait = keys.iter().map(|key| outside.context.rate_limiter.wait(key, now)).max().unwrap_or(0);
    if wait > 0 {
        let seconds = (wait / SECOND + 1).to_string();
        let page = view::sign_in(language, &form, Some(&t::TOO_MANY.fill(language, &[("seconds", &seconds)])));
        return Ok(Response { status: 429, ..Response::html(page) }.with("retry-after", seconds));
    }
    let found = outside.read(|conn| sql::by_email(conn, &email))?;
    let stored = found.as_ref().and_then(|(_, hash)| hash.as_deref());
    if !password::verify(form.text("password"), stored)? {
        keys.iter().for_each(|key| outside.context.rate_limiter.failed(key, now));
        tracing::warn!(peer = %request.peer, "a sign-in failed");
        return Ok(Response::invalid(view::sign_in(language, &form, Some(t::WRONG_SIGN_IN.say(language)))));
    }
    let Some((agent, _)) = found else { return Err(Error::Forbidden) };
    outside.context.rate_limiter.succeeded(&keys[0]);
    start(outside, request, agent, local_path(form.text("next")))
}

/// Starts a session and goes on to a page.
pub fn start(outside: &mut Outside, request: &Request, agent: super::AgentId, next: &str) -> Result<Response> {
    let token = token::random()?;
    let digest = token::digest(&token);
    let user_agent: String = request.header("user-agent").unwrap_or("").chars().take(200).collect();
    let address = request.peer.to_string();
    let now = outside.now();
    outside.change(move |conn| sql::start_session(conn, agent, &digest, &user_agent, &address, now))?;
    Ok(Response::see_other(next).with("set-cookie", cookie(request, &token, sql::SESSION / SECOND)))
}

/// Only a path of this application: `//host` and `/\host` would lead elsewhere.
fn local_path(next: &str) -> &str {
    let safe =
        next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.chars().any(char::is_control);
    if safe { next } else { "/conversations" }
}

/// Ends this session, or all of this person.
pub fn sign_out(cx: &Cx) -> Result<Response> {
    if cx.form.has("everywhere") {
        sql::sign_out_everywhere(cx.conn, cx.agent.id, cx.now)?;
    } else {
        sql::end_session(cx.conn, cx.session, cx.now)?;
    }
    sql::set_presence(cx.conn, cx.agent.id, Presence::Offline, false, cx.now)?;
    Ok(Response::see_other("/sign-in").with("set-cookie", cookie(cx.request, "", 0)))
}

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
    let name = cx.form.trimmed("name");
    let theme = Theme::from_word(cx.form.text("theme")).unwrap_or(cx.agent.theme);
    let wrong = match name.chars().count() {
        0 => Some(common::REQUIRED),
        1..=300 => None,
        _ => Some(common::TOO_LONG),
    };
    if let Some(phrase) = wrong {
        return Ok(Response::invalid(view::profile(&cx.agent, cx.form, &Problems::one("name", phrase), None)));
    }
    let language = Language::from_code(cx.form.text("language"));
    sql::set_preferences(
        cx.conn,
        cx.agent.id,
        name,
        language,
        theme,
        cx.form.has("sounds"),
        cx.form.has("enter_sends"),
    )?;
    Ok(Response::see_other("/profile?saved=1"))
}

/// Changes the password: the hash is made outside the transaction; the other browsers are signed out.
pub fn change_password(outside: &mut Outside, request: &Request) -> Result<Response> {
    let form = posted(request);
    let now = outside.now();
    let Some(value) = request.cookie(cookie_name(request.secure)) else { return Err(Error::Forbidden) };
    let (agent, stored) = outside.read(|conn| {
        let (_, agent) = sql::by_session(conn, &token::digest(&value), now)?.ok_or(Error::Forbidden)?;
        let stored = sql::password_hash(conn, agent.id)?;
        Ok((agent, stored))
    })?;
    let again = |problems: &Problems| Ok(Response::invalid(view::profile(&agent, &form, problems, None)));
    let key = format!("account:{}", agent.email);
    if outside.context.rate_limiter.wait(&key, now) > 0 || !password::verify(form.text("current"), stored.as_deref())? {
        outside.context.rate_limiter.failed(&key, now);
        return again(&Problems::one("current", t::PASSWORD_WRONG));
    }
    let new = match super::new_password(&form) {
        Ok(new) => new,
        Err(problems) => return again(&problems),
    };
    let hash = password::hash(&new)?;
    let id = agent.id;
    outside.change(move |conn| sql::set_password(conn, id, &hash, now))?;
    start(outside, request, id, "/profile?changed=1")
}

/// Chooses the presence.
pub fn set_presence(cx: &Cx) -> Result<Response> {
    let presence = Presence::from_word(cx.form.text("presence")).ok_or(Error::NotFound)?;
    sql::set_presence(cx.conn, cx.agent.id, presence, false, cx.now)?;
    Ok(if cx.wants_fragment() { Response::nothing() } else { Response::see_other("/profile") })
}

/// A sign of life from a page in use.
pub fn alive(cx: &Cx) -> Result<Response> {
    sql::alive(cx.conn, cx.agent.id, cx.now)?;
    Ok(Response::nothing())
}
