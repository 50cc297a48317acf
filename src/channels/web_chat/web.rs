//! The chat's pages, its beginning, and the checks that every call of a visitor passes.

use rusqlite::Connection;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{Caller, ChatStart, Look, allows, ancestors, is_signed, sql, view};
use crate::app::Context;
use crate::contacts::{self, IdentityId};
use crate::platform::error::{Error, Result};
use crate::platform::text::web_chat as t;
use crate::platform::text::{Language, Phrase, common};
use crate::platform::web::form::Problems;
use crate::platform::web::http::network_of;
use crate::platform::web::http::{Body, Method, Request, Response};
use crate::platform::web::{assets, headers, rate_limiter, token};
use crate::team::channels::{self, Channel, Kind};
use crate::team::mail;
use crate::team::visit::Visit;

/// Why a visitor's call is not answered as asked: said in words, as JSON.
pub enum ChatRefusal {
    /// A status and one sentence.
    Says(u16, Phrase),
    /// 422 with a sentence for each field.
    Fields(Problems),
    Fails(Error),
}

impl From<Error> for ChatRefusal {
    fn from(error: Error) -> Self {
        Self::Fails(error)
    }
}

/// The answer to a script: JSON, whatever happens, except for faults of our own.
pub fn answer(language: Language, result: Result<Response, ChatRefusal>) -> Result<Response> {
    let (status, phrase) = match result {
        Ok(response) => return Ok(response),
        Err(ChatRefusal::Fields(problems)) => {
            let fields = problems.iter().map(|(field, phrase)| ((*field).to_owned(), json!(phrase.say(language))));
            let fields: Map<String, Value> = fields.collect();
            return Ok(Response { status: 422, ..Response::json(&json!({ "fields": fields }))? });
        }
        Err(ChatRefusal::Says(status, phrase)) => (status, phrase),
        Err(ChatRefusal::Fails(Error::NotFound)) => (404, common::NOT_FOUND),
        Err(ChatRefusal::Fails(Error::Forbidden)) => (403, common::FORBIDDEN),
        Err(ChatRefusal::Fails(Error::Conflict(phrase))) => (409, phrase),
        Err(ChatRefusal::Fails(error)) => return Err(error),
    };
    say(status, phrase, language)
}

/// One sentence as JSON.
fn say(status: u16, phrase: Phrase, language: Language) -> Result<Response> {
    Ok(Response { status, ..Response::json(&json!({ "error": phrase.say(language) }))? })
}

/// Refuses what comes too often, before it costs a transaction.
pub fn too_many(context: &Context, request: &Request, path: &[&str]) -> Result<Option<Response>> {
    let ["chat", _, what, ..] = path else { return Ok(None) };
    let limit = match (request.method, *what) {
        (Method::Post, "start") => rate_limiter::STARTS,
        (Method::Post, "messages") => rate_limiter::MESSAGES,
        (Method::Post, "typing" | "marks" | "end") => rate_limiter::SIGNS,
        (Method::Post, "files") => rate_limiter::FILES,
        (Method::Post, "transcript") => rate_limiter::MAILS,
        (Method::Get, "messages" | "events" | "files") => rate_limiter::READS,
        _ => return Ok(None),
    };
    let now = context.clock.now();
    let allowed = match *what {
        // This machine's own programs are not slowed down.
        "start" if request.peer.is_loopback() => true,
        "start" => context.rate_limiter.take(limit, &network_of(request.peer), now),
        _ => context.rate_limiter.take(limit, request.header("authorization").unwrap_or(""), now),
    };
    let flooded = *what == "transcript"
        && !context.rate_limiter.take(rate_limiter::MAILS_OF_ADDRESS, &network_of(request.peer), now);
    if allowed && !flooded {
        return Ok(None);
    }
    let language = Language::from_header(request.header("accept-language").unwrap_or(""));
    Ok(Some(say(429, t::TOO_FAST, language)?.with("retry-after", "2")))
}

/// The visitor who calls: the token must be of this channel, and the page that calls ours or an allowed site's.
pub fn caller(conn: &Connection, context: &Context, request: &Request, key: &str) -> Result<Caller, ChatRefusal> {
    let bearer = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    let digest = token::digest(bearer.unwrap_or_default());
    let Some(caller) = sql::caller(conn, key, &digest)? else { return Err(ChatRefusal::Says(401, t::NO_VISITOR)) };
    from_known_site(context, request, &caller.allowed_sites)?;
    Ok(caller)
}

/// `Origin` must be this installation or an allowed site. Browsers send it with every call of another site and with every
/// POST; a GET of our own page may come without.
fn from_known_site(context: &Context, request: &Request, allowed_sites: &str) -> Result<(), ChatRefusal> {
    let known = match (request.header("origin"), request.header("sec-fetch-site")) {
        (Some(origin), _) => {
            origin.split_once("://").is_some_and(|(_, host)| !host.is_empty() && host == request.host())
                || context.public_url.as_deref() == Some(origin)
                || allows(allowed_sites, origin)
        }
        (None, Some(site)) => site == "same-origin",
        (None, None) => request.method == Method::Get,
    };
    if known { Ok(()) } else { Err(ChatRefusal::Says(403, t::BAD_ORIGIN)) }
}

