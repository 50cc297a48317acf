//! Who is there: the session cookie, and what happens without one.

use crate::app::Outside;
use crate::platform::error::{Error, Result};
use crate::platform::web::http::{Method, Request, Response};
use crate::platform::web::{form, token};
use crate::team::agents::{self, Agent, Role, SessionId};
use crate::team::visit::Visit;

/// The cookie's name: the `__Host-` prefix binds it to this host, and needs TLS.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-balcao" } else { "balcao" }
}

/// The cookie that signs in for so many seconds; 0 signs out.
pub fn cookie(request: &Request, token: &str, seconds: i64) -> String {
    let secure = if request.secure { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", cookie_name(request.secure))
}

/// The session and the person behind the cookie.
pub fn signed_in(visit: &Visit) -> Result<Option<(SessionId, Agent)>> {
    match visit.request.cookie(cookie_name(visit.request.secure)) {
        Some(value) => agents::sql::by_session(visit.conn, &token::digest(&value), visit.now),
        None => Ok(None),
    }
}

/// The person behind the cookie, if any, for work outside a transaction.
pub fn anybody(outside: &mut Outside, request: &Request) -> Result<Option<Agent>> {
    let value = request.cookie(cookie_name(request.secure)).unwrap_or_default();
    let now = outside.now();
    let found = outside.read(|conn| agents::sql::by_session(conn, &token::digest(&value), now))?;
    Ok(found.map(|(_, agent)| agent))
}

/// The same where somebody must be there.
///
/// # Errors
/// Nobody is signed in.
pub fn person(outside: &mut Outside, request: &Request) -> Result<Agent> {
    anybody(outside, request)?.ok_or(Error::Forbidden)
}

/// Sends a person to the sign-in page and back after it; a script gets 401.
pub fn ask(visit: &Visit) -> Result<Response> {
    if visit.request.method != Method::Get || visit.wants_fragment() || visit.request.path == "/events" {
        return Ok(Response::new(401, "text/plain; charset=utf-8", &b""[..]));
    }
    if visit.request.path.len() > 500 {
        return Err(Error::NotFound);
    }
    Ok(Response::see_other(format!("/sign-in?next={}", form::encode(&visit.request.path))))
}

/// The administrator behind the cookie, for addresses whose work happens outside a transaction.
pub fn administrator(outside: &mut Outside, request: &Request) -> Result<Agent> {
    anybody(outside, request)?.filter(|agent| agent.is(Role::Admin)).ok_or(Error::Forbidden)
}
