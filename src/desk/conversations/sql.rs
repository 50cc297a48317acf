//! Queries on conversations.

use rusqlite::{Connection, Row};

use super::{Conversation, LatestConversation, line};
use crate::contacts::{ContactId, IdentityId};
use crate::desk::conversations::{ContactCase, ConversationId, State};
use crate::desk::messages::MessageId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;
use crate::team::channels::ChannelId;
use crate::team::departments::DepartmentId;

crate::columns! {
    /// What is read of a conversation.
    Columns {
        id,
        number,
        contact_id,
        identity_id,
        channel_id,
        department_id,
        assignee_id,
        state,
        opened_at,
        closed_at,
        since,
        inbound,
        delivered_to,
        read_to,
        previous_id,
    }
    "FROM conversation WHERE id = ?"
}

fn read(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    let at = Columns::AT;
    Ok(Conversation {
        id: row.get(at.id)?,
        number: row.get(at.number)?,
        contact: row.get(at.contact_id)?,
        identity: row.get(at.identity_id)?,
        channel: row.get(at.channel_id)?,
        department: row.get(at.department_id)?,
        assignee: row.get(at.assignee_id)?,
        state: row.get(at.state)?,
        opened_at: row.get(at.opened_at)?,
        closed_at: row.get(at.closed_at)?,
        since: row.get(at.since)?,
        inbound: row.get(at.inbound)?,
        delivered_to: row.get(at.delivered_to)?,
        read_to: row.get(at.read_to)?,
        previous: row.get(at.previous_id)?,
    })
}

/// One conversation.
pub fn find(conn: &Connection, id: ConversationId) -> Result<Conversation> {
    db::one(conn, Columns::SELECT, [id], read)
}

/// The conversation with this protocol number.
pub fn by_number(conn: &Connection, number: i64) -> Result<Option<ConversationId>> {
    db::maybe(conn, "SELECT id FROM conversation WHERE number = ?", [number], |row| row.get(0))
}

/// The conversation that a message of an identity goes to: the newest open one, or else the one that was closed last.
/// The one writer holds that two messages at once open one: the second finds what the first has opened.
pub fn latest_of(conn: &Connection, identity: IdentityId) -> Result<Option<LatestConversation>> {
    let read = |row: &Row<'_>| Ok(LatestConversation { id: row.get(0)?, state: row.get(1)?, closed_at: row.get(2)? });
    let open = "SELECT id, state, closed_at FROM conversation WHERE identity_id = ? AND state <> 'closed' ORDER BY id DESC LIMIT 1";
    let found = db::maybe(conn, open, [identity], read)?;
    if found.is_some() {
        return Ok(found);
    }
    let closed = "SELECT id, state, closed_at FROM (SELECT id, state, closed_at FROM conversation WHERE identity_id = ?
                      AND NOT EXISTS (SELECT 1 FROM conversation_merge WHERE other_id = conversation.id AND kind = 'merge' AND undone_at IS NULL)
                      ORDER BY id DESC LIMIT 20)
                  ORDER BY closed_at DESC, id DESC LIMIT 1";
    db::maybe(conn, closed, [identity], read)
}

/// Every open conversation of an identity, the newest first.
pub fn open_of(conn: &Connection, identity: IdentityId) -> Result<Vec<ConversationId>> {
    let sql = "SELECT id FROM conversation WHERE identity_id = ? AND state <> 'closed' ORDER BY id DESC";
    db::all(conn, sql, [identity], |row| row.get(0))
}

/// The next protocol number of a civil day such as 20261122.
pub fn next_number(conn: &Connection, day: i64) -> Result<i64> {
    let sequence: i64 = db::one(
        conn,
        "INSERT INTO protocol_day (day, last) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last",
        [day],
        |row| row.get(0),
    )?;
    Ok(day * 1_000_000 + sequence)
}