/// The JSON of a body.
pub fn read_json<T: DeserializeOwned>(request: &Request) -> Result<T, ChatRefusal> {
    /// A message of 100,000 letters, each escaped at its longest, and some room.
    const LARGEST: u64 = 1_300_000;
    let unread = ChatRefusal::Says(400, t::BAD_JSON);
    let parsed = match &request.body {
        Body::Bytes(bytes) => serde_json::from_slice(bytes),
        Body::Spooled(path) => {
            if std::fs::metadata(path).map_err(Error::from)?.len() > LARGEST {
                return Err(ChatRefusal::Says(413, common::TOO_LONG));
            }
            serde_json::from_slice(&std::fs::read(path).map_err(Error::from)?)
        }
    };
    parsed.map_err(|_| unread)
}

/// A chat in use.
fn open(conn: &Connection, key: &str) -> Result<(Channel, Look)> {
    let channel = channels::sql::by_key(conn, key)?;
    if channel.kind != Kind::WebChat {
        return Err(Error::NotFound);
    }
    let look = sql::look(conn, channel.id)?;
    Ok((channel, look))
}

/// The chat as a page of its own.
pub fn show(visit: &Visit, key: &str) -> Result<Response> {
    let (channel, look) = open(visit.conn, key)?;
    page(visit, &channel, &look, view::ChatPlace::Page)
}

/// The chat for the iframe on a customer's site.
pub fn frame(visit: &Visit, key: &str) -> Result<Response> {
    let (channel, look) = open(visit.conn, key)?;
    let policy = headers::framed_by(&ancestors(&look.allowed_sites));
    Ok(page(visit, &channel, &look, view::ChatPlace::Frame)?.with("content-security-policy", policy))
}

fn page(visit: &Visit, channel: &Channel, look: &Look, place: view::ChatPlace) -> Result<Response> {
    let markup = view::page(&view::Chat {
        company: &visit.company.name,
        key: &channel.public_key,
        look,
        language: visit.language,
        place,
        mails: mail::sql::is_configured(visit.conn)?,
    });
    Ok(Response::html(markup).with("vary", "accept-language"))
}

/// The script that a site embeds: ours, with the channel's colour and words in front.
pub fn widget(visit: &Visit, key: &str) -> Result<Response> {
    let (channel, look) = open(visit.conn, key)?;
    let language = visit.language;
    let settings = json!({
        "key": channel.public_key,
        "colour": look.colour,
        "open": t::OPEN_CHAT.say(language),
        "unread": t::UNREAD.say(language),
        "title": t::TITLE.say(language),
    });
    let code = assets::file("widget.js")?;
    let mut script = b"(settings => {\n".to_vec();
    script.extend_from_slice(&code);
    script.extend_from_slice(format!("}})({settings});\n").as_bytes());
    Ok(Response::new(200, "text/javascript; charset=utf-8", script)
        .with("cache-control", "public, max-age=300")
        .with("vary", "accept-language, accept-encoding")
        .with("cross-origin-resource-policy", "cross-origin"))
}

/// Begins: makes the browser's token, for a new visitor or for one whom the site vouches for.
pub fn start(visit: &Visit, key: &str) -> Result<Response> {
    answer(visit.language, begin(visit, key))
}

fn begin(visit: &Visit, key: &str) -> Result<Response, ChatRefusal> {
    let (channel, look) = open(visit.conn, key)?;
    from_known_site(visit.context, visit.request, &look.allowed_sites)?;
    let start: ChatStart = read_json(visit.request)?;
    let draft = start.draft(&look).map_err(ChatRefusal::Fields)?;
    let identity = if start.identifier.is_empty() {
        stranger(visit, &channel, &draft)?
    } else if is_signed(&channel.secret, &start.identifier, &start.hash) {
        known(visit, &channel, &draft, &start.identifier)?
    } else {
        return Err(ChatRefusal::Says(422, t::BAD_HASH));
    };
    let token = token::random()?;
    let page: String = start.page.chars().take(2000).collect();
    sql::add_visitor(visit.conn, &token::digest(&token), identity, visit.language, &page, visit.now)?;
    Ok(Response::json(&json!({ "token": token }))?)
}

/// A visitor whom nobody vouches for is a contact of its own, whatever name, number or address was typed.
fn stranger(visit: &Visit, channel: &Channel, draft: &contacts::ContactForm) -> Result<IdentityId> {
    let contact = contacts::sql::create(visit.conn, draft, visit.now)?;
    let value = format!("visitor:{}", token::short()?);
    contacts::sql::add_identity(visit.conn, contact, channel.id, &value, false, visit.now)
}

/// The same person in every browser.
fn known(visit: &Visit, channel: &Channel, draft: &contacts::ContactForm, identifier: &str) -> Result<IdentityId> {
    let value = format!("id:{identifier}");
    if let Some((identity, contact)) = contacts::sql::identity(visit.conn, channel.id, &value)? {
        contacts::sql::complete(visit.conn, contact, draft, visit.now)?;
        return Ok(identity);
    }
    let contact = contacts::sql::create(visit.conn, draft, visit.now)?;
    contacts::sql::add_identity(visit.conn, contact, channel.id, &value, true, visit.now)
}
