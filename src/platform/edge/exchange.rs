//! One request: judged, collected, put to the application, answered.

use std::sync::Arc;

use hyper::body::{Body as _, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode, Version};

use super::files;
use super::gate::watched;
use super::limits::Budget;
use super::outgoing::{Outgoing, Payload, refusal};
use super::socket::{ActiveExchange, Conn};
use super::spool::Bodies;
use super::streams::{Hub, StreamRequest};
use super::upstream::{Failure, Outbound, Upstream};
use super::wire::{Envelope, UpstreamAnswer};
use crate::platform::web::inner;

/// Longer addresses are no address of this application.
const LONGEST_URI: usize = 8 << 10;

/// All that an exchange needs.
pub(super) struct Exchanges {
    pub(super) upstream: Arc<Upstream>,
    pub(super) bodies: Bodies,
    pub(super) hub: Arc<Hub>,
    pub(super) memory: Arc<Budget>,
    /// Open files, each counted as one.
    pub(super) files: Arc<Budget>,
}

impl Exchanges {
    /// Answers one request of a connection.
    pub(super) async fn answer(&self, conn: &Arc<Conn>, request: Request<Incoming>) -> Response<Outgoing> {
        let active = ActiveExchange::new(conn);
        let (method, version) = (request.method().clone(), request.version());
        let has_body = !request.body().is_end_stream();
        let mut response = match self.try_answer(conn, request).await {
            Ok(response) => response,
            Err(status) => {
                let mut response = refusal(status);
                // The rest of the body is not read, so that the connection is of no more use.
                if has_body && version < Version::HTTP_2 {
                    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                response
            }
        };
        if conn.secure {
            let year = HeaderValue::from_static("max-age=31536000");
            response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, year);
        }
        if method == Method::HEAD {
            let length = response.body().length();
            response = response.map(|_| Outgoing::new(Payload::Length(length)));
        }
        response.map(|body| body.during(active))
    }

    async fn try_answer(&self, conn: &Arc<Conn>, request: Request<Incoming>) -> Result<Response<Outgoing>, StatusCode> {
        let (parts, body) = request.into_parts();
        if ![Method::GET, Method::HEAD, Method::POST, Method::OPTIONS].contains(&parts.method) {
            return Err(StatusCode::METHOD_NOT_ALLOWED);
        }
        let host = host(&parts)?;
        judge(&parts, conn, &host)?;
        let has_body = !body.is_end_stream();
        let collected = match parts.method {
            Method::POST if has_body => {
                let patient = parts.version < Version::HTTP_2 && !parts.headers.contains_key(header::EXPECT);
                let largest = self.bodies.largest(parts.uri.path());
                self.bodies.collect(body, largest, patient).await?
            }
            Method::POST => self.bodies.none(),
            // A GET with a body is somebody's attack or mistake.
            _ if has_body => return Err(StatusCode::PAYLOAD_TOO_LARGE),
            _ => self.bodies.none(),
        };
        let head = Envelope {
            method: &parts.method,
            uri: &parts.uri,
            headers: &parts.headers,
            host: &host,
            peer: conn.peer,
            secure: conn.secure,
            length: collected.bytes.len(),
            file: collected.spooled.as_ref().map(|spooled| spooled.path.as_path()),
        }
        .head();
        let head_only = parts.method == Method::HEAD;
        let outbound = Outbound { head, body: collected.bytes, bodiless: head_only, _spooled: collected.spooled };
        let inbound = self.upstream.ask(outbound).await.map_err(|failure| match failure {
            Failure::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Failure::Late => StatusCode::GATEWAY_TIMEOUT,
            Failure::Broken(cause) => {
                tracing::error!(%cause, "the application gave no answer");
                StatusCode::BAD_GATEWAY
            }
        })?;
        drop(collected.hold);
        let whole = watched(inbound.bytes, conn, &self.memory).ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
        let answer = UpstreamAnswer::parse(&whole, inbound.head).map_err(|_| StatusCode::BAD_GATEWAY)?;
        Ok(self.deliver(conn, answer, &parts.headers, head_only).await)
    }

