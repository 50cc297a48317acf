//! One request answered: whether it may come in, where it goes, in which transaction, and the page for what fails.

use std::sync::Arc;

use rusqlite::Connection;

use crate::app::{App, Context};
use crate::platform::db::writer::Outcome;
use crate::platform::error::{Error, Result};
use crate::platform::text::{Language, Phrase, common};
use crate::platform::time::Timestamp;
use crate::platform::ui;
use crate::platform::web::form::Form;
use crate::platform::web::headers;
use crate::platform::web::http::{Method, Request, Response, posted};
use crate::routes;
use crate::team::visit::{Cx, Visit};
use crate::team::{company, sessions};

/// Answers one request. HEAD comes as GET. Never panics on input; every failure is a page.
pub fn handle(app: &Arc<App>, request: Request) -> Response {
    let request = Arc::new(request);
    let asker = Language::from_header(request.header("accept-language").unwrap_or(""));
    let response = route(app, &request).unwrap_or_else(|error| failure(&request, asker, error));
    headers::secure(response)
}

fn route(app: &Arc<App>, request: &Arc<Request>) -> Result<Response> {
    let segments = request.segments().ok_or(Error::NotFound)?;
    let path: Vec<&str> = segments.iter().map(String::as_str).collect();
    if request.method == Method::Post && !routes::is_channel(&path) {
        same_origin(request)?;
    }
    if let Some(answer) = routes::slow(&mut app.outside(), request, &path) {
        return answer;
    }
    match request.method {
        Method::Get | Method::Options => {
            let now = app.clock.now();
            app.read(|conn| answer(&app.context, conn, request, &request.query, now, &path))
        }
        Method::Post => {
            let context = Arc::clone(&app.context);
            let request = Arc::clone(request);
            app.decide(move |conn| {
                let path: Vec<&str> = segments.iter().map(String::as_str).collect();
                let form = posted(&request);
                let now = context.clock.now();
                let result = answer(&context, conn, &request, &form, now, &path);
                let outcome = match &result {
                    Ok(response) if response.status < 400 => Outcome::Keep,
                    _ => Outcome::Undo,
                };
                (outcome, result)
            })?
        }
    }
}

/// Builds the visit, lets public addresses answer, then asks who is there.
fn answer(
    context: &Context,
    conn: &Connection,
    request: &Request,
    form: &Form,
    now: Timestamp,
    path: &[&str],
) -> Result<Response> {
    let Some(company) = company::sql::find(conn)? else {
        return routes::before_setup(context, request, path);
    };
    let language = Language::from_header(request.header("accept-language").unwrap_or(company.language.code()));
    let visit = Visit { conn, context, request, form, now, language, company };
    if let Some(answer) = routes::public(&visit, request.method, path) {
        return answer;
    }
    let Some((session, agent)) = sessions::signed_in(&visit)? else {
        return sessions::ask(&visit);
    };
    routes::agent(&Cx::new(visit, agent, session), request.method, path)
}

/// A form of another site is refused: browsers say where a request comes from (Fetch Metadata, or Origin before it).
fn same_origin(request: &Request) -> Result<()> {
    match request.header("sec-fetch-site") {
        Some("same-origin" | "none") => return Ok(()),
        Some(_) => return Err(Error::Forbidden),
        None => {}
    }
    match request.header("origin") {
        Some(origin) if origin.split_once("://").map(|(_, host)| host) == Some(request.host()) => Ok(()),
        Some(_) => Err(Error::Forbidden),
        // No browser sends a POST without either; a program with a session of its own may.
        None => Ok(()),
    }
}

/// The page for an error.
fn failure(request: &Request, language: Language, error: Error) -> Response {
    // A script shows the line itself; a person gets a page.
    let page = |status: u16, line: String| match request.header("x-fragment") {
        Some(_) => Response::new(status, "text/plain; charset=utf-8", line.into_bytes()),
        None => Response { status, ..Response::html(ui::page::plain(language, &line)) },
    };
    let say = |phrase: Phrase| phrase.say(language).to_owned();
    match error {
        Error::NotFound => page(404, say(common::NOT_FOUND)),
        Error::Forbidden => page(403, say(common::FORBIDDEN)),
        Error::Conflict(phrase) => page(409, say(phrase)),
        Error::Busy => page(503, say(common::BUSY)).with("retry-after", "1"),
        Error::Internal(cause) => {
            let reference = reference();
            tracing::error!(reference, path = request.path, "{cause}");
            page(500, common::BROKEN.fill(language, &[("reference", &reference)]))
        }
    }
}

/// Eight characters that stand in the log and on the page.
fn reference() -> String {
    let mut bytes = [0_u8; 5];
    match getrandom::fill(&mut bytes) {
        Ok(()) => data_encoding::BASE32_NOPAD.encode(&bytes),
        Err(_) => "-".to_owned(),
    }
}
