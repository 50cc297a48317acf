//! Comments on a ticket, and the conversations that it is about.

use super::entries::Kind;
use super::{LONGEST, acts, sql_entries, web};
use crate::desk::conversations::{self, ConversationId};
use crate::desk::messages::{self, SystemLine};
use crate::desk::notifications;
use crate::desk::notifications::TicketId;
use crate::platform::error::{Error, Result};
use crate::platform::text::{common, tickets as t};
use crate::platform::web::form::Problems;
use crate::platform::web::http::Response;
use crate::team::visit::Cx;
use crate::tickets;

/// Adds a comment, and tells whom it names.
pub fn comment(cx: &Cx, id: TicketId) -> Result<Response> {
    let ticket = web::readable(cx, id)?;
    let body = cx.form.trimmed("comment");
    let fault = match body.chars().count() {
        0 => Some(common::REQUIRED),
        1..=LONGEST => None,
        _ => Some(common::TOO_LONG),
    };
    if let Some(fault) = fault {
        return web::refused(cx, ticket, &Problems::one("comment", fault));
    }
    sql_entries::add(cx.conn, id, cx.agent.id, Kind::Comment, body, cx.now)?;
    acts::mention(cx.conn, &cx.agent, &ticket, body, cx.now)?;
    tickets::acts::tell(cx.conn, id, None, cx.now)?;
    Ok(Response::see_other(format!("/tickets/{id}")))
}

/// Whom a comment can name: names as JSON.
pub fn mentionable(cx: &Cx, id: TicketId) -> Result<Response> {
    let ticket = web::readable(cx, id)?;
    let names: Vec<String> = acts::colleagues(cx.conn, &cx.agent, &ticket)?.into_iter().map(|(_, name)| name).collect();
    Response::json(&names)
}

/// Links a conversation by its protocol number.
pub fn link(cx: &Cx, id: TicketId) -> Result<Response> {
    let ticket = web::changeable(cx, id)?;
    let found = match conversations::number(cx.form.text("number")) {
        Some(number) => conversations::sql::by_number(cx.conn, number)?,
        None => None,
    };
    let found = found.map(|id| conversations::sql::find(cx.conn, id)).transpose()?;
    let Some(conversation) = found.filter(|conversation| conversation.is_visible_to(&cx.agent)) else {
        return web::refused(cx, ticket, &Problems::one("number", t::LINK_UNKNOWN));
    };
    if !sql_entries::link(cx.conn, id, conversation.id, cx.agent.id, cx.now)? {
        return web::refused(cx, ticket, &Problems::one("number", t::LINKED_ALREADY));
    }
    sql_entries::add(cx.conn, id, cx.agent.id, Kind::Linked, &conversation.number.to_string(), cx.now)?;
    let line = SystemLine::TicketOpened { by: cx.agent.name.clone(), ticket: id.0, title: ticket.title };
    messages::sql::add_line(cx.conn, conversation.id, &line, cx.now)?;
    tickets::acts::tell(cx.conn, id, None, cx.now)?;
    Ok(Response::see_other(format!("/tickets/{id}")))
}

/// Takes a link back; the line in the conversation stays.
pub fn unlink(cx: &Cx, id: TicketId) -> Result<Response> {
    web::changeable(cx, id)?;
    let conversation = cx.form.number("conversation").map(ConversationId).ok_or(Error::NotFound)?;
    // Before the link is gone, for the conversation's page hears of it by the link.
    tickets::acts::tell(cx.conn, id, None, cx.now)?;
    if sql_entries::unlink(cx.conn, id, conversation)? {
        let number = conversations::sql::find(cx.conn, conversation)?.number;
        sql_entries::add(cx.conn, id, cx.agent.id, Kind::Unlinked, &number.to_string(), cx.now)?;
    }
    Ok(Response::see_other(web::address(cx, id)?))
}

/// The person has the ticket before their eyes: what was told about it is seen.
pub fn read(cx: &Cx, id: TicketId) -> Result<Response> {
    web::readable(cx, id)?;
    notifications::acts::see_ticket(cx.conn, cx.agent.id, id, cx.now)?;
    Ok(Response::nothing())
}
