//! The setup page, reachable only by the address that the terminal printed.

use crate::administration::sign_in::start;
use std::sync::PoisonError;

use crate::administration::setup::{SetupForm, acts, view};
use crate::app::{Context, Outside};
use crate::platform::error::{Error, Result};
use crate::platform::text::Language;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::posted;
use crate::platform::web::http::{Request, Response};
use crate::platform::web::token;
use crate::team::agents;

/// Makes the one-time token and remembers its digest; the caller prints the address.
pub fn invite(context: &Context) -> Result<String> {
    let token = token::random()?;
    *context.setup.lock().unwrap_or_else(PoisonError::into_inner) = Some(token::digest(&token));
    Ok(token)
}

/// Digests are compared, so that time tells nothing of the token.
fn check(context: &Context, given: &str) -> Result<()> {
    let expected = context.setup.lock().unwrap_or_else(PoisonError::into_inner);
    if expected.as_ref() == Some(&token::digest(given)) { Ok(()) } else { Err(Error::NotFound) }
}

fn language(request: &Request) -> Language {
    Language::from_header(request.header("accept-language").unwrap_or(""))
}

/// The page.
pub fn new(context: &Context, request: &Request, token: &str) -> Result<Response> {
    check(context, token)?;
    Ok(Response::html(view::form(language(request), token, &Form::default(), &Problems::default())))
}

/// Makes the installation and signs its first administrator in. The address works no more after that.
pub fn create(outside: &mut Outside, request: &Request, token: &str) -> Result<Response> {
    check(&outside.context, token)?;
    let form = posted(request);
    let draft = match SetupForm::parse(&form) {
        Ok(draft) => draft,
        Err(problems) => return Ok(Response::invalid(view::form(language(request), token, &form, &problems))),
    };
    let hash = agents::password::hash(&draft.password)?;
    let now = outside.now();
    let made = outside.change(move |conn| acts::create(conn, &draft, &hash, now))?;
    *outside.context.setup.lock().unwrap_or_else(PoisonError::into_inner) = None;
    start::start(outside, request, made.admin, "/conversations")
}
