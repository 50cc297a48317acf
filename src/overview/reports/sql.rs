//! Queries of the reports: by time, newest first, a page after a cursor.

use std::collections::HashMap;

use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use super::{Fact, Kind, Mean, ReportCursor, ReportFilter, ReportRow, Tally};
use crate::desk::closings::ClosedBy;
use crate::desk::dispositions::Sentiment;
use crate::desk::pauses::EndedBy;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::sheets::Cell;
use crate::platform::text::{Language, reports as t};
use crate::platform::time::{MINUTE, Timestamp, Zone};

/// Where a report's lines come from. Each goes along its moment's index, the newest first, whatever the planner thinks of the
/// other tables: no page sorts. Parameters: before (?1, ?2), since ?3, departments, person, channel, sentiment, group, text, score.
struct ReportSource {
    moment: &'static str,
    /// The last columns of a line, the kind's own.
    own: &'static str,
    from: &'static str,
    channel: &'static str,
    group: &'static str,
    sentiment: &'static str,
    /// What is summed up beside the count, or NULL: two lengths in minutes, and the rating.
    sums: [&'static str; 3],
    only: &'static str,
}

const OCCURRENCES: ReportSource = ReportSource {
    moment: "f.happened_at",
    own: "f.body",
    from: "occurrence f INDEXED BY occurrence_happened",
    channel: "f.channel_id",
    group: "f.path",
    sentiment: "f.sentiment",
    sums: ["NULL", "NULL", "NULL"],
    only: "(?5 IS NULL OR f.agent_id = ?5) AND (?6 IS NULL OR f.channel_id = ?6) AND (?7 IS NULL OR f.sentiment = ?7)
        AND (?8 = '' OR f.path = ?8 OR substr(f.path, 1, length(?8) + 3) = ?8 || ' › ')
        AND (?9 = '' OR instr(lower(f.body), ?9) > 0) AND ?10 IS ?10
        AND NOT EXISTS (SELECT 1 FROM occurrence later WHERE later.corrects_id = f.id)",
};

const PAUSES: ReportSource = ReportSource {
    moment: "f.started_at",
    own: "f.returns_at, f.ended_at, f.ended_by",
    from: "pause f INDEXED BY pause_started CROSS JOIN conversation c ON c.id = f.conversation_id",
    channel: "c.channel_id",
    group: "f.reason",
    sentiment: "NULL",
    sums: ["(f.ended_at - f.started_at) / 60000", "NULL", "NULL"],
    only: "(?5 IS NULL OR f.agent_id = ?5) AND (?6 IS NULL OR c.channel_id = ?6) AND ?7 IS ?7
        AND (?8 = '' OR f.reason = ?8) AND (?9 = '' OR instr(lower(f.reason), ?9) > 0) AND ?10 IS ?10",
};

const CLOSINGS: ReportSource = ReportSource {
    moment: "f.at",
    own: "f.closed_by, c.first_answered_at - c.opened_at AS first_answer, f.at - c.opened_at AS handling, rating.score,
        coalesce(rating.comment, '') AS comment",
    from: "closing f INDEXED BY closing_at CROSS JOIN conversation c ON c.id = f.conversation_id
        LEFT JOIN rating ON rating.conversation_id = f.conversation_id AND rating.closing_id = f.id",
    channel: "c.channel_id",
    group: "f.path",
    sentiment: "f.sentiment",
    sums: ["(c.first_answered_at - c.opened_at) / 60000", "(f.at - c.opened_at) / 60000", "rating.score"],
    only: "(?5 IS NULL OR f.agent_id = ?5) AND (?6 IS NULL OR c.channel_id = ?6) AND (?7 IS NULL OR f.sentiment = ?7)
        AND (?8 = '' OR f.path = ?8 OR substr(f.path, 1, length(?8) + 3) = ?8 || ' › ')
        AND (?9 = '' OR instr(lower(f.body), ?9) > 0) AND (?10 IS NULL OR rating.score = ?10) AND f.held = 0",
};

fn source(kind: Kind) -> &'static ReportSource {
    match kind {
        Kind::Occurrences => &OCCURRENCES,
        Kind::Pauses => &PAUSES,
        Kind::Closings => &CLOSINGS,
    }
}

