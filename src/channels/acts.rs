//! What every channel does with a message from a contact: find its conversation, or reopen, or open one.

use rusqlite::Connection;

use crate::contacts::{self, IdentityId};
use crate::desk::conversations::{self, Arrival, ConversationId, State, arrival};
use crate::desk::messages::{self, Author, MessageId, NewMessage, SystemLine};
use crate::desk::{auto_assignments, closings, greetings, pauses};
use crate::platform::error::Result;
use crate::platform::time::{Timestamp, Zone};
use crate::team::agents::Presence;
use crate::team::channels::Channel;
use crate::team::{agents, departments};

/// Where a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub conversation: ConversationId,
    pub message: MessageId,
    /// The message had come before and was stored then.
    pub repeated: bool,
}

/// Stores a message of a contact. `external_id` is the channel's own id: a repeated one changes nothing.
pub fn receive(
    conn: &Connection,
    channel: &Channel,
    identity: IdentityId,
    body: &str,
    external_id: Option<&str>,
    zone: &Zone,
    now: Timestamp,
) -> Result<Delivery> {
    let latest = conversations::sql::latest_of(conn, identity)?;
    // A repetition may come after the conversation was closed and another opened, or beside an open one.
    if let (Some(external_id), Some(_)) = (external_id, &latest)
        && let Some((conversation, message)) = messages::sql::by_external_id(conn, identity, external_id)?
    {
        return Ok(Delivery { conversation, message, repeated: true });
    }
    let window = match &latest {
        Some(latest) if latest.state == State::Closed => {
            departments::sql_flow::reopen_window(conn, conversations::sql::place(conn, latest.id)?.department)?
        }
        _ => None,
    };
    let arrival = arrival(latest.as_ref(), window.unwrap_or(channel.reopen_window), body, now);
    let conversation = match arrival {
        Arrival::Into(id) | Arrival::Aside(id) => id,
        Arrival::Reopens(id) => {
            reopen(conn, id, now)?;
            id
        }
        Arrival::Opens { previous } => open(conn, channel, identity, previous, zone, now)?,
    };
    let paused = latest.as_ref().is_some_and(|latest| latest.state == State::Paused);
    let message = NewMessage { conversation, author: Author::Contact, agent: None, body, external_id, at: now };
    let message = messages::sql::add(conn, &message)?;
    let place = conversations::sql::contact_spoke(conn, conversation, body, now)?;
    conversations::acts::tell_message(conn, conversation, place, message, Author::Contact, now)?;
    if paused {
        pauses::acts::contact_wrote(conn, conversation, now)?;
    }
    if let Arrival::Reopens(_) | Arrival::Opens { .. } = arrival {
        let again = matches!(arrival, Arrival::Reopens(_));
        greetings::acts::greet(conn, conversation, place.department, again, now)?;
        auto_assignments::acts::hand_out(conn, place.department, now)?;
    }
    Ok(Delivery { conversation, message, repeated: false })
}

/// Opens a conversation with its number and the line that tells it.
pub fn open(
    conn: &Connection,
    channel: &Channel,
    identity: IdentityId,
    previous: Option<ConversationId>,
    zone: &Zone,
    now: Timestamp,
) -> Result<ConversationId> {
    let (contact, _) = contacts::sql::of_identity(conn, identity)?;
    let number = conversations::sql::next_number(conn, zone.day(now))?;
    let id = conversations::sql::open(
        conn,
        &conversations::sql::NewConversation {
            number,
            contact,
            identity,
            channel: channel.id,
            department: channel.department,
            previous,
            now,
        },
    )?;
    messages::sql::add_line(conn, id, &SystemLine::Opened { number }, now)?;
    Ok(id)
}

/// To the last assignee where that person is present, else to the department.
fn reopen(conn: &Connection, id: ConversationId, now: Timestamp) -> Result<()> {
    let conversation = conversations::sql::find(conn, id)?;
    let assignee = match conversation.assignee {
        Some(agent) if agents::sql::find(conn, agent)?.presence == Presence::Online => Some(agent),
        _ => None,
    };
    let told = closings::sql::reopen(conn, id, now)?;
    conversations::sql::reopen(conn, id, assignee, now)?;
    // Who was never told of the closing is told of no reopening.
    if told { messages::sql::add_line(conn, id, &SystemLine::Reopened, now) } else { Ok(()) }
}
