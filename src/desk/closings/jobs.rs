//! The time for undoing is over.

use rusqlite::Connection;

use super::ClosingId;
use crate::app::Context;
use crate::desk::closings::acts::finish;
use crate::platform::error::{Error, Result};
use crate::platform::time::Timestamp;

/// The job: the time for undoing is over.
pub fn run(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    finish(conn, ClosingId(payload.parse().map_err(Error::internal)?), now)
}
