//! A person's own notices.

use super::{NoticeId, sql, view};
use crate::app::Cx;
use crate::error::{Error, Result};
use crate::web::http::Response;

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
    sql::see(cx.conn, cx.agent.id, NoticeId(up_to), cx.now)?;
    Ok(if cx.wants_fragment() { Response::nothing() } else { Response::see_other("/notices") })
}
