//! What the clock does about pauses: reminders, the warning, the return, the grace time.

use rusqlite::Connection;

use super::{PauseId, sql};
use crate::app::Context;
use crate::desk::messages;
use crate::desk::pauses::acts::{filled, overdue, plan_reminder, tell_holder};
use crate::platform::error::{Error, Result};
use crate::platform::text::pauses as t;
use crate::platform::time::Timestamp;

/// The job: a pause that has ended meanwhile asks for nothing.
pub fn run(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    let (id, what) = payload.split_once(' ').ok_or_else(|| Error::Internal("no pause".to_owned()))?;
    let id = PauseId(id.parse().map_err(Error::internal)?);
    let Some((pause, started)) = sql::find(conn, id)? else { return Ok(()) };
    match what {
        "warning" => tell_holder(conn, &pause, t::WARNING, now),
        "return" => tell_holder(conn, &pause, t::RETURN, now),
        "grace" => overdue(conn, &pause, now),
        nth => {
            let nth: i64 = nth.parse().map_err(Error::internal)?;
            // After a time without the program, the reminders that were missed are said once.
            if pause.reminder_at(started, nth + 1).is_none_or(|next| next > now) {
                let text = filled(conn, &pause, &pause.reminder, now)?;
                messages::acts::write(conn, pause.conversation, &text, now)?;
            }
            plan_reminder(conn, &pause, started, nth + 1)
        }
    }
}
