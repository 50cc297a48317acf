//! Messages: what was said, by whom; notes among the team; system lines.

pub mod acts;
pub mod acts_agent;
pub mod jobs;
pub mod sql;
pub mod view;
pub mod web;

use crate::desk::conversations::ConversationId;
use crate::platform::text::messages as t;
use crate::platform::text::tickets as k;
use crate::platform::text::{Language, Phrase};
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;

crate::ids! {
    /// One message.
    MessageId,
}

crate::words! {
    /// Who said it; a note is said by an agent to the team alone.
    Author { Contact = "contact", Agent = "agent", Bot = "bot", System = "system", Note = "note" }
}

crate::words! {
    /// What became of a note.
    NoteChange { Edited = "edited", Deleted = "deleted" }
}

/// The last change of a note, as the thread shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastRevision {
    pub change: NoteChange,
    pub at: Timestamp,
}

/// The longest message, in characters.
pub const LONGEST: usize = 100_000;

/// A message to store.
pub struct NewMessage<'a> {
    pub conversation: ConversationId,
    pub author: Author,
    pub agent: Option<AgentId>,
    pub body: &'a str,
    /// The channel's or the page's own id, by which a repetition is known.
    pub external_id: Option<&'a str>,
    pub at: Timestamp,
}

/// A message as it is shown.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: MessageId,
    pub author: Author,
    /// Empty for contact, bot and system.
    pub agent_name: String,
    pub agent: Option<AgentId>,
    pub body: String,
    pub at: Timestamp,
    pub attachments: Vec<Attachment>,
    /// What became of a note after it was written.
    pub revised: Option<LastRevision>,
}

/// A file of a message.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Names it in addresses.
    pub token: String,
    pub name: String,
    pub media_type: String,
    /// Bytes.
    pub size: i64,
}

/// A system line: stored as a word and its value, said in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SystemLine {
    Opened {
        number: i64,
    },
    Taken {
        name: String,
    },
    Released,
    Closed {
        path: String,
    },
    ClosedByContact,
    Reopened,
    Paused {
        reason: String,
    },
    Resumed,
    Tagged {
        by: String,
        tag: String,
    },
    Untagged {
        by: String,
        tag: String,
    },
    Occurrence(OccurrenceLine),
    /// `person` is empty for a transfer to a department's queue.
    Transferred {
        by: String,
        department: String,
        person: String,
    },
    TransferReturned {
        name: String,
        department: String,
    },
    HandedOut {
        name: String,
    },
    /// Another conversation that this one came from, or that came from this one.
    OpenedFrom {
        number: i64,
    },
    Originated {
        number: i64,
    },
    /// Made one with another, or made two.
    Merged {
        number: i64,
        name: String,
    },
    SplitOff {
        number: i64,
        name: String,
    },
    /// An internal ticket about this conversation.
    TicketOpened {
        by: String,
        ticket: i64,
        title: String,
    },
    TicketClosed {
        by: String,
        ticket: i64,
    },
    /// What was said is gone, by the rule on how long things are kept.
    Purged,
    /// The contact's own words come along.
    Rated {
        score: i64,
        comment: String,
    },
}

/// An occurrence as the thread shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OccurrenceLine {
    /// The occurrence's id.
    pub id: i64,
    /// The one that this one corrects.
    pub corrects: Option<i64>,
    pub name: String,
    pub path: String,
    pub body: String,
}

/// Stands between the values of a line that has several; names cannot hold it.
const BETWEEN: char = '\u{1f}';

