//! The installation: name, logo, zone, language, public address.

pub mod sql;
pub mod view;
pub mod web;

use crate::platform::text::{Language, settings as t};
use crate::platform::time::Zone;
use crate::platform::web::form::{Form, Problems};

/// Letters that a name has at most.
pub const LONGEST_NAME: usize = 200;

/// The installation's own row.
#[derive(Clone, Debug)]
pub struct Company {
    pub name: String,
    pub zone: Zone,
    pub language: Language,
    /// Without a slash at its end; empty where none was set.
    pub public_url: String,
    pub has_logo: bool,
}

/// The installation as the form has it.
#[derive(Clone, Debug)]
pub struct CompanyForm {
    pub name: String,
    pub time_zone: String,
    pub language: Language,
    pub public_url: String,
}

impl CompanyForm {
    /// Reads the form.
    pub fn parse(form: &Form) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let name = form.name("name", LONGEST_NAME, &mut problems);
        let time_zone = form.trimmed("time_zone").to_owned();
        if Zone::named(&time_zone).is_none() {
            problems.add("time_zone", t::BAD_ZONE);
        }
        let public_url = public_url(form.trimmed("public_url"));
        if public_url.is_none() {
            problems.add("public_url", t::BAD_URL);
        }
        let language = Language::from_code(form.text("language"));
        problems.none_or(Self { name, time_zone, language, public_url: public_url.unwrap_or_default() })
    }
}

/// An address such as `https://ajuda.loja.example`, without a path; empty stays empty.
fn public_url(typed: &str) -> Option<String> {
    if typed.is_empty() {
        return Some(String::new());
    }
    let typed = typed.trim_end_matches('/');
    let (scheme, host) = typed.split_once("://")?;
    let plain = !host.is_empty()
        && host.len() <= 250
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'));
    (matches!(scheme, "https" | "http") && plain).then(|| typed.to_lowercase())
}

/// The largest logo.
pub const LOGO_MOST: usize = 512 * 1024;

/// The type of a picture by its first bytes. SVG is none of them, for it can carry scripts.
pub fn picture_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_a_scheme_and_a_host() {
        assert_eq!(public_url("https://Ajuda.loja.example/").as_deref(), Some("https://ajuda.loja.example"));
        assert_eq!(public_url("http://10.0.0.5:8080").as_deref(), Some("http://10.0.0.5:8080"));
        for bad in ["ajuda.loja.example", "https://", "https://a/b", "javascript://x", "https://a b", "https://u@h"] {
            assert_eq!(public_url(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_logo_is_known_by_its_bytes() {
        assert_eq!(picture_type(b"\x89PNG\r\n\x1a\nrest"), Some("image/png"));
        assert_eq!(picture_type(b"RIFF....WEBPVP8 "), Some("image/webp"));
        assert_eq!(picture_type(b"<svg xmlns"), None);
    }
}
