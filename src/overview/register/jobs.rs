//! What a contact wrote is erased, one conversation a job.

use rusqlite::Connection;

use crate::app::Context;
use crate::desk::conversations::ConversationId;
use crate::desk::{attachments, messages, ratings};
use crate::platform::error::{Error, Result};
use crate::platform::text::register as t;
use crate::platform::time::Timestamp;

/// Erases what the contact wrote and sent in one conversation (payload: its id).
pub fn erase(conn: &Connection, _: &Context, payload: &str, _: Timestamp) -> Result<()> {
    let bad = |_| Error::Internal(format!("an erasing's payload is {payload:?}"));
    let id = ConversationId(payload.parse().map_err(bad)?);
    let language = crate::team::company::sql::find(conn)?.map(|company| company.language).unwrap_or_default();
    messages::sql::erase(conn, id, t::ERASED.say(language))?;
    ratings::sql::empty(conn, id)?;
    crate::desk::conversations::sql::show_line(conn, id, "")?;
    attachments::sql::forget(conn, id)
}
