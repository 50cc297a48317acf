//! The end of a closing: what the contact is told once it can no longer be undone; and its undoing.

use rusqlite::Connection;

use super::sql::Held;
use super::{ClosedBy, ClosingId, HELD, Kept, sql};
use crate::app::Context;
use crate::desk::conversations::sql::Reach;
use crate::desk::conversations::{self, ConversationId, State};
use crate::desk::messages::{self, Author, Line, NewMessage};
use crate::desk::{auto_assignments, pauses, ratings};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::text::closings as t;
use crate::platform::time::Timestamp;
use crate::platform::web::http::Response;
use crate::team::agents::AgentId;
use crate::team::channels::{self, Kind};
use crate::team::visit::Cx;

/// A closing by an agent.
pub struct Ending<'a> {
    pub kept: &'a Kept,
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
    conversations::sql::tell_change(conn, id, Reach::Team, now)?;
    Ok(Some(closing))
}

/// The same without a time for undoing, for those who close many at once.
pub fn close_at_once(conn: &Connection, id: ConversationId, ending: &Ending, now: Timestamp) -> Result<bool> {
    let Some(closing) = close(conn, id, ending, now)? else { return Ok(false) };
    jobs::sql::cancel(conn, &key(closing))?;
    finish(conn, closing, now)?;
    Ok(true)
}

fn key(closing: ClosingId) -> String {
    format!("closing:{closing}")
}

/// The job: the time for undoing is over.
pub fn run(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    finish(conn, ClosingId(payload.parse().map_err(Error::internal)?), now)
}

/// Tells the contact: farewell, the end, and the question for a rating. Nothing where it was undone or told already.
pub fn finish(conn: &Connection, closing: ClosingId, now: Timestamp) -> Result<()> {
    let Some(held) = sql::let_go(conn, closing)? else { return Ok(()) };
    let Held { conversation: id, agent, path, farewell, asks_rating } = held;
    if !farewell.is_empty() {
        let body = &farewell;
        let message = NewMessage { conversation: id, author: Author::Agent, agent, body, external_id: None, at: now };
        let message = messages::sql::add(conn, &message)?;
        let place = conversations::sql::agent_spoke(conn, id, &farewell, now)?;
        conversations::sql::tell_message(conn, id, place, message, Author::Agent, now)?;
    }
    messages::sql::add_line(conn, id, &Line::Closed { path }, now)?;
    if asks_rating {
        ratings::sql::ask(conn, id, closing, now)?;
    }
    conversations::sql::tell_change(conn, id, Reach::Everyone, now)?;
    make_room(conn, id, now)
}

/// Who held a closed conversation has room for another.
pub fn make_room(conn: &Connection, id: ConversationId, now: Timestamp) -> Result<()> {
    match conversations::sql::find(conn, id)?.assignee {
        Some(holder) => auto_assignments::sql::hand_out_to(conn, holder, now),
        None => Ok(()),
    }
}

/// "Desfazer": for who closed it, until the contact hears of it.
pub fn undo(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let Some(closing) = sql::last(cx.conn, id)? else { return Err(Error::Conflict(t::UNDO_TOO_LATE)) };
    if closing.agent != Some(cx.agent.id) {
        return Err(Error::Forbidden);
    }
    let late = cx.now.since(closing.at) >= HELD;
    let undone = if late { None } else { sql::undo(cx.conn, closing.id)? };
    let Some((before, at)) = undone else { return Err(Error::Conflict(t::UNDO_TOO_LATE)) };
    if !conversations::sql::undo_close(cx.conn, conversation.id, &before, at)? {
        return Err(Error::Conflict(t::UNDO_TOO_LATE));
    }
    if before.state == State::Paused {
        pauses::sql::restore(cx.conn, id, at)?;
    }
    jobs::sql::cancel(cx.conn, &key(closing.id))?;
    conversations::sql::tell_change(cx.conn, id, Reach::Team, cx.now)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}