impl SystemLine {
    /// As it is stored in `message.body`.
    pub fn store(&self) -> String {
        match self {
            Self::Opened { number } => format!("opened {number}"),
            Self::Taken { name } => format!("taken {name}"),
            Self::Released => "released".to_owned(),
            Self::Closed { path } => format!("closed {path}"),
            Self::ClosedByContact => "closed_by_contact".to_owned(),
            Self::Reopened => "reopened".to_owned(),
            Self::Purged => "purged".to_owned(),
            Self::Paused { reason } => format!("paused {reason}"),
            Self::Resumed => "resumed".to_owned(),
            Self::Tagged { by, tag } => format!("tagged {by}{BETWEEN}{tag}"),
            Self::Untagged { by, tag } => format!("untagged {by}{BETWEEN}{tag}"),
            Self::Occurrence(OccurrenceLine { id, corrects, name, path, body }) => {
                let corrects = corrects.map(|id| id.to_string()).unwrap_or_default();
                let body = body.replace(BETWEEN, " ");
                format!("occurrence {id}{BETWEEN}{corrects}{BETWEEN}{name}{BETWEEN}{path}{BETWEEN}{body}")
            }
            Self::Transferred { by, department, person } => {
                format!("transferred {by}{BETWEEN}{department}{BETWEEN}{person}")
            }
            Self::TransferReturned { name, department } => format!("transfer_returned {name}{BETWEEN}{department}"),
            Self::HandedOut { name } => format!("handed_out {name}"),
            Self::OpenedFrom { number } => format!("opened_from {number}"),
            Self::Originated { number } => format!("originated {number}"),
            Self::Merged { number, name } => format!("merged {number}{BETWEEN}{name}"),
            Self::SplitOff { number, name } => format!("split_off {number}{BETWEEN}{name}"),
            Self::TicketOpened { by, ticket, title } => {
                format!("ticket_opened {by}{BETWEEN}{ticket}{BETWEEN}{}", title.replace(BETWEEN, " "))
            }
            Self::TicketClosed { by, ticket } => format!("ticket_closed {by}{BETWEEN}{ticket}"),
            Self::Rated { score, comment } => format!("rated {score}{BETWEEN}{}", comment.replace(BETWEEN, " ")),
        }
    }

    /// Back from `message.body`; None for a word of another version.
    pub fn read(stored: &str) -> Option<Self> {
        let (word, value) = stored.split_once(' ').unwrap_or((stored, ""));
        let mut values = value.split(BETWEEN).map(str::to_owned);
        let mut next = || values.next().unwrap_or_default();
        Some(match word {
            "opened" => Self::Opened { number: value.parse().ok()? },
            "taken" => Self::Taken { name: value.to_owned() },
            "released" => Self::Released,
            "closed" => Self::Closed { path: value.to_owned() },
            "closed_by_contact" => Self::ClosedByContact,
            "reopened" => Self::Reopened,
            "purged" => Self::Purged,
            "paused" => Self::Paused { reason: value.to_owned() },
            "resumed" => Self::Resumed,
            "tagged" => Self::Tagged { by: next(), tag: next() },
            "untagged" => Self::Untagged { by: next(), tag: next() },
            "occurrence" => Self::Occurrence(OccurrenceLine {
                id: next().parse().ok()?,
                corrects: next().parse().ok(),
                name: next(),
                path: next(),
                body: next(),
            }),
            "transferred" => Self::Transferred { by: next(), department: next(), person: next() },
            "transfer_returned" => Self::TransferReturned { name: next(), department: next() },
            "opened_from" => Self::OpenedFrom { number: value.parse().ok()? },
            "originated" => Self::Originated { number: value.parse().ok()? },
            "merged" => Self::Merged { number: next().parse().ok()?, name: next() },
            "split_off" => Self::SplitOff { number: next().parse().ok()?, name: next() },
            "ticket_opened" => Self::TicketOpened { by: next(), ticket: next().parse().ok()?, title: next() },
            "ticket_closed" => Self::TicketClosed { by: next(), ticket: next().parse().ok()? },
            "rated" => Self::Rated { score: next().parse().ok()?, comment: next() },
            "handed_out" => Self::HandedOut { name: value.to_owned() },
            _ => return None,
        })
    }