/// What a new conversation needs.
pub struct NewConversation {
    pub number: i64,
    pub contact: ContactId,
    pub identity: IdentityId,
    pub channel: ChannelId,
    pub department: DepartmentId,
    pub previous: Option<ConversationId>,
    pub now: Timestamp,
}

/// A new conversation that waits for an agent.
pub fn open(conn: &Connection, opening: &NewConversation) -> Result<ConversationId> {
    db::insert(
        conn,
        "INSERT INTO conversation (number, contact_id, identity_id, channel_id, department_id, state, opened_at, since, last_at, previous_id)
         VALUES (?, ?, ?, ?, ?, 'waiting_agent', ?6, ?6, ?6, ?)",
        (opening.number, opening.contact, opening.identity, opening.channel, opening.department, opening.now, opening.previous),
    )
    .map(ConversationId)
}

/// Where news of a conversation go.
#[derive(Clone, Copy, Debug)]
pub struct ConversationPlace {
    pub department: DepartmentId,
    pub assignee: Option<AgentId>,
    pub identity: IdentityId,
}

fn read_place(row: &Row<'_>) -> rusqlite::Result<ConversationPlace> {
    Ok(ConversationPlace { department: row.get(0)?, assignee: row.get(1)?, identity: row.get(2)? })
}

/// Where news of a conversation go now.
pub fn place(conn: &Connection, id: ConversationId) -> Result<ConversationPlace> {
    db::one(conn, "SELECT department_id, assignee_id, identity_id FROM conversation WHERE id = ?", [id], read_place)
}

/// The contact wrote: an open conversation waits for an agent now; a pause, the bot and a closing stay.
///
/// Two statements, for the first mostly finds nothing to do: to name the state in the second would rewrite four indexes.
pub fn contact_spoke(conn: &Connection, id: ConversationId, body: &str, now: Timestamp) -> Result<ConversationPlace> {
    let moved = "UPDATE conversation SET since = ?, state = 'waiting_agent' WHERE id = ? AND state = 'waiting_contact'";
    db::exec(conn, moved, (now, id))?;
    db::one(
        conn,
        "UPDATE conversation SET spoke_last = 'contact', last_at = ?, last_author = 'contact', last_line = ?, inbound = inbound + 1
         WHERE id = ? RETURNING department_id, assignee_id, identity_id",
        (now, line(body), id),
        read_place,
    )
}

/// What a card says of the last message where that has no words of its own, e.g. the names of its files.
pub fn show_line(conn: &Connection, id: ConversationId, text: &str) -> Result<()> {
    db::exec(conn, "UPDATE conversation SET last_line = ? WHERE id = ?", (line(text), id))?;
    Ok(())
}

/// An agent wrote to the contact: the conversation waits for the contact now.
pub fn agent_spoke(conn: &Connection, id: ConversationId, body: &str, now: Timestamp) -> Result<ConversationPlace> {
    db::exec(
        conn,
        "UPDATE conversation SET since = iif(state = 'waiting_agent', ?1, since), state = 'waiting_contact'
         WHERE id = ?2 AND state IN ('waiting_agent', 'bot')",
        (now, id),
    )?;
    db::one(
        conn,
        "UPDATE conversation SET spoke_last = 'team', last_at = ?1, last_author = 'agent', last_line = ?2,
                first_answered_at = coalesce(first_answered_at, ?1)
         WHERE id = ?3 RETURNING department_id, assignee_id, identity_id",
        (now, line(body), id),
        read_place,
    )
}

/// The bot wrote: nothing moves, the card shows it.
pub fn bot_spoke(conn: &Connection, id: ConversationId, body: &str, now: Timestamp) -> Result<ConversationPlace> {
    let sql = "UPDATE conversation SET last_at = ?, last_author = 'bot', last_line = ? WHERE id = ?
               RETURNING department_id, assignee_id, identity_id";
    db::one(conn, sql, (now, line(body), id), read_place)
}

