//! The event stream of a signed-in person.

use crate::desk::conversations::{self, ConversationId};
use crate::platform::error::Result;
use crate::platform::events::sql;
use crate::platform::web::http::{Response, Stream};
use crate::team::agents::Role;
use crate::team::visit::{Cx, Visit};

/// A stream of what concerns this person: own departments, own notices, and the conversation that is open.
pub fn index(cx: &Cx) -> Result<Response> {
    let mut topics = vec![format!("agent:{}", cx.agent.id), format!("session:{}", cx.session), "team".to_owned()];
    if cx.agent.role == Role::Admin {
        topics.push("departments".to_owned());
    } else {
        topics.extend(cx.agent.departments.iter().map(|department| format!("department:{department}")));
    }
    if let Some(id) = cx.form.number("conversation") {
        let id = ConversationId(id);
        // Who may not see it hears nothing of it.
        if conversations::sql::find(cx.conn, id)?.is_visible_to(&cx.agent) {
            topics.push(format!("conversation:{id}"));
        }
    }
    stream(cx, topics, format!("agent:{}", cx.agent.id))
}

/// Starts a stream on topics where the client left off: `Last-Event-ID`, or `after` at first, or now.
pub fn stream(visit: &Visit, topics: Vec<String>, listener: String) -> Result<Response> {
    let newest = sql::newest(visit.conn)?;
    let asked = visit
        .request
        .header("last-event-id")
        .and_then(|id| id.trim().parse().ok())
        .or_else(|| visit.form.number("after"));
    let after = asked.filter(|after| (0..=newest).contains(after));
    let backlog = match after {
        Some(after) => sql::missed(visit.conn, after, &topics)?
            .map(|events| events.iter().map(|event| &*event.frame).collect::<String>()),
        None if asked.is_some() => None,
        None => Some(String::new()),
    };
    let backlog = backlog.unwrap_or_else(|| format!("id: {newest}\nevent: reset\ndata: {{}}\n\n"));
    Ok(Response::stream(Stream { topics, after: newest, backlog, listener }))
}
