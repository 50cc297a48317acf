//! The application's server: tiny_http on a Unix socket behind the edge, and the worker threads.

use std::fs;
use std::io::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use crate::platform::error::{Error, Result};
use crate::platform::web::crew::Crew;
use crate::platform::web::form::Form;
use crate::platform::web::gzip::{Compressors, takes_gzip};
use crate::platform::web::http::{Answer, Body, Method, Request, Response};
use crate::platform::web::inner;

/// What the workers call.
pub type Handler = Arc<dyn Fn(Request) -> Response + Send + Sync>;

/// Enough for a handler; only touched pages cost memory.
const STACK: usize = 512 * 1024;
/// More than the edge keeps in memory of one body.
const LARGEST_BODY: usize = 1024 * 1024;

/// The running server; `stop` ends it.
pub struct Server {
    listener: Arc<tiny_http::Server>,
    crew: Arc<Crew>,
    stopping: Arc<AtomicBool>,
    workers: Mutex<Vec<JoinHandle<()>>>,
    socket: PathBuf,
}

/// Listens on the Unix socket (its folder is closed to other users) and starts the workers.
pub fn serve(socket: &Path, handler: Handler, workers: usize) -> Result<Server> {
    if let Some(folder) = socket.parent() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    match fs::remove_file(socket) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause.into()),
        _ => {}
    }
    let listener = tiny_http::Server::http_unix(socket)
        .map_err(|cause| Error::Internal(format!("cannot listen on {}: {cause}", socket.display())))?;
    let listener = Arc::new(listener);
    let stopping = Arc::new(AtomicBool::new(false));
    let (crew, compressors) = (Arc::new(Crew::default()), Arc::new(Compressors::default()));
    let mut threads = Vec::with_capacity(workers);
    for number in 0..workers {
        let listener = listener.clone();
        let shared = ServerState {
            crew: crew.clone(),
            stopping: stopping.clone(),
            handler: handler.clone(),
            compressors: compressors.clone(),
        };
        let thread = std::thread::Builder::new().name(format!("worker {number}")).stack_size(STACK);
        threads.push(thread.spawn(move || work(&listener, &shared))?);
    }
    Ok(Server { listener, crew, stopping, workers: Mutex::new(threads), socket: socket.to_owned() })
}

impl Server {
    /// Answers what has already arrived, then ends the workers. Stop the edge first.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        let threads = std::mem::take(&mut *self.workers.lock().unwrap_or_else(PoisonError::into_inner));
        self.crew.stop();
        for _ in &threads {
            self.listener.unblock();
        }
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a worker had panicked");
            }
        }
    }

    /// Where the server listens.
    pub fn socket(&self) -> &Path {
        &self.socket
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What the workers share.
struct ServerState {
    crew: Arc<Crew>,
    stopping: Arc<AtomicBool>,
    handler: Handler,
    compressors: Arc<Compressors>,
}

fn work(listener: &tiny_http::Server, shared: &ServerState) {
    let ServerState { crew, stopping, handler, compressors: gzip } = shared;
    loop {
        crew.line_up();
        let received = listener.recv();
        crew.leave();
        match received {
            Ok(request) => {
                if let Err(cause) = exchange(request, handler, gzip) {
                    tracing::warn!(%cause, "an answer did not reach the edge");
                }
            }
            Err(_) if stopping.load(Ordering::Acquire) => return,
            Err(cause) => tracing::error!(%cause, "the inner server"),
        }
    }
}

fn exchange(mut outer: tiny_http::Request, handler: &Handler, compressors: &Compressors) -> io::Result<()> {
    let head_only = *outer.method() == tiny_http::Method::Head;
    let mut response = if outer.url() == inner::READY {
        Response::nothing()
    } else {
        match rebuild(&mut outer) {
            Ok(request) => {
                let gzip = request.header("accept-encoding").is_some_and(takes_gzip);
                let mut response = call(handler, request);
                if gzip {
                    compressors.apply(&mut response);
                }
                response
            }
            Err(why) => plain(400, why),
        }
    };
    let head = head(&response).unwrap_or_else(|header| {
        tracing::error!(header, "a header of an answer holds a line break or is no header at all");
        response = plain(500, "Internal Server Error");
        head(&response).unwrap_or_default()
    });
    let body: &[u8] = match &response.answer {
        Answer::Bytes(bytes) if !head_only && may_have_body(response.status) => bytes,
        Answer::Stream(stream) if !head_only => stream.backlog.as_bytes(),
        Answer::Bytes(_) | Answer::File(_) | Answer::Stream(_) => b"",
    };
    // One write, so that the edge wakes once.
    let mut wire = head;
    wire.extend_from_slice(body);
    let mut writer = outer.into_writer();
    writer.write_all(&wire)?;
    writer.flush()
}

fn call(handler: &Handler, request: Request) -> Response {
    let place = request.path.clone();
    catch_unwind(AssertUnwindSafe(|| handler(request))).unwrap_or_else(|_| {
        tracing::error!(path = place, "a handler panicked");
        plain(500, "Internal Server Error")
    })
}

fn plain(status: u16, text: &'static str) -> Response {
    Response::new(status, "text/plain; charset=utf-8", text.as_bytes())
}

fn rebuild(outer: &mut tiny_http::Request) -> Result<Request, &'static str> {
    let method = match outer.method() {
        tiny_http::Method::Get | tiny_http::Method::Head => Method::Get,
        tiny_http::Method::Post => Method::Post,
        tiny_http::Method::Options => Method::Options,
        _ => return Err("no such method"),
    };
    let (path, query) = outer.url().split_once('?').unwrap_or((outer.url(), ""));
    let (path, query) = (path.to_owned(), Form::parse(query.as_bytes()));
    let mut headers = Vec::with_capacity(outer.headers().len());
    let mut peer = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    let mut secure = false;
    let mut spooled = None;
    for header in outer.headers() {
        let name = header.field.as_str().as_str().to_ascii_lowercase();
        let value = header.value.as_str();
        match name.as_str() {
            inner::PEER => peer = value.parse().map_err(|_| "no address")?,
            inner::SECURE => secure = true,
            inner::BODY => spooled = Some(inner::decode_path(value).ok_or("no path")?),
            _ => headers.push((name, value.to_owned())),
        }
    }
    let body = match spooled {
        Some(file) => Body::Spooled(file),
        None => Body::Bytes(read(outer)?),
    };
    Ok(Request { method, path, query, headers, body, peer, secure })
}

