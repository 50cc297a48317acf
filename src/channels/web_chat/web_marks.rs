//! The small signs of a visitor: typing, received and read, the end of the chat, its transcript.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;

use super::web::{ChatRefusal, answer, caller, read_json};
use super::{VisibleMessage, sql};
use crate::app::Outside;
use crate::contacts;
use crate::desk::closings::{self};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, State};
use crate::desk::messages::{self, MessageId};
use crate::platform::error::Result;
use crate::platform::text::{Language, common, web_chat as t};
use crate::platform::web::form::Problems;
use crate::platform::web::http::{Request, Response};
use crate::platform::web::live::Event;
use crate::team::visit::Visit;
use crate::team::{agents, mail};

/// Tells the team's open pages that the visitor is typing; kept nowhere.
pub fn typing(outside: &mut Outside, request: &Request, key: &str) -> Result<Response> {
    let language = Language::from_header(request.header("accept-language").unwrap_or(""));
    let context = Arc::clone(&outside.context);
    let told = outside.read(|conn| {
        Ok(caller(conn, &context, request, key).and_then(|caller| {
            let latest = conversations::sql::latest_of(conn, caller.identity)?;
            Ok(latest.filter(|latest| latest.state != State::Closed).map(|latest| latest.id))
        }))
    })?;
    answer(
        language,
        told.map(|conversation| {
            if let Some(id) = conversation {
                let data = format!("{{\"conversation\":{id},\"author\":\"contact\"}}");
                context.live.publish(&[Event::new(0, &format!("conversation:{id}"), "typing", &data)]);
            }
            Response::nothing()
        }),
    )
}

#[derive(Deserialize)]
struct Marks {
    #[serde(default)]
    delivered: i64,
    #[serde(default)]
    read: i64,
}

/// What the visitor's page has received and shown.
pub fn marks(visit: &Visit, key: &str) -> Result<Response> {
    answer(visit.language, mark(visit, key))
}

fn mark(visit: &Visit, key: &str) -> Result<Response, ChatRefusal> {
    let caller = caller(visit.conn, visit.context, visit.request, key)?;
    let marks: Marks = read_json(visit.request)?;
    let mut reached = conversations::sql::open_of(visit.conn, caller.identity)?;
    if reached.is_empty() {
        reached.extend(conversations::sql::latest_of(visit.conn, caller.identity)?.map(|latest| latest.id));
    }
    for id in reached {
        // A mark reaches no further than what there is.
        let newest = messages::sql::newest(visit.conn, id)?;
        let delivered = MessageId(marks.delivered).min(newest);
        let read = (marks.read > 0).then(|| MessageId(marks.read).min(newest));
        if conversations::sql::reached(visit.conn, id, delivered, read)? {
            conversations::acts::tell_change(visit.conn, id, Reach::Team, visit.now)?;
        }
    }
    Ok(Response::nothing())
}

/// The visitor ends the chat, with the disposition that the system has for it.
pub fn end(visit: &Visit, key: &str) -> Result<Response> {
    answer(visit.language, close(visit, key))
}

fn close(visit: &Visit, key: &str) -> Result<Response, ChatRefusal> {
    let conn = visit.conn;
    let caller = caller(conn, visit.context, visit.request, key)?;
    let Some(latest) = conversations::sql::latest_of(conn, caller.identity)? else {
        return Err(ChatRefusal::Says(409, t::NOTHING_YET));
    };
    // What the visitor sees as one chat ends as a whole; ended already, perhaps by the team, it is the same.
    let mut ending = conversations::sql::open_of(conn, caller.identity)?;
    if ending.is_empty() {
        ending.push(latest.id);
    }
    for id in ending {
        closings::acts::end_by_contact(conn, id, visit.company.language, visit.now)?;
    }
    Ok(Response::json(&json!({ "closed": true }))?)
}

#[derive(Deserialize)]
struct TranscriptRequest {
    #[serde(default)]
    email: String,
}

/// Sends what the visitor sees of the latest conversation by mail.
pub fn transcript(visit: &Visit, key: &str) -> Result<Response> {
    answer(visit.language, queue(visit, key))
}

fn queue(visit: &Visit, key: &str) -> Result<Response, ChatRefusal> {
    let conn = visit.conn;
    let caller = caller(conn, visit.context, visit.request, key)?;
    let wanted: TranscriptRequest = read_json(visit.request)?;
    let email = match wanted.email.trim() {
        "" => contacts::sql::find(conn, caller.contact)?.email,
        typed => typed.to_lowercase(),
    };
    if !agents::looks_like_email(&email) {
        return Err(ChatRefusal::Fields(Problems::one("email", common::BAD_EMAIL)));
    }
    if !mail::sql::is_configured(conn)? {
        return Err(ChatRefusal::Says(409, t::NO_MAIL));
    }
    let Some(current) = sql::current(conn, caller.identity)? else {
        return Err(ChatRefusal::Says(409, t::NOTHING_YET));
    };
    let (number, company) = (current.number.to_string(), &visit.company);
    let stored = sql::of_conversation(conn, current.id)?;
    let visible = stored.into_iter().filter_map(|stored| VisibleMessage::of(stored, visit.language));
    let subject = t::TRANSCRIPT.fill(visit.language, &[("company", &company.name), ("number", &number)]);
    let body = super::transcript(visible, &subject, &company.zone, visit.language);
    mail::sql::queue(conn, &email, &subject, &body, visit.now)?;
    Ok(Response::json(&json!({ "sent": true }))?)
}
