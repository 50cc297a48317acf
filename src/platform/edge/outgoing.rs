//! The bodies that go to clients.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};

use super::file_body::FileBody;
use super::socket::ActiveExchange;
use super::streams::StreamBody;

/// What is sent.
pub(super) enum Payload {
    Bytes(Bytes),
    /// Nothing, although the head tells a length: the answer to HEAD.
    Length(u64),
    File(FileBody),
    Stream(StreamBody),
}

/// A body and the exchange that it belongs to.
pub(super) struct Outgoing {
    what: Payload,
    active: Option<ActiveExchange>,
}

impl Outgoing {
    pub(super) fn new(what: Payload) -> Self {
        Self { what, active: None }
    }

    /// What its head tells as its length.
    pub(super) fn length(&self) -> u64 {
        self.size_hint().exact().unwrap_or(0)
    }

    /// The exchange lasts as long as its body.
    pub(super) fn during(mut self, active: ActiveExchange) -> Self {
        self.active = Some(active);
        self
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match &mut self.get_mut().what {
            Payload::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Payload::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Payload::Length(_) => Poll::Ready(None),
            Payload::File(file) => file.poll(cx).map(|next| next.map(|bytes| bytes.map(Frame::data))),
            Payload::Stream(stream) => stream.poll(cx).map(|next| next.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.what {
            Payload::Bytes(bytes) => bytes.is_empty(),
            Payload::File(file) => file.rest() == 0,
            Payload::Length(_) | Payload::Stream(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.what {
            Payload::Bytes(bytes) => SizeHint::with_exact(u64::try_from(bytes.len()).unwrap_or(u64::MAX)),
            Payload::Length(length) => SizeHint::with_exact(*length),
            Payload::File(file) => SizeHint::with_exact(file.rest()),
            Payload::Stream(_) => SizeHint::default(),
        }
    }
}

/// An answer of the edge's own: the status in words, and no more.
pub(super) fn refusal(status: StatusCode) -> Response<Outgoing> {
    let text = status.canonical_reason().unwrap_or("").as_bytes();
    let mut response = Response::new(Outgoing::new(Payload::Bytes(Bytes::from_static(text))));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST, OPTIONS"));
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    response
}
