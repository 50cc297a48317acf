//! Bytes of files: brought to disk, given out. The row that knows them is the caller's.

use std::fs;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use serde_json::json;

use super::{HEAD, StoredFile, Uploader, WaitingFile, check, sql};
use crate::app::{Context, Outside};
use crate::platform::error::Result;
use crate::platform::files::{clean_name, disposition};
use crate::platform::text::{Language, Phrase};
use crate::platform::web::http::{Body, Request, Response};
use crate::platform::web::token;

/// The folder of the files.
pub fn folder(context: &Context) -> PathBuf {
    context.data.join("files")
}

/// What became of an upload, as JSON.
pub fn answer(taken: Result<WaitingFile, (u16, Phrase)>, language: Language) -> Result<Response> {
    match taken {
        Ok(waiting) => Response::json(&waiting),
        Err((status, phrase)) => Ok(Response { status, ..Response::json(&json!({ "error": phrase.say(language) }))? }),
    }
}

/// Checks and stores a file for an uploader whose right to it was checked before. The row is written when the bytes are
/// on disk, so that no row points at nothing.
pub fn take(outside: &mut Outside, request: &Request, by: Uploader) -> Result<Result<WaitingFile, (u16, Phrase)>> {
    let waiting = match receive(&outside.context, request)? {
        Ok(waiting) => waiting,
        Err(refused) => return Ok(Err(refused)),
    };
    let now = outside.now();
    outside.change(move |conn| sql::create(conn, &waiting, by, now).map(|()| Ok(waiting)))
}

/// Checks a file and brings its bytes to disk; the row that knows it is the caller's.
pub fn receive(context: &Context, request: &Request) -> Result<Result<WaitingFile, (u16, Phrase)>> {
    keep(context, request.query.text("name"), &request.body)
}

/// The same for a file that came in another way.
pub fn keep(context: &Context, name: &str, body: &Body) -> Result<Result<WaitingFile, (u16, Phrase)>> {
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
    let waiting = WaitingFile { token: token::random()?, name, media_type, size };
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

/// The file as an answer: never run, never guessed at, images in place, everything else as a download.
pub fn file(context: &Context, stored: &StoredFile) -> Response {
    served(context, &stored.token, &stored.name, &stored.media_type)
}

/// The same for a file that another noun keeps the row of.
pub fn served(context: &Context, token: &str, name: &str, media_type: &str) -> Response {
    Response::file(folder(context).join(token), media_type)
        .with("content-disposition", disposition(name, media_type))
        .with("content-security-policy", "default-src 'none'; sandbox")
        .with("cache-control", "private, max-age=86400")
}

/// A file that is missing already is dropped as well.
pub fn gone(removed: std::io::Result<()>) -> Result<()> {
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
