//! Telling a person something: on the screen at once, by mail where nobody looks.

use rusqlite::Connection;

use super::{Kind, Notification, NotificationId, NotificationSubject, TicketId, mentioned, sql};
use crate::desk::conversations::{Conversation, ConversationId};
use crate::platform::error::Result;
use crate::platform::events;
use crate::platform::text::notifications as t;
use crate::platform::time::Timestamp;
use crate::team::agents::{Agent, AgentId, Presence};
use crate::team::{agents, company, mail};

/// Tells a person something: on the screen at once, and by mail where the person is not online.
pub fn tell(
    conn: &Connection,
    agent: AgentId,
    kind: Kind,
    about: NotificationSubject,
    line: &str,
    now: Timestamp,
) -> Result<()> {
    let line: String = crate::desk::conversations::line(line);
    let id = sql::create(conn, agent, kind, about, &line, now)?;
    let data = match about {
        NotificationSubject::Conversation(conversation) => {
            format!("{{\"notification\":{id},\"kind\":\"{}\",\"conversation\":{conversation}}}", kind.word())
        }
        NotificationSubject::Ticket(ticket) => {
            format!("{{\"notification\":{id},\"kind\":\"{}\",\"ticket\":{ticket}}}", kind.word())
        }
    };
    events::sql::tell(conn, &format!("agent:{agent}"), "notification", &data, now)?;
    let person = agents::sql::find(conn, agent)?;
    if person.presence == Presence::Online {
        return Ok(());
    }
    let notification = Notification { id, kind, about, number: sql::number(conn, about)?, line, at: now };
    send(conn, &person, &notification)
}

/// Queues the mail, unless one about the same conversation or ticket went out just now. A notification that came by mail says so.
fn send(conn: &Connection, person: &agents::Agent, notification: &Notification) -> Result<()> {
    if sql::mailed_lately(conn, person.id, notification)? || !mail::sql::is_configured(conn)? {
        return Ok(());
    }
    sql::mailed(conn, notification)?;
    let base = company::sql::find(conn)?.map(|company| company.public_url).unwrap_or_default();
    let link = if base.is_empty() { base } else { base + &notification.about.address() };
    let number = notification.number.map(|number| number.to_string()).unwrap_or_default();
    let kind = notification.kind.phrase().say(person.language);
    let words =
        [("kind", kind), ("number", &number), ("name", &person.name), ("line", &notification.line), ("link", &link)];
    let subject = if number.is_empty() { kind.to_owned() } else { t::SUBJECT.fill(person.language, &words) };
    mail::sql::queue(conn, &person.email, &subject, &t::BODY.fill(person.language, &words), notification.at)
}

/// Marks everything up to a notification as seen.
pub fn see(conn: &Connection, agent: AgentId, up_to: NotificationId, now: Timestamp) -> Result<()> {
    sql::see(conn, agent, up_to, now)?;
    told(conn, agent, now)
}

/// Marks what was told about one ticket as seen: the person has opened it.
pub fn see_ticket(conn: &Connection, agent: AgentId, ticket: TicketId, now: Timestamp) -> Result<()> {
    if sql::see_ticket(conn, agent, ticket, now)? { told(conn, agent, now) } else { Ok(()) }
}

/// Takes a notification about a conversation back that concerns this person no longer.
pub fn withdraw(conn: &Connection, agent: AgentId, kind: Kind, about: ConversationId, now: Timestamp) -> Result<()> {
    if sql::withdraw(conn, agent, kind, about, now)? { told(conn, agent, now) } else { Ok(()) }
}

/// A person's pages count anew what is not seen.
fn told(conn: &Connection, agent: AgentId, now: Timestamp) -> Result<()> {
    events::sql::tell(conn, &format!("agent:{agent}"), "seen", "{}", now)
}

/// Tells the people whom a note names (`note` is its text now and before), if they may see the conversation, and were not named by
/// it before.
pub fn mention(
    conn: &Connection,
    by: &Agent,
    conversation: &Conversation,
    (note, before): (&str, &str),
    now: Timestamp,
) -> Result<()> {
    if !note.contains('@') {
        return Ok(());
    }
    let people = colleagues(conn, by, conversation)?;
    let known = mentioned(before, &people);
    let about = NotificationSubject::Conversation(conversation.id);
    let named = mentioned(note, &people).into_iter().filter(|agent| !known.contains(agent));
    named.into_iter().try_for_each(|agent| tell(conn, agent, Kind::Mention, about, note, now))
}

/// Everybody else who may see a conversation.
pub fn colleagues(conn: &Connection, by: &Agent, conversation: &Conversation) -> Result<Vec<(AgentId, String)>> {
    let everybody = agents::sql::everybody(conn)?.into_iter();
    let others = everybody.filter(|agent| agent.id != by.id && conversation.is_visible_to(agent));
    Ok(others.map(|agent| (agent.id, agent.name)).collect())
}
