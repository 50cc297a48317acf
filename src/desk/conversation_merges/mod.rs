//! Two conversations of one contact made one, and one made two; both can be taken back for ten minutes, exactly.

pub mod sql;
pub mod view;
pub mod web;
pub mod web_undo;

use serde::{Deserialize, Serialize};

use crate::desk::conversations::{ConversationId, ConversationStanding};
use crate::desk::messages::MessageId;
use crate::desk::reads::ReadMark;
use crate::platform::time::{MINUTE, Timestamp};
use crate::team::agents::AgentId;

crate::ids! {
    /// One merge or split.
    ConversationMergeId,
}

crate::words! {
    /// Two made one, or one made two.
    Kind { Merge = "merge", Split = "split" }
}

/// How long it can be taken back.
pub const UNDOABLE: i64 = 10 * MINUTE;

/// How both conversations stand, with how far everybody has read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPair {
    pub kept: ConversationStanding,
    pub other: ConversationStanding,
    pub kept_readings: Vec<ReadMark>,
    pub other_readings: Vec<ReadMark>,
}

/// A merge or split, with all that undoing it needs.
#[derive(Clone, Debug)]
pub struct ConversationMerge {
    pub id: ConversationMergeId,
    pub kind: Kind,
    pub kept: ConversationId,
    pub other: ConversationId,
    pub by: AgentId,
    pub moved: String,
    pub before: ConversationPair,
    pub after: ConversationPair,
    pub lines: String,
    pub tags: String,
    pub at: Timestamp,
}

/// What a conversation shows of merges and splits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traces {
    /// The latest one, while it can be taken back, with the other's number.
    pub undoable: Option<(ConversationMergeId, Kind, i64)>,
    /// The conversation that has taken this one in, and its number.
    pub taken_into: Option<(ConversationId, i64)>,
}

/// How the one that goes on stands after it has taken the other in: who spoke last in either decides.
pub fn joined(kept: &ConversationStanding, other: &ConversationStanding) -> ConversationStanding {
    let mut joined = kept.clone();
    if other.last_at > kept.last_at {
        joined.spoke_last.clone_from(&other.spoke_last);
        joined.last_at = other.last_at;
        joined.last_author.clone_from(&other.last_author);
        joined.last_line.clone_from(&other.last_line);
        joined.follow();
        if joined.state != kept.state {
            joined.since = other.since;
        }
    }
    // Who waits has been waiting since the older of two messages without an answer.
    if joined.state == "waiting_agent" && other.state == "waiting_agent" {
        joined.since = joined.since.min(other.since);
    }
    joined.inbound += other.inbound;
    joined.first_answered_at = match (kept.first_answered_at, other.first_answered_at) {
        (Some(one), Some(another)) => Some(one.min(another)),
        (one, another) => one.or(another),
    };
    joined.delivered_to = joined.delivered_to.max(other.delivered_to);
    joined.read_to = joined.read_to.max(other.read_to);
    joined
}

/// How one that was taken into another stands: closed and empty.
pub fn emptied(other: &ConversationStanding, at: Timestamp) -> ConversationStanding {
    ConversationStanding { state: "closed".to_owned(), closed_at: Some(at.0), since: at.0, inbound: 0, ..other.clone() }
}

/// How a conversation stands when it has only these messages.
pub fn reduced(before: &ConversationStanding, told: &MessageSummary) -> ConversationStanding {
    let mut now = before.clone();
    now.inbound = told.inbound;
    now.first_answered_at = told.first_answered_at;
    now.delivered_to = now.delivered_to.min(told.newest.0);
    now.read_to = now.read_to.min(told.newest.0);
    if let Some((author, line, at)) = &told.last {
        now.last_author.clone_from(author);
        now.last_line.clone_from(line);
        now.last_at = at.0;
    }
    if let Some(spoke_last) = &told.spoke_last {
        now.spoke_last.clone_from(spoke_last);
    }
    now.follow();
    if now.state != before.state {
        now.since = now.last_at;
    }
    now
}

