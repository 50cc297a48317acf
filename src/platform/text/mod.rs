//! The message catalogue: every sentence that a person reads, in Portuguese and English.
//!
//! A phrase is one constant with both languages, so that a missing translation does not compile.
//! One file per noun; `{name}` marks what `fill` puts in.

use std::borrow::Cow;

/// The two languages of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Portuguese,
    English,
}

impl Language {
    /// From a stored or sent code; anything but `en` is Portuguese.
    pub fn from_code(code: &str) -> Self {
        if code.starts_with("en") { Self::English } else { Self::Portuguese }
    }

    /// The code for `lang` attributes and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Portuguese => "pt-BR",
            Self::English => "en",
        }
    }

    /// From an `Accept-Language` header: English only where it comes before any Portuguese.
    pub fn from_header(header: &str) -> Self {
        let first = header.split(',').map(str::trim).find(|tag| tag.starts_with("pt") || tag.starts_with("en"));
        first.map_or(Self::Portuguese, Self::from_code)
    }
}

/// One sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub pt: &'static str,
    pub en: &'static str,
}

impl Phrase {
    /// The sentence in that language.
    pub fn say(self, language: Language) -> &'static str {
        match language {
            Language::Portuguese => self.pt,
            Language::English => self.en,
        }
    }

    /// The sentence with its `{name}` marks replaced.
    pub fn fill(self, language: Language, values: &[(&str, &str)]) -> String {
        let mut out: Cow<str> = Cow::Borrowed(self.say(language));
        for (name, value) in values {
            out = Cow::Owned(out.replace(&format!("{{{name}}}"), value));
        }
        out.into_owned()
    }
}

/// Declares phrases: `NAME: "português", "English";`.
macro_rules! phrases {
    ($($name:ident: $pt:literal, $en:literal;)*) => {
        $(pub const $name: $crate::platform::text::Phrase = $crate::platform::text::Phrase { pt: $pt, en: $en };)*
        /// All of this file, for the test that compares the marks of both languages.
        pub const ALL: &[(&str, $crate::platform::text::Phrase)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use phrases;

pub mod agents;
pub mod attachments;
pub mod bulk_closings;
pub mod canned_replies;
pub mod catalogue_imports;
pub mod closings;
pub mod common;
pub mod contact_imports;
pub mod contact_labels;
pub mod contact_merges;
pub mod contacts;
pub mod conversation_merges;
pub mod conversations;
pub mod custom_fields;
pub mod dispositions;
pub mod flow;
pub mod folding;
pub mod greetings;
pub mod holidays;
pub mod insights;
pub mod mail;
pub mod messages;
pub mod notes;
pub mod notifications;
pub mod occurrences;
pub mod outbound;
pub mod pauses;
pub mod placeholders;
pub mod queues;
pub mod ratings;
pub mod register;
pub mod reports;
pub mod retention;
pub mod search;
pub mod settings;
pub mod setup;
pub mod tags;
pub mod tickets;
pub mod timelines;
pub mod transfers;
pub mod web_chat;
