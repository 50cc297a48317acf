//! Queries on queues: cards by keyset, counts from their rows.

use std::collections::HashMap;

use rusqlite::{Connection, Row, ToSql, params_from_iter};

use super::{Goals, Measure, QueueCard, QueueCounts, QueueCursor, QueuePlace, QueueScope};
use crate::desk::conversations::{ConversationId, State};
use crate::desk::tags::TagId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::{Agent, AgentId};
use crate::team::channels::Kind;
use crate::team::departments::DepartmentId;

crate::columns! {
    /// What a card is made of; parameter 1 is the asker throughout.
    Columns {
        id = "c.id",
        number = "c.number",
        state = "c.state",
        contact_name = "contact.name",
        contact_phone = "contact.phone",
        contact_email = "contact.email",
        channel_id = "c.channel_id",
        last_author = "c.last_author",
        last_line = "c.last_line",
        since = "c.since",
        unread = "c.inbound - coalesce((SELECT seen FROM read WHERE agent_id = ?1 AND conversation_id = c.id), 0)",
        assignee = "(SELECT name FROM agent WHERE agent.id = c.assignee_id)",
        mine = "c.assignee_id IS ?1",
        tags = "(SELECT group_concat(colour || ':' || tag.name, char(31)) FROM conversation_tag JOIN tag ON tag.id = tag_id
            WHERE conversation_id = c.id)",
        department_id = "c.department_id",
        contact_answered = "c.state = 'paused' AND EXISTS (
            SELECT 1 FROM pause WHERE conversation_id = c.id AND ended_at IS NULL AND contact_wrote_at IS NOT NULL)",
        transferred = "EXISTS (SELECT 1 FROM transfer WHERE conversation_id = c.id AND accepted_at IS NULL AND returned_at IS NULL
            AND ended_at IS NULL AND (to_agent_id IS NULL OR to_agent_id = c.assignee_id))",
        opened_at = "c.opened_at",
        team_answered = "c.first_answered_at IS NOT NULL",
    }
    "FROM conversation c JOIN contact ON contact.id = c.contact_id"
}

const CARD: &str = Columns::SELECT;

/// The few rows that every card needs a word of: read once, not joined to each.
struct CardWords {
    kinds: HashMap<i64, Kind>,
    goals: HashMap<i64, Goals>,
}

impl CardWords {
    fn read(conn: &Connection) -> Result<Self> {
        let kinds = db::all(conn, "SELECT id, kind FROM channel", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let goals = db::all(conn, "SELECT id, first_answer_goal_ms, handling_goal_ms FROM department", [], |row| {
            Ok((row.get(0)?, Goals { first_answer: row.get(1)?, handling: row.get(2)? }))
        })?;
        Ok(Self { kinds: kinds.into_iter().collect(), goals: goals.into_iter().collect() })
    }
}

fn read(words: &CardWords, row: &Row<'_>) -> rusqlite::Result<QueueCard> {
    let at = Columns::AT;
    let tags: Option<String> = row.get(at.tags)?;
    let tag = |text: &str| text.split_once(':').map(|(colour, name)| (colour.to_owned(), name.to_owned()));
    let (state, since) = (row.get(at.state)?, row.get(at.since)?);
    let goals = words.goals.get(&row.get(at.department_id)?);
    let (opened_at, answered) = (row.get(at.opened_at)?, row.get(at.team_answered)?);
    Ok(QueueCard {
        id: row.get(at.id)?,
        number: row.get(at.number)?,
        state,
        contact_name: row.get(at.contact_name)?,
        contact_phone: row.get(at.contact_phone)?,
        contact_email: row.get(at.contact_email)?,
        channel: words.kinds.get(&row.get(at.channel_id)?).copied().unwrap_or(Kind::WebChat),
        last_author: row.get(at.last_author)?,
        last_line: row.get(at.last_line)?,
        since,
        unread: row.get(at.unread)?,
        assignee: row.get(at.assignee)?,
        mine: row.get(at.mine)?,
        tags: tags.as_deref().unwrap_or("").split('\u{1f}').filter_map(tag).collect(),
        measure: goals.and_then(|goals| Measure::of(state, answered, since, opened_at, *goals)),
        answered: row.get(at.contact_answered)?,
        transferred: row.get(at.transferred)?,
    })
}

/// Who waits longest comes first; what is closed, newest first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum QueueOrder {
    Up,
    Down,
}

