//! Somebody signs in.

use rusqlite::Connection;

use crate::desk::presences;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::{self, AgentId, Presence};

/// A browser that signs in: the digest of its token, how it calls itself, from where.
pub struct Browser {
    pub digest: Vec<u8>,
    pub user_agent: String,
    pub address: String,
}

/// The session begins, and the person is online.
pub fn start(conn: &Connection, id: AgentId, browser: &Browser, now: Timestamp) -> Result<()> {
    agents::sql::start_session(conn, id, &browser.digest, &browser.user_agent, &browser.address, now)?;
    presences::acts::set(conn, id, Presence::Online, false, now)
}
