//! Search: words in messages, names and numbers of contacts, protocol numbers.

pub mod sql;
pub mod view;
pub mod web;

use crate::contacts::Contact;
use crate::desk::conversations::ConversationId;
use crate::desk::messages::{Author, MessageId};
use crate::platform::text::folding::{fold, words};
use crate::platform::time::Timestamp;

/// Hits on a page.
pub const PAGE: usize = 50;

/// A message that holds every word.
#[derive(Clone, Debug)]
pub struct Hit {
    pub message: MessageId,
    pub conversation: ConversationId,
    pub number: i64,
    pub author: Author,
    pub contact: Contact,
    pub body: String,
    pub at: Timestamp,
}

/// The expressions for FTS5 to try in turn: every word quoted; the last one, while it is still being typed, as it stands
/// and then as a beginning. A beginning of two or three letters has an index of its own and is tried at once; a longer
/// one is gathered from every word that begins so, which is worth it only where the word itself finds nothing.
pub fn expressions(query: &str) -> Vec<String> {
    let words = words(query);
    let Some(last) = words.last().map(|word| word.chars().count()) else { return Vec::new() };
    let whole = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ");
    let open = query.chars().next_back().is_some_and(char::is_alphanumeric);
    let beginning = format!("{whole}*");
    match (open, last) {
        (false, _) | (true, ..2) => vec![whole],
        (true, 2..=3) => vec![beginning],
        (true, _) => vec![whole, beginning],
    }
}

/// A short piece of a message around the first word that was found, with the words marked as `(text, is a hit)`.
pub fn excerpt<'a>(body: &'a str, words: &[String]) -> Vec<(&'a str, bool)> {
    let wanted: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let mut pieces: Vec<(usize, usize, bool)> = Vec::new();
    let mut start = 0;
    let mut inside = false;
    for (at, c) in body.char_indices().chain([(body.len(), ' ')]) {
        if c.is_alphanumeric() != inside {
            if at > start {
                let found = inside && wanted.iter().any(|word| fold(&body[start..at]).starts_with(word));
                pieces.push((start, at, found));
            }
            (start, inside) = (at, c.is_alphanumeric());
        }
    }
    let first = pieces.iter().position(|(_, _, found)| *found).unwrap_or(0);
    pieces.iter().skip(first.saturating_sub(12)).take(60).map(|(from, to, found)| (&body[*from..*to], *found)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_never_is_search_syntax() {
        assert_eq!(expressions("atraso AND \"x\" NEAR("), ["\"atraso\" \"AND\" \"x\" \"NEAR\""]);
        assert_eq!(expressions("boleto ven"), ["\"boleto\" \"ven\"*"]);
        assert_eq!(expressions("boleto vencid"), ["\"boleto\" \"vencid\"", "\"boleto\" \"vencid\"*"]);
        assert_eq!(expressions(" - \" * "), [] as [&str; 0]);
    }

    #[test]
    fn excerpts_mark_words_whatever_their_accents() {
        let found = excerpt("A entrega não chegou", &words("NAO"));
        assert!(found.contains(&("não", true)) && found.contains(&("entrega", false)));
    }
}
