//! Form fields, query strings and what is wrong with them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::percent;
use crate::platform::text::{Phrase, common};

/// Everything but letters, digits and the four signs that stand for themselves everywhere (RFC 3986, 2.3).
const UNRESERVED_LEFT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Decoded `name=value` pairs of a query or a form, in the order of arrival.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pairs: Vec<(String, String)>,
}

impl Form {
    /// Reads `application/x-www-form-urlencoded` text. Bytes that are no UTF-8 become U+FFFD, NUL is dropped.
    pub fn parse(text: &[u8]) -> Self {
        let pairs = text
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let cut = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
                let value = pair.get(cut + 1..).unwrap_or_default();
                (decode(&pair[..cut]), decode(value))
            })
            .collect();
        Self { pairs }
    }

    /// The first value of a field as it was sent; empty where it is missing.
    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// The first value without the white space around it.
    pub fn trimmed(&self, name: &str) -> &str {
        self.text(name).trim()
    }

    /// A name without the white space around it; what is wrong with it is told of its field.
    pub fn name(&self, field: &'static str, longest: usize, problems: &mut Problems) -> String {
        let name = self.trimmed(field);
        if let Some(fault) = name_fault(name, longest) {
            problems.add(field, fault);
        }
        name.to_owned()
    }

    /// Whether the field was sent at all (a ticked box).
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(key, _)| key == name)
    }

    /// Every value of a field (several ticked boxes).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A whole number, where the field holds one.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.trimmed(name).parse().ok()
    }

    /// The form with one more field; for tests and defaults.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.pairs.push((name.to_owned(), value.into()));
        self
    }
}

/// What is wrong with a name: it is asked for, and has so many letters at most. Each noun's number is the schema's.
pub fn name_fault(name: &str, longest: usize) -> Option<Phrase> {
    match name.chars().count() {
        0 => Some(common::REQUIRED),
        letters => (letters > longest).then_some(common::TOO_LONG),
    }
}

/// What is wrong with a form: fields and phrases, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    list: Vec<(&'static str, Phrase)>,
}

impl Problems {
    /// One more wrong field; the empty name stands for the form as a whole.
    pub fn add(&mut self, field: &'static str, phrase: Phrase) {
        self.list.push((field, phrase));
    }

    /// A form with this one fault.
    pub fn one(field: &'static str, phrase: Phrase) -> Self {
        Self { list: vec![(field, phrase)] }
    }

    /// What is wrong with this field.
    pub fn of(&self, field: &str) -> Option<Phrase> {
        self.list.iter().find(|(name, _)| *name == field).map(|(_, phrase)| *phrase)
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Every fault.
    pub fn iter(&self) -> impl Iterator<Item = &(&'static str, Phrase)> {
        self.list.iter()
    }

    /// Ok where nothing is wrong.
    pub fn none_or<T>(self, value: T) -> Result<T, Problems> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

/// Form decoding: `+` is a space, `%XX` a byte.
fn decode(text: &[u8]) -> String {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let bytes = percent::decode(&spaced).unwrap_or(spaced);
    let text = String::from_utf8(bytes).unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned());
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

/// Path decoding: None for a bad escape, bytes that are no UTF-8, or control characters.
pub fn decode_path(segment: &str) -> Option<String> {
    let text = String::from_utf8(percent::decode(segment.as_bytes())?).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

/// Writes text so that it stands safely in a query or a form body.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED_LEFT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_typed() {
        let form = Form::parse("text=Ol%C3%A1+%2B+1%26x&tag=1&tag=2&empty".as_bytes());
        assert_eq!(form.text("text"), "Olá + 1&x");
        assert_eq!(form.all("tag").collect::<Vec<_>>(), ["1", "2"]);
        assert!(form.has("empty") && !form.has("missing"));
    }

    #[test]
    fn a_name_is_asked_for_and_counted_in_letters() {
        let said = |typed: &str| {
            let mut problems = Problems::default();
            let name = Form::default().with("name", typed).name("name", 3, &mut problems);
            (name, problems.of("name"))
        };
        assert_eq!(said(" Zoé "), ("Zoé".to_owned(), None));
        assert_eq!(said("  "), (String::new(), Some(common::REQUIRED)));
        assert_eq!(said("Zoés").1, Some(common::TOO_LONG));
    }

    #[test]
    fn bad_escapes_are_kept_in_forms_and_refused_in_paths() {
        assert_eq!(Form::parse(b"a=100%&b=%zz").text("a"), "100%");
        assert_eq!(decode_path("%+1"), None);
        assert_eq!(decode_path("%00"), None);
        assert_eq!(decode_path("a%20b").as_deref(), Some("a b"));
    }

    #[test]
    fn what_is_encoded_comes_back() {
        let text = "ção & <b> 👍 +%\u{200b}";
        assert_eq!(Form::parse(format!("x={}", encode(text)).as_bytes()).text("x"), text);
    }
}
