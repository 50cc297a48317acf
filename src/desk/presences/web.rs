//! Choosing one's presence, and the sign of life of a page in use.

use super::acts;
use crate::platform::error::{Error, Result};
use crate::platform::web::http::Response;
use crate::team::agents::Presence;
use crate::team::visit::Cx;

/// Chooses the presence.
pub fn set_presence(cx: &Cx) -> Result<Response> {
    let presence = Presence::from_word(cx.form.text("presence")).ok_or(Error::NotFound)?;
    acts::set(cx.conn, cx.agent.id, presence, false, cx.now)?;
    Ok(if cx.wants_fragment() { Response::nothing() } else { Response::see_other("/profile") })
}

/// A sign of life from a page in use.
pub fn alive(cx: &Cx) -> Result<Response> {
    acts::alive(cx.conn, cx.agent.id, cx.now)?;
    Ok(Response::nothing())
}
