//! A session begins, outside any transaction but its own.

use super::acts::{self, Browser};
use crate::app::Outside;
use crate::platform::error::Result;
use crate::platform::time::SECOND;
use crate::platform::web::http::{Request, Response};
use crate::platform::web::token;
use crate::team::agents::{AgentId, sql};
use crate::team::sessions::cookie;

/// Starts a session and goes on to a page.
pub fn start(outside: &mut Outside, request: &Request, agent: AgentId, next: &str) -> Result<Response> {
    let token = token::random()?;
    let browser = Browser {
        digest: token::digest(&token),
        user_agent: request.header("user-agent").unwrap_or("").chars().take(200).collect(),
        address: request.peer.to_string(),
    };
    let now = outside.now();
    outside.change(move |conn| acts::start(conn, agent, &browser, now))?;
    Ok(Response::see_other(next).with("set-cookie", cookie(request, &token, sql::SESSION / SECOND)))
}
