//! Notes after they are written: for ten minutes their author changes them or takes them away; the trace stays.

pub mod sql;
pub mod view;
pub mod web;

use crate::desk::messages::{Author, LONGEST, Message, NoteChange};
use crate::platform::text::{Phrase, messages as m, notes as t};
use crate::platform::time::{MINUTE, Timestamp};
use crate::team::agents::{Agent, AgentId, Role};

/// How long a note can be changed, in milliseconds.
pub const OPEN_FOR: i64 = 10 * MINUTE;

/// What a note said before a change.
#[derive(Clone, Debug)]
pub struct Revision {
    pub body: String,
    /// Until when it said that.
    pub at: Timestamp,
}

/// Why a message can't be changed by this person now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditRefusal {
    /// Somebody else's.
    Forbidden,
    Conflict(Phrase),
}

/// Whether this person may change a message now.
pub fn is_open(message: &Message, agent: AgentId, now: Timestamp) -> Result<(), EditRefusal> {
    if message.author != Author::Note {
        return Err(EditRefusal::Conflict(t::NOT_A_NOTE));
    }
    if message.agent != Some(agent) {
        return Err(EditRefusal::Forbidden);
    }
    if is_deleted(message) {
        return Err(EditRefusal::Conflict(t::GONE));
    }
    if now.since(message.at) > OPEN_FOR { Err(EditRefusal::Conflict(t::TOO_LATE)) } else { Ok(()) }
}

/// Whether a note was taken away.
pub fn is_deleted(message: &Message) -> bool {
    message.revised.is_some_and(|revised| revised.change == NoteChange::Deleted)
}

/// The former texts are for everybody while the note stands; those of a deleted one for its author and for leads.
pub fn may_see_trace(message: &Message, agent: &Agent) -> bool {
    !is_deleted(message) || message.agent == Some(agent.id) || agent.is(Role::Lead)
}

/// What is wrong with a note's new text.
pub fn fault(body: &str, files: usize) -> Option<Phrase> {
    if body.trim().is_empty() && files == 0 {
        Some(m::EMPTY)
    } else if body.chars().count() > LONGEST {
        Some(m::TOO_LONG)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::messages::{LastRevision, MessageId};

    #[test]
    fn an_author_changes_a_note_for_ten_minutes_and_nothing_else_ever() {
        let message = |author, revised| Message {
            id: MessageId(1),
            author,
            agent_name: "Ana".to_owned(),
            agent: Some(AgentId(7)),
            body: "veja".to_owned(),
            at: Timestamp(0),
            attachments: Vec::new(),
            revised,
        };
        let note = message(Author::Note, None);
        let (me, other) = (AgentId(7), AgentId(8));
        assert_eq!(is_open(&note, me, Timestamp(OPEN_FOR)), Ok(()));
        assert_eq!(is_open(&note, me, Timestamp(OPEN_FOR + 1)), Err(EditRefusal::Conflict(t::TOO_LATE)));
        assert_eq!(is_open(&note, other, Timestamp(0)), Err(EditRefusal::Forbidden));
        let chat = message(Author::Agent, None);
        assert_eq!(is_open(&chat, me, Timestamp(0)), Err(EditRefusal::Conflict(t::NOT_A_NOTE)));
        let gone = message(Author::Note, Some(LastRevision { change: NoteChange::Deleted, at: Timestamp(5) }));
        assert_eq!(is_open(&gone, me, Timestamp(6)), Err(EditRefusal::Conflict(t::GONE)));
    }
}