fn read(outer: &mut tiny_http::Request) -> Result<Vec<u8>, &'static str> {
    let length = outer.body_length().unwrap_or(0);
    if length > LARGEST_BODY {
        return Err("a body that should have been a file");
    }
    let mut bytes = Vec::with_capacity(length);
    if length > 0 {
        outer.as_reader().read_to_end(&mut bytes).map_err(|_| "a body that broke off")?;
    }
    Ok(bytes)
}

/// The head as it goes over the wire, or the name of a header that would break it.
fn head(response: &Response) -> Result<Vec<u8>, String> {
    let length = match &response.answer {
        Answer::Bytes(bytes) => bytes.len(),
        Answer::File(_) => 0,
        Answer::Stream(stream) => stream.backlog.len(),
    };
    let mut out = Vec::with_capacity(512 + length);
    out.extend_from_slice(format!("HTTP/1.1 {} -\r\n", response.status.clamp(200, 599)).as_bytes());
    for (name, value) in &response.headers {
        if matches!(name.as_ref(), "content-length" | "transfer-encoding" | "connection") {
            continue;
        }
        push(&mut out, name, value)?;
    }
    match &response.answer {
        Answer::Bytes(_) => {}
        Answer::File(path) => push(&mut out, inner::FILE, &inner::encode_path(path))?,
        Answer::Stream(stream) => {
            push(&mut out, inner::TOPICS, &stream.topics.join(" "))?;
            push(&mut out, inner::AFTER, &stream.after.to_string())?;
            push(&mut out, inner::LISTENER, &stream.listener)?;
        }
    }
    if may_have_body(response.status) {
        push(&mut out, "content-length", &length.to_string())?;
    }
    out.extend_from_slice(b"\r\n");
    Ok(out)
}

fn push(out: &mut Vec<u8>, name: &str, value: &str) -> Result<(), String> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if name.is_empty()
        || !name.bytes().all(token)
        || value.bytes().any(|byte| byte < 0x20 && byte != b'\t' || byte == 0x7f)
    {
        return Err(name.to_owned());
    }
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value.as_bytes());
    out.extend_from_slice(b"\r\n");
    Ok(())
}

fn may_have_body(status: u16) -> bool {
    status != 204 && status != 304
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_with_a_line_break_is_refused() {
        let response = Response::nothing().with("location", "/a\r\nset-cookie: x=1");
        assert_eq!(head(&response), Err("location".to_owned()));
    }
}
