//! Queries on a contact's timeline.

use std::collections::HashMap;

use rusqlite::{Connection, Row};

use super::{Kind, TimelineCase, TimelineEntry, TimelineFilter, TimelinePlace, TimelineTotals};
use crate::contacts::ContactId;
use crate::desk::conversations::{ConversationId, may_see};
use crate::desk::messages::MessageId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::team::agents::Agent;

/// The newest places before one, of the kinds asked for: a few rows of each kind along its own stretch of the index, merged here.
pub fn places(
    conn: &Connection,
    contact: ContactId,
    filter: &TimelineFilter,
    before: Option<TimelinePlace>,
    limit: usize,
) -> Result<Vec<TimelinePlace>> {
    let mut found: Vec<TimelinePlace> = Vec::new();
    let (from, until) = (filter.from.map_or(i64::MIN, |at| at.0), filter.until.map_or(i64::MAX, |at| at.0));
    for kind in filter.kinds() {
        let (at, item) = before.map_or((until, i64::MIN), |place| place.bound(*kind)).min((until, i64::MIN));
        found.extend(db::all(
            conn,
            "SELECT at, item_id FROM timeline_entry WHERE contact_id = ? AND kind = ? AND (at, item_id) < (?, ?) AND at >= ?
             ORDER BY at DESC, item_id DESC LIMIT ?",
            (contact, kind, at, item, from, i64::try_from(limit).unwrap_or(i64::MAX)),
            |row| Ok(TimelinePlace { at: row.get(0)?, kind: *kind, item: row.get(1)? }),
        )?);
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.truncate(limit);
    Ok(found)
}

/// A merge as one of its two contacts (`?2`) sees it: the other one's name, and the record to look at, which is this one's own where
/// the other has gone into it.
macro_rules! union_by {
    ($by:literal) => {
        concat!(
            "SELECT contact_merge.id AS item, 0 AS conversation_id, agent.name AS who,
                    coalesce(json_extract(moved, path || '.name'), json_extract(moved, path || '.phone'), '') AS title, scope AS body,
                    CASE WHEN kept_id <> ?2 THEN kept_id WHEN scope = 'all' AND undone_at IS NULL THEN kept_id ELSE other_id END AS figure
             FROM (SELECT contact_merge.*, IIF(kept_id = ?2, '$.other_before', '$.kept_before') AS path
                   FROM json_each(?1) CROSS JOIN contact_merge ON contact_merge.id = value) AS contact_merge
             JOIN agent ON agent.id = ",
            $by
        )
    };
}

/// What a kind's own table says of listed rows (a JSON list, `?1`) of a contact (`?2`), under the names that `read` asks for.
fn telling(kind: Kind) -> &'static str {
    match kind {
        Kind::Opened => {
            "SELECT conversation.id AS item, conversation.id AS conversation_id, channel.name AS who, '' AS title, '' AS body, NULL AS figure
             FROM json_each(?1)
             CROSS JOIN conversation ON conversation.id = value JOIN channel ON channel.id = channel_id WHERE contact_id = ?2"
        }
        Kind::Closed => {
            "SELECT closing.id AS item, closing.conversation_id, coalesce(agent.name, '') AS who, closing.path AS title,
                    substr(body, 1, 300) AS body, score AS figure
             FROM json_each(?1)
             CROSS JOIN closing ON closing.id = value LEFT JOIN agent ON agent.id = agent_id
             LEFT JOIN rating ON rating.conversation_id = closing.conversation_id AND closing_id = closing.id WHERE ?2"
        }
        Kind::Occurrence => {
            "SELECT occurrence.id AS item, conversation_id, agent.name AS who, occurrence.path AS title, substr(body, 1, 300) AS body,
                    corrects_id IS NOT NULL AS figure
             FROM json_each(?1)
             CROSS JOIN occurrence ON occurrence.id = value JOIN agent ON agent.id = agent_id WHERE ?2"
        }
        Kind::Transfer => {
            "SELECT transfer.id AS item, conversation_id, agent.name AS who, department.name AS title, coalesce(target.name, '') AS body,
                    NULL AS figure
             FROM json_each(?1)
             CROSS JOIN transfer ON transfer.id = value JOIN agent ON agent.id = agent_id JOIN department ON department.id = to_department_id
             LEFT JOIN agent AS target ON target.id = to_agent_id WHERE ?2"
        }
        Kind::Pause => {
            "SELECT pause.id AS item, conversation_id, agent.name AS who, reason AS title, '' AS body, coalesce(ended_at, returns_at) AS figure
             FROM json_each(?1)
             CROSS JOIN pause ON pause.id = value JOIN agent ON agent.id = agent_id WHERE ?2"
        }
        Kind::Note => {
            "SELECT message.id AS item, conversation_id, agent.name AS who, '' AS title, substr(body, 1, 300) AS body, NULL AS figure
             FROM json_each(?1)
             CROSS JOIN message ON message.id = value JOIN agent ON agent.id = agent_id WHERE ?2"
        }
        Kind::Ticket => {
            "SELECT ticket.id AS item, link.conversation_id, agent.name AS who, title, '' AS body, NULL AS figure FROM json_each(?1)
             CROSS JOIN ticket ON ticket.id = value JOIN agent ON agent.id = author_id
             CROSS JOIN ticket_conversation AS link ON link.ticket_id = ticket.id
             CROSS JOIN conversation ON conversation.id = link.conversation_id WHERE contact_id = ?2"
        }
        Kind::TicketClosed => {
            "SELECT ticket.id AS item, link.conversation_id, coalesce((
                 SELECT name FROM ticket_entry JOIN agent ON agent.id = agent_id
                 WHERE ticket_id = ticket.id AND kind = 'closed' ORDER BY ticket_entry.id DESC LIMIT 1), '') AS who, title, '' AS body, NULL AS figure
             FROM json_each(?1) CROSS JOIN ticket ON ticket.id = value
             CROSS JOIN ticket_conversation AS link ON link.ticket_id = ticket.id
             CROSS JOIN conversation ON conversation.id = link.conversation_id WHERE contact_id = ?2"
        }
        Kind::Merge => {
            "SELECT conversation_merge.id AS item, kept_id AS conversation_id, agent.name AS who, CAST(number AS TEXT) AS title, '' AS body,
                    kind = 'split' AS figure
             FROM json_each(?1) CROSS JOIN conversation_merge ON conversation_merge.id = value JOIN agent ON agent.id = agent_id
             JOIN conversation ON conversation.id = other_id WHERE ?2"
        }
        Kind::ContactMerge => union_by!("agent_id"),
        Kind::Parted => union_by!("coalesce(undone_by, agent_id)"),
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<EntryText> {
    Ok(EntryText {
        item: row.get("item")?,
        conversation: row.get("conversation_id")?,
        who: row.get("who")?,
        title: row.get("title")?,
        body: row.get("body")?,
        figure: row.get("figure")?,
    })
}

