//! What the edge and the server behind it say to each other besides plain HTTP: the inner headers.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Every inner header begins so; the edge strips it from what strangers send and from what it sends them.
pub const PREFIX: &str = "x-balcao-";
/// The client's address.
pub const PEER: &str = "x-balcao-peer";
/// Present where the client came over TLS.
pub const SECURE: &str = "x-balcao-secure";
/// The file that holds the request's body.
pub const BODY: &str = "x-balcao-body";
/// The file that is the answer.
pub const FILE: &str = "x-balcao-file";
/// The topics of a stream, with spaces between.
pub const TOPICS: &str = "x-balcao-topics";
/// Where a stream goes on.
pub const AFTER: &str = "x-balcao-after";
/// Who listens to a stream.
pub const LISTENER: &str = "x-balcao-listener";
/// Answered with 204 by the server itself: a worker is there and takes requests.
pub const READY: &str = "/-/ready";

/// Writes a path so that it stands in a header whatever bytes it has.
pub fn encode_path(path: &Path) -> String {
    let mut out = String::with_capacity(path.as_os_str().len());
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_graphic() && *byte != b'%' {
            out.push(char::from(*byte));
        } else {
            let _infallible = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Reads what `encode_path` wrote; None for anything else.
pub fn decode_path(text: &str) -> Option<PathBuf> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if first == b'%' {
            let digit = |at: usize| tail.get(at).and_then(|byte| char::from(*byte).to_digit(16));
            out.push(u8::try_from(digit(0)? * 16 + digit(1)?).ok()?);
            rest = &tail[2..];
        } else {
            out.push(first);
        }
    }
    Some(PathBuf::from(OsString::from_vec(out)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_any_bytes_comes_back() {
        let path = PathBuf::from(OsString::from_vec(b"/tmp/a b%\r\n\xff\xc3\xa7".to_vec()));
        let text = encode_path(&path);
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic()));
        assert_eq!(decode_path(&text), Some(path));
        assert_eq!(decode_path("%4"), None);
        assert_eq!(decode_path("%zz"), None);
    }
}
