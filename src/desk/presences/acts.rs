//! A person comes, goes, or gives a sign of life.

use rusqlite::Connection;

use crate::app::Context;
use crate::desk::auto_assignments;
use crate::platform::error::Result;
use crate::platform::events;
use crate::platform::time::{MINUTE, Timestamp};
use crate::team::agents::{self, AgentId, Presence};

/// Someone online without a sign of life for so long is away, in milliseconds.
const SILENCE: i64 = 10 * MINUTE;

/// Sets the presence, by the person or by the clock: the row, the event, and for who is online now the hand-out.
pub fn set(conn: &Connection, id: AgentId, presence: Presence, by_clock: bool, now: Timestamp) -> Result<()> {
    agents::sql::set_presence(conn, id, presence, by_clock, now)?;
    let data = format!("{{\"agent\":{id},\"presence\":\"{}\"}}", presence.word());
    events::sql::tell(conn, "team", "presence", &data, now)?;
    if presence == Presence::Online { auto_assignments::acts::hand_out_to(conn, id, now) } else { Ok(()) }
}

/// A sign of life: takes back what only the clock had set.
pub fn alive(conn: &Connection, id: AgentId, now: Timestamp) -> Result<()> {
    if agents::sql::seen(conn, id, now)? { set(conn, id, Presence::Online, false, now) } else { Ok(()) }
}

/// Who gave no sign of life is away; who has no page open is offline.
pub fn look_round(conn: &Connection, context: &Context, now: Timestamp) -> Result<()> {
    for agent in agents::sql::silent_since(conn, now.plus(-SILENCE))? {
        let watched = !context.live.listeners(&format!("agent:{agent}")).is_empty();
        set(conn, agent, if watched { Presence::Away } else { Presence::Offline }, true, now)?;
    }
    Ok(())
}
