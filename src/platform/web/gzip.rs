//! Smaller pages: gzip, in the workers, as they are made.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use flate2::{Compress, Compression, FlushCompress, Status};

use crate::platform::web::http::{Answer, Response};

/// Below this, compressing saves no packet.
const WORTH_COMPRESSING: usize = 1024;

/// Whether an `Accept-Encoding` names gzip and does not weigh it with zero.
pub(super) fn takes_gzip(header: &str) -> bool {
    header.split(',').any(|entry| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// Compressors at rest: each holds about 300 KB, so that a few serve all workers and one a worker would be too many.
#[derive(Default)]
pub(super) struct Compressors {
    idle: Mutex<Vec<Compress>>,
}

impl Compressors {
    const KEPT: usize = 2;

    /// Compresses an answer that is text, large enough and not compressed yet.
    pub(super) fn apply(&self, response: &mut Response) {
        let Answer::Bytes(bytes) = &response.answer else { return };
        let text = response.header("content-type").is_some_and(is_text);
        if bytes.len() < WORTH_COMPRESSING || !text || response.header("content-encoding").is_some() {
            return;
        }
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        // Level 2 is the fastest that still looks for matches with Huffman codes of its own.
        let mut compress = idle.unwrap_or_else(|| Compress::new_gzip(Compression::new(2), 15));
        compress.reset();
        let mut out = Vec::with_capacity(bytes.len() / 2 + 128);
        let done = loop {
            let from = usize::try_from(compress.total_in()).unwrap_or(usize::MAX);
            let rest = bytes.get(from..).unwrap_or_default();
            match compress.compress_vec(rest, &mut out, FlushCompress::Finish) {
                Ok(Status::StreamEnd) => break true,
                Ok(Status::Ok | Status::BufError) => out.reserve(bytes.len() / 2 + 128),
                Err(_) => break false,
            }
        };
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < Self::KEPT {
            idle.push(compress);
        }
        drop(idle);
        if done {
            response.answer = Answer::Bytes(Cow::Owned(out));
            response.headers.push((Cow::Borrowed("content-encoding"), "gzip".to_owned()));
            response.headers.push((Cow::Borrowed("vary"), "accept-encoding".to_owned()));
        }
    }
}

fn is_text(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or("").trim();
    kind.starts_with("text/") && kind != "text/event-stream"
        || matches!(
            kind,
            "application/json"
                | "application/problem+json"
                | "application/javascript"
                | "application/manifest+json"
                | "image/svg+xml"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_for_those_who_take_it() {
        assert!(takes_gzip("br, gzip;q=0.5") && takes_gzip("GZIP"));
        assert!(!takes_gzip("gzip;q=0") && !takes_gzip("br, deflate") && !takes_gzip(""));
    }
}