/// How far everybody has read the one that has taken the other in.
pub fn joined_readings(kept: (&[ReadMark], i64), other: (&[ReadMark], i64)) -> Vec<ReadMark> {
    let mut agents: Vec<AgentId> = kept.0.iter().chain(other.0).map(|reading| reading.agent).collect();
    agents.sort_unstable();
    agents.dedup();
    let of = |(readings, inbound): (&[ReadMark], i64), agent: AgentId| {
        let found = readings.iter().find(|reading| reading.agent == agent);
        let (seen, message) = found.map_or((0, 0), |reading| (reading.seen, reading.message.0));
        (seen, message, seen < inbound)
    };
    agents
        .into_iter()
        .map(|agent| {
            let (one, two) = (of(kept, agent), of(other, agent));
            // The line of what is unread stands before the first unread of either.
            let message = match (one.2, two.2) {
                (true, true) => one.1.min(two.1),
                (true, false) => one.1,
                (false, true) => two.1,
                (false, false) => one.1.max(two.1),
            };
            ReadMark { agent, seen: one.0 + two.0, message: MessageId(message) }
        })
        .collect()
}

/// How far a conversation that was split is read: what stays, and what goes. The first ones were read first.
pub fn split_readings(readings: &[ReadMark], stays: i64, last: MessageId) -> (Vec<ReadMark>, Vec<ReadMark>) {
    let stay =
        |reading: &ReadMark| ReadMark { seen: reading.seen.min(stays), message: reading.message.min(last), ..*reading };
    let go = |reading: &ReadMark| ReadMark { seen: (reading.seen - stays).max(0), ..*reading };
    (readings.iter().map(stay).collect(), readings.iter().map(go).collect())
}

/// What the messages of a conversation say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSummary {
    pub inbound: i64,
    pub first_answered_at: Option<i64>,
    pub spoke_last: Option<String>,
    /// Author, line and time of the last that was spoken.
    pub last: Option<(String, String, Timestamp)>,
    /// The newest message that a contact can see.
    pub newest: MessageId,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(state: &str, spoke_last: &str, since: i64, last_at: i64, inbound: i64) -> ConversationStanding {
        ConversationStanding {
            state: state.to_owned(),
            spoke_last: spoke_last.to_owned(),
            first_answered_at: None,
            closed_at: None,
            since,
            last_at,
            last_author: spoke_last.to_owned(),
            last_line: format!("at {last_at}"),
            inbound,
            delivered_to: 0,
            read_to: 0,
        }
    }

    #[test]
    fn who_spoke_last_in_either_decides() {
        let kept = standing("waiting_contact", "team", 10, 20, 1);
        let asks = standing("waiting_agent", "contact", 25, 30, 2);
        let joined_one = joined(&kept, &asks);
        assert_eq!((joined_one.state.as_str(), joined_one.since, joined_one.inbound), ("waiting_agent", 25, 3));
        let old = standing("waiting_agent", "contact", 5, 8, 2);
        let joined_two = joined(&kept, &old);
        assert_eq!((joined_two.state.as_str(), joined_two.since), ("waiting_contact", 10));
        let both = joined(&standing("waiting_agent", "contact", 10, 12, 1), &old);
        assert_eq!((both.state.as_str(), both.since), ("waiting_agent", 5));
        // With the bot it stays with the bot.
        assert_eq!(joined(&standing("bot", "contact", 1, 2, 1), &asks).state, "bot");
    }

    #[test]
    fn what_was_unread_in_either_stays_unread() {
        let read = |agent, seen, message| ReadMark { agent: AgentId(agent), seen, message: MessageId(message) };
        let kept = [read(1, 2, 20), read(2, 1, 5)];
        let other = [read(1, 0, 8)];
        let joined = joined_readings((&kept, 2), (&other, 3));
        assert_eq!(joined, [read(1, 2, 8), read(2, 1, 0)]);
        assert_eq!(joined_readings((&kept[..1], 2), (&[read(1, 3, 31)], 3)), [read(1, 5, 31)]);
    }

    #[test]
    fn a_split_divides_what_was_read() {
        let read = |seen, message| ReadMark { agent: AgentId(1), seen, message: MessageId(message) };
        let (stays, goes) = split_readings(&[read(5, 40)], 3, MessageId(30));
        assert_eq!((stays, goes), (vec![read(3, 30)], vec![read(2, 40)]));
        let (stays, goes) = split_readings(&[read(2, 20)], 3, MessageId(30));
        assert_eq!((stays, goes), (vec![read(2, 20)], vec![read(0, 20)]));
    }
}
