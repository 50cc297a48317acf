//! Taking a person's conversations away, when the person leaves or changes departments.

use rusqlite::Connection;

use crate::desk::conversations::acts::{Reach, tell_change};
use crate::desk::messages::{self, SystemLine};
use crate::desk::{auto_assignments, conversations};
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;
use crate::team::departments::DepartmentId;

/// Returns a person's open conversations to their queues, but those of the departments that the person keeps.
pub fn release(conn: &Connection, agent: AgentId, keeps: &[DepartmentId], now: Timestamp) -> Result<usize> {
    let held = conversations::sql::held(conn, agent)?;
    let (mut released, mut left) = (0, Vec::new());
    for (id, department) in held.into_iter().filter(|(_, department)| !keeps.contains(department)) {
        // Told first as well, so that the person's own list hears of it.
        tell_change(conn, id, Reach::Team, now)?;
        conversations::sql::release(conn, id)?;
        messages::sql::add_line(conn, id, &SystemLine::Released, now)?;
        tell_change(conn, id, Reach::Team, now)?;
        released += 1;
        left.push(department);
    }
    left.sort_unstable();
    left.dedup();
    left.into_iter().try_for_each(|department| auto_assignments::acts::hand_out(conn, department, now))?;
    Ok(released)
}
