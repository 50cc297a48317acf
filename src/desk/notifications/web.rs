//! A person's own notifications.

use super::{NotificationId, sql, view};
use crate::desk::conversations::{self, ConversationId};
use crate::desk::notifications;
use crate::desk::notifications::acts::colleagues;
use crate::platform::error::{Error, Result};
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

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
    notifications::acts::see(cx.conn, cx.agent.id, NotificationId(up_to), cx.now)?;
    Ok(if cx.wants_fragment() { Response::nothing() } else { Response::see_other("/notifications") })
}

/// Whom a note can name, for the list that `@` opens: names as JSON.
pub fn mentionable(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let names: Vec<String> = colleagues(cx.conn, &cx.agent, &conversation)?.into_iter().map(|(_, name)| name).collect();
    Response::json(&names)
}
