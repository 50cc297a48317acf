//! Queries for the board and the list.

use rusqlite::{Connection, Row};

use super::Priority;
use super::filter::{TicketFilter, TicketHolder, TicketStanding};
use super::phases::PhaseId;
use crate::desk::notifications::TicketId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::{Agent, AgentId, Role};
use crate::tickets::{COUNTED, PAGE, TicketCard};

crate::columns! {
    /// What a card is made of.
    Columns {
        id = "ticket.id",
        title,
        department = "department.name",
        phase = "ticket_phase.name",
        assignee = "coalesce(agent.name, '')",
        priority,
        due_at,
        opened_at,
        closed_at,
        place,
        comments = "(SELECT count(*) FROM ticket_entry WHERE ticket_id = ticket.id AND kind = 'comment')",
        files = "(SELECT count(*) FROM ticket_file WHERE ticket_id = ticket.id)",
        conversations = "(SELECT count(*) FROM ticket_conversation WHERE ticket_id = ticket.id)",
    }
    "FROM ticket JOIN ticket_phase ON ticket_phase.id = phase_id JOIN department ON department.id = ticket.department_id
     LEFT JOIN agent ON agent.id = assignee_id"
}

const CARD: &str = Columns::SELECT;

/// ?1 whose (NULL anybody, 0 nobody), ?2 priority, ?3 due before, ?4 words.
const NARROWED: &str = "(?1 IS NULL OR coalesce(assignee_id, 0) = ?1) AND (?2 IS NULL OR priority = ?2)
    AND (?3 IS NULL OR (due_at < ?3 AND closed_at IS NULL))
    AND NOT EXISTS (SELECT 1 FROM json_each(?4) WHERE instr(search, value) = 0)";

type BoardFilter = (Option<AgentId>, Option<Priority>, Option<Timestamp>, String);

fn narrowed(filter: &TicketFilter, now: Timestamp) -> BoardFilter {
    let whose = match filter.whose {
        TicketHolder::Anybody => None,
        TicketHolder::Nobody => Some(AgentId(0)),
        TicketHolder::Person(agent) => Some(agent),
    };
    let words = serde_json::Value::from(filter.words.clone()).to_string();
    (whose, filter.priority, filter.overdue.then_some(now), words)
}

fn read(row: &Row<'_>) -> rusqlite::Result<TicketCard> {
    let at = Columns::AT;
    Ok(TicketCard {
        id: row.get(at.id)?,
        title: row.get(at.title)?,
        department: row.get(at.department)?,
        phase: row.get(at.phase)?,
        assignee: row.get(at.assignee)?,
        priority: row.get(at.priority)?,
        due_at: row.get(at.due_at)?,
        opened_at: row.get(at.opened_at)?,
        closed_at: row.get(at.closed_at)?,
        place: row.get(at.place)?,
        comments: row.get(at.comments)?,
        files: row.get(at.files)?,
        conversations: row.get(at.conversations)?,
    })
}

/// The tickets of a column in their order; what has ended, the latest first. `after` is the place of the last one shown.
pub fn column(
    conn: &Connection,
    phase: (PhaseId, bool),
    filter: &TicketFilter,
    after: Option<i64>,
    now: Timestamp,
) -> Result<Vec<TicketCard>> {
    let (whose, priority, overdue, words) = narrowed(filter, now);
    let (beyond, order) = if phase.1 { ("<", "DESC") } else { (">", "ASC") };
    let sql = format!(
        "{CARD} WHERE phase_id = ?5 AND (?6 IS NULL OR place {beyond} ?6) AND {NARROWED} ORDER BY place {order} LIMIT {PAGE}"
    );
    db::all(conn, &sql, (whose, priority, overdue, words, phase.0, after), read)
}

/// How many tickets of a column fit the filter, up to `COUNTED`.
pub fn count(conn: &Connection, phase: PhaseId, filter: &TicketFilter, now: Timestamp) -> Result<i64> {
    let (whose, priority, overdue, words) = narrowed(filter, now);
    if !filter.narrows() {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM ticket WHERE phase_id = ? LIMIT ?)";
        return db::one(conn, sql, (phase, COUNTED), |row| row.get(0));
    }
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM ticket WHERE phase_id = ?5 AND {NARROWED} LIMIT {COUNTED})");
    db::one(conn, &sql, (whose, priority, overdue, words, phase), |row| row.get(0))
}

/// A page of the list, newest first: what the reader may change and the filter fits.
pub fn list(
    conn: &Connection,
    reader: &Agent,
    filter: &TicketFilter,
    before: Option<TicketId>,
    now: Timestamp,
) -> Result<Vec<TicketCard>> {
    let (whose, priority, overdue, words) = narrowed(filter, now);
    let standing = match filter.standing {
        TicketStanding::Open => "AND closed_at IS NULL",
        TicketStanding::Closed => "AND closed_at IS NOT NULL",
        TicketStanding::All => "",
    };
    // One department goes along its own index; what a person may see of several, along the ids.
    let place = match filter.department {
        Some(department) => format!("ticket.department_id = {department}"),
        None if reader.is(Role::Admin) => "1".to_owned(),
        None => {
            let own: Vec<String> = reader.departments.iter().map(|department| department.to_string()).collect();
            format!("(ticket.department_id IN ({}) OR assignee_id = {1} OR author_id = {1})", own.join(","), reader.id)
        }
    };
    let sql = format!(
        "{CARD} WHERE ticket.id < coalesce(?5, 9223372036854775807) AND {place} {standing} AND {NARROWED} ORDER BY ticket.id DESC LIMIT {PAGE}"
    );
    db::all(conn, &sql, (whose, priority, overdue, words, before), read)
}
