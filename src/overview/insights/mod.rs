//! Insight: what the figures say of one contact and one conversation, and what similar conversations suggest.

pub mod sql;
pub mod sql_similar;
pub mod view;
pub mod web;

use std::collections::HashMap;

use crate::desk::conversations::ConversationId;
use crate::desk::dispositions::{DispositionId, Sentiment};
use crate::desk::notifications::TicketId;
use crate::desk::tags::TagId;
use crate::platform::text::folding::fold;
use crate::platform::time::{DAY, Timestamp};

/// The department's averages look back so far, in milliseconds.
pub const SPAN: i64 = 90 * DAY;

/// Figures of a contact, or of a department; None where nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Minutes to the first answer, and to the end.
    pub first_answer: Option<f64>,
    pub handling: Option<f64>,
    /// Conversations of one contact in a month.
    pub per_month: Option<f64>,
    /// Of a hundred closings, how many were reopened.
    pub reopened: Option<f64>,
    pub rating: Option<f64>,
}

/// A department's figures and when they were made.
#[derive(Clone, Copy, Debug)]
pub struct Average {
    pub figures: Figures,
    pub at: Timestamp,
}

/// Something that was recorded about the contact.
#[derive(Clone, Debug)]
pub struct ContactEvent {
    pub at: Timestamp,
    pub path: String,
    pub sentiment: Sentiment,
}

/// What was promised and is still open.
#[derive(Clone, Debug)]
pub enum Promise {
    Pause { conversation: ConversationId, number: i64, returns_at: Timestamp },
    Ticket { ticket: TicketId, title: String, due_at: Option<Timestamp> },
}

/// Fewer answers tell no hour.
pub const FEW: usize = 8;

/// The three hours in which most messages came: the first of them, how many in them, of how many. None for fewer than eight
/// messages, or where no three hours hold four in ten.
pub fn hours(hours: &[i8]) -> Option<(i8, usize, usize)> {
    let of = hours.len();
    let within = |from: i8| hours.iter().filter(|hour| (0..3).any(|step| (from + step) % 24 == **hour)).count();
    let best = (0..24).max_by_key(|from| (within(*from), -i16::from(*from)))?;
    (of >= FEW && within(best) * 10 >= of * 4).then(|| (best, within(best), of))
}

/// Words that say something: four letters or more, none of the most common; the longest first, at most so many.
pub fn telling(text: &str, most: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).map(fold) {
        let says = word.chars().count() >= 4 && word.chars().any(char::is_alphabetic);
        if says && !COMMON.contains(&word.as_str()) && !words.contains(&word) {
            words.push(word);
        }
    }
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.truncate(most);
    words
}

/// Words that stand in any conversation, in lower case without accents.
const COMMON: &[&str] = &[
    "ainda",
    "agora",
    "algum",
    "alguma",
    "alguem",
    "antes",
    "aqui",
    "assim",
    "atendimento",
    "boa",
    "bom",
    "cliente",
    "coisa",
    "como",
    "comigo",
    "consigo",
    "dela",
    "dele",
    "depois",
    "desde",
    "dessa",
    "desse",
    "deste",
    "deve",
    "dia",
    "dias",
    "disse",
    "ajuda",
    "ajudar",
    "ontem",
    "hoje",
    "amanha",
    "porque",
    "quando",
    "quero",
    "queria",
    "gostaria",
    "preciso",
    "pode",
    "podem",
    "poderia",
    "para",
    "pela",
    "pelo",
    "pois",
    "qual",
    "quais",
    "quem",
    "mais",
    "mas",
    "meu",
    "minha",
    "meus",
    "minhas",
    "muito",
    "muita",
    "nada",
    "nao",
    "nossa",
    "nosso",
    "obrigada",
    "obrigado",
    "tarde",
    "noite",
    "tudo",
    "tenho",
    "tem",
    "teria",
    "voce",
    "voces",
    "vocês",
    "seria",
    "sobre",
    "essa",
    "esse",
    "esta",
    "este",
    "isso",
    "isto",
    "estou",
    "estao",
    "favor",
    "fazer",
    "feito",
    "foram",
    "hello",
    "please",
    "thanks",
    "thank",
    "with",
    "have",
    "this",
    "that",
    "what",
    "when",
    "your",
    "from",
    "need",
    "want",
    "would",
    "could",
    "about",
    "been",
    "olha",
    "certo",
    "beleza",
    "entao",
    "sendo",
    "seja",
    "sempre",
    "mesmo",
];