    /// What the team reads.
    pub fn for_team(&self, language: Language) -> String {
        match self {
            Self::Opened { number } => t::LINE_OPENED.fill(language, &[("number", &number.to_string())]),
            Self::Taken { name } => t::LINE_TAKEN.fill(language, &[("name", name)]),
            Self::Released => t::LINE_RELEASED.say(language).to_owned(),
            Self::Closed { path } => t::LINE_CLOSED.fill(language, &[("path", path)]),
            Self::ClosedByContact => t::LINE_CLOSED_BY_CONTACT.say(language).to_owned(),
            Self::Reopened => t::LINE_REOPENED.say(language).to_owned(),
            Self::Purged => crate::platform::text::retention::LINE_PURGED.say(language).to_owned(),
            Self::Paused { reason } => t::LINE_PAUSED.fill(language, &[("reason", reason)]),
            Self::Resumed => t::LINE_RESUMED.say(language).to_owned(),
            Self::Tagged { by, tag } => t::LINE_TAGGED.fill(language, &[("by", by), ("tag", tag)]),
            Self::Untagged { by, tag } => t::LINE_UNTAGGED.fill(language, &[("by", by), ("tag", tag)]),
            Self::Occurrence(line) => t::LINE_OCCURRENCE.fill(language, &[("name", &line.name), ("path", &line.path)]),
            Self::Transferred { by, department, person } => {
                let to = if person.is_empty() { department.clone() } else { format!("{person} ({department})") };
                t::LINE_TRANSFERRED.fill(language, &[("by", by), ("to", &to)])
            }
            Self::TransferReturned { name, department } => {
                t::LINE_TRANSFER_RETURNED.fill(language, &[("name", name), ("department", department)])
            }
            Self::HandedOut { name } => t::LINE_HANDED_OUT.fill(language, &[("name", name)]),
            Self::OpenedFrom { number } => t::LINE_OPENED_FROM.fill(language, &[("number", &number.to_string())]),
            Self::Originated { number } => t::LINE_ORIGINATED.fill(language, &[("number", &number.to_string())]),
            Self::Merged { number, name } => numbered(t::LINE_MERGED, *number, name, language),
            Self::SplitOff { number, name } => numbered(t::LINE_SPLIT_OFF, *number, name, language),
            Self::TicketOpened { by, ticket, title } => {
                k::LINE_OPENED.fill(language, &[("by", by), ("number", &format!("T-{ticket}")), ("title", title)])
            }
            Self::TicketClosed { by, ticket } => {
                k::LINE_CLOSED.fill(language, &[("by", by), ("number", &format!("T-{ticket}"))])
            }
            Self::Rated { score, comment } => rated(t::LINE_RATED, *score, comment, language),
        }
    }

    /// What the contact reads: no reason, no disposition; None for what is the team's own business.
    pub fn for_contact(&self, language: Language) -> Option<String> {
        match self {
            Self::Opened { number } => Some(t::CONTACT_OPENED.fill(language, &[("number", &number.to_string())])),
            Self::Taken { name } => Some(t::CONTACT_TAKEN.fill(language, &[("name", name)])),
            Self::Closed { .. } | Self::ClosedByContact => Some(t::CONTACT_CLOSED.say(language).to_owned()),
            Self::Reopened => Some(t::CONTACT_REOPENED.say(language).to_owned()),
            Self::Purged => Some(crate::platform::text::retention::LINE_PURGED.say(language).to_owned()),
            Self::Transferred { department, .. } => {
                Some(t::CONTACT_TRANSFERRED.fill(language, &[("department", department)]))
            }
            Self::Rated { score, comment } => Some(rated(t::CONTACT_RATED, *score, comment, language)),
            Self::HandedOut { name } => Some(t::CONTACT_TAKEN.fill(language, &[("name", name)])),
            Self::Tagged { .. }
            | Self::Untagged { .. }
            | Self::Occurrence(_)
            | Self::Released
            | Self::Paused { .. }
            | Self::Resumed
            | Self::TransferReturned { .. }
            | Self::OpenedFrom { .. }
            | Self::Originated { .. }
            | Self::Merged { .. }
            | Self::SplitOff { .. }
            | Self::TicketOpened { .. }
            | Self::TicketClosed { .. } => None,
        }
    }
}

fn numbered(phrase: Phrase, number: i64, name: &str, language: Language) -> String {
    phrase.fill(language, &[("number", &number.to_string()), ("name", name)])
}

fn rated(phrase: Phrase, score: i64, comment: &str, language: Language) -> String {
    let line = phrase.fill(language, &[("score", &score.to_string())]);
    if comment.is_empty() { line } else { format!("{line} · {comment}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_and_keep_the_disposition_from_the_contact() {
        let closed = SystemLine::Closed { path: "Entrega › Atraso".to_owned() };
        assert_eq!(SystemLine::read(&closed.store()), Some(closed.clone()));
        assert!(closed.for_team(Language::Portuguese).contains("Atraso"));
        assert!(!closed.for_contact(Language::Portuguese).is_some_and(|line| line.contains("Atraso")));
        assert_eq!(SystemLine::read("of another version"), None);
        // What a contact has typed cannot end a value.
        let rated = SystemLine::Rated { score: 4, comment: "bom\u{1f}mesmo".to_owned() };
        assert_eq!(
            SystemLine::read(&rated.store()),
            Some(SystemLine::Rated { score: 4, comment: "bom mesmo".to_owned() })
        );
    }
}
