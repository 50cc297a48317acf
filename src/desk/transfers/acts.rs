//! What becomes of a transfer: it is told, accepted, or goes back after a time.

use rusqlite::Connection;

use super::{TransferChoice, TransferId, TransferTarget, sql};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{Conversation, ConversationId, State, may_see};
use crate::desk::messages::{Author, NewMessage, SystemLine};
use crate::desk::notifications::{Kind, NotificationSubject};
use crate::desk::pauses::{self, EndedBy};
use crate::desk::{auto_assignments, conversations, messages, notifications};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::text::transfers as t;
use crate::platform::time::Timestamp;
use crate::team::agents::{Agent, AgentId, Presence};
use crate::team::{agents, departments};

/// What the giver wants the receiver to know, as a note.
fn note(
    conn: &Connection,
    by: &Agent,
    id: ConversationId,
    body: &str,
    now: Timestamp,
) -> Result<Option<messages::MessageId>> {
    if body.is_empty() {
        return Ok(None);
    }
    let agent = Some(by.id);
    let note = NewMessage { conversation: id, author: Author::Note, agent, body, external_id: None, at: now };
    let message = messages::sql::add(conn, &note)?;
    let place = conversations::sql::place(conn, id)?;
    conversations::acts::tell_message(conn, id, place, message, Author::Note, now)?;
    Ok(Some(message))
}

/// A transfer that was asked for: from where it stands, to a place among the choices.
pub struct TransferRequest<'a> {
    pub conversation: &'a Conversation,
    pub to: TransferTarget,
    pub choices: &'a [TransferChoice],
    /// For who gets it; empty for none.
    pub note: &'a str,
}

/// Hands a conversation on: the note, the pause's end, the move, the row, the line, the notifications; and the time in which a
/// named person accepts.
///
/// # Errors
/// Conflict where somebody was faster.
pub fn start(conn: &Connection, by: &Agent, handing: &TransferRequest, now: Timestamp) -> Result<()> {
    let (id, from) = (handing.conversation.id, here(handing.conversation));
    let note = note(conn, by, id, handing.note, now)?;
    // Told where it was as well, so that it leaves those lists.
    conversations::acts::tell_change(conn, id, Reach::Team, now)?;
    pauses::acts::end(conn, id, EndedBy::Transfer, now)?;
    let to = (handing.to.department, handing.to.agent);
    if !conversations::sql::hand_on(conn, id, (from.department, from.agent), to)? {
        return Err(Error::Conflict(t::ALREADY_MOVED));
    }
    let transfer = sql::start(conn, id, (from, handing.to), by.id, note, now)?;
    tell(conn, by, handing, transfer, now)
}

/// The line, the notifications, the news, and the time in which a named person accepts.
fn tell(conn: &Connection, by: &Agent, handing: &TransferRequest, transfer: TransferId, now: Timestamp) -> Result<()> {
    let (id, to) = (handing.conversation.id, handing.to);
    let Some(choice) = handing.choices.iter().find(|choice| choice.department == to.department) else { return Ok(()) };
    let person = to.agent.and_then(|agent| choice.people.iter().find(|one| one.agent == agent));
    let line = SystemLine::Transferred {
        by: by.name.clone(),
        department: choice.name.clone(),
        person: person.map(|one| one.name.clone()).unwrap_or_default(),
    };
    messages::sql::add_line(conn, id, &line, now)?;
    conversations::acts::tell_change(conn, id, Reach::Everyone, now)?;
    let words = if handing.note.is_empty() { line.for_team(by.language) } else { handing.note.to_owned() };
    match to.agent {
        Some(agent) if agent == by.id => drop(sql::accept(conn, id, agent, None, now)?),
        Some(agent) => {
            notifications::acts::tell(conn, agent, Kind::Transfer, NotificationSubject::Conversation(id), &words, now)?;
            let due = now.plus(departments::sql_flow::find(conn, to.department)?.transfer_limit);
            jobs::sql::schedule(conn, Some(&key(transfer)), "transfer", &transfer.to_string(), due)?;
        }
        None => {
            for one in choice.people.iter().filter(|one| one.presence == Presence::Online && one.agent != by.id) {
                if may_see(&agents::sql::find(conn, one.agent)?, to.department, None) {
                    notifications::acts::tell(
                        conn,
                        one.agent,
                        Kind::Transfer,
                        NotificationSubject::Conversation(id),
                        &words,
                        now,
                    )?;
                }
            }
            auto_assignments::acts::hand_out(conn, to.department, now)?;
        }
    }
    Ok(())
}

