//! Requests and responses as plain values: all that the server, the edge and the handlers share.

use std::borrow::Cow;
use std::net::IpAddr;
use std::path::PathBuf;

use maud::Markup;

use crate::platform::error::{Error, Result};
use crate::platform::web::form::Form;

/// The methods that the application answers; the edge refuses the others with 405. HEAD reaches handlers as `Get`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Options,
}

/// A request's body: small ones in memory, larger ones (over 256 KiB) in a file that the edge spooled.
#[derive(Debug)]
pub enum Body {
    Bytes(Vec<u8>),
    /// The edge deletes the file after the exchange; a handler that keeps it renames it away.
    Spooled(PathBuf),
}

/// One request, already bounded and cleaned by the edge.
#[derive(Debug)]
pub struct Request {
    pub method: Method,
    /// Percent-encoded path without the query, always starting with `/`.
    pub path: String,
    pub query: Form,
    /// Names in lower case, in the order of arrival.
    pub headers: Vec<(String, String)>,
    pub body: Body,
    /// The client's address as the edge saw it.
    pub peer: IpAddr,
    /// Whether the client came over TLS.
    pub secure: bool,
}

impl Request {
    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The authority that the client asked for, e.g. `balcao.example:8080`.
    pub fn host(&self) -> &str {
        self.header("host").unwrap_or("")
    }

    /// `scheme://host`, as the client sees this server.
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.secure { "https" } else { "http" }, self.host())
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let header = self.header("cookie")?;
        cookie::Cookie::split_parse(header)
            .flatten()
            .find(|found| found.name() == name)
            .map(|found| found.value().to_owned())
    }

    /// Path segments, percent-decoded; an invalid escape makes the whole path unknown.
    pub fn segments(&self) -> Option<Vec<String>> {
        self.path.split('/').skip(1).map(crate::platform::web::form::decode_path).collect()
    }
}

/// What the client gets: bytes, a file that the edge sends from disk (with ranges), or an event stream that the edge holds.
#[derive(Debug)]
pub enum Answer {
    Bytes(Cow<'static, [u8]>),
    File(PathBuf),
    Stream(Stream),
}

/// An event stream: the handler names it and is free at once; the edge holds it.
#[derive(Debug)]
pub struct Stream {
    /// Topics to follow, each of `[a-z0-9:-]`, e.g. `department:3`.
    pub topics: Vec<String>,
    /// Events up to this one are in `backlog` or known to the client; the edge goes on after it.
    pub after: i64,
    /// Frames to send first, already in the wire format of `text/event-stream`.
    pub backlog: String,
    /// Who listens, e.g. `agent:5`, told to `Live::opened` and `Live::closed`; empty for nobody in particular.
    pub listener: String,
}

/// One response.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(Cow<'static, str>, String)>,
    pub answer: Answer,
}

impl Response {
    /// A response of any status with text of a type.
    pub fn new(status: u16, content_type: &str, body: impl Into<Cow<'static, [u8]>>) -> Self {
        Self {
            status,
            headers: vec![(Cow::Borrowed("content-type"), content_type.to_owned())],
            answer: Answer::Bytes(body.into()),
        }
    }

    /// 200 with a page or a fragment.
    pub fn html(markup: Markup) -> Self {
        Self::new(200, "text/html; charset=utf-8", markup.into_string().into_bytes())
    }

    /// 422: the same form again, with what was typed and what is wrong.
    pub fn invalid(markup: Markup) -> Self {
        Self { status: 422, ..Self::html(markup) }
    }

    /// 200 with JSON.
    pub fn json(value: &impl serde::Serialize) -> Result<Self> {
        Ok(Self::new(200, "application/json", serde_json::to_vec(value)?))
    }

    /// 303 to another address of this application.
    pub fn see_other(location: impl Into<String>) -> Self {
        Self::new(303, "text/plain; charset=utf-8", &b""[..]).with("location", location)
    }

    /// 204.
    pub fn nothing() -> Self {
        Self { status: 204, headers: Vec::new(), answer: Answer::Bytes(Cow::Borrowed(b"")) }
    }

    /// A stream of events.
    pub fn stream(stream: Stream) -> Self {
        Self {
            status: 200,
            headers: vec![
                (Cow::Borrowed("content-type"), "text/event-stream".to_owned()),
                (Cow::Borrowed("cache-control"), "no-store".to_owned()),
            ],
            answer: Answer::Stream(stream),
        }
    }

    /// A file from disk, under the type that the caller vouches for.
    pub fn file(path: PathBuf, content_type: &str) -> Self {
        Self {
            status: 200,
            headers: vec![(Cow::Borrowed("content-type"), content_type.to_owned())],
            answer: Answer::File(path),
        }
    }

    /// The same with one more header. Names in lower case.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as text, for tests and for the compressor; empty for files and streams.
    pub fn bytes(&self) -> &[u8] {
        match &self.answer {
            Answer::Bytes(bytes) => bytes,
            Answer::File(_) | Answer::Stream(_) => b"",
        }
    }
}

/// A row's id out of a path segment.
pub fn key<Id: From<i64>>(segment: &str) -> Result<Id> {
    match segment.parse::<i64>() {
        Ok(id) if id > 0 && segment.len() <= 18 => Ok(Id::from(id)),
        _ => Err(Error::NotFound),
    }
}

/// The fields of a form body; other types have none.
pub fn posted(request: &Request) -> Form {
    match &request.body {
        Body::Bytes(bytes)
            if request
                .header("content-type")
                .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) =>
        {
            Form::parse(bytes)
        }
        _ => Form::default(),
    }
}

/// The client's address for throttling: IPv6 by its /64, for that is what one customer gets.
pub fn network_of(peer: IpAddr) -> String {
    match peer {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}
