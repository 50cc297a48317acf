//! Signing in and out, and the password.

use crate::administration::sign_in::start::start;
use crate::app::Outside;
use crate::desk::presences;
use crate::platform::error::{Error, Result};
use crate::platform::text::{Language, agents as t};
use crate::platform::time::SECOND;
use crate::platform::web::form::Problems;
use crate::platform::web::http::{Request, Response, network_of, posted};
use crate::platform::web::token;
use crate::team::agents;
use crate::team::agents::{Presence, password, sql, view};
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

/// Only a path of this application: `//host` and `/\host` would lead elsewhere.
fn local_path(next: &str) -> &str {
    let safe =
        next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.chars().any(char::is_control);
    if safe { next } else { "/conversations" }
}

/// Ends this session, or all of this person.
pub fn sign_out(cx: &Cx) -> Result<Response> {
    if cx.form.has("everywhere") {
        agents::acts::sign_out_everywhere(cx.conn, cx.agent.id, cx.now)?;
    } else {
        agents::acts::end_session(cx.conn, cx.session, cx.now)?;
    }
    presences::acts::set(cx.conn, cx.agent.id, Presence::Offline, false, cx.now)?;
    Ok(Response::see_other("/sign-in").with("set-cookie", cookie(cx.request, "", 0)))
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
    let new = match crate::team::agents::new_password(&form) {
        Ok(new) => new,
        Err(problems) => return again(&problems),
    };
    let hash = password::hash(&new)?;
    let id = agent.id;
    outside.change(move |conn| agents::acts::set_password(conn, id, &hash, now))?;
    start(outside, request, id, "/profile?changed=1")
}
