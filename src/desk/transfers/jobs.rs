//! The end of the time in which a named person accepts.

use rusqlite::Connection;

use super::{TransferId, acts};
use crate::app::Context;
use crate::platform::error::{Error, Result};
use crate::platform::time::Timestamp;

/// The job: the payload is the transfer.
pub fn give_back(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    acts::give_back(conn, TransferId(payload.parse().map_err(Error::internal)?), now)
}