struct EntryText {
    item: i64,
    conversation: ConversationId,
    who: String,
    title: String,
    body: String,
    figure: Option<i64>,
}

/// The entries at these places, as a reader may see them, in the same order.
pub fn entries(
    conn: &Connection,
    contact: ContactId,
    places: &[TimelinePlace],
    reader: &Agent,
) -> Result<Vec<TimelineEntry>> {
    let mut told: HashMap<(Kind, i64), Vec<EntryText>> = HashMap::new();
    for kind in Kind::ALL {
        let items: Vec<i64> = places.iter().filter(|place| place.kind == *kind).map(|place| place.item).collect();
        if items.is_empty() {
            continue;
        }
        for one in db::all(conn, telling(*kind), (serde_json::to_string(&items)?, contact), read)? {
            told.entry((*kind, one.item)).or_default().push(one);
        }
    }
    let cases = cases(conn, told.values().flatten().map(|one| one.conversation), reader)?;
    let is_visible = |one: &EntryText| cases.get(&one.conversation).is_some_and(|case| case.visible);
    let mut found = Vec::new();
    for place in places {
        let Some(mut rows) = told.remove(&(place.kind, place.item)) else { continue };
        // A ticket is about several conversations: one that may be seen is enough.
        let Some(chosen) = rows.iter().position(is_visible).or((!rows.is_empty()).then_some(0)) else { continue };
        let one = rows.swap_remove(chosen);
        if matches!(place.kind, Kind::ContactMerge | Kind::Parted) {
            let EntryText { who, title, body, figure, .. } = one;
            found.push(TimelineEntry { place: *place, case: None, who, title, body, figure });
            continue;
        }
        let Some(case) = cases.get(&one.conversation).cloned() else { continue };
        match (case.visible, place.kind) {
            (true, _) => found.push(TimelineEntry {
                place: *place,
                case: Some(case),
                who: one.who,
                title: one.title,
                body: one.body,
                figure: one.figure,
            }),
            (false, Kind::Opened) => found.push(TimelineEntry {
                place: *place,
                case: Some(case),
                who: String::new(),
                title: String::new(),
                body: String::new(),
                figure: None,
            }),
            (false, _) => {}
        }
    }
    Ok(found)
}

