//! The wire between the edge and tiny_http: one head written, one head read.

use std::net::IpAddr;
use std::path::Path;

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode, Uri};
use percent_encoding::{AsciiSet, CONTROLS, percent_encode};

use crate::platform::web::inner;

/// The largest head that an answer may have.
const LARGEST_HEAD: usize = 32 << 10;
/// The largest answer in memory; larger ones are files.
const LARGEST_BODY: usize = 8 << 20;

/// What the application is told about a request besides its own lines.
pub(super) struct Envelope<'a> {
    pub(super) method: &'a Method,
    pub(super) uri: &'a Uri,
    pub(super) headers: &'a HeaderMap,
    pub(super) host: &'a str,
    pub(super) peer: IpAddr,
    pub(super) secure: bool,
    pub(super) length: usize,
    pub(super) file: Option<&'a Path>,
}

impl Envelope<'_> {
    /// The head of the inner request: only clean ASCII, one Host, a known length, nothing of the connection.
    pub(super) fn head(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(1024);
        out.extend_from_slice(self.method.as_str().as_bytes());
        out.push(b' ');
        clean(&mut out, self.uri.path().as_bytes());
        if let Some(query) = self.uri.query() {
            out.push(b'?');
            clean(&mut out, query.as_bytes());
        }
        out.extend_from_slice(b" HTTP/1.1\r\n");
        line(&mut out, "host", self.host.as_bytes());
        line(&mut out, inner::PEER, self.peer.to_string().as_bytes());
        if self.secure {
            line(&mut out, inner::SECURE, b"1");
        }
        if let Some(file) = self.file {
            line(&mut out, inner::BODY, inner::encode_path(file).as_bytes());
        }
        if *self.method == Method::POST {
            line(&mut out, "content-length", self.length.to_string().as_bytes());
        }
        self.headers(&mut out);
        out.extend_from_slice(b"\r\n");
        out
    }

    fn headers(&self, out: &mut Vec<u8>) {
        let mut cookies = 0;
        for (name, value) in self.headers {
            if stays_here(name) || name.as_str().starts_with(inner::PREFIX) {
                continue;
            }
            if *name == header::COOKIE {
                cookies += 1;
                continue;
            }
            line(out, name.as_str(), value.as_bytes());
        }
        // HTTP/2 may split the one cookie header into many; behind here there is one again.
        if cookies > 0 {
            out.extend_from_slice(b"cookie: ");
            for (number, value) in self.headers.get_all(header::COOKIE).iter().enumerate() {
                if number > 0 {
                    out.extend_from_slice(b"; ");
                }
                clean(out, value.as_bytes());
            }
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// Headers that concern this connection alone, or that the edge writes itself.
fn stays_here(name: &HeaderName) -> bool {
    matches!(
        *name,
        header::HOST
            | header::CONNECTION
            | header::CONTENT_LENGTH
            | header::TRANSFER_ENCODING
            | header::TE
            | header::TRAILER
            | header::UPGRADE
            | header::EXPECT
            | header::PROXY_AUTHENTICATE
            | header::PROXY_AUTHORIZATION
    ) || matches!(name.as_str(), "keep-alive" | "proxy-connection" | "http2-settings")
}

fn line(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    clean(out, value);
    out.extend_from_slice(b"\r\n");
}

/// tiny_http takes nothing but ASCII: other bytes are percent-encoded, in the path as in a Referer. A tab is white space.
fn clean(out: &mut Vec<u8>, value: &[u8]) {
    const UNPRINTABLE: &AsciiSet = &CONTROLS.remove(b'\t');
    for piece in percent_encode(value, UNPRINTABLE) {
        out.extend(piece.bytes().map(|byte| if byte == b'\t' { b' ' } else { byte }));
    }
}

/// An answer that is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadAnswer;

/// Length of the head and of the body, as soon as the head is whole. `bodiless` is the answer to a HEAD.
pub(super) fn measure(bytes: &[u8], bodiless: bool) -> Result<Option<(usize, usize)>, BadAnswer> {
    let seen = &bytes[..bytes.len().min(LARGEST_HEAD)];
    let Some(end) = seen.windows(4).position(|four| four == b"\r\n\r\n") else {
        return if bytes.len() >= LARGEST_HEAD { Err(BadAnswer) } else { Ok(None) };
    };
    let (status, lines) = split(&bytes[..end])?;
    let mut length = 0;
    for (name, value) in lines {
        if name.eq_ignore_ascii_case(b"content-length") {
            length = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok()).ok_or(BadAnswer)?;
        }
    }
    if bodiless || status == 204 || status == 304 {
        length = 0;
    }
    if length > LARGEST_BODY { Err(BadAnswer) } else { Ok(Some((end + 4, length))) }
}

/// The answer of the application, taken apart.
#[derive(Debug, Default)]
pub(super) struct UpstreamAnswer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The inner headers, by name.
    pub(super) inner: Vec<(String, String)>,
}

