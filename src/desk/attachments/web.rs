//! Taking files in, giving them out, and dropping those that nobody sent.

use crate::platform::web::http;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use rusqlite::Connection;
use serde_json::json;

use super::{HEAD, Stored, Uploader, Waiting, check, sql};
use crate::app::{Context, Outside};
use crate::desk::canned_replies;
use crate::desk::conversations::{self, ConversationId};
use crate::platform::error::{Error, Result};
use crate::platform::files::{clean_name, disposition};
use crate::platform::text::{Language, Phrase};
use crate::platform::time::DAY;
use crate::platform::web::http::{Body, Request, Response};
use crate::platform::web::token;
use crate::team::agents;
use crate::team::company;
use crate::team::sessions::cookie_name;
use crate::team::visit::Cx;
use crate::tickets;

/// The folder of the files.
pub fn folder(context: &Context) -> PathBuf {
    context.data.join("files")
}

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

/// What became of an upload, as JSON.
pub fn answer(taken: Result<Waiting, (u16, Phrase)>, language: Language) -> Result<Response> {
    match taken {
        Ok(waiting) => Response::json(&waiting),
        Err((status, phrase)) => Ok(Response { status, ..Response::json(&json!({ "error": phrase.say(language) }))? }),
    }
}

/// Checks and stores a file for an uploader whose right to it was checked before. The row is written when the bytes are
/// on disk, so that no row points at nothing.
pub fn take(outside: &mut Outside, request: &Request, by: Uploader) -> Result<Result<Waiting, (u16, Phrase)>> {
    let waiting = match receive(&outside.context, request)? {
        Ok(waiting) => waiting,
        Err(refused) => return Ok(Err(refused)),
    };
    let now = outside.now();
    outside.change(move |conn| sql::create(conn, &waiting, by, now).map(|()| Ok(waiting)))
}

/// Checks a file and brings its bytes to disk; the row that knows it is the caller's.
pub fn receive(context: &Context, request: &Request) -> Result<Result<Waiting, (u16, Phrase)>> {
    keep(context, request.query.text("name"), &request.body)
}

/// The same for a file that came in another way.
pub fn keep(context: &Context, name: &str, body: &Body) -> Result<Result<Waiting, (u16, Phrase)>> {
    let name = clean_name(name);
    let (size, head) = match body {
        Body::Bytes(bytes) => (bytes.len() as u64, bytes[..bytes.len().min(HEAD)].to_vec()),
        Body::Spooled(path) => {
            let mut head = Vec::new();
            let file = File::open(path)?;
            let size = file.metadata()?.len();
            file.take(HEAD as u64).read_to_end(&mut head)?;
            (size, head)
        }
    };
    let media_type = match check(size, &head, &name) {
        Ok(media_type) => media_type.to_owned(),
        Err(refused) => return Ok(Err(refused)),
    };
    let waiting = Waiting { token: token::random()?, name, media_type, size };
    store(context, body, &waiting.token)?;
    Ok(Ok(waiting))
}

/// Brings the bytes into the folder, on disk.
fn store(context: &Context, body: &Body, token: &str) -> Result<()> {
    let folder = folder(context);
    fs::create_dir_all(&folder)?;
    let path = folder.join(token);
    match body {
        Body::Bytes(bytes) => {
            let mut file = File::create_new(&path)?;
            file.write_all(bytes)?;
            file.sync_all()?;
        }
        Body::Spooled(spooled) => {
            // The spool may lie on another disk.
            if fs::rename(spooled, &path).is_err() {
                fs::copy(spooled, &path)?;
            }
            File::open(&path)?.sync_all()?;
        }
    }
    File::open(&folder)?.sync_all()?;
    Ok(())
}

/// Gives a file to a person who may see its conversation; a waiting one to its uploader alone.
pub fn show(cx: &Cx, id: ConversationId, token: &str) -> Result<Response> {
    conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let stored = sql::find(cx.conn, token)?;
    let others = stored.waits_for.is_some_and(|uploader| uploader != Uploader::Agent(cx.agent.id, id));
    if others || stored.conversation != Some(id) { Err(Error::NotFound) } else { Ok(file(cx.context, &stored)) }
}

/// The file as an answer: never run, never guessed at, images in place, everything else as a download.
pub fn file(context: &Context, stored: &Stored) -> Response {
    served(context, &stored.token, &stored.name, &stored.media_type)
}

/// The same for a file that another noun keeps the row of.
pub fn served(context: &Context, token: &str, name: &str, media_type: &str) -> Response {
    Response::file(folder(context).join(token), media_type)
        .with("content-disposition", disposition(name, media_type))
        .with("content-security-policy", "default-src 'none'; sandbox")
        .with("cache-control", "private, max-age=86400")
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
        // The company's logo and the files of other nouns lie here too.
        let known = |conn: &Connection| {
            Ok(sql::exists(conn, &name)?
                || company::sql::is_logo(conn, &name)?
                || tickets::sql_entries::is_file(conn, &name)?
                || canned_replies::sql_files::is_file(conn, &name)?)
        };
        if old && !outside.read(known)? {
            gone(fs::remove_file(entry.path()))?;
        }
    }
    Ok(())
}

/// A file that is missing already is dropped as well.
fn gone(removed: std::io::Result<()>) -> Result<()> {
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
