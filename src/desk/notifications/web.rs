//! A person's own notices.

use super::{About, Kind, NotificationId, mentioned, sql, view};
use crate::desk::conversations::{self, Conversation, ConversationId};
use crate::platform::error::{Error, Result};
use crate::platform::web::http::Response;
use crate::team::agents::{self, AgentId};
use crate::team::visit::Cx;
use crate::tickets::Ticket;

/// What one has not seen.
pub fn index(cx: &Cx) -> Result<Response> {
    let notices = sql::unseen(cx.conn, cx.agent.id)?;
    Ok(Response::html(if cx.wants_fragment() {
        view::list(cx.language, &cx.company.zone, &notices)
    } else {
        view::index(&cx.agent, &cx.company.zone, &notices)
    }))
}

/// Marks everything up to the newest that was shown as seen.
pub fn see(cx: &Cx) -> Result<Response> {
    let up_to = cx.form.number("up_to").ok_or(Error::NotFound)?;
    sql::see(cx.conn, cx.agent.id, NotificationId(up_to), cx.now)?;
    Ok(if cx.wants_fragment() { Response::nothing() } else { Response::see_other("/notifications") })
}

/// Tells the people whom a note names, if they may see the conversation, and were not named by it before.
pub fn mention(cx: &Cx, conversation: &Conversation, note: &str, before: &str) -> Result<()> {
    if !note.contains('@') {
        return Ok(());
    }
    let people = colleagues(cx, conversation)?;
    let known = mentioned(before, &people);
    mentioned(note, &people).into_iter().filter(|agent| !known.contains(agent)).try_for_each(|agent| {
        sql::tell(cx.conn, agent, Kind::Mention, About::Conversation(conversation.id), note, cx.now)
    })
}

/// Tells the people whom a comment on a ticket names, if they may change it.
pub fn mention_on_ticket(cx: &Cx, ticket: &Ticket, comment: &str) -> Result<()> {
    if !comment.contains('@') {
        return Ok(());
    }
    mentioned(comment, &on_ticket(cx, ticket)?)
        .into_iter()
        .try_for_each(|agent| sql::tell(cx.conn, agent, Kind::Mention, About::Ticket(ticket.id), comment, cx.now))
}

/// Everybody else who may change a ticket.
pub fn on_ticket(cx: &Cx, ticket: &Ticket) -> Result<Vec<(AgentId, String)>> {
    let everybody = agents::sql::everybody(cx.conn)?.into_iter();
    let others = everybody.filter(|agent| agent.id != cx.agent.id && ticket.is_changed_by(agent));
    Ok(others.map(|agent| (agent.id, agent.name)).collect())
}

/// Whom a note can name, for the list that `@` opens: names as JSON.
pub fn mentionable(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let names: Vec<String> = colleagues(cx, &conversation)?.into_iter().map(|(_, name)| name).collect();
    Response::json(&names)
}

/// Everybody else who may see a conversation.
fn colleagues(cx: &Cx, conversation: &Conversation) -> Result<Vec<(AgentId, String)>> {
    let everybody = agents::sql::everybody(cx.conn)?.into_iter();
    let others = everybody.filter(|agent| agent.id != cx.agent.id && conversation.is_visible_to(agent));
    Ok(others.map(|agent| (agent.id, agent.name)).collect())
}