/// A pause begins; who spoke last stays known. In its section the conversation stands by the time of return.
pub fn pause(conn: &Connection, id: ConversationId, returns_at: Timestamp) -> Result<()> {
    let sql = "UPDATE conversation SET state = 'paused', since = ? WHERE id = ? AND state <> 'closed'";
    db::exec(conn, sql, (returns_at, id))?;
    Ok(())
}

/// A pause ends: the conversation waits for who did not speak last, from now on.
pub fn resume(conn: &Connection, id: ConversationId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE conversation SET state = iif(spoke_last = 'team', 'waiting_contact', 'waiting_agent'), since = ?
               WHERE id = ? AND state = 'paused'";
    db::exec(conn, sql, (now, id))?;
    Ok(())
}

/// What a person holds open, the oldest first.
pub fn held_by(conn: &Connection, agent: AgentId) -> Result<Vec<ConversationId>> {
    let sql = "SELECT id FROM conversation WHERE assignee_id = ? AND state IN ('bot', 'waiting_agent', 'waiting_contact', 'paused') ORDER BY id";
    db::all(conn, sql, [agent], |row| row.get(0))
}

/// The bot talks, and no person is asked yet.
pub fn give_to_bot(conn: &Connection, id: ConversationId) -> Result<()> {
    db::exec(conn, "UPDATE conversation SET state = 'bot' WHERE id = ? AND state = 'waiting_agent'", [id])?;
    Ok(())
}

/// Gives the conversation to a person, if it is still with whom the giver thought; false where somebody was faster.
pub fn assign(conn: &Connection, id: ConversationId, from: Option<AgentId>, to: AgentId) -> Result<bool> {
    let rows = db::exec(
        conn,
        "UPDATE conversation SET assignee_id = ? WHERE id = ? AND assignee_id IS ? AND state <> 'closed'",
        (to, id, from),
    )?;
    Ok(rows == 1)
}

/// Hands the conversation on, if it is still where the giver thought; false where somebody was faster. Who was with the bot
/// waits for a person now.
pub fn hand_on(
    conn: &Connection,
    id: ConversationId,
    from: (DepartmentId, Option<AgentId>),
    to: (DepartmentId, Option<AgentId>),
) -> Result<bool> {
    let rows = db::exec(
        conn,
        "UPDATE conversation SET department_id = ?1, assignee_id = ?2,
                state = iif(state = 'bot', iif(spoke_last = 'team', 'waiting_contact', 'waiting_agent'), state)
         WHERE id = ?3 AND department_id = ?4 AND assignee_id IS ?5 AND state <> 'closed'",
        (to.0, to.1, id, from.0, from.1),
    )?;
    Ok(rows == 1)
}

