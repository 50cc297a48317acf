//! Moving a ticket over the board, closing it, and telling that its day is over.

use crate::tickets;
use rusqlite::Connection;

use super::entries::Kind;
use super::phases::{Phase, PhaseId};
use super::view_form::TicketClosing;
use super::{LONGEST, Ticket, sql, sql_entries, sql_phases, web};
use crate::app::Context;
use crate::desk::conversations::{self, ConversationId};
use crate::desk::messages::{self, Author, NewMessage, SystemLine};
use crate::desk::notifications::TicketId;
use crate::desk::notifications::{self, NotificationSubject};
use crate::platform::error::{Error, Result};
use crate::platform::text::{common, tickets as t};
use crate::platform::time::Timestamp;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents;
use crate::team::visit::Cx;

/// The phase that the form names, on the ticket's own board.
fn phase(cx: &Cx, ticket: &Ticket) -> Result<Phase> {
    let asked = cx.form.number("phase").map(PhaseId);
    let on_board = sql_phases::of(cx.conn, ticket.department)?.into_iter().find(|phase| Some(phase.id) == asked);
    on_board.ok_or(Error::Conflict(t::PHASE_GONE))
}

/// Puts a ticket into a phase, before another ticket or behind all: fields `phase`, `before`.
pub fn position(cx: &Cx, id: TicketId) -> Result<Response> {
    let ticket = web::changeable(cx, id)?;
    let phase = phase(cx, &ticket)?;
    shift(cx, &ticket, &phase, cx.form.number("before").map(TicketId))?;
    Ok(Response::see_other(format!("/tickets/{id}")))
}

/// Moves it, and says so where that is more than another place in the column.
fn shift(cx: &Cx, ticket: &Ticket, phase: &Phase, before: Option<TicketId>) -> Result<()> {
    sql::put(cx.conn, ticket.id, phase, before, cx.now)?;
    if phase.id != ticket.phase {
        let kind = match (ticket.closed_at.is_some(), phase.ends) {
            (false, true) => Kind::Closed,
            (true, false) => Kind::Reopened,
            _ => Kind::Moved,
        };
        sql_entries::add(cx.conn, ticket.id, cx.agent.id, kind, &phase.name, cx.now)?;
        if kind == Kind::Closed {
            for link in sql_entries::links(cx.conn, ticket.id, &cx.agent)? {
                let line = SystemLine::TicketClosed { by: cx.agent.name.clone(), ticket: ticket.id.0 };
                messages::sql::add_line(cx.conn, link.conversation, &line, cx.now)?;
            }
        }
    }
    tickets::acts::tell(cx.conn, ticket.id, None, cx.now)
}

/// The form that closes a ticket: for a dialog, or as a page of its own. Offered first: a note to what is open.
pub fn new_closing(cx: &Cx, id: TicketId) -> Result<Response> {
    let ticket = open(cx, id)?;
    let mut form = Form::default().with("phase", cx.form.text("phase"));
    for link in sql_entries::links(cx.conn, id, &cx.agent)?.iter().filter(|link| link.visible && link.open) {
        form = form.with("conversation", link.conversation.to_string());
    }
    closing(cx, &ticket, &form, &Problems::default()).map(Response::html)
}

fn open(cx: &Cx, id: TicketId) -> Result<Ticket> {
    let ticket = web::changeable(cx, id)?;
    if ticket.closed_at.is_some() { Err(Error::Conflict(t::CLOSED_ALREADY)) } else { Ok(ticket) }
}

fn closing(cx: &Cx, ticket: &Ticket, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let links = sql_entries::links(cx.conn, ticket.id, &cx.agent)?;
    let shown = TicketClosing { language: cx.language, ticket, links: &links, form, problems };
    Ok(match (cx.wants_fragment(), problems.is_empty()) {
        (true, true) => shown.dialog(),
        (true, false) => shown.form(),
        (false, _) => shown.page(),
    })
}

/// Closes it, with a note in the conversations that were ticked.
pub fn create_closing(cx: &Cx, id: TicketId) -> Result<Response> {
    let ticket = open(cx, id)?;
    let note = cx.form.trimmed("note");
    if note.chars().count() > LONGEST {
        return Ok(Response::invalid(closing(cx, &ticket, cx.form, &Problems::one("note", common::TOO_LONG))?));
    }
    let phase = match phase(cx, &ticket) {
        Ok(phase) if phase.ends => phase,
        _ => sql_phases::find(cx.conn, sql_phases::last(cx.conn, ticket.department)?)?,
    };
    shift(cx, &ticket, &phase, None)?;
    if !note.is_empty() {
        let links = sql_entries::links(cx.conn, id, &cx.agent)?;
        let ticked =
            |conversation: ConversationId| cx.form.all("conversation").any(|one| one == conversation.to_string());
        for link in links.iter().filter(|link| link.visible && ticked(link.conversation)) {
            write_note(cx, &ticket, link.conversation, note)?;
        }
        sql_entries::add(cx.conn, id, cx.agent.id, Kind::Comment, note, cx.now)?;
    }
    Ok(Response::see_other(format!("/tickets/{id}")))
}

/// The note in a conversation, by the one who closes.
fn write_note(cx: &Cx, ticket: &Ticket, conversation: ConversationId, note: &str) -> Result<()> {
    let number = format!("T-{} · {}", ticket.id, ticket.title);
    let body = t::NOTE.fill(cx.company.language, &[("number", &number), ("text", note)]);
    let message = messages::sql::add(
        cx.conn,
        &NewMessage {
            conversation,
            author: Author::Note,
            agent: Some(cx.agent.id),
            body: &body,
            external_id: None,
            at: cx.now,
        },
    )?;
    let place = conversations::sql::place(cx.conn, conversation)?;
    conversations::acts::tell_message(cx.conn, conversation, place, message, Author::Note, cx.now)
}

/// The day of a ticket is over (payload: id and moment): its assignee hears of it, or else its author.
pub fn overdue(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    let bad = || Error::Internal(format!("a ticket job's payload is {payload:?}"));
    let (id, due) = payload.split_once(' ').ok_or_else(bad)?;
    let id = TicketId(id.parse().map_err(|_| bad())?);
    let due = Timestamp(due.parse().map_err(|_| bad())?);
    let ticket = sql::find(conn, id)?;
    if ticket.closed_at.is_some() || ticket.due_at != Some(due) {
        return Ok(());
    }
    let person = agents::sql::find(conn, ticket.assignee.unwrap_or(ticket.author))?;
    let line = t::NOTICE_DUE.fill(person.language, &[("number", &format!("T-{id}")), ("title", &ticket.title)]);
    notifications::acts::tell(
        conn,
        person.id,
        notifications::Kind::TicketDue,
        NotificationSubject::Ticket(id),
        &line,
        now,
    )?;
    tickets::acts::tell(conn, id, None, now)
}
