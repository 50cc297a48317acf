//! What was said on a ticket, and what was done to it.

use crate::platform::text::{Language, dispositions, tickets as t};
use crate::platform::time::Timestamp;

crate::ids! {
    /// One entry of a ticket.
    EntryId,
}

crate::words! {
    /// What kind of entry.
    Kind {
        Comment = "comment", Opened = "opened", Moved = "moved", Closed = "closed", Reopened = "reopened", Handed = "handed",
        Changed = "changed", Linked = "linked", Unlinked = "unlinked", Attached = "attached", Detached = "detached",
    }
}

impl Kind {
    /// What happened, in words; None for a comment, which speaks for itself.
    pub fn line(self, language: Language, value: &str) -> Option<String> {
        let phrase = match self {
            Self::Comment => return None,
            Self::Opened => t::DID_OPEN,
            Self::Moved => t::DID_MOVE,
            Self::Closed => t::DID_CLOSE,
            Self::Reopened => t::DID_REOPEN,
            Self::Handed => t::DID_HAND,
            Self::Changed => t::DID_CHANGE,
            Self::Linked => t::DID_LINK,
            Self::Unlinked => t::DID_UNLINK,
            Self::Attached => t::DID_ATTACH,
            Self::Detached => t::DID_DETACH,
        };
        Some(match self {
            Self::Changed => phrase.fill(language, &[("value", &named(value, language))]),
            _ => phrase.fill(language, &[("value", value)]),
        })
    }
}

/// The fields of a change, as the form calls them: `title due` becomes "título, prazo".
fn named(fields: &str, language: Language) -> String {
    let name = |field: &str| match field {
        "title" => Some(t::NAME),
        "body" => Some(t::BODY),
        "priority" => Some(t::PRIORITY),
        "due" => Some(t::DUE),
        "disposition" => Some(dispositions::DISPOSITION),
        _ => None,
    };
    let names = fields.split(' ').filter_map(name).map(|phrase| phrase.say(language).to_lowercase());
    names.collect::<Vec<_>>().join(", ")
}

/// One entry.
#[derive(Clone, Debug)]
pub struct TicketEntry {
    pub id: EntryId,
    pub name: String,
    pub kind: Kind,
    pub body: String,
    pub at: Timestamp,
}

/// A file of a ticket.
#[derive(Clone, Debug)]
pub struct TicketFile {
    pub token: String,
    pub name: String,
    pub media_type: String,
    /// Bytes.
    pub size: i64,
}
