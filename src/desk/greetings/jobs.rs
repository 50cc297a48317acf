//! What the bot says by the clock: while nobody answers, when the contact falls silent.

use rusqlite::Connection;

use super::sql;
use crate::app::Context;
use crate::desk::conversations::{self, ConversationId, State};
use crate::desk::greetings::acts::{close_silent, speak};
use crate::desk::messages::{self};
use crate::platform::error::{Error, Result};
use crate::platform::time::Timestamp;
use crate::team::company::{self};

/// The job: nobody has answered yet.
pub fn waiting(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    let id = ConversationId(payload.parse().map_err(Error::internal)?);
    let conversation = conversations::sql::find(conn, id)?;
    if conversation.state != State::WaitingAgent || messages::sql::agent_wrote(conn, id)?.is_some() {
        return Ok(());
    }
    let Some(greeting) = sql::find(conn, conversation.department)? else { return Ok(()) };
    let company = company::sql::find(conn)?.ok_or(Error::NotFound)?;
    speak(conn, id, &company, &greeting.waiting, None, now)
}

/// The calendar's turn, each minute: contacts who fell silent are asked, and later their conversations close.
pub fn idle(conn: &Connection, _: &Context, now: Timestamp) -> Result<()> {
    let rules = sql::with_idle_rules(conn)?;
    let Some(company) = company::sql::find(conn)?.filter(|_| !rules.is_empty()) else { return Ok(()) };
    for (department, greeting) in rules {
        let asks = greeting.idle_warning_minutes > 0 && !greeting.idle_warning.is_empty();
        if asks {
            for id in sql::silent(conn, department, greeting.idle_warning_minutes, now)? {
                sql::warned(conn, id, now)?;
                speak(conn, id, &company, &greeting.idle_warning, None, now)?;
            }
        }
        close_silent(conn, department, &greeting, asks, &company, now)?;
    }
    Ok(())
}
