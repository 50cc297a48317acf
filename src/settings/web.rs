//! The settings' own pages, and the gate before all of them.

use std::sync::Arc;

use super::{sql, view};
use crate::agents::{Agent, Role, sql as agents};
use crate::app::{App, Cx};
use crate::error::{Error, Result};
use crate::web::http::{Request, Response};
use crate::web::session::cookie_name;
use crate::web::token;

/// Lets administrators through.
pub fn gate(cx: &Cx) -> Result<()> {
    if cx.agent.is(Role::Admin) { Ok(()) } else { Err(Error::Forbidden) }
}

/// The same for addresses whose work happens outside a transaction: the administrator behind the cookie.
pub fn administrator(app: &Arc<App>, request: &Request) -> Result<Agent> {
    let value = request.cookie(cookie_name(request.secure)).ok_or(Error::Forbidden)?;
    let found = app.read(|conn| agents::by_session(conn, &token::digest(&value), app.clock.now()))?;
    found.map(|(_, agent)| agent).filter(|agent| agent.is(Role::Admin)).ok_or(Error::Forbidden)
}

/// The first page.
pub fn index() -> Result<Response> {
    Ok(Response::see_other("/settings/company"))
}

/// The record of changes, newest first.
pub fn audit(cx: &Cx) -> Result<Response> {
    let entries = sql::before(cx.conn, cx.form.number("before").unwrap_or(0))?;
    Ok(Response::html(view::audit(&cx.agent, &cx.company.zone, &entries)))
}