impl ReportSource {
    fn filter(&self) -> String {
        let (moment, only) = (self.moment, self.only);
        format!(
            "WHERE ({moment}, f.id) < (?1, ?2) AND {moment} >= ?3 AND +f.department_id IN (SELECT value FROM json_each(?4)) AND {only}"
        )
    }

    /// Lines: what every kind has, and the kind's own.
    fn lines(&self) -> String {
        let Self { moment, own, from, channel, group, sentiment, .. } = self;
        // Occurrences do without the conversation until a line is shown.
        let conversation =
            if from.contains("conversation c") { "" } else { "CROSS JOIN conversation c ON c.id = f.conversation_id" };
        format!(
            "SELECT {moment} AS moment, f.id, c.id AS conversation_id, c.number, contact.name AS contact_name, department.name AS department_name,
                    channel.name AS channel_name, coalesce(agent.name, '') AS agent_name, {group} AS grouping, {sentiment} AS sentiment, {own}
             FROM {from} {conversation} CROSS JOIN contact ON contact.id = c.contact_id
             CROSS JOIN department ON department.id = f.department_id CROSS JOIN channel ON channel.id = {channel}
             LEFT JOIN agent ON agent.id = f.agent_id
             {} ORDER BY {moment} DESC, f.id DESC LIMIT ?11",
            self.filter()
        )
    }

    /// Figures: one line for each group, person, sentiment and department of a stretch of time.
    fn figures(&self) -> String {
        let Self { from, group, sentiment, sums: [first, second, rating], .. } = self;
        format!(
            "SELECT coalesce(f.agent_id, 0) AS person, f.department_id, {group} AS grouping, {sentiment} AS sentiment, count(*) AS total,
                    coalesce(sum({first}), 0) AS first_sum, count({first}) AS first_of, coalesce(sum({second}), 0) AS second_sum,
                    count({second}) AS second_of, coalesce(sum({rating}), 0) AS rating_sum, count({rating}) AS rating_of
             FROM {from} {} GROUP BY {group}, f.agent_id, f.department_id, {sentiment}",
            self.filter()
        )
    }
}

fn values(filter: &ReportFilter, after: Option<ReportCursor>) -> Vec<Value> {
    let departments = filter.departments.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let from = after.unwrap_or(ReportCursor { at: filter.to, id: i64::MIN });
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
        number(filter.score),
    ]
}

/// A page of a report, newest first.
pub fn rows(
    conn: &Connection,
    kind: Kind,
    filter: &ReportFilter,
    after: Option<ReportCursor>,
    limit: i64,
    place: (&Zone, Language),
) -> Result<Vec<ReportRow>> {
    let mut found = Vec::new();
    each(conn, kind, filter, after, limit, place, |row| {
        found.push(row);
        Ok(())
    })?;
    Ok(found)
}

/// Goes through the lines of a report without keeping them.
pub fn each(
    conn: &Connection,
    kind: Kind,
    filter: &ReportFilter,
    after: Option<ReportCursor>,
    limit: i64,
    (zone, language): (&Zone, Language),
    mut take: impl FnMut(ReportRow) -> Result<()>,
) -> Result<()> {
    let mut values = values(filter, after);
    values.push(Value::Integer(limit));
    let mut statement = conn.prepare_cached(&source(kind).lines())?;
    let mut lines = statement.query(rusqlite::params_from_iter(values))?;
    while let Some(line) = lines.next()? {
        take(read(kind, line, zone, language)?)?;
    }
    Ok(())
}

