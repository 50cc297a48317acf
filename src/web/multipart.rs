//! Forms with a file (`multipart/form-data`), for pages that work without scripts.

use crate::error::Result;
use crate::web::http::{Body, Request};

/// One file of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The file of a field; None where the form holds none, is broken, or is larger than the caller takes.
pub fn file(request: &Request, field: &str, most: u64) -> Result<Option<File>> {
    let Some(boundary) = request.header("content-type").and_then(boundary) else { return Ok(None) };
    match &request.body {
        Body::Bytes(bytes) => Ok(find(bytes, &boundary, field)),
        Body::Spooled(path) if std::fs::metadata(path)?.len() <= most => {
            Ok(find(&std::fs::read(path)?, &boundary, field))
        }
        Body::Spooled(_) => Ok(None),
    }
}

/// The boundary out of a content type.
fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let (_, boundary) = parameters
        .split(';')
        .filter_map(|parameter| parameter.trim().split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("boundary"))?;
    let boundary = boundary.trim_matches('"');
    (1..=70).contains(&boundary.len()).then(|| boundary.to_owned())
}

fn find(body: &[u8], boundary: &str, field: &str) -> Option<File> {
    let mark = format!("\r\n--{boundary}");
    // The first boundary opens the body without a line break before it.
    let mut rest = body.strip_prefix(&mark.as_bytes()[2..])?;
    // A hundred parts are more than any form has.
    for _ in 0..100 {
        let part = rest.strip_prefix(b"\r\n")?;
        let end = position(part, mark.as_bytes())?;
        let (head, content) = split(&part[..end])?;
        if let Some(name) = file_name(head, field) {
            return Some(File { name, bytes: content.to_vec() });
        }
        rest = &part[end + mark.len()..];
    }
    None
}

fn split(part: &[u8]) -> Option<(&str, &[u8])> {
    let cut = position(part, b"\r\n\r\n")?;
    Some((std::str::from_utf8(&part[..cut]).ok()?, &part[cut + 4..]))
}

/// The file's name, where this part is the file of that field.
fn file_name(head: &str, field: &str) -> Option<String> {
    let line = head.split("\r\n").find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let value = |name: &str| {
        let (_, rest) = line.split_once(&format!("; {name}=\""))?;
        rest.split_once('"').map(|(value, _)| value)
    };
    (value("name") == Some(field)).then(|| value("filename").map(str::to_owned)).flatten()
}

fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    loop {
        let next = from + text.get(from..)?.iter().position(|byte| *byte == first)?;
        if text[next..].starts_with(wanted) {
            return Some(next);
        }
        from = next + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] =
        b"--xx\r\nContent-Disposition: form-data; name=\"was\"\r\n\r\n1\r\n--xx\r\nContent-Disposition: form-data; \
        name=\"logo\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--x\r\n--xx--\r\n";

    #[test]
    fn a_file_is_found_among_the_fields() {
        let file = find(BODY, "xx", "logo").expect("the file");
        assert_eq!((file.name.as_str(), file.bytes.as_slice()), ("a.png", &b"\x89PNG\r\n--x"[..]));
        assert_eq!(find(BODY, "xx", "was"), None, "a field is no file");
        assert_eq!(find(BODY, "yy", "logo"), None);
    }

    #[test]
    fn broken_bodies_hold_nothing() {
        for length in 0..BODY.len() - 9 {
            assert_eq!(find(&BODY[..length], "xx", "logo"), None, "{length}");
        }
        assert_eq!(boundary("multipart/form-data; boundary=\"a b\""), Some("a b".to_owned()));
        assert_eq!(boundary("text/plain; boundary=a"), None);
    }
}