/// The conversations of some entries.
fn cases(
    conn: &Connection,
    ids: impl Iterator<Item = ConversationId>,
    reader: &Agent,
) -> Result<HashMap<ConversationId, TimelineCase>> {
    let mut ids: Vec<ConversationId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let found = db::all(
        conn,
        "SELECT conversation.id, number, department.name AS department_name, department_id, assignee_id FROM json_each(?)
         CROSS JOIN conversation ON conversation.id = value JOIN department ON department.id = department_id",
        [serde_json::to_string(&ids)?],
        |row| {
            let visible = may_see(reader, row.get("department_id")?, row.get("assignee_id")?);
            Ok(TimelineCase { id: row.get("id")?, number: row.get("number")?, department: row.get("department_name")?, visible })
        },
    )?;
    Ok(found.into_iter().map(|case| (case.id, case)).collect())
}

/// The figures over all conversations of a contact that a reader may see; one walk along the contact's index.
pub fn totals(conn: &Connection, contact: ContactId, reader: &Agent) -> Result<TimelineTotals> {
    let mut totals = TimelineTotals::default();
    db::all(
        conn,
        "SELECT department_id, assignee_id, opened_at, closed_at, score FROM conversation
         LEFT JOIN rating ON conversation_id = conversation.id WHERE contact_id = ?",
        [contact],
        |row| {
            if may_see(reader, row.get("department_id")?, row.get("assignee_id")?) {
                totals.add(row.get("opened_at")?, row.get("closed_at")?, row.get("score")?);
            }
            Ok(())
        },
    )?;
    Ok(totals)
}

/// The message of a conversation that tells of an entry: a note itself, or the system's line.
pub fn message(conn: &Connection, conversation: ConversationId, kind: Kind, item: i64) -> Result<Option<MessageId>> {
    let (sql, word) = match kind {
        Kind::Note => return Ok(Some(MessageId(item))),
        Kind::Ticket | Kind::TicketClosed | Kind::ContactMerge | Kind::Parted => return Ok(None),
        Kind::Opened => ("SELECT opened_at FROM conversation WHERE id = ?", "opened"),
        Kind::Closed => ("SELECT at FROM closing WHERE id = ?", "closed"),
        Kind::Occurrence => ("SELECT at FROM occurrence WHERE id = ?", "occurrence"),
        Kind::Transfer => ("SELECT at FROM transfer WHERE id = ?", "transferred"),
        Kind::Pause => ("SELECT started_at FROM pause WHERE id = ?", "paused"),
        Kind::Merge => ("SELECT at FROM conversation_merge WHERE id = ?", ""),
    };
    let at: i64 = db::one(conn, sql, [item], |row| row.get(0))?;
    let line = if kind == Kind::Occurrence { format!("{word} {item}\u{1f}%") } else { format!("{word}%") };
    let sql = "SELECT id FROM message WHERE conversation_id = ? AND at <= ? AND author = 'system' AND body LIKE ? ORDER BY id DESC LIMIT 1";
    db::maybe(conn, sql, (conversation, at, line), |row| row.get(0))
}
