//! Telling the open pages what became of a conversation.

use rusqlite::Connection;

use crate::desk::conversations::ConversationId;
use crate::desk::conversations::sql::{ConversationPlace, place};
use crate::desk::messages::{Author, MessageId};
use crate::platform::error::Result;
use crate::platform::time::Timestamp;

/// Tells every stream concerned of a message; the contact's own streams too, unless it is a note.
pub fn tell_message(
    conn: &Connection,
    id: ConversationId,
    place: ConversationPlace,
    message: MessageId,
    author: Author,
    now: Timestamp,
) -> Result<()> {
    let data = format!("{{\"conversation\":{id},\"message\":{message},\"author\":\"{}\"}}", author.word());
    tell(conn, id, place, if author == Author::Note { Reach::Team } else { Reach::Everyone }, "message", &data, now)
}

/// Tells the team that a note was changed or taken away.
pub fn tell_note(conn: &Connection, id: ConversationId, note: MessageId, now: Timestamp) -> Result<()> {
    let data = format!("{{\"conversation\":{id},\"message\":{note}}}");
    tell(conn, id, place(conn, id)?, Reach::Team, "note", &data, now)
}

/// Tells the team that a conversation moved or changed; the contact's page too, where that sees it.
pub fn tell_change(conn: &Connection, id: ConversationId, reach: Reach, now: Timestamp) -> Result<()> {
    tell(conn, id, place(conn, id)?, reach, "conversation", &format!("{{\"conversation\":{id}}}"), now)
}

/// Who hears of an event.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Team,
    Everyone,
}

fn tell(
    conn: &Connection,
    id: ConversationId,
    place: ConversationPlace,
    reach: Reach,
    name: &str,
    data: &str,
    now: Timestamp,
) -> Result<()> {
    let ConversationPlace { department, assignee, identity } = place;
    let mut topics = format!("departments department:{department} conversation:{id}");
    if let Some(assignee) = assignee {
        topics.push_str(&format!(" agent:{assignee}"));
    }
    if reach == Reach::Everyone {
        topics.push_str(&format!(" chat:{identity}"));
    }
    crate::platform::events::sql::tell(conn, &topics, name, data, now)
}
