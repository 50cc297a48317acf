//! Forms with a file (`multipart/form-data`), for pages that work without scripts.

use std::fs::File as Disk;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::platform::error::Result;
use crate::platform::web::http::{Body, Request};

/// Bytes of a body that are looked at in one go.
const PIECE: usize = 1 << 20;

/// One file of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The file of a field; None where the form holds none, is broken, or is larger than the caller takes.
pub fn file(request: &Request, field: &str, most: u64) -> Result<Option<File>> {
    let Some(boundary) = request.header("content-type").and_then(boundary) else { return Ok(None) };
    look(request, most, |bytes| find(bytes, &boundary, |head| file_name(head, field)))
}

/// The text of a field that is no file; None where the form holds none, is broken, or is larger than the caller takes.
pub fn text(request: &Request, field: &str, most: u64) -> Result<Option<String>> {
    let Some(boundary) = request.header("content-type").and_then(boundary) else { return Ok(None) };
    let found = look(request, most, |bytes| find(bytes, &boundary, |head| plain(head, field)))?;
    Ok(found.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()))
}

/// Brings the file of a field to disk as it is, however large: its name and size, or None where the form holds none. The field
/// stands within the first part of the body, before other files.
pub fn save(request: &Request, field: &str, target: &Path) -> Result<Option<(String, u64)>> {
    let Some(boundary) = request.header("content-type").and_then(boundary) else { return Ok(None) };
    match &request.body {
        Body::Bytes(bytes) => {
            let Some(file) = find(bytes, &boundary, |head| file_name(head, field)) else { return Ok(None) };
            let mut disk = Disk::create_new(target)?;
            disk.write_all(&file.bytes)?;
            disk.sync_all()?;
            Ok(Some((file.name, file.bytes.len() as u64)))
        }
        Body::Spooled(path) => {
            let mut body = Disk::open(path)?;
            let mut first = Vec::with_capacity(PIECE);
            (&mut body).take(PIECE as u64).read_to_end(&mut first)?;
            let Some((name, at)) = begins(&first, &boundary, |head| file_name(head, field)) else { return Ok(None) };
            body.seek(SeekFrom::Start(at as u64))?;
            let mut disk = Disk::create_new(target)?;
            let found = copy_until(&mut body, format!("\r\n--{boundary}").as_bytes(), &mut disk)?;
            disk.sync_all()?;
            match found {
                Some(size) => Ok(Some((name, size))),
                None => {
                    std::fs::remove_file(target)?;
                    Ok(None)
                }
            }
        }
    }
}

/// Where the content of the first part begins whose head has the name that is looked for.
fn begins(body: &[u8], boundary: &str, name_of: impl Fn(&str) -> Option<String>) -> Option<(String, usize)> {
    let mark = format!("\r\n--{boundary}");
    let mut at = mark.len() - 2;
    body.strip_prefix(&mark.as_bytes()[2..])?;
    for _ in 0..100 {
        let part = body.get(at..)?.strip_prefix(b"\r\n")?;
        let cut = position(part, b"\r\n\r\n")?;
        if let Some(name) = std::str::from_utf8(&part[..cut]).ok().and_then(&name_of) {
            return Some((name, at + 2 + cut + 4));
        }
        at += 2 + position(part, mark.as_bytes())? + mark.len();
    }
    None
}

/// Copies up to a mark; None where it never comes.
fn copy_until(source: &mut Disk, mark: &[u8], target: &mut Disk) -> Result<Option<u64>> {
    let mut held = Vec::with_capacity(2 * PIECE);
    let mut size = 0;
    loop {
        let more = source.take(PIECE as u64).read_to_end(&mut held)? > 0;
        if let Some(end) = position(&held, mark) {
            target.write_all(&held[..end])?;
            return Ok(Some(size + end as u64));
        }
        if !more {
            return Ok(None);
        }
        // The mark may be cut in two by the end of the piece.
        let sure = held.len().saturating_sub(mark.len());
        target.write_all(&held[..sure])?;
        size += sure as u64;
        held.drain(..sure);
    }
}

