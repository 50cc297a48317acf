//! The setup page, reachable only by the address that the terminal printed.

use std::sync::{Arc, PoisonError};

use super::{Draft, sql, view};
use crate::app::{App, posted};
use crate::platform::error::{Error, Result};
use crate::platform::text::Language;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::{Request, Response};
use crate::platform::web::token;
use crate::team::agents;

/// Makes the one-time token and remembers its digest; the caller prints the address.
pub fn invite(app: &App) -> Result<String> {
    let token = token::random()?;
    *app.setup.lock().unwrap_or_else(PoisonError::into_inner) = Some(token::digest(&token));
    Ok(token)
}

/// Digests are compared, so that time tells nothing of the token.
fn check(app: &App, given: &str) -> Result<()> {
    let expected = app.setup.lock().unwrap_or_else(PoisonError::into_inner);
    if expected.as_ref() == Some(&token::digest(given)) { Ok(()) } else { Err(Error::NotFound) }
}

fn language(request: &Request) -> Language {
    Language::from_header(request.header("accept-language").unwrap_or(""))
}

/// The page.
pub fn new(app: &App, request: &Request, token: &str) -> Result<Response> {
    check(app, token)?;
    Ok(Response::html(view::form(language(request), token, &Form::default(), &Problems::default())))
}

/// Makes the installation and signs its first administrator in. The address works no more after that.
pub fn create(app: &Arc<App>, request: &Request, token: &str) -> Result<Response> {
    check(app, token)?;
    let form = posted(request);
    let draft = match Draft::parse(&form) {
        Ok(draft) => draft,
        Err(problems) => return Ok(Response::invalid(view::form(language(request), token, &form, &problems))),
    };
    let hash = agents::password::hash(&draft.password)?;
    let now = app.clock.now();
    let made = app.change(move |conn| sql::create(conn, &draft, &hash, now))?;
    *app.setup.lock().unwrap_or_else(PoisonError::into_inner) = None;
    agents::web::start(app, request, made.admin, "/conversations")
}
