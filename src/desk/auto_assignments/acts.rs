//! Handing out, by turns. All of it inside the writer, so nothing goes to two people.

use rusqlite::Connection;

use super::{Candidate, next, sql};
use crate::desk::auto_assignments::sql::present;
use crate::desk::conversations::ConversationId;
use crate::desk::conversations::acts::Reach;
use crate::desk::messages::SystemLine;
use crate::desk::notifications::{Kind, NotificationSubject};
use crate::desk::{conversations, messages, notifications};
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;
use crate::team::departments;
use crate::team::departments::DepartmentId;

/// Conversations given in one round; the next round follows within a minute.
const ROUND: usize = 200;

/// Gives what waits in a department to its people by turns, the oldest first, until nobody has room or nothing waits.
/// Does nothing but one look where the department leaves its queue to be taken from.
pub fn hand_out(conn: &Connection, department: DepartmentId, now: Timestamp) -> Result<()> {
    let Some((cap, mut last)) = departments::sql_flow::turn(conn, department)? else { return Ok(()) };
    let mut candidates: Option<Vec<Candidate>> = None;
    for _ in 0..ROUND {
        let Some(id) = conversations::sql::oldest_free(conn, department)? else { break };
        let candidates = match &mut candidates {
            Some(known) => known,
            unknown => unknown.insert(present(conn, department)?),
        };
        let Some(agent) = next(candidates, last, cap) else { break };
        give(conn, id, agent, now)?;
        departments::sql_flow::handed_to(conn, department, agent)?;
        last = agent;
        for candidate in candidates.iter_mut().filter(|candidate| candidate.agent == agent) {
            candidate.load += 1;
        }
    }
    Ok(())
}

fn give(conn: &Connection, id: ConversationId, agent: AgentId, now: Timestamp) -> Result<()> {
    if !conversations::sql::assign(conn, id, None, agent)? {
        return Ok(());
    }
    let name = crate::team::agents::sql::find(conn, agent)?.name;
    messages::sql::add_line(conn, id, &SystemLine::HandedOut { name }, now)?;
    notifications::acts::tell(
        conn,
        agent,
        Kind::Assigned,
        NotificationSubject::Conversation(id),
        &conversations::sql::last_line(conn, id)?,
        now,
    )?;
    conversations::acts::tell_change(conn, id, Reach::Everyone, now)
}

/// A person came online or has room again: the automatic departments of theirs hand out.
pub fn hand_out_to(conn: &Connection, agent: AgentId, now: Timestamp) -> Result<()> {
    for (department, automatic) in crate::team::agents::sql::departments(conn, agent)? {
        if automatic {
            hand_out(conn, department, now)?;
        }
    }
    Ok(())
}

/// Every automatic department in which something waits for nobody; each minute, for what came about on another way.
pub fn hand_out_all(conn: &Connection, now: Timestamp) -> Result<()> {
    sql::waiting(conn)?.into_iter().try_for_each(|department| hand_out(conn, department, now))
}
