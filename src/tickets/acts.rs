//! What is done to a ticket, with all that follows.

use rusqlite::Connection;

use super::{NewTicket, TicketForm};
use crate::desk::conversations::acts::Reach;
use crate::desk::notifications::{Kind, NotificationSubject, TicketId, mentioned};
use crate::desk::{conversations, notifications};
use crate::platform::error::Result;
use crate::platform::jobs;
use crate::platform::time::Timestamp;
use crate::team::agents;
use crate::team::agents::{Agent, AgentId};
use crate::team::departments::DepartmentId;
use crate::tickets::sql::TicketReason;
use crate::tickets::{self, Ticket};

/// Tells the people whom a comment on a ticket names, if they may change it.
pub fn mention(conn: &Connection, by: &Agent, ticket: &Ticket, comment: &str, now: Timestamp) -> Result<()> {
    if !comment.contains('@') {
        return Ok(());
    }
    mentioned(comment, &colleagues(conn, by, ticket)?).into_iter().try_for_each(|agent| {
        notifications::acts::tell(conn, agent, Kind::Mention, NotificationSubject::Ticket(ticket.id), comment, now)
    })
}

/// Everybody else who may change a ticket.
pub fn colleagues(conn: &Connection, by: &Agent, ticket: &Ticket) -> Result<Vec<(AgentId, String)>> {
    let everybody = agents::sql::everybody(conn)?.into_iter();
    let others = everybody.filter(|agent| agent.id != by.id && ticket.is_changed_by(agent));
    Ok(others.map(|agent| (agent.id, agent.name)).collect())
}

/// Tells every page that shows a ticket, its board or its conversations; `left` is the department that it was taken from.
pub fn tell(conn: &Connection, id: TicketId, left: Option<DepartmentId>, now: Timestamp) -> Result<()> {
    let (department, author, assignee) = tickets::sql::concerned(conn, id)?;
    let mut topics = format!("departments department:{department} agent:{author}");
    if let Some(left) = left.filter(|left| *left != department) {
        topics.push_str(&format!(" department:{left}"));
    }
    if let Some(assignee) = assignee.filter(|assignee| *assignee != author) {
        topics.push_str(&format!(" agent:{assignee}"));
    }
    crate::platform::events::sql::tell(conn, &topics, "ticket", &format!("{{\"ticket\":{id}}}"), now)?;
    tickets::sql::linked(conn, id)?
        .into_iter()
        .try_for_each(|conversation| conversations::acts::tell_change(conn, conversation, Reach::Team, now))
}

/// Plans the word to the assignee for when the day is over, in place of what was planned before.
fn remind(conn: &Connection, id: TicketId, due: Option<Timestamp>) -> Result<()> {
    let key = format!("ticket-{id}");
    jobs::sql::cancel(conn, &key)?;
    match due {
        Some(due) => jobs::sql::schedule(conn, Some(&key), "ticket", &format!("{id} {}", due.0), due),
        None => Ok(()),
    }
}

/// A new ticket, and the word to its assignee for when its day is over.
pub fn create(conn: &Connection, new: &NewTicket) -> Result<TicketId> {
    let id = tickets::sql::create(conn, new)?;
    remind(conn, id, new.draft.due_at)?;
    Ok(id)
}

/// Changes a ticket, where nobody did meanwhile.
pub fn update(
    conn: &Connection,
    id: TicketId,
    draft: &TicketForm,
    reason: &TicketReason,
    revision: i64,
) -> Result<bool> {
    let changed = tickets::sql::update(conn, id, draft, reason, revision)?;
    if changed {
        remind(conn, id, draft.due_at)?;
    }
    Ok(changed)
}