/// A page of cards of one section, after a cursor.
pub fn cards(
    conn: &Connection,
    agent: &Agent,
    scope: QueueScope,
    state: State,
    after: Option<QueueCursor>,
    limit: usize,
) -> Result<Vec<QueueCard>> {
    let order = if state == State::Closed { QueueOrder::Down } else { QueueOrder::Up };
    let rare = scope.tag.map_or(Ok(false), |tag| is_rare(conn, tag))?;
    let page = |filter: &str, with: &[&dyn ToSql]| {
        let mut with: Vec<&dyn ToSql> = [&[&agent.id as &dyn ToSql], with].concat();
        let mut filter = filter.to_owned();
        if let Some(tag) = &scope.tag {
            with.push(tag);
            let carries = if rare {
                "c.id IN (SELECT conversation_id FROM conversation_tag WHERE tag_id = ?"
            } else {
                "EXISTS (SELECT 1 FROM conversation_tag carried WHERE carried.conversation_id = c.id AND carried.tag_id = ?"
            };
            filter = format!("{filter} AND {carries}{})", with.len());
        }
        part(conn, (&filter, rare), &with, order, after, limit)
    };
    match scope.place {
        QueuePlace::Mine => page("c.assignee_id = ?1 AND c.state = ?2", &[&state]),
        QueuePlace::Department(id) if scope.sees_all(agent) => {
            page("c.department_id = ?3 AND c.state = ?2", &[&state, &id])
        }
        QueuePlace::Department(id) => {
            // Two indexes, two pages, merged: own ones and those that nobody holds.
            let mut found = page("c.assignee_id = ?1 AND c.state = ?2 AND c.department_id = ?3", &[&state, &id])?;
            if !agent.takes_from(id) {
                return Ok(found);
            }
            found.extend(page("c.assignee_id IS NULL AND c.state = ?2 AND c.department_id = ?3", &[&state, &id])?);
            found.sort_by_key(|card| (card.since, card.id));
            if order == QueueOrder::Down {
                found.reverse();
            }
            found.truncate(limit);
            Ok(found)
        }
    }
}

/// Conversations up to which a tag is rare: looking at each of them costs less than walking along the queue until enough are found.
const RARE: i64 = 1000;

fn is_rare(conn: &Connection, tag: TagId) -> Result<bool> {
    let sql = "SELECT count(*) < ?2 FROM (SELECT 1 FROM conversation_tag WHERE tag_id = ?1 LIMIT ?2)";
    db::one(conn, sql, (tag, RARE), |row| row.get(0))
}

/// A page. Where the tag is rare it begins from its conversations, and only those of the page become cards.
fn part(
    conn: &Connection,
    (filter, rare): (&str, bool),
    with: &[&dyn ToSql],
    order: QueueOrder,
    after: Option<QueueCursor>,
    limit: usize,
) -> Result<Vec<QueueCard>> {
    let (compare, direction) = match order {
        QueueOrder::Up => (">", ""),
        QueueOrder::Down => ("<", "DESC"),
    };
    let next = with.len() + 1;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut all: Vec<&dyn ToSql> = with.to_vec();
    let keyset = match &after {
        Some(cursor) => {
            all.extend([&cursor.since as &dyn ToSql, &cursor.id]);
            format!("AND (c.since, c.id) {compare} (?{next}, ?{})", next + 1)
        }
        None => String::new(),
    };
    all.push(&limit);
    let ordered = format!("{filter} {keyset} ORDER BY c.since {direction}, c.id {direction} LIMIT ?{}", all.len());
    let sql = if rare {
        format!(
            "{CARD} WHERE c.id IN (SELECT c.id FROM conversation c NOT INDEXED WHERE {ordered})
             ORDER BY c.since {direction}, c.id {direction}"
        )
    } else {
        format!("{CARD} WHERE {ordered}")
    };
    let words = CardWords::read(conn)?;
    db::all(conn, &sql, params_from_iter(all), |row| read(&words, row))
}

/// One conversation as a card, whatever its queue.
pub fn card(conn: &Connection, agent: &Agent, id: ConversationId) -> Result<Option<QueueCard>> {
    let words = CardWords::read(conn)?;
    db::maybe(conn, &format!("{CARD} WHERE c.id = ?2"), (agent.id, id), |row| read(&words, row))
}

/// How many conversations each section of a scope holds.
pub fn counts(conn: &Connection, agent: &Agent, scope: QueueScope) -> Result<QueueCounts> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let found: Vec<(State, i64)> = match scope.place {
        QueuePlace::Mine => db::all(
            conn,
            "SELECT state, sum(total) FROM queue_count WHERE assignee_id = ? GROUP BY state",
            [agent.id],
            read,
        )?,
        QueuePlace::Department(id) if scope.sees_all(agent) => db::all(
            conn,
            "SELECT state, total FROM queue_count WHERE assignee_id = -1 AND department_id = ?",
            [id],
            read,
        )?,
        // Nobody's ones are counted under 0; who takes nothing from the queue counts only their own.
        QueuePlace::Department(id) => db::all(
            conn,
            "SELECT state, sum(total) FROM queue_count WHERE assignee_id IN (?1, ?2) AND department_id = ?3 GROUP BY state",
            (if agent.takes_from(id) { AgentId(0) } else { agent.id }, agent.id, id),
            read,
        )?,
    };
    Ok(found.into_iter().collect())
}

/// How many wait for an agent, per department; for the switch between queues.
pub fn waiting(conn: &Connection, department: DepartmentId) -> Result<i64> {
    db::one(
        conn,
        "SELECT coalesce(sum(total), 0) FROM queue_count WHERE assignee_id = -1 AND department_id = ? AND state = 'waiting_agent'",
        [department],
        |row| row.get(0),
    )
}

/// What asks for this person's attention: messages unread in own open conversations, and the newest moment of them.
pub fn attention(conn: &Connection, agent: &Agent) -> Result<(i64, Timestamp)> {
    db::one(
        conn,
        "SELECT coalesce(sum(c.inbound - coalesce(seen, 0)), 0), coalesce(max(iif(c.inbound > coalesce(seen, 0), c.last_at, 0)), 0)
         FROM conversation c LEFT JOIN read ON read.agent_id = ?1 AND read.conversation_id = c.id
         WHERE c.assignee_id = ?1 AND c.state IN ('bot', 'waiting_agent', 'waiting_contact', 'paused')",
        [agent.id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
