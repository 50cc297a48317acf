//! A visitor's files: taken where the chat takes any, given out to those whose conversation they are in.

use crate::desk::attachments::store;
use std::sync::Arc;

use super::web::{ChatRefusal, answer, caller};
use crate::app::Outside;
use crate::desk::attachments::{self, Uploader};
use crate::platform::error::{Error, Result};
use crate::platform::text::{Language, web_chat as t};
use crate::platform::web::http::{Request, Response};
use crate::team::visit::Visit;

/// Takes a file, whose name stands in the query.
pub fn create(outside: &mut Outside, request: &Request, key: &str) -> Result<Response> {
    let language = Language::from_header(request.header("accept-language").unwrap_or(""));
    let context = Arc::clone(&outside.context);
    match outside.read(|conn| Ok(caller(conn, &context, request, key)))? {
        Ok(caller) if caller.attachments => {
            let taken = store::take(outside, request, Uploader::Visitor(caller.identity))?;
            store::answer(taken, language)
        }
        Ok(_) => answer(language, Err(ChatRefusal::Says(403, t::NO_FILES))),
        Err(refused) => answer(language, Err(refused)),
    }
}

/// Gives a file of the visitor's own conversations; a note's files are unknown here.
pub fn show(visit: &Visit, key: &str, token: &str) -> Result<Response> {
    answer(visit.language, give(visit, key, token))
}

fn give(visit: &Visit, key: &str, token: &str) -> Result<Response, ChatRefusal> {
    let caller = caller(visit.conn, visit.context, visit.request, key)?;
    let stored = attachments::sql::find(visit.conn, token)?;
    // What an agent has not sent yet is the agent's own.
    let unsent = stored.waits_for.is_some_and(|uploader| uploader != Uploader::Visitor(caller.identity));
    if stored.noted || unsent || stored.identity != Some(caller.identity) {
        return Err(Error::NotFound.into());
    }
    Ok(store::file(visit.context, &stored))
}
