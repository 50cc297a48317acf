//! Taking files in, giving them out, and dropping those that nobody sent.

use std::fs::{self};

use super::{Uploader, sql};
use crate::app::Outside;
use crate::desk::attachments::store::{answer, file, folder, gone, take};
use crate::desk::conversations::{self, ConversationId};
use crate::platform::error::{Error, Result};
use crate::platform::time::DAY;
use crate::platform::web::http::{Request, Response};
use crate::platform::web::{http, token};
use crate::team::agents;
use crate::team::sessions::cookie_name;
use crate::team::visit::Cx;

/// Takes a file from an agent who sees the conversation; the body is the file, its name stands in the query.
pub fn create(outside: &mut Outside, request: &Request, id: &str) -> Result<Response> {
    let id: ConversationId = http::key(id)?;
    let now = outside.now();
    let value = request.cookie(cookie_name(request.secure)).unwrap_or_default();
    let found = outside.read(|conn| {
        let Some((_, agent)) = agents::sql::by_session(conn, &token::digest(&value), now)? else { return Ok(None) };
        conversations::sql::find(conn, id)?.require_reader(&agent)?;
        Ok(Some(agent))
    })?;
    let Some(agent) = found else { return Ok(Response::new(401, "text/plain; charset=utf-8", &b""[..])) };
    answer(take(outside, request, Uploader::Agent(agent.id, id))?, agent.language)
}

/// Gives a file to a person who may see its conversation; a waiting one to its uploader alone.
pub fn show(cx: &Cx, id: ConversationId, token: &str) -> Result<Response> {
    conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let stored = sql::find(cx.conn, token)?;
    let others = stored.waits_for.is_some_and(|uploader| uploader != Uploader::Agent(cx.agent.id, id));
    if others || stored.conversation != Some(id) { Err(Error::NotFound) } else { Ok(file(cx.context, &stored)) }
}

/// Drops files that have waited for a message for a day, and bytes that no row knows.
pub fn drop_waiting(outside: &mut Outside) -> Result<()> {
    let before = outside.now().plus(-DAY);
    let tokens = outside.change(move |conn| sql::drop_waiting(conn, before))?;
    let folder = folder(&outside.context);
    for token in tokens {
        gone(fs::remove_file(folder.join(token)))?;
    }
    let entries = match fs::read_dir(&folder) {
        // The first file makes it.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    for entry in entries {
        let entry = entry?;
        // A young one may be on its way to its row.
        let old = entry.metadata()?.modified()?.elapsed().is_ok_and(|age| age.as_secs() > 86_400);
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if old && !outside.read(|conn| sql::is_known(conn, &name))? {
            gone(fs::remove_file(entry.path()))?;
        }
    }
    Ok(())
}