impl UpstreamAnswer {
    /// Takes a whole answer apart; `head` is what `measure` said.
    pub(super) fn parse(whole: &Bytes, head: usize) -> Result<Self, BadAnswer> {
        // A copy of its own: HTTP/2 keeps header values for later and would keep the whole answer with them.
        let text = Bytes::copy_from_slice(whole.get(..head.saturating_sub(4)).ok_or(BadAnswer)?);
        let (status, lines) = split(&text)?;
        let mut answer = Self {
            status: StatusCode::from_u16(status).map_err(|_| BadAnswer)?,
            headers: HeaderMap::with_capacity(12),
            body: whole.slice(head..),
            inner: Vec::new(),
        };
        for (name, value) in lines {
            let name = HeaderName::from_bytes(name).map_err(|_| BadAnswer)?;
            if name.as_str().starts_with(inner::PREFIX) {
                let value = std::str::from_utf8(value).map_err(|_| BadAnswer)?;
                answer.inner.push((name.as_str().to_owned(), value.to_owned()));
            } else if !matches!(name.as_str(), "connection" | "server" | "date" | "transfer-encoding") {
                let value = HeaderValue::from_maybe_shared(text.slice_ref(value)).map_err(|_| BadAnswer)?;
                answer.headers.append(name, value);
            }
        }
        Ok(answer)
    }

    /// The value of an inner header.
    pub(super) fn told(&self, name: &str) -> Option<&str> {
        self.inner.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

type HeaderLines<'a> = Vec<(&'a [u8], &'a [u8])>;

fn split(head: &[u8]) -> Result<(u16, HeaderLines<'_>), BadAnswer> {
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = lines.next().ok_or(BadAnswer)?;
    let code = first.strip_prefix(b"HTTP/1.1 ").and_then(|rest| rest.get(..3)).ok_or(BadAnswer)?;
    let status = std::str::from_utf8(code).ok().and_then(|text| text.parse().ok()).ok_or(BadAnswer)?;
    let mut found = HeaderLines::with_capacity(12);
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':').ok_or(BadAnswer)?;
        found.push((&line[..colon], line[colon + 1..].trim_ascii()));
    }
    Ok((status, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_measured_as_soon_as_its_head_is_whole() {
        let whole = b"HTTP/1.1 200 -\r\nContent-Length: 5\r\nx-balcao-after: 7\r\n\r\nhello";
        assert_eq!(measure(&whole[..40], false), Ok(None));
        let (head, length) = measure(whole, false).expect("whole").expect("measured");
        assert_eq!((head + length, length), (whole.len(), 5));
        assert_eq!(measure(whole, true), Ok(Some((head, 0))));
        let answer = UpstreamAnswer::parse(&Bytes::from_static(whole), head).expect("an answer");
        assert_eq!(answer.body, "hello");
        assert_eq!(answer.told(inner::AFTER), Some("7"));
        assert!(answer.headers.get(inner::AFTER).is_none());
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        assert_eq!(measure(b"SSH-2.0-x\r\n\r\n", false), Err(BadAnswer));
        assert_eq!(measure(b"HTTP/1.1 200 -\r\ncontent-length: -1\r\n\r\n", false), Err(BadAnswer));
        assert_eq!(measure(b"HTTP/1.1 200 -\r\ncontent-length: 99999999999\r\n\r\n", false), Err(BadAnswer));
        assert_eq!(measure(b"HTTP/1.1 200 -\r\nno colon\r\n\r\n", false), Err(BadAnswer));
    }
}