    async fn deliver(
        &self,
        conn: &Arc<Conn>,
        answer: UpstreamAnswer,
        asked: &HeaderMap,
        head_only: bool,
    ) -> Response<Outgoing> {
        if let Some(path) = answer.told(inner::FILE) {
            let Some(path) = inner::decode_path(path) else { return refusal(StatusCode::BAD_GATEWAY) };
            let mut place = self.files.hold();
            if !place.grow(1) {
                return refusal(StatusCode::SERVICE_UNAVAILABLE);
            }
            let client = files::Client { conn, asked, head_only, memory: &self.memory };
            return files::send(path, place, answer, client).await;
        }
        let mut headers = answer.headers.clone();
        let what = if let Some(topics) = answer.told(inner::TOPICS) {
            headers.remove(header::CONTENT_LENGTH);
            let topics = topics.split(' ').filter(|topic| !topic.is_empty()).map(str::to_owned).collect();
            let Ok(after) = answer.told(inner::AFTER).unwrap_or("0").parse() else {
                return refusal(StatusCode::BAD_GATEWAY);
            };
            let listener = answer.told(inner::LISTENER).unwrap_or("").to_owned();
            match head_only {
                true => Payload::Length(0),
                false => Payload::Stream(
                    self.hub.open(conn, StreamRequest { topics, after, backlog: answer.body, listener }),
                ),
            }
        } else if head_only {
            let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
            Payload::Length(length.unwrap_or(0))
        } else {
            Payload::Bytes(answer.body)
        };
        let mut response = Response::new(Outgoing::new(what));
        *response.status_mut() = answer.status;
        *response.headers_mut() = headers;
        response
    }
}

/// The one host that the client means; HTTP/2 says it in the address.
fn host(parts: &hyper::http::request::Parts) -> Result<String, StatusCode> {
    let mut named = parts.headers.get_all(header::HOST).iter();
    let said = match (named.next(), named.next()) {
        (Some(one), None) => Some(one.to_str().map_err(|_| StatusCode::BAD_REQUEST)?),
        (None, _) => None,
        (Some(_), Some(_)) => return Err(StatusCode::BAD_REQUEST),
    };
    let host = match (said, parts.uri.authority()) {
        (Some(said), Some(authority)) if said != authority.as_str() => return Err(StatusCode::BAD_REQUEST),
        (Some(said), _) => said,
        (None, Some(authority)) if parts.version == Version::HTTP_2 => authority.as_str(),
        (None, _) => return Err(StatusCode::BAD_REQUEST),
    };
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':' | b'[' | b']');
    match !host.is_empty() && host.len() <= 255 && host.bytes().all(fits) {
        true => Ok(host.to_owned()),
        false => Err(StatusCode::BAD_REQUEST),
    }
}

/// What a request must keep to before anybody reads its body.
fn judge(parts: &hyper::http::request::Parts, conn: &Conn, host: &str) -> Result<(), StatusCode> {
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    if path.len() > LONGEST_URI {
        return Err(StatusCode::URI_TOO_LONG);
    }
    if !path.starts_with('/') {
        return Err(StatusCode::BAD_REQUEST);
    }
    let mut codings = parts.headers.get_all(header::TRANSFER_ENCODING).iter();
    if let Some(coding) = codings.next() {
        let plain = coding.as_bytes().eq_ignore_ascii_case(b"chunked") && codings.next().is_none();
        if !plain || parts.headers.contains_key(header::CONTENT_LENGTH) {
            return Err(StatusCode::BAD_REQUEST);
        }
    }
    if let Some(expected) = parts.headers.get(header::EXPECT)
        && !expected.as_bytes().eq_ignore_ascii_case(b"100-continue")
    {
        return Err(StatusCode::EXPECTATION_FAILED);
    }
    let bare = host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
    if conn.name.get().is_some_and(|name| !name.eq_ignore_ascii_case(bare)) {
        return Err(StatusCode::MISDIRECTED_REQUEST);
    }
    Ok(())
}

/// Where a plain listener sends everybody when there is TLS.
pub(super) fn to_https(request: &Request<Incoming>) -> Response<Outgoing> {
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or("");
    let name = host.split(':').next().unwrap_or("");
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let location = HeaderValue::from_str(&format!("https://{name}{path}"));
    match location {
        Ok(location) if !name.is_empty() && name.bytes().all(fits) => {
            let mut response = refusal(StatusCode::PERMANENT_REDIRECT);
            response.headers_mut().insert(header::LOCATION, location);
            response
        }
        Ok(_) | Err(_) => refusal(StatusCode::BAD_REQUEST),
    }
}