/// A past conversation that is like this one.
#[derive(Clone, Debug)]
pub struct SimilarConversation {
    pub conversation: ConversationId,
    pub disposition: Option<DispositionId>,
    pub path: String,
    pub tags: Vec<(TagId, String)>,
}

/// A suggestion, and in how many of the similar ones it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion<Id> {
    pub id: Id,
    pub name: String,
    pub count: usize,
}

/// Fewer similar conversations than this suggest nothing.
const ENOUGH: usize = 3;

/// What at least three, and four in ten, of the similar ones have; the most frequent first, at most three.
fn voted<Id: Copy + Eq + std::hash::Hash + Ord>(
    votes: impl Iterator<Item = (Id, String)>,
    of: usize,
) -> Vec<Suggestion<Id>> {
    let mut counted: HashMap<Id, Suggestion<Id>> = HashMap::new();
    for (id, name) in votes {
        counted.entry(id).or_insert(Suggestion { id, name, count: 0 }).count += 1;
    }
    let mut found: Vec<Suggestion<Id>> =
        counted.into_values().filter(|one| one.count >= ENOUGH && one.count * 10 >= of * 4).collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.count), one.id));
    found.truncate(3);
    found
}

/// Dispositions that similar conversations were closed with.
pub fn dispositions(similar: &[SimilarConversation]) -> Vec<Suggestion<DispositionId>> {
    voted(similar.iter().filter_map(|one| Some((one.disposition?, one.path.clone()))), similar.len())
}

/// Tags that similar conversations carry and this one does not.
pub fn tags(similar: &[SimilarConversation], carried: &[TagId]) -> Vec<Suggestion<TagId>> {
    let votes = similar.iter().flat_map(|one| one.tags.iter().cloned()).filter(|(id, _)| !carried.contains(id));
    voted(votes, similar.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_named_only_where_the_messages_say_one() {
        assert_eq!(hours(&[]), None);
        assert_eq!(hours(&[9; 7]), None, "seven are too few");
        assert_eq!(hours(&[9, 10, 11, 9, 10, 11, 9, 20]), Some((9, 7, 8)));
        assert_eq!(hours(&[23, 0, 1, 23, 0, 1, 23, 12]), Some((23, 7, 8)), "over midnight");
        let spread: Vec<i8> = (0..24).collect();
        assert_eq!(hours(&spread), None, "all over the day");
    }

    #[test]
    fn words_that_stand_everywhere_tell_nothing() {
        assert_eq!(
            telling("Bom dia! Meu pedido não chegou, a transportadora disse que amanhã", 3),
            ["transportadora", "pedido", "chegou"]
        );
        assert_eq!(telling("ok 12345 👍 não", 5), [""; 0]);
    }

    #[test]
    fn what_few_have_is_not_suggested() {
        let one = |disposition: i64, tags: &[i64]| SimilarConversation {
            conversation: ConversationId(1),
            disposition: Some(DispositionId(disposition)),
            path: format!("p{disposition}"),
            tags: tags.iter().map(|id| (TagId(*id), format!("t{id}"))).collect(),
        };
        let similar = [one(1, &[7]), one(1, &[7, 8]), one(1, &[7]), one(2, &[8]), one(2, &[])];
        assert_eq!(dispositions(&similar), [Suggestion { id: DispositionId(1), name: "p1".to_owned(), count: 3 }]);
        assert_eq!(tags(&similar, &[]).len(), 1);
        assert_eq!(tags(&similar, &[TagId(7)]), []);
        assert_eq!(dispositions(&similar[..2]), [], "two are too few");
    }
}
