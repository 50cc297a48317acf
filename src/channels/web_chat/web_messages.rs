//! What a visitor writes and reads: messages, history, the stream of events.

use crate::desk::events::stream;
use std::borrow::Cow;

use serde::Serialize;
use serde_json::json;

use super::web::{ChatRefusal, answer, caller, read_json};
use super::{VisibleConversation, VisibleMessage, VisitorMessage, sql};
use crate::channels::acts;
use crate::desk::attachments::{self, Uploader};
use crate::desk::conversations;
use crate::desk::messages::MessageId;
use crate::platform::error::Result;
use crate::platform::text::attachments as file;
use crate::platform::web::http::Response;
use crate::team::visit::Visit;

/// Messages at a time.
const PAGE: usize = 50;
/// After a lost connection more come at once.
const CATCH_UP: usize = 200;

/// A page of history with all that the chat shows around it.
#[derive(Serialize)]
struct History {
    conversation: Option<VisibleConversation>,
    messages: Vec<VisibleMessage>,
    /// Whether there is more in the direction that was asked for.
    more: bool,
    /// The first and the last message of the page, hidden ones counted.
    first: Option<MessageId>,
    last: Option<MessageId>,
    /// The newest event of this snapshot: the stream goes on after it.
    event: i64,
}

/// The newest messages, those before one, or those after one.
pub fn index(visit: &Visit, key: &str) -> Result<Response> {
    answer(visit.language, history(visit, key))
}

fn history(visit: &Visit, key: &str) -> Result<Response, ChatRefusal> {
    let caller = caller(visit.conn, visit.context, visit.request, key)?;
    let page = match visit.form.number("after") {
        Some(after) => sql::after(visit.conn, caller.identity, MessageId(after), CATCH_UP)?,
        None => sql::before(visit.conn, caller.identity, visit.form.number("before").map(MessageId), PAGE)?,
    };
    let history = History {
        conversation: sql::current(visit.conn, caller.identity)?.map(|current| current.visible()),
        more: page.more,
        first: page.messages.first().map(|stored| stored.id),
        last: page.messages.last().map(|stored| stored.id),
        messages: page.messages.into_iter().filter_map(|stored| VisibleMessage::of(stored, visit.language)).collect(),
        event: crate::platform::events::sql::newest(visit.conn)?,
    };
    Ok(Response::json(&history)?)
}

/// Takes a message; the answer says that it is on disk.
pub fn create(visit: &Visit, key: &str) -> Result<Response> {
    answer(visit.language, receive(visit, key))
}

fn receive(visit: &Visit, key: &str) -> Result<Response, ChatRefusal> {
    let caller = caller(visit.conn, visit.context, visit.request, key)?;
    let sent: VisitorMessage = read_json(visit.request)?;
    if let Some(problem) = sent.problem() {
        return Err(ChatRefusal::Says(422, problem));
    }
    // SQLite's own functions end a text at NUL.
    let body = if sent.body.contains('\0') { Cow::Owned(sent.body.replace('\0', "")) } else { Cow::from(&sent.body) };
    let external_id = (!sent.key.is_empty()).then_some(sent.key.as_str());
    let (channel, identity) = (&caller.channel, caller.identity);
    let received = acts::receive(visit.conn, channel, identity, &body, external_id, &visit.company.zone, visit.now)?;
    if !received.repeated && !sent.files.is_empty() {
        let by = Uploader::Visitor(identity);
        let files: Vec<&str> = sent.files.iter().map(String::as_str).collect();
        let names = attachments::sql::bind(visit.conn, &files, by, received.conversation, received.message)?;
        if names.len() != files.len() {
            return Err(ChatRefusal::Says(422, file::GONE));
        }
        if body.trim().is_empty() {
            conversations::sql::show_line(visit.conn, received.conversation, &format!("📎 {}", names.join(", ")))?;
        }
    }
    Ok(Response::json(&json!({ "id": received.message, "repeated": received.repeated }))?)
}

/// What happens in the visitor's conversations, as it happens.
pub fn events(visit: &Visit, key: &str) -> Result<Response> {
    match caller(visit.conn, visit.context, visit.request, key) {
        Ok(caller) => {
            let topics = vec![format!("chat:{}", caller.identity)];
            stream::stream(visit, topics, format!("visitor:{}", caller.identity))
        }
        Err(refused) => answer(visit.language, Err(refused)),
    }
}
