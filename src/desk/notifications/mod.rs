//! Notifications: what a person should hear of even when away; shown in the console, mailed to who does not look.

pub mod acts;
pub mod sql;
pub mod view;
pub mod web;

use crate::desk::conversations::ConversationId;
use crate::platform::text::{Phrase, notifications as t};
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;

crate::ids! {
    /// One notification to one person.
    NotificationId,
    /// One internal ticket, shown as `T-42`. The desk knows no more of it than that a notification can lead there.
    TicketId,
}

crate::words! {
    /// What a notification is about.
    Kind { Mention = "mention", Transfer = "transfer", Assigned = "assigned", PauseDue = "pause_due", CallDue = "call_due", Ticket = "ticket",
           TicketDue = "ticket_due" }
}

impl Kind {
    /// What it is about, in words.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Mention => t::MENTION,
            Self::Transfer => t::TRANSFER,
            Self::Assigned => t::ASSIGNED,
            Self::PauseDue => t::PAUSE_DUE,
            Self::CallDue => t::CALL_DUE,
            Self::Ticket => t::TICKET,
            Self::TicketDue => t::TICKET_DUE,
        }
    }
}

/// What a notification leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationSubject {
    Conversation(ConversationId),
    Ticket(TicketId),
}

impl NotificationSubject {
    /// Its page.
    pub fn address(self) -> String {
        match self {
            Self::Conversation(id) => format!("/conversations/{id}"),
            Self::Ticket(id) => format!("/tickets/{id}"),
        }
    }
}

/// One notification.
#[derive(Clone, Debug)]
pub struct Notification {
    pub id: NotificationId,
    pub kind: Kind,
    pub about: NotificationSubject,
    /// The conversation's protocol number.
    pub number: Option<i64>,
    pub line: String,
    pub at: Timestamp,
}

/// The people whom a note names with `@`: by the whole name, or by the first where no longer name fits. Who shares a
/// first name with others is told along with them.
pub fn mentioned(body: &str, people: &[(AgentId, String)]) -> Vec<AgentId> {
    let mut found = Vec::new();
    for (at, _) in body.match_indices('@') {
        if body[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            // The sign of an e-mail address.
            continue;
        }
        let rest = body[at + 1..].to_lowercase();
        let reach = |name: &str| {
            let after = rest.strip_prefix(&name.to_lowercase())?;
            let ends = !after.chars().next().is_some_and(char::is_alphanumeric);
            (ends && !name.is_empty()).then_some(name.len())
        };
        let longest = |name: &str| reach(name).or_else(|| name.split_whitespace().next().and_then(reach));
        let best = people.iter().filter_map(|(_, name)| longest(name)).max();
        for (id, _) in people.iter().filter(|(_, name)| best.is_some() && longest(name) == best) {
            if !found.contains(id) {
                found.push(*id);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_names_people_by_first_or_whole_name() {
        let people: Vec<(AgentId, String)> = ["Ana Lima", "Ana Souza", "Beto", "Zoé d'Ávila"]
            .into_iter()
            .zip(1..)
            .map(|(name, id)| (AgentId(id), name.to_owned()))
            .collect();
        let named = |body: &str| mentioned(body, &people).iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(named("@beto, veja"), [3]);
        assert_eq!(named("(@Ana Souza) e @ZOÉ."), [2, 4]);
        assert_eq!(named("@ana pode ser qualquer uma"), [1, 2]);
        assert_eq!(named("escreva a ana@beto.example ou @betoneira @ @"), [] as [i64; 0]);
    }
}