fn look(request: &Request, most: u64, find: impl FnOnce(&[u8]) -> Option<File>) -> Result<Option<File>> {
    match &request.body {
        Body::Bytes(bytes) => Ok(find(bytes)),
        Body::Spooled(path) if std::fs::metadata(path)?.len() <= most => Ok(find(&std::fs::read(path)?)),
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

/// The first part whose head has the name that is looked for.
fn find(body: &[u8], boundary: &str, name_of: impl Fn(&str) -> Option<String>) -> Option<File> {
    let mark = format!("\r\n--{boundary}");
    // The first boundary opens the body without a line break before it.
    let mut rest = body.strip_prefix(&mark.as_bytes()[2..])?;
    // A hundred parts are more than any form has.
    for _ in 0..100 {
        let part = rest.strip_prefix(b"\r\n")?;
        let end = position(part, mark.as_bytes())?;
        let (head, content) = split(&part[..end])?;
        if let Some(name) = name_of(head) {
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
    let line = disposition(head)?;
    (value(line, "name") == Some(field)).then(|| value(line, "filename").map(str::to_owned)).flatten()
}

/// An empty name, where this part is that field and no file.
fn plain(head: &str, field: &str) -> Option<String> {
    let line = disposition(head)?;
    (value(line, "name") == Some(field) && value(line, "filename").is_none()).then(String::new)
}

fn disposition(head: &str) -> Option<&str> {
    head.split("\r\n").find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))
}

fn value<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(&format!("; {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
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
        let file = find(BODY, "xx", |head| file_name(head, "logo")).expect("the file");
        assert_eq!((file.name.as_str(), file.bytes.as_slice()), ("a.png", &b"\x89PNG\r\n--x"[..]));
        assert_eq!(find(BODY, "xx", |head| file_name(head, "was")), None, "a field is no file");
        assert_eq!(find(BODY, "yy", |head| file_name(head, "logo")), None);
        let was = find(BODY, "xx", |head| plain(head, "was")).expect("the field");
        assert_eq!(was.bytes, b"1");
        assert_eq!(find(BODY, "xx", |head| plain(head, "logo")), None, "a file is no field");
    }

    #[test]
    fn a_large_file_is_brought_to_disk_in_pieces() {
        let folder = tempfile::tempdir().expect("a folder");
        for size in [0, 5, PIECE - 100, PIECE, PIECE + 7, 3 * PIECE] {
            // Beginnings of the mark in the content are content.
            let content: Vec<u8> = b"\r\n--x\r\n-".iter().copied().cycle().take(size).collect();
            let mut body =
                b"--xx\r\nContent-Disposition: form-data; name=\"was\"\r\n\r\n1\r\n--xx\r\nContent-Disposition: form-data; \
                name=\"file\"; filename=\"a.csv\"\r\n\r\n"
                    .to_vec();
            body.extend(&content);
            body.extend(b"\r\n--xx--\r\n");
            let (spool, target) = (folder.path().join("spool"), folder.path().join(format!("target-{size}")));
            std::fs::write(&spool, &body).expect("a body");
            let mut request = Request {
                method: crate::platform::web::http::Method::Post,
                path: "/".to_owned(),
                query: crate::platform::web::form::Form::default(),
                headers: vec![("content-type".to_owned(), "multipart/form-data; boundary=xx".to_owned())],
                body: Body::Spooled(spool.clone()),
                peer: std::net::IpAddr::from([127, 0, 0, 1]),
                secure: false,
            };
            let saved = save(&request, "file", &target).expect("a disk");
            assert_eq!(saved, Some(("a.csv".to_owned(), size as u64)));
            assert_eq!(std::fs::read(&target).expect("the file"), content);
            std::fs::write(&spool, &body[..body.len() - 8]).expect("a body");
            let cut = folder.path().join(format!("cut-{size}"));
            assert_eq!(save(&request, "file", &cut).expect("a disk"), None, "cut off in the mark");
            assert!(!cut.exists(), "nothing is left of half a file");
            request.body = Body::Bytes(body);
            let small = folder.path().join(format!("small-{size}"));
            assert_eq!(save(&request, "file", &small).expect("a disk"), Some(("a.csv".to_owned(), size as u64)));
        }
    }

    #[test]
    fn broken_bodies_hold_nothing() {
        for length in 0..BODY.len() - 9 {
            assert_eq!(find(&BODY[..length], "xx", |head| file_name(head, "logo")), None, "{length}");
        }
        assert_eq!(boundary("multipart/form-data; boundary=\"a b\""), Some("a b".to_owned()));
        assert_eq!(boundary("text/plain; boundary=a"), None);
    }
}
