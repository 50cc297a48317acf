//! Queries of the reports: by time, newest first, a page after a cursor.

use rusqlite::types::Value;
use rusqlite::{Connection, Row as Line};

use super::{Cursor, Fact, Filter, Kind, Row};
use crate::closings::ClosedBy;
use crate::db;
use crate::dispositions::Sentiment;
use crate::error::Result;
use crate::pauses::EndedBy;
use crate::sheets::Cell;
use crate::text::{Language, reports as t};
use crate::time::{MINUTE, Timestamp, Zone};

/// Each goes along its moment's index, the newest first, whatever the planner thinks of the other tables: no page sorts.
/// What every report shares: columns 0 to 9 are moment, id, conversation, number, contact, department, channel, person, group,
/// sentiment. `AT`, `GROUP` and the rest stand for the kind's own columns.
fn select(kind: Kind) -> &'static str {
    match kind {
        Kind::Occurrences => {
            "SELECT f.happened_at, f.id, c.id, c.number, contact.name, department.name, channel.name, coalesce(agent.name, ''), f.path,
                    f.sentiment, f.body
             FROM occurrence f INDEXED BY occurrence_happened
             CROSS JOIN conversation c ON c.id = f.conversation_id CROSS JOIN contact ON contact.id = c.contact_id
             CROSS JOIN department ON department.id = f.department_id CROSS JOIN channel ON channel.id = f.channel_id
             LEFT JOIN agent ON agent.id = f.agent_id
             WHERE (f.happened_at, f.id) < (?1, ?2) AND f.happened_at >= ?3 AND +f.department_id IN (SELECT value FROM json_each(?4))
             AND (?5 IS NULL OR f.agent_id = ?5) AND (?6 IS NULL OR f.channel_id = ?6) AND (?7 IS NULL OR f.sentiment = ?7)
             AND (?8 = '' OR f.path = ?8 OR substr(f.path, 1, length(?8) + 3) = ?8 || ' › ')
             AND (?9 = '' OR instr(lower(f.body), ?9) > 0)
             AND NOT EXISTS (SELECT 1 FROM occurrence later WHERE later.corrects_id = f.id)
             ORDER BY f.happened_at DESC, f.id DESC LIMIT ?10"
        }
        Kind::Pauses => {
            "SELECT f.started_at, f.id, c.id, c.number, contact.name, department.name, channel.name, coalesce(agent.name, ''), f.reason,
                    NULL, f.returns_at, f.ended_at, f.ended_by
             FROM pause f INDEXED BY pause_started
             CROSS JOIN conversation c ON c.id = f.conversation_id CROSS JOIN contact ON contact.id = c.contact_id
             CROSS JOIN department ON department.id = f.department_id CROSS JOIN channel ON channel.id = c.channel_id
             LEFT JOIN agent ON agent.id = f.agent_id
             WHERE (f.started_at, f.id) < (?1, ?2) AND f.started_at >= ?3 AND +f.department_id IN (SELECT value FROM json_each(?4))
             AND (?5 IS NULL OR f.agent_id = ?5) AND (?6 IS NULL OR c.channel_id = ?6) AND ?7 IS ?7
             AND (?8 = '' OR f.reason = ?8) AND (?9 = '' OR instr(lower(f.reason), ?9) > 0)
             ORDER BY f.started_at DESC, f.id DESC LIMIT ?10"
        }
        Kind::Closings => {
            "SELECT f.at, f.id, c.id, c.number, contact.name, department.name, channel.name, coalesce(agent.name, ''), f.path,
                    f.sentiment, f.closed_by, c.first_answered_at - c.opened_at, f.at - c.opened_at,
                    (SELECT score FROM rating WHERE rating.conversation_id = c.id AND rating.closing_id = f.id)
             FROM closing f INDEXED BY closing_at
             CROSS JOIN conversation c ON c.id = f.conversation_id CROSS JOIN contact ON contact.id = c.contact_id
             CROSS JOIN department ON department.id = c.department_id CROSS JOIN channel ON channel.id = c.channel_id
             LEFT JOIN agent ON agent.id = f.agent_id
             WHERE (f.at, f.id) < (?1, ?2) AND f.at >= ?3 AND f.held = 0 AND +c.department_id IN (SELECT value FROM json_each(?4))
             AND (?5 IS NULL OR f.agent_id = ?5) AND (?6 IS NULL OR c.channel_id = ?6) AND (?7 IS NULL OR f.sentiment = ?7)
             AND (?8 = '' OR f.path = ?8 OR substr(f.path, 1, length(?8) + 3) = ?8 || ' › ')
             AND (?9 = '' OR instr(lower(f.body), ?9) > 0)
             ORDER BY f.at DESC, f.id DESC LIMIT ?10"
        }
    }
}