fn read(kind: Kind, line: &Row<'_>, zone: &Zone, language: Language) -> rusqlite::Result<ReportRow> {
    let at: Timestamp = line.get("moment")?;
    let time = |at: Option<Timestamp>| at.map_or(Cell::Empty, |at| Cell::Text(zone.full(at, language)));
    let minutes = |span: Option<i64>| span.map_or(Cell::Empty, |span| Cell::Number(span / MINUTE));
    let sentiment: Option<Sentiment> = line.get("sentiment")?;
    let sentiment = sentiment.map_or(Cell::Empty, |one| Cell::Text(one.phrase().say(language).to_owned()));
    let mut cells = vec![time(Some(at)), Cell::Text(line.get::<_, i64>("number")?.to_string())];
    for column in ["contact_name", "department_name", "channel_name", "agent_name", "grouping"] {
        cells.push(Cell::Text(line.get(column)?));
    }
    match kind {
        Kind::Occurrences => cells.extend([sentiment, Cell::Text(line.get("body")?)]),
        Kind::Pauses => {
            let ended: Option<Timestamp> = line.get("ended_at")?;
            let by: Option<EndedBy> = line.get("ended_by")?;
            let by = by.map_or(Cell::Empty, |by| Cell::Text(by.phrase().say(language).to_owned()));
            cells.extend([time(line.get("returns_at")?), time(ended), by, minutes(ended.map(|ended| ended.since(at)))]);
        }
        Kind::Closings => {
            let by: ClosedBy = line.get("closed_by")?;
            let by = match by {
                ClosedBy::Agent => t::BY_TEAM,
                ClosedBy::Contact => t::BY_CONTACT,
                ClosedBy::Timeout => t::BY_TIMEOUT,
                ClosedBy::Bot => t::BY_BOT,
            };
            let score: Option<i64> = line.get("score")?;
            cells.extend([sentiment, Cell::Text(by.say(language).to_owned())]);
            let (first, whole) = (minutes(line.get("first_answer")?), minutes(line.get("handling")?));
            cells.extend([first, whole, score.map_or(Cell::Empty, Cell::Number)]);
            cells.push(Cell::Text(line.get("comment")?));
        }
    }
    Ok(ReportRow {
        cursor: ReportCursor { at, id: line.get("id")? },
        conversation: line.get("conversation_id")?,
        cells,
    })
}

/// The figures of a period. Each day is asked for by itself, along the index: so every zone's days are right, and SQLite sorts
/// the lines of one day at a time.
pub fn tally(conn: &Connection, kind: Kind, filter: &ReportFilter, zone: &Zone) -> Result<Tally> {
    let name = |line: &Row<'_>| Ok((line.get::<_, i64>(0)?, line.get::<_, String>(1)?));
    let people: HashMap<i64, String> = db::all(conn, "SELECT id, name FROM agent", [], name)?.into_iter().collect();
    let teams: HashMap<i64, String> = db::all(conn, "SELECT id, name FROM department", [], name)?.into_iter().collect();
    let named = |names: &HashMap<i64, String>, id: i64| names.get(&id).cloned().unwrap_or_default();
    let mut tally = Tally::default();
    let mut statement = conn.prepare_cached(&source(kind).figures())?;
    for (from, to) in filter.days(zone) {
        let day = zone.day(from);
        tally.days.insert(day, 0);
        let values = values(&ReportFilter { from, to, ..filter.clone() }, None);
        let mut lines = statement.query(rusqlite::params_from_iter(values))?;
        while let Some(line) = lines.next()? {
            let mean = |sum: &str, of: &str| Ok::<_, rusqlite::Error>(Mean { sum: line.get(sum)?, of: line.get(of)? });
            let agent = line.get("person")?;
            tally.add(Fact {
                day,
                person: (named(&people, agent), agent),
                department: named(&teams, line.get("department_id")?),
                group: line.get("grouping")?,
                sentiment: line.get("sentiment")?,
                count: line.get("total")?,
                lengths: [mean("first_sum", "first_of")?, mean("second_sum", "second_of")?],
                rating: mean("rating_sum", "rating_of")?,
            });
        }
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::db::migrations::SCHEMA;

    #[test]
    fn every_report_goes_along_its_index_and_sorts_nothing() {
        let conn = Connection::open_in_memory().expect("a database");
        conn.execute_batch(SCHEMA).expect("the schema");
        for (kind, index) in [
            (Kind::Occurrences, "occurrence_happened"),
            (Kind::Pauses, "pause_started"),
            (Kind::Closings, "closing_at"),
        ] {
            let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {}", source(kind).lines())).expect("a plan");
            let steps: Vec<String> = plan
                .query_map([rusqlite::types::Null; 11], |row| row.get(3))
                .and_then(Iterator::collect)
                .expect("its steps");
            assert!(steps[0].starts_with(&format!("SEARCH f USING INDEX {index} ")), "{steps:?}");
            assert!(steps.iter().all(|step| !step.contains("TEMP B-TREE") && !step.starts_with("SCAN c")), "{steps:?}");
        }
    }
}
