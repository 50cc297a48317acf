//! A department is made.

use rusqlite::Connection;

use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::departments::{self, DepartmentId};
use crate::tickets;

/// A new department with the phases that its board begins with; None where the name is taken.
pub fn create(conn: &Connection, name: &str, now: Timestamp) -> Result<Option<DepartmentId>> {
    let made = departments::sql::create(conn, name, now)?;
    if let Some(id) = made {
        tickets::sql_phases::begin(conn, id)?;
    }
    Ok(made)
}
