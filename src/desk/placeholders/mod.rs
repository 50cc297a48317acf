//! Placeholders in prepared texts: `{cliente}` becomes the contact's name, and so on.

pub mod sql;

use crate::desk::messages::LONGEST;
use crate::platform::text::{Language, Phrase, common, placeholders as t};

/// One placeholder: its two names, and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    Contact,
    FirstName,
    Agent,
    Number,
    Greeting,
    Department,
    Company,
    Position,
    ReturnsAt,
    Reason,
    OpensAt,
}

impl Placeholder {
    /// Every placeholder.
    pub const ALL: [Self; 11] = [
        Self::Contact,
        Self::FirstName,
        Self::Agent,
        Self::Number,
        Self::Greeting,
        Self::Department,
        Self::Company,
        Self::Position,
        Self::ReturnsAt,
        Self::Reason,
        Self::OpensAt,
    ];
    /// Those that every conversation has; the others belong to certain texts.
    pub const COMMON: [Self; 7] =
        [Self::Contact, Self::FirstName, Self::Agent, Self::Number, Self::Greeting, Self::Department, Self::Company];

    /// Its names in braces: Portuguese, English. Both are understood in every text.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Contact => ("cliente", "contact"),
            Self::FirstName => ("primeiro_nome", "first_name"),
            Self::Agent => ("atendente", "agent"),
            Self::Number => ("protocolo", "number"),
            Self::Greeting => ("saudacao", "greeting"),
            Self::Department => ("departamento", "department"),
            Self::Company => ("empresa", "company"),
            Self::Position => ("posicao", "position"),
            Self::ReturnsAt => ("retorno", "returns_at"),
            Self::Reason => ("motivo", "reason"),
            Self::OpensAt => ("abertura", "opens_at"),
        }
    }

    /// The name that a person of this language sees, without its braces.
    pub fn name(self, language: Language) -> &'static str {
        match language {
            Language::Portuguese => self.names().0,
            Language::English => self.names().1,
        }
    }

    /// What it stands for.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Contact => t::CONTACT,
            Self::FirstName => t::FIRST_NAME,
            Self::Agent => t::AGENT,
            Self::Number => t::NUMBER,
            Self::Greeting => t::GREETING,
            Self::Department => t::DEPARTMENT,
            Self::Company => t::COMPANY,
            Self::Position => t::POSITION,
            Self::ReturnsAt => t::RETURNS_AT,
            Self::Reason => t::REASON,
            Self::OpensAt => t::OPENS_AT,
        }
    }

    fn named(name: &str) -> Option<Self> {
        let plain = name.trim().to_lowercase().replace("ção", "cao").replace("ã", "a").replace("ç", "c");
        Self::ALL.into_iter().find(|one| [one.names().0, one.names().1].contains(&plain.as_str()))
    }
}

/// What the placeholders stand for in one place; a missing or empty value is left to a person.
#[derive(Clone, Debug, Default)]
pub struct Values {
    pairs: Vec<(Placeholder, String)>,
}

impl Values {
    /// One more value.
    #[must_use]
    pub fn with(mut self, placeholder: Placeholder, value: impl Into<String>) -> Self {
        self.pairs.push((placeholder, value.into()));
        self
    }

    fn of(&self, placeholder: Placeholder) -> Option<&str> {
        let value = self.pairs.iter().rev().find(|(one, _)| *one == placeholder).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }
}

/// A text with its placeholders filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledText {
    /// What could not be filled stands there as it was written, braces and all.
    pub text: String,
    /// The marks that nothing stands for, in order: unknown names and empty values.
    pub open: Vec<String>,
}

/// The marks of a text: where each begins and ends, braces included, and the name between them.
fn marks(text: &str) -> Vec<(usize, usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let rest = &text[open + 1..];
        let end = rest.find(['{', '}', '\n']).filter(|end| rest[*end..].starts_with('}'));
        let name = end.map_or("", |end| &rest[..end]);
        let is_name = !name.is_empty()
            && name.chars().count() <= 40
            && name.chars().all(|sign| sign.is_alphabetic() || matches!(sign, '_' | ' '));
        match end {
            Some(end) if is_name => {
                found.push((open, open + end + 2, name));
                from = open + end + 2;
            }
            _ => from = open + 1,
        }
    }
    found
}

