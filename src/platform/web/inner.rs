//! What the edge and the server behind it say to each other besides plain HTTP: the inner headers.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_encode};

use super::percent;

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

/// What may not stand in a header; other bytes than ASCII never do.
const NO_HEADER: &AsciiSet = &CONTROLS.add(b' ').add(b'%');

/// Writes a path so that it stands in a header whatever bytes it has.
pub fn encode_path(path: &Path) -> String {
    percent_encode(path.as_os_str().as_bytes(), NO_HEADER).to_string()
}

/// Reads what `encode_path` wrote; None for anything else.
pub fn decode_path(text: &str) -> Option<PathBuf> {
    percent::decode(text.as_bytes()).map(|bytes| PathBuf::from(OsString::from_vec(bytes)))
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
