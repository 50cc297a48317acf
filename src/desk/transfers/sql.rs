//! Queries on transfers.

use rusqlite::{Connection, Row};

use super::{Colleague, OpenTransfer, TransferChoice, TransferId, TransferTarget};
use crate::desk::conversations::ConversationId;
use crate::desk::messages::MessageId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::{MINUTE, Timestamp};
use crate::team::agents::AgentId;
use crate::team::departments::DepartmentId;

/// Every department in use with its people, by name.
pub fn choices(conn: &Connection) -> Result<Vec<TransferChoice>> {
    let mut choices: Vec<TransferChoice> = db::all(
        conn,
        "SELECT id, name, transfer_limit_ms FROM department WHERE archived_at IS NULL ORDER BY name",
        [],
        |row| {
            let minutes = row.get::<_, i64>(2)? / MINUTE;
            Ok(TransferChoice { department: row.get(0)?, name: row.get(1)?, minutes, people: Vec::new() })
        },
    )?;
    let people: Vec<(DepartmentId, Colleague)> = db::all(
        conn,
        "SELECT department_id, agent.id, agent.name, presence, coalesce(load, 0) AS load FROM membership
         JOIN agent ON agent.id = membership.agent_id
         LEFT JOIN (SELECT assignee_id, sum(total) AS load FROM queue_count WHERE assignee_id > 0 AND state <> 'closed' GROUP BY assignee_id)
             ON assignee_id = agent.id
         WHERE archived_at IS NULL ORDER BY agent.name, agent.id",
        [],
        |row| Ok((row.get("department_id")?, Colleague { agent: row.get("id")?, name: row.get("name")?, presence: row.get("presence")?, load: row.get("load")? })),
    )?;
    for (department, colleague) in people {
        if let Some(choice) = choices.iter_mut().find(|choice| choice.department == department) {
            choice.people.push(colleague);
        }
    }
    Ok(choices)
}

/// A transfer begins; an open one is overtaken by it. At most one is open: the index `transfer_open` holds that.
pub fn start(
    conn: &Connection,
    conversation: ConversationId,
    (from, to): (TransferTarget, TransferTarget),
    by: AgentId,
    note: Option<MessageId>,
    now: Timestamp,
) -> Result<TransferId> {
    end(conn, conversation, now)?;
    db::insert(
        conn,
        "INSERT INTO transfer (conversation_id, from_department_id, from_agent_id, to_department_id, to_agent_id, agent_id, note_id, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (conversation, from.department, from.agent, to.department, to.agent, by, note, now),
    )
    .map(TransferId)
}

fn read(row: &Row<'_>) -> rusqlite::Result<OpenTransfer> {
    let to = TransferTarget { department: row.get(1)?, agent: row.get(2)? };
    Ok(OpenTransfer { id: row.get(0)?, to, by: row.get(3)? })
}

/// The transfer of a conversation that nobody has accepted yet.
pub fn open_of(conn: &Connection, conversation: ConversationId) -> Result<Option<OpenTransfer>> {
    db::maybe(
        conn,
        "SELECT id, to_department_id, to_agent_id, agent_id FROM transfer
         WHERE conversation_id = ? AND accepted_at IS NULL AND returned_at IS NULL AND ended_at IS NULL",
        [conversation],
        read,
    )
}

/// The conversation of a transfer, while nobody has accepted it.
pub fn still_open(conn: &Connection, id: TransferId) -> Result<Option<ConversationId>> {
    db::maybe(
        conn,
        "SELECT conversation_id FROM transfer WHERE id = ? AND accepted_at IS NULL AND returned_at IS NULL AND ended_at IS NULL",
        [id],
        |row| row.get(0),
    )
}

/// Accepts the open transfer, where it names this person, or names nobody and this person is the `holder` then.
pub fn accept(
    conn: &Connection,
    conversation: ConversationId,
    by: AgentId,
    holder: Option<AgentId>,
    now: Timestamp,
) -> Result<Option<TransferId>> {
    db::maybe(
        conn,
        "UPDATE transfer SET accepted_at = ?1, accepted_by = ?2
         WHERE conversation_id = ?3 AND accepted_at IS NULL AND returned_at IS NULL AND ended_at IS NULL
           AND coalesce(to_agent_id, ?4) = ?2 RETURNING id",
        (now, by, conversation, holder),
        |row| row.get(0),
    )
}

/// Nobody accepted it in time.
pub fn give_back(conn: &Connection, id: TransferId, now: Timestamp) -> Result<()> {
    db::exec(conn, "UPDATE transfer SET returned_at = ? WHERE id = ?", (now, id))?;
    Ok(())
}

/// Something else made an open transfer pointless.
pub fn end(conn: &Connection, conversation: ConversationId, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "UPDATE transfer SET ended_at = ? WHERE conversation_id = ? AND accepted_at IS NULL AND returned_at IS NULL AND ended_at IS NULL",
        (now, conversation),
    )?;
    Ok(())
}

/// Where the latest transfer took a conversation from.
pub fn last_origin(conn: &Connection, conversation: ConversationId) -> Result<Option<TransferTarget>> {
    db::maybe(
        conn,
        "SELECT from_department_id, from_agent_id FROM transfer WHERE conversation_id = ? ORDER BY id DESC LIMIT 1",
        [conversation],
        |row| Ok(TransferTarget { department: row.get(0)?, agent: row.get(1)? }),
    )
}

/// The transfers of a conversation lose the notes that went along.
pub fn forget_notes(conn: &Connection, conversation: ConversationId) -> Result<()> {
    db::exec(conn, "UPDATE transfer SET note_id = NULL WHERE conversation_id = ?", [conversation])?;
    Ok(())
}