/// Puts the values in. A value that holds braces itself is not filled again.
pub fn fill(text: &str, values: &Values) -> FilledText {
    let mut filled = FilledText { text: String::with_capacity(text.len()), open: Vec::new() };
    let mut from = 0;
    for (begin, end, name) in marks(text) {
        filled.text.push_str(&text[from..begin]);
        match Placeholder::named(name).and_then(|placeholder| values.of(placeholder)) {
            Some(value) => filled.text.push_str(value),
            None => {
                filled.text.push_str(&text[begin..end]);
                filled.open.push(text[begin..end].to_owned());
            }
        }
        from = end;
    }
    filled.text.push_str(&text[from..]);
    filled
}

/// For texts that no person looks at before they go out: what could not be filled is left out.
pub fn fill_quietly(text: &str, values: &Values) -> String {
    let filled = fill(text, values);
    filled.open.iter().fold(filled.text, |text, mark| text.replace(mark.as_str(), "")).trim().to_owned()
}

/// Whether a text holds a placeholder, under either of its names.
pub fn mentions(text: &str, placeholder: Placeholder) -> bool {
    marks(text).iter().any(|(_, _, name)| Placeholder::named(name) == Some(placeholder))
}

/// The names in a text that stand for nothing at all, for the form that keeps the text.
pub fn unknown(text: &str) -> Vec<String> {
    marks(text)
        .into_iter()
        .filter(|(_, _, name)| Placeholder::named(name).is_none())
        .map(|(begin, end, _)| text[begin..end].to_owned())
        .collect()
}

/// What is wrong with a text that is kept to be sent: too long for a message, or with a name that stands for nothing.
pub fn fault(text: &str) -> Option<Phrase> {
    if text.chars().count() > LONGEST {
        Some(common::TOO_LONG)
    } else if unknown(text).is_empty() {
        None
    } else {
        Some(t::UNKNOWN)
    }
}

/// The greeting for an hour of the day, 0 to 23.
pub fn greeting(hour: i8) -> Phrase {
    match hour {
        5..12 => t::MORNING,
        12..18 => t::AFTERNOON,
        _ => t::EVENING,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values::default().with(Placeholder::Contact, "Maria {empresa}").with(Placeholder::Agent, " ")
    }

    #[test]
    fn both_names_of_a_variable_are_filled_once() {
        assert_eq!(fill("Olá {cliente}, {Contact}!", &values()).text, "Olá Maria {empresa}, Maria {empresa}!");
        assert!(fill("{cliente}", &values()).open.is_empty());
    }

    #[test]
    fn what_nothing_stands_for_is_marked_and_stays() {
        let filled = fill("{cliente}: {atendente} {prazo} {", &values());
        assert_eq!(filled.text, "Maria {empresa}: {atendente} {prazo} {");
        assert_eq!(filled.open, ["{atendente}", "{prazo}"]);
        assert_eq!(fill_quietly("Oi {prazo}", &values()), "Oi");
        assert_eq!(unknown("{saudação} {prazo}"), ["{prazo}"]);
    }

    #[test]
    fn braces_that_hold_no_name_are_text() {
        for text in ["{}", "{\"a\": 1}", "fn() { return 1; }", "{a\nb}", "{{x", "a } b {"] {
            assert_eq!(fill(text, &values()), FilledText { text: text.to_owned(), open: Vec::new() }, "{text}");
        }
        assert_eq!(fill("{{cliente}}", &values()).text, "{Maria {empresa}}");
    }

    #[test]
    fn the_greeting_follows_the_hour() {
        let said = [4, 5, 11, 12, 17, 18, 23].map(|hour| greeting(hour).en);
        assert_eq!(said, [3, 1, 1, 2, 2, 3, 3].map(|at| ["", "Good morning", "Good afternoon", "Good evening"][at]));
    }
}
