//! The bodies that go to clients.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{self, HeaderValue};
use hyper::{Response, StatusCode};

use super::file_body::FileBody;
use super::socket::Active;
use super::streams::StreamBody;

/// What is sent.
pub(super) enum What {
    Bytes(Bytes),
    /// Nothing, although the head tells a length: the answer to HEAD.
    Length(u64),
    File(FileBody),
    Stream(StreamBody),
}

/// A body and the exchange that it belongs to.
pub(super) struct Outgoing {
    what: What,
    active: Option<Active>,
}

impl Outgoing {
    pub(super) fn new(what: What) -> Self {
        Self { what, active: None }
    }

    /// What its head tells as its length.
    pub(super) fn length(&self) -> u64 {
        self.size_hint().exact().unwrap_or(0)
    }

    /// The exchange lasts as long as its body.
    pub(super) fn during(mut self, active: Active) -> Self {
        self.active = Some(active);
        self
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match &mut self.get_mut().what {
            What::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            What::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            What::Length(_) => Poll::Ready(None),
            What::File(file) => file.poll(cx).map(|next| next.map(|bytes| bytes.map(Frame::data))),
            What::Stream(stream) => stream.poll(cx).map(|next| next.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.what {
            What::Bytes(bytes) => bytes.is_empty(),
            What::File(file) => file.rest() == 0,
            What::Length(_) | What::Stream(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.what {
            What::Bytes(bytes) => SizeHint::with_exact(u64::try_from(bytes.len()).unwrap_or(u64::MAX)),
            What::Length(length) => SizeHint::with_exact(*length),
            What::File(file) => SizeHint::with_exact(file.rest()),
            What::Stream(_) => SizeHint::default(),
        }
    }
}

/// An answer of the edge's own: the status in words, and no more.
pub(super) fn refusal(status: StatusCode) -> Response<Outgoing> {
    let text = status.canonical_reason().unwrap_or("").as_bytes();
    let mut response = Response::new(Outgoing::new(What::Bytes(Bytes::from_static(text))));
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
