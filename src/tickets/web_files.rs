//! Files of tickets.

use crate::platform::web::http;
use crate::tickets;

use super::entries::{Kind, TicketFile};
use super::{sql, sql_entries, web};
use crate::app::Outside;
use crate::desk::attachments::store::{answer, receive, served};
use crate::desk::notifications::TicketId;
use crate::platform::error::{Error, Result};
use crate::platform::web::http::{Request, Response};
use crate::team::sessions;
use crate::team::visit::Cx;

/// Takes a file from a person who may change the ticket; the body is the file, its name stands in the query.
pub fn create(outside: &mut Outside, request: &Request, id: &str) -> Result<Response> {
    let id: TicketId = http::key(id)?;
    let now = outside.now();
    let Some(agent) = sessions::anybody(outside, request)? else {
        return Ok(Response::new(401, "text/plain; charset=utf-8", &b""[..]));
    };
    if !outside.read(|conn| sql::find(conn, id))?.is_changed_by(&agent) {
        return Err(Error::NotFound);
    }
    let taken = receive(&outside.context, request)?;
    if let Ok(waiting) = &taken {
        let file = TicketFile {
            token: waiting.token.clone(),
            name: waiting.name.clone(),
            media_type: waiting.media_type.clone(),
            size: i64::try_from(waiting.size).unwrap_or(i64::MAX),
        };
        outside.change(move |conn| {
            sql_entries::attach(conn, id, &file, agent.id, now)?;
            sql_entries::add(conn, id, agent.id, Kind::Attached, &file.name, now)?;
            tickets::acts::tell(conn, id, None, now)
        })?;
    }
    answer(taken, agent.language)
}

/// Gives a file to a person who may read the ticket.
pub fn show(cx: &Cx, id: TicketId, token: &str) -> Result<Response> {
    web::readable(cx, id)?;
    let file = sql_entries::file(cx.conn, id, token)?;
    Ok(served(cx.context, &file.token, &file.name, &file.media_type))
}

/// Takes a file off the ticket.
pub fn delete(cx: &Cx, id: TicketId) -> Result<Response> {
    web::changeable(cx, id)?;
    if let Some(name) = sql_entries::detach(cx.conn, id, cx.form.text("token"))? {
        sql_entries::add(cx.conn, id, cx.agent.id, Kind::Detached, &name, cx.now)?;
        tickets::acts::tell(cx.conn, id, None, cx.now)?;
    }
    Ok(Response::see_other(format!("/tickets/{id}")))
}
