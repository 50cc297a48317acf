//! Ending a conversation: the row, the state, the line, the event, the room for another.

use rusqlite::Connection;

use super::sql::HeldFarewell;
use super::{ClosedBy, ClosingDisposition, ClosingId, HELD, sql};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{Conversation, ConversationId, State};
use crate::desk::dispositions::{self, Sentiment};
use crate::desk::messages::{Author, NewMessage, SystemLine};
use crate::desk::{auto_assignments, conversations, messages, pauses, ratings};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::text::{Language, Phrase, closings as t};
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;
use crate::team::channels::Kind;
use crate::team::{channels, departments};

/// A closing by an agent.
pub struct Ending<'a> {
    pub kept: &'a ClosingDisposition,
    pub body: &'a str,
    pub farewell: &'a str,
    pub asks_rating: bool,
    pub by: AgentId,
}

/// Closes for the team at once; the contact hears of it when it can no longer be undone. None where it was closed already.
pub fn close(conn: &Connection, id: ConversationId, ending: &Ending, now: Timestamp) -> Result<Option<ClosingId>> {
    let before = conversations::sql::before_closing(conn, id)?;
    if !conversations::sql::close(conn, id, now)? {
        return Ok(None);
    }
    let closing = sql::create(conn, id, ending.kept, ending.body, ClosedBy::Agent, Some(ending.by), now)?;
    // Nobody reads a farewell where there is no channel, and a rating needs a place to be given.
    let channel = conversations::sql::find(conn, id)?.channel;
    let kind = channels::sql::find(conn, channel)?.kind;
    let farewell = if kind == Kind::Desk { "" } else { ending.farewell };
    sql::hold(conn, closing, farewell, ending.asks_rating && kind == Kind::WebChat, &before)?;
    jobs::sql::schedule(conn, Some(&key(closing)), "closing", &closing.to_string(), now.plus(HELD))?;
    conversations::acts::tell_change(conn, id, Reach::Team, now)?;
    Ok(Some(closing))
}

/// The same without a time for undoing, for those who close many at once.
pub fn close_at_once(conn: &Connection, id: ConversationId, ending: &Ending, now: Timestamp) -> Result<bool> {
    let Some(closing) = close(conn, id, ending, now)? else { return Ok(false) };
    jobs::sql::cancel(conn, &key(closing))?;
    finish(conn, closing, now)?;
    Ok(true)
}

pub fn key(closing: ClosingId) -> String {
    format!("closing:{closing}")
}

/// Tells the contact: farewell, the end, and the question for a rating. Nothing where it was undone or told already.
pub fn finish(conn: &Connection, closing: ClosingId, now: Timestamp) -> Result<()> {
    let Some(held) = sql::let_go(conn, closing)? else { return Ok(()) };
    let HeldFarewell { conversation: id, agent, path, farewell, asks_rating } = held;
    if !farewell.is_empty() {
        let body = &farewell;
        let message = NewMessage { conversation: id, author: Author::Agent, agent, body, external_id: None, at: now };
        let message = messages::sql::add(conn, &message)?;
        let place = conversations::sql::agent_spoke(conn, id, &farewell, now)?;
        conversations::acts::tell_message(conn, id, place, message, Author::Agent, now)?;
    }
    messages::sql::add_line(conn, id, &SystemLine::Closed { path }, now)?;
    if asks_rating {
        ratings::sql::ask(conn, id, closing, now)?;
    }
    conversations::acts::tell_change(conn, id, Reach::Everyone, now)?;
    make_room(conn, id, now)
}

/// Who held a closed conversation has room for another.
pub fn make_room(conn: &Connection, id: ConversationId, now: Timestamp) -> Result<()> {
    match conversations::sql::find(conn, id)?.assignee {
        Some(holder) => auto_assignments::acts::hand_out_to(conn, holder, now),
        None => Ok(()),
    }
}

/// Takes a closing back, for who made it, until the contact hears of it.
///
/// # Errors
/// Forbidden for anybody else, Conflict where it is too late.
pub fn undo(conn: &Connection, by: AgentId, conversation: &Conversation, now: Timestamp) -> Result<()> {
    let id = conversation.id;
    let too_late = || Error::Conflict(t::UNDO_TOO_LATE);
    let closing = sql::last(conn, id)?.ok_or_else(too_late)?;
    if closing.agent != Some(by) {
        return Err(Error::Forbidden);
    }
    let late = now.since(closing.at) >= HELD;
    let undone = if late { None } else { sql::undo(conn, closing.id)? };
    let (before, at) = undone.ok_or_else(too_late)?;
    if !conversations::sql::undo_close(conn, id, &before, at)? {
        return Err(too_late());
    }
    if before.state == State::Paused {
        pauses::sql::restore(conn, id, at)?;
    }
    jobs::sql::cancel(conn, &key(closing.id))?;
    conversations::acts::tell_change(conn, id, Reach::Team, now)
}

/// Closes for everybody at once, without a person of the team: the contact left, or the clock or the bot ended it. `line` is what
/// the thread says. None where it was closed already.
pub fn close_by(
    conn: &Connection,
    id: ConversationId,
    by: ClosedBy,
    kept: &ClosingDisposition,
    line: &SystemLine,
    now: Timestamp,
) -> Result<Option<ClosingId>> {
    if !conversations::sql::close(conn, id, now)? {
        return Ok(None);
    }
    let closing = sql::create(conn, id, kept, "", by, None, now)?;
    messages::sql::add_line(conn, id, line, now)?;
    conversations::acts::tell_change(conn, id, Reach::Everyone, now)?;
    make_room(conn, id, now)?;
    Ok(Some(closing))
}

/// The contact ends the chat: closed with the system's disposition, and asked for a rating where the department asks. What the team
/// had closed a moment ago is told at once: nothing is left to undo.
pub fn end_by_contact(conn: &Connection, id: ConversationId, language: Language, now: Timestamp) -> Result<()> {
    let kept = system_kept(conn, "contact_ended", t::ENDED_BY_CONTACT, language)?;
    if let Some(closing) = close_by(conn, id, ClosedBy::Contact, &kept, &SystemLine::ClosedByContact, now)? {
        let department = conversations::sql::find(conn, id)?.department;
        if departments::sql_flow::find(conn, department)?.asks_rating {
            ratings::sql::ask(conn, id, closing, now)?;
        }
        return Ok(());
    }
    match sql::last(conn, id)?.filter(|closing| closing.held) {
        Some(closing) => finish(conn, closing.id, now),
        None => Ok(()),
    }
}

/// A disposition of the system as it is called today, or by these words where the catalogue lost it.
pub fn system_kept(conn: &Connection, key: &str, words: Phrase, language: Language) -> Result<ClosingDisposition> {
    Ok(match dispositions::sql::of_system(conn, key)? {
        Some(found) => ClosingDisposition { disposition: Some(found.id), path: found.path, sentiment: found.sentiment },
        None => ClosingDisposition {
            disposition: None,
            path: words.say(language).to_owned(),
            sentiment: Sentiment::Neutral,
        },
    })
}