/// What nobody of a department holds and somebody should: who waits for an agent first, the oldest of them.
pub fn oldest_free(conn: &Connection, department: DepartmentId) -> Result<Option<ConversationId>> {
    for state in ["waiting_agent", "waiting_contact"] {
        let found = db::maybe(
            conn,
            "SELECT id FROM conversation WHERE assignee_id IS NULL AND department_id = ? AND state = ? ORDER BY since, id LIMIT 1",
            (department, state),
            |row| row.get(0),
        )?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The last line that a card shows.
pub fn last_line(conn: &Connection, id: ConversationId) -> Result<String> {
    db::one(conn, "SELECT last_line FROM conversation WHERE id = ?", [id], |row| row.get(0))
}

/// Marks it closed; false where it was closed already.
pub fn close(conn: &Connection, id: ConversationId, now: Timestamp) -> Result<bool> {
    let rows = db::exec(
        conn,
        "UPDATE conversation SET state = 'closed', closed_at = ?1, since = ?1, last_at = ?1 WHERE id = ?2 AND state <> 'closed'",
        (now, id),
    )?;
    Ok(rows == 1)
}

/// What closing changes, for the one who takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosingUndo {
    pub state: State,
    pub since: Timestamp,
    pub last_at: Timestamp,
}

/// How an open conversation stands.
pub fn before_closing(conn: &Connection, id: ConversationId) -> Result<ClosingUndo> {
    db::one(conn, "SELECT state, since, last_at FROM conversation WHERE id = ?", [id], |row| {
        Ok(ClosingUndo { state: row.get(0)?, since: row.get(1)?, last_at: row.get(2)? })
    })
}

/// Takes a closing back: everything is as it was, but that a contact who has written meanwhile waits for an agent.
pub fn undo_close(conn: &Connection, id: ConversationId, before: &ClosingUndo, closed_at: Timestamp) -> Result<bool> {
    let rows = db::exec(
        conn,
        "UPDATE conversation SET closed_at = NULL, last_at = iif(last_at > ?4, last_at, ?3),
                state = iif(?1 = 'waiting_contact' AND spoke_last = 'contact', 'waiting_agent', ?1),
                since = iif(?1 = 'waiting_contact' AND spoke_last = 'contact', last_at, ?2)
         WHERE id = ?5 AND state = 'closed' AND closed_at = ?4",
        (before.state, before.since, before.last_at, closed_at, id),
    )?;
    Ok(rows == 1)
}

/// Opens a closed one again.
pub fn reopen(conn: &Connection, id: ConversationId, assignee: Option<AgentId>, now: Timestamp) -> Result<()> {
    db::exec(
        conn,
        "UPDATE conversation SET state = iif(spoke_last = 'team', 'waiting_contact', 'waiting_agent'), closed_at = NULL, since = ?1,
                last_at = ?1, assignee_id = ?2
         WHERE id = ?3 AND state = 'closed'",
        (now, assignee, id),
    )?;
    Ok(())
}

/// The contact's device has, or shows, everything up to a message; never backwards.
pub fn reached(
    conn: &Connection,
    id: ConversationId,
    delivered_to: MessageId,
    read_to: Option<MessageId>,
) -> Result<bool> {
    let read_to = read_to.map_or(0, |message| message.0);
    let rows = db::exec(
        conn,
        "UPDATE conversation SET delivered_to = max(delivered_to, ?1), read_to = max(read_to, ?2)
         WHERE id = ?3 AND (delivered_to < ?1 OR read_to < ?2)",
        (delivered_to.0.max(read_to), read_to, id),
    )?;
    Ok(rows == 1)
}

/// The conversations of a contact, newest first.
pub fn cases(conn: &Connection, contact: ContactId, limit: i64) -> Result<Vec<ContactCase>> {
    db::all(
        conn,
        "SELECT id, number, department_id, assignee_id, state, opened_at FROM conversation WHERE contact_id = ? ORDER BY id DESC LIMIT ?",
        (contact, limit),
        |row| {
            Ok(ContactCase {
                id: row.get("id")?,
                number: row.get("number")?,
                department: row.get("department_id")?,
                assignee: row.get("assignee_id")?,
                state: row.get("state")?,
                opened_at: row.get("opened_at")?,
            })
        },
    )
}

/// The open conversations that a person holds, and where.
pub fn held(conn: &Connection, agent: AgentId) -> Result<Vec<(ConversationId, DepartmentId)>> {
    let sql = "SELECT id, department_id FROM conversation WHERE assignee_id = ? AND state <> 'closed' ORDER BY id";
    db::all(conn, sql, [agent], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Nobody holds it any more.
pub fn release(conn: &Connection, id: ConversationId) -> Result<()> {
    db::exec(conn, "UPDATE conversation SET assignee_id = NULL WHERE id = ?", [id])?;
    Ok(())
}

/// Whether a department still holds open conversations.
pub fn any_open_in(conn: &Connection, department: DepartmentId) -> Result<bool> {
    db::one(
        conn,
        "SELECT EXISTS (SELECT 1 FROM queue_count WHERE department_id = ? AND state <> 'closed' AND total > 0)",
        [department],
        |row| row.get(0),
    )
}
