//! Pausing a conversation: the agent steps away until a set time, the bot keeps the contact informed.

pub mod acts;
pub mod draft;
pub mod jobs;
pub mod sql;
pub mod sql_settings;
pub mod view;
pub mod view_settings;
pub mod web;
pub mod web_absence;
pub mod web_settings;

use crate::desk::conversations::ConversationId;
use crate::platform::text::{Phrase, pauses as t};
use crate::platform::time::{MINUTE, Timestamp};
use crate::team::agents::{Agent, AgentId};
use crate::team::departments::DepartmentId;
use crate::team::departments::audience::Audience;

crate::ids! {
    /// One pause.
    PauseId,
    /// Why one pauses.
    ReasonId,
}

crate::words! {
    /// What ended a pause.
    EndedBy { Agent = "agent", Contact = "contact", Overdue = "overdue", Closing = "closing", Transfer = "transfer" }
}

impl EndedBy {
    /// In words.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Agent => t::ENDED_BY_AGENT,
            Self::Contact => t::ENDED_BY_CONTACT,
            Self::Overdue => t::ENDED_BY_OVERDUE,
            Self::Closing => t::ENDED_BY_CLOSING,
            Self::Transfer => t::ENDED_BY_TRANSFER,
        }
    }
}

crate::words! {
    /// What happens when nobody comes back within the grace time.
    Overdue { Stays = "stays", Queue = "queue" }
}

/// Letters that the name of a reason has at most.
pub const LONGEST_NAME: usize = 100;

/// Why one pauses, and what the bot says then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseReason {
    pub id: ReasonId,
    pub name: String,
    /// Proposed length, in minutes.
    pub minutes: i64,
    pub message: String,
    pub reminder: String,
    /// 0 for never.
    pub reminder_minutes: i64,
    pub reminder_most: i64,
    pub reply: String,
    pub reply_minutes: i64,
    /// The contact's answer ends the pause.
    pub contact_ends: bool,
    /// Departments that offer it.
    pub audience: Audience,
}

impl PauseReason {
    /// Leads manage what only their own departments offer; administrators everything.
    pub fn is_managed_by(&self, agent: &Agent) -> bool {
        self.audience.is_managed_by(agent)
    }
}

/// What a department allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseRule {
    pub allowed: bool,
    /// Minutes after the time of return.
    pub grace: i64,
    pub overdue: Overdue,
}

impl Default for PauseRule {
    fn default() -> Self {
        Self { allowed: true, grace: 15, overdue: Overdue::Stays }
    }
}

/// A pause that is open.
#[derive(Clone, Debug)]
pub struct Pause {
    pub id: PauseId,
    pub conversation: ConversationId,
    pub department: DepartmentId,
    pub agent: AgentId,
    pub reason: String,
    pub returns_at: Timestamp,
    pub reminder: String,
    pub reminder_minutes: i64,
    pub reminder_most: i64,
    pub reply: String,
    pub reply_minutes: i64,
    pub contact_ends: bool,
    pub contact_wrote_at: Option<Timestamp>,
    pub replied_at: Option<Timestamp>,
}

/// The bot is silent for so long after an agent's own message.
const SILENCE: i64 = 5 * MINUTE;
/// The agent is warned so long before the return.
pub const WARNING: i64 = 5 * MINUTE;

impl Pause {
    /// Whether the bot answers a contact who writes now; `agent_wrote` is the agent's last message.
    pub fn replies(&self, agent_wrote: Option<Timestamp>, now: Timestamp) -> bool {
        !self.reply.is_empty()
            && self.replied_at.is_none_or(|last| now.since(last) >= self.reply_minutes * MINUTE)
            && agent_wrote.is_none_or(|last| now.since(last) >= SILENCE)
    }

    /// When the bot reminds for the nth time (from 1), if it does: not after the time of return.
    pub fn reminder_at(&self, started_at: Timestamp, nth: i64) -> Option<Timestamp> {
        let due = started_at.plus(nth * self.reminder_minutes * MINUTE);
        let wanted = !self.reminder.is_empty() && self.reminder_minutes > 0 && nth <= self.reminder_most;
        (wanted && due < self.returns_at).then_some(due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause() -> Pause {
        Pause {
            id: PauseId(1),
            conversation: ConversationId(1),
            department: DepartmentId(1),
            agent: AgentId(1),
            reason: String::new(),
            returns_at: Timestamp(60 * MINUTE),
            reminder: "ainda aqui".to_owned(),
            reminder_minutes: 20,
            reminder_most: 5,
            reply: "já volto".to_owned(),
            reply_minutes: 10,
            contact_ends: false,
            contact_wrote_at: None,
            replied_at: None,
        }
    }

    #[test]
    fn the_bot_answers_seldom_and_never_beside_the_agent() {
        let now = Timestamp(100 * MINUTE);
        assert!(pause().replies(None, now));
        assert!(!pause().replies(Some(now.plus(-5 * MINUTE + 1)), now));
        assert!(pause().replies(Some(now.plus(-5 * MINUTE)), now));
        let answered = |ago: i64| Pause { replied_at: Some(now.plus(-ago)), ..pause() };
        assert!(!answered(10 * MINUTE - 1).replies(None, now) && answered(10 * MINUTE).replies(None, now));
        assert!(!Pause { reply: String::new(), ..pause() }.replies(None, now));
    }

    #[test]
    fn reminders_end_with_their_number_and_with_the_return() {
        let at = |nth| pause().reminder_at(Timestamp(0), nth).map(|at| at.0 / MINUTE);
        assert_eq!([at(1), at(2), at(3)], [Some(20), Some(40), None], "at the return there is none");
        assert_eq!(Pause { reminder_most: 1, ..pause() }.reminder_at(Timestamp(0), 2), None);
        assert_eq!(Pause { reminder_minutes: 0, ..pause() }.reminder_at(Timestamp(0), 1), None);
    }
}
