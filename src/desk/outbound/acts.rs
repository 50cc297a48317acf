//! The team opens a conversation.

use rusqlite::Connection;

use super::{OutboundForm, Way, sql};
use crate::contacts;
use crate::contacts::{ContactId, IdentityId};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::sql::NewConversation;
use crate::desk::conversations::{Conversation, ConversationId};
use crate::desk::messages::{Author, NewMessage, SystemLine};
use crate::desk::notifications::{Kind, NotificationSubject};
use crate::desk::{auto_assignments, conversations, messages, notifications};
use crate::platform::error::Result;
use crate::platform::time::{Timestamp, Zone};
use crate::team::agents::{Agent, AgentId};
use crate::team::{agents, channels};

/// A conversation that was asked for: with whom, over which of their ways, and the one that it comes from.
pub struct Wish<'a> {
    pub contact: ContactId,
    pub ways: &'a [Way],
    pub draft: &'a OutboundForm,
    pub from: Option<&'a Conversation>,
}

/// Number, lines, links, first message, notification and news, all or nothing.
pub fn open(conn: &Connection, by: &Agent, wish: &Wish, zone: &Zone, now: Timestamp) -> Result<ConversationId> {
    let Wish { contact, ways, draft, from } = *wish;
    let (identity, channel) = match ways.iter().find(|way| Some(way.identity) == draft.way) {
        Some(way) => (way.identity, way.channel),
        None => desk(conn, contact, draft, now)?,
    };
    let number = conversations::sql::next_number(conn, zone.day(now))?;
    let previous = conversations::sql::latest_of(conn, identity)?.map(|latest| latest.id);
    let department = draft.to.department;
    let id = conversations::sql::open(
        conn,
        &NewConversation { number, contact, identity, channel, department, previous, now },
    )?;
    sql::create(conn, id, from.map(|from| from.id), by.id, now)?;
    messages::sql::add_line(conn, id, &SystemLine::Opened { number }, now)?;
    if let Some(from) = from {
        messages::sql::add_line(conn, id, &SystemLine::OpenedFrom { number: from.number }, now)?;
        messages::sql::add_line(conn, from.id, &SystemLine::Originated { number }, now)?;
        conversations::acts::tell_change(conn, from.id, Reach::Team, now)?;
    }
    if let Some(agent) = draft.to.agent {
        conversations::sql::assign(conn, id, None, agent)?;
        let name = agents::sql::find(conn, agent)?.name;
        messages::sql::add_line(conn, id, &SystemLine::Taken { name }, now)?;
    }
    if !draft.first.is_empty() {
        say_first(conn, by.id, id, &draft.first, now)?;
    }
    conversations::acts::tell_change(conn, id, Reach::Everyone, now)?;
    match draft.to.agent {
        Some(agent) if agent != by.id => {
            let line = messages::SystemLine::Opened { number }.for_team(by.language);
            notifications::acts::tell(conn, agent, Kind::Assigned, NotificationSubject::Conversation(id), &line, now)?;
        }
        Some(_) => {}
        None => auto_assignments::acts::hand_out(conn, department, now)?,
    }
    Ok(id)
}

/// The place of a contact without a channel: notes only, until there is one.
fn desk(
    conn: &Connection,
    contact: ContactId,
    draft: &OutboundForm,
    now: Timestamp,
) -> Result<(IdentityId, channels::ChannelId)> {
    let channel = channels::sql::desk(conn, draft.to.department, now)?;
    let identity = match sql::desk_identity(conn, contact)? {
        Some(identity) => identity,
        None => contacts::sql::add_identity(conn, contact, channel, &contact.to_string(), false, now)?,
    };
    Ok((identity, channel))
}

fn say_first(conn: &Connection, by: AgentId, id: ConversationId, body: &str, now: Timestamp) -> Result<()> {
    let message = messages::sql::add(
        conn,
        &NewMessage { conversation: id, author: Author::Agent, agent: Some(by), body, external_id: None, at: now },
    )?;
    let place = conversations::sql::agent_spoke(conn, id, body, now)?;
    conversations::acts::tell_message(conn, id, place, message, Author::Agent, now)
}
