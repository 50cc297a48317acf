//! Invitations and password resets: links that work once.

use crate::administration::sign_in::start;
use crate::app::Outside;
use crate::platform::error::{Error, Result};
use crate::platform::text::{Language, settings as t};
use crate::platform::time::SECOND;
use crate::platform::web::form::Problems;
use crate::platform::web::http::{Request, Response};
use crate::platform::web::http::{network_of, posted};
use crate::team::agents;
use crate::team::agents::draft::Purpose;
use crate::team::agents::view_links as view;
use crate::team::agents::view_links::ResetState;
use crate::team::agents::{password, sql, sql_links};
use crate::team::mail;
use crate::team::settings::{self, Action};
use crate::team::visit::Visit;

fn address(purpose: Purpose, token: &str) -> String {
    match purpose {
        Purpose::PasswordReset => format!("/password-reset/{token}"),
        Purpose::Invitation | Purpose::Setup => format!("/invitation/{token}"),
    }
}

/// The page behind a link. Looking does not use it up, for mail scanners look.
pub fn show(visit: &Visit, purpose: Purpose, token: &str) -> Result<Response> {
    match sql_links::find(visit.conn, purpose, token, visit.now) {
        Ok(agent) => Ok(Response::html(view::choose(&agent, purpose, &address(purpose, token), &Problems::default()))),
        Err(Error::NotFound) => Ok(dead(visit.language)),
        Err(error) => Err(error),
    }
}

fn dead(language: Language) -> Response {
    Response { status: 404, ..Response::html(view::dead(language)) }
}

/// Sets the password and signs in. The hash is made outside the transaction that uses the link up.
pub fn accept(outside: &mut Outside, request: &Request, purpose: Purpose, token: &str) -> Result<Response> {
    let form = posted(request);
    let language = Language::from_header(request.header("accept-language").unwrap_or(""));
    let now = outside.now();
    let agent = match outside.read(|conn| sql_links::find(conn, purpose, token, now)) {
        Ok(agent) => agent,
        Err(Error::NotFound) => return Ok(dead(language)),
        Err(error) => return Err(error),
    };
    let new = match crate::team::agents::new_password(&form) {
        Ok(new) => new,
        Err(problems) => {
            return Ok(Response::invalid(view::choose(&agent, purpose, &address(purpose, token), &problems)));
        }
    };
    let hash = password::hash(&new)?;
    let (token, name) = (token.to_owned(), agent.name);
    let used = outside.change(move |conn| {
        let id = sql_links::take(conn, purpose, &token, now)?;
        agents::acts::set_password(conn, id, &hash, now)?;
        // Who can sign in needs no other link; one that was sent astray must not stay open.
        sql_links::forget(conn, other(purpose), id)?;
        let action = if purpose == Purpose::PasswordReset { Action::PasswordReset } else { Action::InvitationAccepted };
        settings::sql::record(conn, id, action, &name, now)?;
        Ok(id)
    });
    match used {
        Ok(id) => {
            outside.context.rate_limiter.succeeded(&format!("account:{}", agent.email.to_lowercase()));
            start::start(outside, request, id, "/conversations")
        }
        Err(Error::NotFound) => Ok(dead(language)),
        Err(error) => Err(error),
    }
}

fn other(purpose: Purpose) -> Purpose {
    if purpose == Purpose::PasswordReset { Purpose::Invitation } else { Purpose::PasswordReset }
}

/// Asking for a reset.
pub fn ask(visit: &Visit) -> Result<Response> {
    let asked = if mail::sql::is_configured(visit.conn)? { ResetState::NotYet } else { ResetState::NoMail };
    Ok(Response::html(view::ask(visit.language, "", asked)))
}

/// Sends a link to whoever has that address and answers the same to everybody.
pub fn request(visit: &Visit) -> Result<Response> {
    if !mail::sql::is_configured(visit.conn)? {
        return Ok(Response::html(view::ask(visit.language, "", ResetState::NoMail)));
    }
    let email = visit.form.trimmed("email").to_lowercase();
    let limiter = &visit.context.rate_limiter;
    let keys = [format!("reset:{email}"), format!("reset-from:{}", network_of(visit.request.peer))];
    let wait = keys.iter().map(|key| limiter.wait(key, visit.now)).max().unwrap_or(0);
    if wait > 0 {
        let seconds = (wait / SECOND + 1).to_string();
        let page = view::ask(visit.language, &email, ResetState::Wait(&seconds));
        return Ok(Response { status: 429, ..Response::html(page) }.with("retry-after", seconds));
    }
    keys.iter().for_each(|key| limiter.failed(key, visit.now));
    if let (Some((id, _)), Some(base)) = (sql::by_email(visit.conn, &email)?, own_address(visit)) {
        let agent = sql::find(visit.conn, id)?;
        let token = sql_links::create(visit.conn, Purpose::PasswordReset, id, visit.now)?;
        let link = format!("{base}/password-reset/{token}");
        let words = [("name", agent.name.as_str()), ("company", &visit.company.name), ("link", &link)];
        let subject = t::RESET_SUBJECT.fill(agent.language, &words);
        let body = t::RESET_BODY.fill(agent.language, &words);
        mail::sql::queue(visit.conn, &agent.email, &subject, &body, visit.now)?;
    }
    Ok(Response::html(view::ask(visit.language, "", ResetState::Sent)))
}

/// The address that was set, never the one that the request names: a stranger chooses that, and the link would follow.
fn own_address(visit: &Visit) -> Option<String> {
    let set = visit.company.public_url.clone();
    visit.context.public_url.clone().or((!set.is_empty()).then_some(set))
}
