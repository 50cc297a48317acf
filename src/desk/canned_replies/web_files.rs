//! Files of canned replies: kept with the text, and brought along into the composer.

use std::fs;

use super::{CannedReply, CannedReplyId, sql, sql_files, web_settings};
use crate::app::Outside;
use crate::desk::attachments::store::{folder, keep, served};
use crate::desk::attachments::{self, LARGEST, Uploader, WaitingFile};
use crate::desk::canned_replies::MOST_FILES;
use crate::desk::conversations::{self, ConversationId};
use crate::platform::error::{Error, Result};
use crate::platform::text::{attachments as a, canned_replies as t};
use crate::platform::ui::page::plain;
use crate::platform::web::http::{Body, Request, Response};
use crate::platform::web::{http, multipart, token};
use crate::team::sessions;
use crate::team::visit::Cx;

fn nobody() -> Response {
    Response::new(401, "text/plain; charset=utf-8", &b""[..])
}

/// Takes a file for a text, by a form that works without scripts.
pub fn create(outside: &mut Outside, request: &Request, id: &str) -> Result<Response> {
    let id: CannedReplyId = http::key(id)?;
    let Some(agent) = sessions::anybody(outside, request)? else { return Ok(nobody()) };
    let reply = outside.read(|conn| sql::find(conn, id))?;
    web_settings::permit(&reply, &agent)?;
    let refuse = |status, phrase: crate::platform::text::Phrase| {
        let page = Response::html(plain(agent.language, phrase.say(agent.language)));
        Ok(Response { status, ..page })
    };
    if outside.read(|conn| sql_files::of(conn, id))?.len() >= MOST_FILES {
        return refuse(422, t::TOO_MANY_FILES);
    }
    let Some(file) = multipart::file(request, "file", LARGEST + 4096)? else { return refuse(422, a::EMPTY) };
    match keep(&outside.context, &file.name, &Body::Bytes(file.bytes))? {
        Err((status, phrase)) => refuse(status, phrase),
        Ok(waiting) => {
            let now = outside.now();
            outside.change(move |conn| sql_files::add(conn, id, &waiting, now))?;
            Ok(Response::see_other(format!("/settings/canned-replies/{id}?saved=1")))
        }
    }
}

/// Takes a file off a text; messages that were sent with it keep theirs.
pub fn delete(cx: &Cx, id: CannedReplyId) -> Result<Response> {
    web_settings::managed(cx, id)?;
    sql_files::remove(cx.conn, id, cx.form.text("token"))?;
    Ok(Response::see_other(format!("/settings/canned-replies/{id}?saved=1")))
}

/// Gives a file to a person who manages its text.
pub fn show(cx: &Cx, id: CannedReplyId, token: &str) -> Result<Response> {
    web_settings::managed(cx, id)?;
    let file = sql_files::of(cx.conn, id)?.into_iter().find(|file| file.token == token).ok_or(Error::NotFound)?;
    Ok(served(cx.context, &file.token, &file.name, &file.media_type))
}

/// Puts a text's files into a conversation's composer: each as a waiting one of the person's own, as JSON.
pub fn copy(outside: &mut Outside, request: &Request, conversation: &str, id: &str) -> Result<Response> {
    let (conversation, id): (ConversationId, CannedReplyId) = (http::key(conversation)?, http::key(id)?);
    let Some(agent) = sessions::anybody(outside, request)? else { return Ok(nobody()) };
    let files = outside.read(|conn| {
        let place = conversations::sql::find(conn, conversation)?.require_reader(&agent)?;
        let reply: CannedReply = sql::find(conn, id)?;
        if !reply.is_offered_to(agent.id, place.department) {
            return Err(Error::NotFound);
        }
        sql_files::of(conn, id)
    })?;
    let (by, now, folder) = (Uploader::Agent(agent.id, conversation), outside.now(), folder(&outside.context));
    let mut copies = Vec::new();
    for file in files {
        let waiting = WaitingFile { token: token::random()?, ..file.clone() };
        let (from, to) = (folder.join(&file.token), folder.join(&waiting.token));
        // The bytes are never changed: a second name for them is enough, where the disk knows such.
        if fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to)?;
        }
        copies.push(waiting);
    }
    fs::File::open(&folder)?.sync_all()?;
    let copies = outside.change(move |conn| {
        copies.iter().try_for_each(|waiting| attachments::sql::create(conn, waiting, by, now))?;
        Ok(copies)
    })?;
    Response::json(&copies)
}
