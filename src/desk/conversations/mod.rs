//! Conversations: one case with one contact on one channel; who may see and answer it, and how it moves.

pub mod acts;
pub mod acts_release;
pub mod sql;
pub mod sql_merge;
pub mod thanks;

use serde::{Deserialize, Serialize};

use crate::contacts::{ContactId, IdentityId};
use crate::platform::error::{Error, Result};
use crate::platform::text::{Phrase, conversations as t};
use crate::platform::time::{MINUTE, Timestamp};
use crate::team::agents::{Agent, AgentId, Role};
use crate::team::channels::ChannelId;
use crate::team::departments::DepartmentId;

crate::ids! {
    /// One case.
    ConversationId,
}

crate::words! {
    /// Where a conversation stands; the waiting states follow from who spoke last.
    State {
        Bot = "bot", WaitingAgent = "waiting_agent", WaitingContact = "waiting_contact", Paused = "paused", Closed = "closed"
    }
}

impl State {
    /// The heading in the queue.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Bot => t::STATE_BOT,
            Self::WaitingAgent => t::STATE_WAITING_AGENT,
            Self::WaitingContact => t::STATE_WAITING_CONTACT,
            Self::Paused => t::STATE_PAUSED,
            Self::Closed => t::STATE_CLOSED,
        }
    }
}

/// One case, as its row has it.
#[derive(Clone, Debug)]
pub struct Conversation {
    pub id: ConversationId,
    /// Fourteen digits: the day and its sequence.
    pub number: i64,
    pub contact: ContactId,
    pub identity: IdentityId,
    pub channel: ChannelId,
    pub department: DepartmentId,
    pub assignee: Option<AgentId>,
    pub state: State,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    /// Since when the one who waits has been waiting.
    pub since: Timestamp,
    /// Messages of the contact so far.
    pub inbound: i64,
    /// The newest message that reached the contact's device, and the newest that was seen there.
    pub delivered_to: i64,
    pub read_to: i64,
    pub previous: Option<ConversationId>,
}

impl Conversation {
    /// See [`may_see`].
    pub fn is_visible_to(&self, agent: &Agent) -> bool {
        may_see(agent, self.department, self.assignee)
    }

    /// The assignee may answer; from senior on anybody of the department.
    pub fn is_writable_by(&self, agent: &Agent) -> bool {
        self.assignee == Some(agent.id) || (agent.is(Role::Senior) && agent.in_department(self.department))
    }

    /// Who may take it: anybody of the department while it is free, from senior on also from others.
    pub fn can_be_taken_by(&self, agent: &Agent) -> bool {
        self.state != State::Closed
            && self.assignee != Some(agent.id)
            && agent.takes_from(self.department)
            && (self.assignee.is_none() || agent.is(Role::Senior))
    }

    /// Unknown to those who may not see it.
    pub fn require_reader(self, agent: &Agent) -> Result<Self> {
        if self.is_visible_to(agent) { Ok(self) } else { Err(Error::NotFound) }
    }

    /// Unknown to those who may not see it, forbidden to those who may not answer, in conflict when it is closed.
    pub fn require_writer(self, agent: &Agent) -> Result<Self> {
        let conversation = self.require_reader(agent)?;
        if conversation.state == State::Closed {
            return Err(Error::Conflict(t::ALREADY_CLOSED));
        }
        if conversation.is_writable_by(agent) { Ok(conversation) } else { Err(Error::Forbidden) }
    }
}

/// Agents see their own, and the unassigned ones of the departments that leave them to be taken; where a department hands
/// its conversations out, an agent sees what was handed to them. From senior on whole departments.
pub fn may_see(agent: &Agent, department: DepartmentId, assignee: Option<AgentId>) -> bool {
    match assignee {
        Some(assignee) if assignee == agent.id => true,
        Some(_) => agent.is(Role::Senior) && agent.in_department(department),
        None => agent.takes_from(department),
    }
}

/// The latest conversation of an identity, as far as a new message needs it.
#[derive(Clone, Copy, Debug)]
pub struct LatestConversation {
    pub id: ConversationId,
    pub state: State,
    pub closed_at: Option<Timestamp>,
}

/// What a message from a contact does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Joins the open conversation.
    Into(ConversationId),
    /// Is kept in the closed conversation and reopens nothing: only thanks.
    Aside(ConversationId),
    /// Reopens the conversation, which keeps its number.
    Reopens(ConversationId),
    /// Opens a new one, linked to the last.
    Opens { previous: Option<ConversationId> },
}

/// Thanks count as such for so long after the closing.
const THANKS: i64 = 10 * MINUTE;

