//! Files sent from disk, with ranges.

use std::fs::{File, Metadata};
use std::io;
use std::ops::RangeInclusive;
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Response, StatusCode};
use tokio::task::spawn_blocking;

use super::file_body::FileBody;
use super::limits::{Budget, Hold};
use super::outgoing::{Outgoing, Payload, refusal};
use super::socket::Conn;
use super::wire::UpstreamAnswer;

/// What a `Range` header asks of a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Range {
    /// No range, more than one, or one that is not understood: the whole file.
    Whole,
    Part(RangeInclusive<u64>),
    /// 416.
    Outside,
}

/// Reads a `Range` header for a file of `length` bytes.
pub fn range(header: &str, length: u64) -> Range {
    let Some((first, last)) = header.trim().strip_prefix("bytes=").and_then(|text| text.split_once('-')) else {
        return Range::Whole;
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (first, last) = (first.trim(), last.trim());
    if !digits(first) || !digits(last) || (first.is_empty() && last.is_empty()) {
        return Range::Whole;
    }
    // Too many digits for a number are beyond any file.
    let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    if first.is_empty() {
        let count = number(last).min(length);
        return if count == 0 { Range::Outside } else { Range::Part(length - count..=length - 1) };
    }
    let (from, to) = (number(first), if last.is_empty() { u64::MAX } else { number(last) });
    if to < from {
        return Range::Whole;
    }
    if from >= length {
        return Range::Outside;
    }
    Range::Part(from..=to.min(length - 1))
}

/// Who asks for a file, and what of it.
pub(super) struct Client<'a> {
    pub(super) conn: &'a Arc<Conn>,
    pub(super) asked: &'a HeaderMap,
    pub(super) head_only: bool,
    pub(super) memory: &'a Arc<Budget>,
}

/// The answer that names a file becomes the file, or a part of it, or 304 where the client has it.
pub(super) async fn send(path: PathBuf, place: Hold, answer: UpstreamAnswer, client: Client<'_>) -> Response<Outgoing> {
    let asked = client.asked;
    let opened = spawn_blocking(move || -> io::Result<(File, Metadata)> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        Ok((file, metadata))
    });
    let (file, metadata) = match opened.await {
        Ok(Ok((file, metadata))) if metadata.is_file() => (file, metadata),
        Ok(Ok(_)) => return refusal(StatusCode::NOT_FOUND),
        Ok(Err(cause)) if cause.kind() == io::ErrorKind::NotFound => return refusal(StatusCode::NOT_FOUND),
        Ok(Err(cause)) => {
            tracing::error!(%cause, "a file cannot be opened");
            return refusal(StatusCode::INTERNAL_SERVER_ERROR);
        }
        Err(_) => return refusal(StatusCode::SERVICE_UNAVAILABLE),
    };
    let length = metadata.len();
    let tag = format!("\"{:x}-{:x}-{:x}\"", metadata.ino(), metadata.mtime_nsec() ^ metadata.mtime(), length);
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    let known = text(header::IF_NONE_MATCH).is_some_and(|tags| tags.split(',').any(|one| one.trim() == tag));
    let same = text(header::IF_RANGE).is_none_or(|one| one == tag);
    let wanted = match text(header::RANGE) {
        Some(asked) if same && answer.status == StatusCode::OK => range(asked, length),
        Some(_) | None => Range::Whole,
    };
    let (status, from, count) = match &wanted {
        Range::Outside => (StatusCode::RANGE_NOT_SATISFIABLE, 0, 0),
        _ if known => (StatusCode::NOT_MODIFIED, 0, 0),
        Range::Whole => (answer.status, 0, length),
        Range::Part(part) => (StatusCode::PARTIAL_CONTENT, *part.start(), part.end() - part.start() + 1),
    };
    let what = match status {
        StatusCode::NOT_MODIFIED => Payload::Bytes(Bytes::new()),
        _ if client.head_only => Payload::Length(count),
        _ => {
            let (conn, budget) = (client.conn.clone(), client.memory.clone());
            Payload::File(FileBody::new(file, from, count, conn, budget, place))
        }
    };
    let mut response = Response::new(Outgoing::new(what));
    *response.status_mut() = status;
    *response.headers_mut() = answer.headers;
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    set(headers, header::ETAG, &tag);
    if status != StatusCode::NOT_MODIFIED {
        set(headers, header::CONTENT_LENGTH, &count.to_string());
    }
    match wanted {
        Range::Part(part) if status == StatusCode::PARTIAL_CONTENT => {
            set(headers, header::CONTENT_RANGE, &format!("bytes {}-{}/{length}", part.start(), part.end()));
        }
        Range::Outside => set(headers, header::CONTENT_RANGE, &format!("bytes */{length}")),
        Range::Part(_) | Range::Whole => {}
    }
    response
}

fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        assert_eq!(range("bytes=0-99", 1000), Range::Part(0..=99));
        assert_eq!(range("bytes=990-", 1000), Range::Part(990..=999));
        assert_eq!(range("bytes=-10", 1000), Range::Part(990..=999));
        assert_eq!(range("bytes=-5000", 1000), Range::Part(0..=999));
        assert_eq!(range("bytes=500-99999999999999999999999", 1000), Range::Part(500..=999));
        assert_eq!(range("bytes=1000-", 1000), Range::Outside);
        assert_eq!(range("bytes=-0", 1000), Range::Outside);
        assert_eq!(range("bytes=0-", 0), Range::Outside);
        for whole in ["bytes=5-1", "bytes=0-1,3-4", "bytes=-", "lines=1-2", "bytes=+1-2", ""] {
            assert_eq!(range(whole, 1000), Range::Whole, "{whole}");
        }
    }
}
