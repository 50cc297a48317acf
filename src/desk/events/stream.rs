//! A stream on topics, begun where the client left off.

use crate::platform::error::Result;
use crate::platform::events::sql;
use crate::platform::web::http::{Response, Stream};
use crate::team::visit::Visit;

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