fn values(filter: &Filter, after: Option<Cursor>, limit: i64) -> Vec<Value> {
    let departments = filter.departments.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let from = after.unwrap_or(Cursor { at: filter.to, id: i64::MIN });
    let number = |value: Option<i64>| value.map_or(Value::Null, Value::Integer);
    vec![
        Value::Integer(from.at.0),
        Value::Integer(from.id),
        Value::Integer(filter.from.0),
        Value::Text(format!("[{departments}]")),
        number(filter.agent.map(|id| id.0)),
        number(filter.channel.map(|id| id.0)),
        filter.sentiment.map_or(Value::Null, |sentiment| Value::Text(sentiment.word().to_owned())),
        Value::Text(filter.group.clone()),
        Value::Text(filter.text.to_lowercase()),
        Value::Integer(limit),
    ]
}

/// A page of a report, newest first.
pub fn rows(
    conn: &Connection,
    kind: Kind,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
    (zone, language): (&Zone, Language),
) -> Result<Vec<Row>> {
    let values = values(filter, after, limit);
    db::all(conn, select(kind), rusqlite::params_from_iter(values), |line| read(kind, line, zone, language))
}

fn read(kind: Kind, line: &Line<'_>, zone: &Zone, language: Language) -> rusqlite::Result<Row> {
    let at: Timestamp = line.get(0)?;
    let time = |at: Option<Timestamp>| at.map_or(Cell::Empty, |at| Cell::Text(zone.full(at, language)));
    let minutes = |span: Option<i64>| span.map_or(Cell::Empty, |span| Cell::Number(span / MINUTE));
    let sentiment: Option<Sentiment> = line.get(9)?;
    let sentiment = sentiment.map_or(Cell::Empty, |one| Cell::Text(one.phrase().say(language).to_owned()));
    let mut cells = vec![time(Some(at)), Cell::Text(line.get::<_, i64>(3)?.to_string())];
    for column in 4..=8 {
        cells.push(Cell::Text(line.get(column)?));
    }
    match kind {
        Kind::Occurrences => cells.extend([sentiment, Cell::Text(line.get(10)?)]),
        Kind::Pauses => {
            let ended: Option<Timestamp> = line.get(11)?;
            let by: Option<EndedBy> = line.get(12)?;
            let by = by.map_or(Cell::Empty, |by| Cell::Text(by.phrase().say(language).to_owned()));
            cells.extend([time(line.get(10)?), time(ended), by, minutes(ended.map(|ended| ended.since(at)))]);
        }
        Kind::Closings => {
            let by: ClosedBy = line.get(10)?;
            let by = match by {
                ClosedBy::Agent => t::BY_TEAM,
                ClosedBy::Contact => t::BY_CONTACT,
                ClosedBy::Timeout => t::BY_TIMEOUT,
                ClosedBy::Bot => t::BY_BOT,
            };
            let score: Option<i64> = line.get(13)?;
            cells.extend([sentiment, Cell::Text(by.say(language).to_owned())]);
            cells.extend([minutes(line.get(11)?), minutes(line.get(12)?), score.map_or(Cell::Empty, Cell::Number)]);
        }
    }
    Ok(Row { cursor: Cursor { at, id: line.get(1)? }, conversation: line.get(2)?, cells })
}

/// Goes through every line of a period, for the figures.
pub fn each(conn: &Connection, kind: Kind, filter: &Filter, mut count: impl FnMut(Fact)) -> Result<()> {
    let mut statement = conn.prepare_cached(select(kind))?;
    let mut lines = statement.query(rusqlite::params_from_iter(values(filter, None, i64::MAX)))?;
    while let Some(line) = lines.next()? {
        let at: Timestamp = line.get(0)?;
        let minutes = |span: Option<i64>| span.map(|span| span / MINUTE);
        let (minutes, rating) = match kind {
            Kind::Occurrences => ([None, None], None),
            Kind::Pauses => {
                let ended: Option<Timestamp> = line.get(11)?;
                ([minutes(ended.map(|ended| ended.since(at))), None], None)
            }
            Kind::Closings => ([minutes(line.get(11)?), minutes(line.get(12)?)], line.get(13)?),
        };
        count(Fact { at, person: line.get(7)?, group: line.get(8)?, sentiment: line.get(9)?, minutes, rating });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::migrations::SCHEMA;

    #[test]
    fn every_report_goes_along_its_index_and_sorts_nothing() {
        let conn = Connection::open_in_memory().expect("a database");
        conn.execute_batch(SCHEMA).expect("the schema");
        for (kind, index) in [
            (Kind::Occurrences, "occurrence_happened"),
            (Kind::Pauses, "pause_started"),
            (Kind::Closings, "closing_at"),
        ] {
            let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {}", select(kind))).expect("a plan");
            let steps: Vec<String> = plan
                .query_map([rusqlite::types::Null; 10], |row| row.get(3))
                .and_then(Iterator::collect)
                .expect("its steps");
            assert!(steps[0].starts_with(&format!("SEARCH f USING INDEX {index} ")), "{steps:?}");
            assert!(steps.iter().all(|step| !step.contains("TEMP B-TREE") && !step.starts_with("SCAN c")), "{steps:?}");
        }
    }
}
