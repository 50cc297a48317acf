//! Queues: department × state, as the left part of the console shows them.

pub mod sql;
pub mod view;

use std::collections::HashMap;

use crate::desk::conversations::{ConversationId, State};
use crate::desk::tags::TagId;
use crate::platform::time::Timestamp;
use crate::team::agents::{Agent, Role};
use crate::team::channels;
use crate::team::departments::DepartmentId;

/// Cards in one section at first; more come on request.
pub const PAGE: usize = 25;

/// Which conversations a queue pane shows: those of a place, or of them those with a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QueueScope {
    pub place: QueuePlace,
    pub tag: Option<TagId>,
}

/// Whose conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueuePlace {
    /// The asker's own ones, in any department.
    Mine,
    /// Those of a department that the asker may see.
    Department(DepartmentId),
}

impl From<QueuePlace> for QueueScope {
    fn from(place: QueuePlace) -> Self {
        Self { place, tag: None }
    }
}

impl QueueScope {
    /// From an address; None for a department that this person may not see.
    pub fn parse(text: &str, agent: &Agent) -> Option<Self> {
        let (place, tag) = match text.split_once('-') {
            Some((place, tag)) => (place, Some(TagId(tag.parse().ok()?))),
            None => (text, None),
        };
        let place = match place {
            "mine" => QueuePlace::Mine,
            _ => {
                let department = DepartmentId(place.parse().ok()?);
                agent.in_department(department).then_some(QueuePlace::Department(department))?
            }
        };
        Some(Self { place, tag })
    }

    /// For addresses: `mine` or the department's number, and `-` with the tag's.
    pub fn word(self) -> String {
        let place = match self.place {
            QueuePlace::Mine => "mine".to_owned(),
            QueuePlace::Department(id) => id.to_string(),
        };
        match self.tag {
            Some(tag) => format!("{place}-{tag}"),
            None => place,
        }
    }

    /// Whose conversations count: everybody's for seniors, else one's own and the unassigned ones.
    pub fn sees_all(self, agent: &Agent) -> bool {
        matches!(self.place, QueuePlace::Department(_)) && agent.is(Role::Senior)
    }
}

/// The sections, in the order of the screen.
pub const SECTIONS: [State; 5] = [State::WaitingAgent, State::WaitingContact, State::Paused, State::Bot, State::Closed];

/// The sections that are open unless asked otherwise.
pub fn is_open_at_first(state: State) -> bool {
    matches!(state, State::WaitingAgent | State::WaitingContact)
}

/// One conversation in the queue.
#[derive(Clone, Debug)]
pub struct QueueCard {
    pub id: ConversationId,
    pub number: i64,
    pub state: State,
    pub contact_name: String,
    pub contact_phone: String,
    pub contact_email: String,
    pub channel: channels::Kind,
    pub last_author: String,
    pub last_line: String,
    pub since: Timestamp,
    /// Messages of the contact that the asker has not seen.
    pub unread: i64,
    pub assignee: Option<String>,
    pub mine: bool,
    /// Colour and name.
    pub tags: Vec<(String, String)>,
    /// What the waiting is measured by, where it is.
    pub measure: Option<Measure>,
    /// The contact wrote during the pause.
    pub answered: bool,
    /// Handed on, and not accepted yet.
    pub transferred: bool,
}

/// How long somebody has waited against the department's goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heat {
    Calm,
    /// More than half of the goal has passed.
    Amber,
    /// The goal is missed.
    Red,
}

impl Heat {
    /// For the style.
    pub fn word(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }

    /// From the waiting time and the goal, both in milliseconds.
    pub fn of(waited: i64, goal: i64) -> Self {
        match waited {
            _ if waited > goal => Self::Red,
            _ if waited * 2 > goal => Self::Amber,
            _ => Self::Calm,
        }
    }
}

/// The time that colours a card and the head of a conversation, and the goal that it runs against, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    pub from: Timestamp,
    pub goal: i64,
}

impl Measure {
    /// Until the first answer the contact's waiting against the goal for that; afterwards the handling from the opening on,
    /// where the department has a goal for it. Whoever waits for an agent without one is measured as at first.
    pub fn of(state: State, answered: bool, since: Timestamp, opened_at: Timestamp, goals: Goals) -> Option<Self> {
        match state {
            State::WaitingAgent | State::WaitingContact if answered && goals.handling > 0 => {
                Some(Self { from: opened_at, goal: goals.handling })
            }
            State::WaitingAgent => Some(Self { from: since, goal: goals.first_answer }),
            _ => None,
        }
    }

    /// How warm it is by now.
    pub fn heat(self, now: Timestamp) -> Heat {
        Heat::of(now.since(self.from), self.goal)
    }
}

/// A department's goals in milliseconds; 0 for no goal for the handling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goals {
    pub first_answer: i64,
    pub handling: i64,
}

/// Where a page of cards goes on: after this card.
#[derive(Clone, Copy, Debug)]
pub struct QueueCursor {
    pub since: Timestamp,
    pub id: ConversationId,
}

impl QueueCursor {
    /// From `since-id`.
    pub fn parse(text: &str) -> Option<Self> {
        let (since, id) = text.split_once('-')?;
        Some(Self { since: Timestamp(since.parse().ok()?), id: ConversationId(id.parse().ok()?) })
    }

    /// For an address.
    pub fn of(card: &QueueCard) -> String {
        format!("{}-{}", card.since.0, card.id)
    }
}

/// Conversations per state of the scope that is open.
pub type QueueCounts = HashMap<State, i64>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_turns_amber_at_half_the_goal_and_red_past_it() {
        assert_eq!(Heat::of(50, 100), Heat::Calm);
        assert_eq!(Heat::of(51, 100), Heat::Amber);
        assert_eq!(Heat::of(100, 100), Heat::Amber);
        assert_eq!(Heat::of(101, 100), Heat::Red);
    }

    #[test]
    fn the_goal_for_the_handling_counts_after_the_first_answer_from_the_opening_on() {
        let (opened_at, since) = (Timestamp(1000), Timestamp(2000));
        let of = |state, answered, handling| {
            let measure = Measure::of(state, answered, since, opened_at, Goals { first_answer: 5, handling });
            measure.map(|measure| (measure.from.0, measure.goal))
        };
        assert_eq!(of(State::WaitingAgent, false, 9), Some((2000, 5)));
        assert_eq!(of(State::WaitingAgent, true, 9), Some((1000, 9)));
        assert_eq!(of(State::WaitingContact, true, 9), Some((1000, 9)));
        assert_eq!(of(State::WaitingAgent, true, 0), Some((2000, 5)));
        for (state, handling) in [(State::WaitingContact, 0), (State::Closed, 9), (State::Paused, 9), (State::Bot, 9)] {
            assert_eq!(of(state, true, handling), None, "{state:?}");
        }
    }
}