/// The job's key of a transfer.
fn key(transfer: TransferId) -> String {
    format!("transfer:{transfer}")
}

/// Somebody took the conversation or answered in it: a transfer to them, or to their department, is accepted.
pub fn accept(conn: &Connection, id: ConversationId, by: AgentId, now: Timestamp) -> Result<()> {
    let accepted = sql::accept(conn, id, by, Some(by), now)?;
    settle(conn, id, by, accepted, now)
}

/// Somebody took the conversation: a transfer to somebody else is pointless then.
pub fn taken(conn: &Connection, id: ConversationId, by: AgentId, now: Timestamp) -> Result<()> {
    accept(conn, id, by, now)?;
    sql::end(conn, id, now)
}

/// Somebody has opened it: accepted by the one named, or by who holds it since.
pub fn open(conn: &Connection, conversation: &Conversation, by: AgentId, now: Timestamp) -> Result<()> {
    let accepted = sql::accept(conn, conversation.id, by, conversation.assignee, now)?;
    settle(conn, conversation.id, by, accepted, now)
}

/// The mark goes, the time that ran is over, and who was told beside the one who has it need not look.
fn settle(
    conn: &Connection,
    id: ConversationId,
    by: AgentId,
    accepted: Option<TransferId>,
    now: Timestamp,
) -> Result<()> {
    let Some(transfer) = accepted else { return Ok(()) };
    jobs::sql::cancel(conn, &key(transfer))?;
    let department = conversations::sql::find(conn, id)?.department;
    for other in agents::sql_people::members(conn, department)?.into_iter().filter(|other| *other != by) {
        notifications::acts::withdraw(conn, other, Kind::Transfer, id, now)?;
    }
    conversations::acts::tell_change(conn, id, Reach::Team, now)
}

/// Where a conversation stands.
pub fn here(conversation: &Conversation) -> TransferTarget {
    TransferTarget { department: conversation.department, agent: conversation.assignee }
}

/// The conversation for who may change it; a clear word to those who could until a transfer took it away.
pub fn writable(conn: &Connection, by: &Agent, id: ConversationId) -> Result<Conversation> {
    let conversation = conversations::sql::find(conn, id)?;
    if !conversation.is_writable_by(by)
        && let Some(from) = sql::last_origin(conn, id)?
        && may_see(by, from.department, from.agent)
    {
        return Err(Error::Conflict(t::ALREADY_MOVED));
    }
    conversation.require_writer(by)
}

/// Nobody accepted in time, so the conversation goes back to the queue of the department it went to.
pub fn give_back(conn: &Connection, transfer: TransferId, now: Timestamp) -> Result<()> {
    let Some(id) = sql::still_open(conn, transfer)? else { return Ok(()) };
    let Some(open) = sql::open_of(conn, id)? else { return Ok(()) };
    let conversation = conversations::sql::find(conn, id)?;
    let (Some(agent), State::Bot | State::WaitingAgent | State::WaitingContact | State::Paused) =
        (open.to.agent, conversation.state)
    else {
        return sql::end(conn, id, now);
    };
    if here(&conversation) != open.to {
        return sql::end(conn, id, now);
    }
    conversations::acts::tell_change(conn, id, Reach::Team, now)?;
    conversations::sql::hand_on(conn, id, (open.to.department, Some(agent)), (open.to.department, None))?;
    sql::give_back(conn, transfer, now)?;
    let name = agents::sql::find(conn, agent)?.name;
    let department = departments::sql::find(conn, open.to.department)?.name;
    let giver = agents::sql::find(conn, open.by)?;
    let words = t::RETURNED_TO_SENDER.fill(giver.language, &[("name", &name), ("department", &department)]);
    messages::sql::add_line(conn, id, &SystemLine::TransferReturned { name, department }, now)?;
    conversations::acts::tell_change(conn, id, Reach::Team, now)?;
    // The giver hears of it where they may still see it.
    if conversations::sql::find(conn, id)?.is_visible_to(&giver) {
        notifications::acts::tell(conn, open.by, Kind::Transfer, NotificationSubject::Conversation(id), &words, now)?;
    }
    auto_assignments::acts::hand_out(conn, open.to.department, now)
}