/// The rule for a message from a contact (`docs/domain.md`: where a message goes).
pub fn arrival(latest: Option<&LatestConversation>, reopen_window: i64, body: &str, now: Timestamp) -> Arrival {
    let Some(latest) = latest else { return Arrival::Opens { previous: None } };
    let Some(closed_at) = latest.closed_at.filter(|_| latest.state == State::Closed) else {
        return Arrival::Into(latest.id);
    };
    let ago = now.since(closed_at);
    if ago <= THANKS && thanks::is_thanks(body) {
        Arrival::Aside(latest.id)
    } else if ago <= reopen_window {
        Arrival::Reopens(latest.id)
    } else {
        Arrival::Opens { previous: Some(latest.id) }
    }
}

/// The first line of a message for a card, at most 120 characters.
pub fn line(body: &str) -> String {
    let line = body.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    match line.char_indices().nth(120) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line.to_owned(),
    }
}

/// A protocol number, where the query is one.
pub fn number(query: &str) -> Option<i64> {
    let digits: String = query.chars().filter(|c| !c.is_whitespace()).collect();
    (digits.len() == 14 && digits.bytes().all(|digit| digit.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

/// A conversation of a contact, for a list.
#[derive(Clone, Debug)]
pub struct ContactCase {
    pub id: ConversationId,
    pub number: i64,
    pub department: DepartmentId,
    pub assignee: Option<crate::team::agents::AgentId>,
    pub state: State,
    pub opened_at: Timestamp,
}

/// How a conversation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationStanding {
    pub state: String,
    pub spoke_last: String,
    pub first_answered_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub since: i64,
    pub last_at: i64,
    pub last_author: String,
    pub last_line: String,
    pub inbound: i64,
    pub delivered_to: i64,
    pub read_to: i64,
}

impl ConversationStanding {
    /// Whether it waits for the contact or for the team, so that its state follows from who spoke last.
    pub fn waits(&self) -> bool {
        matches!(self.state.as_str(), "waiting_agent" | "waiting_contact")
    }

    /// The waiting state that follows from who spoke last.
    pub fn follow(&mut self) {
        if self.waits() {
            let state = if self.spoke_last == "team" { "waiting_contact" } else { "waiting_agent" };
            state.clone_into(&mut self.state);
        }
    }
}

/// Another conversation of the same identity.
#[derive(Clone, Debug)]
pub struct Sibling {
    pub id: ConversationId,
    pub number: i64,
    pub state: State,
    pub last_line: String,
    pub last_at: Timestamp,
}

/// Messages on the first page of a conversation.
pub const PAGE: i64 = 50;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::time::HOUR;

    const DAY: i64 = 24 * HOUR;

    fn closed(at: i64) -> LatestConversation {
        LatestConversation { id: ConversationId(7), state: State::Closed, closed_at: Some(Timestamp(at)) }
    }

    #[test]
    fn a_message_joins_reopens_or_opens() {
        let open = LatestConversation { id: ConversationId(7), state: State::Paused, closed_at: None };
        assert_eq!(arrival(None, DAY, "oi", Timestamp(0)), Arrival::Opens { previous: None });
        assert_eq!(arrival(Some(&open), DAY, "oi", Timestamp(0)), Arrival::Into(ConversationId(7)));
        assert_eq!(arrival(Some(&closed(0)), DAY, "voltou", Timestamp(DAY)), Arrival::Reopens(ConversationId(7)));
        assert_eq!(
            arrival(Some(&closed(0)), DAY, "voltou", Timestamp(DAY + 1)),
            Arrival::Opens { previous: Some(ConversationId(7)) }
        );
    }

    #[test]
    fn thanks_reopen_nothing_for_ten_minutes() {
        assert_eq!(arrival(Some(&closed(0)), DAY, "Obrigado!", Timestamp(THANKS)), Arrival::Aside(ConversationId(7)));
        assert_eq!(
            arrival(Some(&closed(0)), DAY, "Obrigado!", Timestamp(THANKS + 1)),
            Arrival::Reopens(ConversationId(7))
        );
        assert_eq!(
            arrival(Some(&closed(0)), DAY, "obrigado, mas não funcionou", Timestamp(1)),
            Arrival::Reopens(ConversationId(7))
        );
    }

    #[test]
    fn a_card_shows_one_short_line() {
        assert_eq!(line("\n  oi \n tudo bem"), "oi");
        assert_eq!(line(&"é".repeat(500)).chars().count(), 121);
    }

    #[test]
    fn a_protocol_number_is_fourteen_digits_however_spaced() {
        assert_eq!(number("2026 1122 000017"), Some(20_261_122_000_017));
        assert_eq!(number("2026"), None);
    }
}
