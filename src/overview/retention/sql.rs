//! Queries on what is past its time. Closings are gone along in their order, each once: what is behind the mark is done.

use rusqlite::{Connection, Row};

use super::{Counts, Rule, Run, Stage};
use crate::contacts::ContactId;
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;

/// The rule that is stored; everything for ever before the first.
pub fn rule(conn: &Connection) -> Result<Rule> {
    let sql = "SELECT words_months, files_months, persons_months, unregulated FROM retention WHERE id = 1";
    let found = db::maybe(conn, sql, [], |row| {
        Ok(Rule { words: row.get(0)?, files: row.get(1)?, persons: row.get(2)?, unregulated: row.get(3)? })
    })?;
    Ok(found.unwrap_or_default())
}

/// Stores the rule.
pub fn store(conn: &Connection, rule: &Rule) -> Result<()> {
    let sql = "INSERT INTO retention (id, words_months, files_months, persons_months, unregulated) VALUES (1, ?, ?, ?, ?)
               ON CONFLICT (id) DO UPDATE SET words_months = excluded.words_months, files_months = excluded.files_months,
                   persons_months = excluded.persons_months, unregulated = excluded.unregulated";
    db::exec(conn, sql, (rule.words, rule.files, rule.persons, rule.unregulated))?;
    Ok(())
}

/// How far a stage has come, over all cleanings: a time and an id.
pub fn mark(conn: &Connection, stage: Stage) -> Result<(Timestamp, i64)> {
    let sql = "SELECT at, item_id FROM retention_mark WHERE stage = ?";
    Ok(db::maybe(conn, sql, [stage], |row| Ok((row.get(0)?, row.get(1)?)))?.unwrap_or((Timestamp(0), 0)))
}

/// It has come so far.
pub fn set_mark(conn: &Connection, stage: Stage, (at, item): (Timestamp, i64)) -> Result<()> {
    let sql = "INSERT INTO retention_mark (stage, at, item_id) VALUES (?, ?, ?)
               ON CONFLICT (stage) DO UPDATE SET at = excluded.at, item_id = excluded.item_id";
    db::exec(conn, sql, (stage, at, item))?;
    Ok(())
}

/// A closing that is past a time, or a person who is registered since.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    pub mark: (Timestamp, i64),
    pub conversation: ConversationId,
    pub number: i64,
    pub contact: ContactId,
}

/// The next closings after a mark and before a time, with their conversations.
pub fn closings(conn: &Connection, after: (Timestamp, i64), before: Timestamp, limit: i64) -> Result<Vec<Due>> {
    let sql = "SELECT closing.at, closing.id AS closing_id, conversation.id AS conversation_id, number, contact_id
               FROM closing JOIN conversation ON conversation.id = conversation_id
               WHERE (closing.at, closing.id) > (?, ?) AND closing.at < ? ORDER BY closing.at, closing.id LIMIT ?";
    db::all(conn, sql, (after.0, after.1, before, limit), |row| {
        Ok(Due {
            mark: (row.get("at")?, row.get("closing_id")?),
            conversation: row.get("conversation_id")?,
            number: row.get("number")?,
            contact: row.get("contact_id")?,
        })
    })
}

/// The next people after a mark who were registered before a time; ids rise with time.
pub fn strangers(conn: &Connection, after: i64, before: Timestamp, limit: i64) -> Result<Vec<(ContactId, Timestamp)>> {
    let sql = "SELECT id, created_at FROM contact WHERE id > ? ORDER BY id LIMIT ?";
    let found: Vec<(ContactId, Timestamp)> = db::all(conn, sql, (after, limit), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.into_iter().take_while(|(_, at)| *at < before).collect())
}

/// Whether a conversation is closed since before a time, and holds something yet.
pub fn is_due(conn: &Connection, id: ConversationId, before: Timestamp) -> Result<bool> {
    let sql = "SELECT state = 'closed' AND coalesce(closed_at, last_at) < ? AND NOT EXISTS (SELECT 1 FROM purge WHERE conversation_id = conversation.id)
               FROM conversation WHERE id = ?";
    db::one(conn, sql, (before, id), |row| row.get(0))
}

/// Whether a person had no conversation since a time, and stands for somebody yet.
pub fn is_silent(conn: &Connection, id: ContactId, before: Timestamp) -> Result<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM conversation WHERE contact_id = ?1 AND (+state <> 'closed' OR coalesce(closed_at, last_at) >= ?2))
                  AND NOT EXISTS (SELECT 1 FROM forgotten WHERE contact_id = ?1)
                  AND NOT EXISTS (SELECT 1 FROM contact_merge WHERE other_id = ?1 AND scope = 'all' AND undone_at IS NULL)";
    db::one(conn, sql, (id, before), |row| row.get(0))
}

/// Whether a person ever had a conversation.
pub fn has_spoken(conn: &Connection, id: ContactId) -> Result<bool> {
    db::one(conn, "SELECT EXISTS (SELECT 1 FROM conversation WHERE contact_id = ?)", [id], |row| row.get(0))
}

/// How much a conversation holds.
pub fn content(conn: &Connection, id: ConversationId) -> Result<Counts> {
    let sql = "SELECT count(*) FROM message WHERE conversation_id = ? AND author <> 'system'";
    let messages = db::one(conn, sql, [id], |row| row.get(0))?;
    Ok(Counts { conversations: 1, messages, ..files(conn, id)? })
}

/// How many files a conversation holds.
pub fn files(conn: &Connection, id: ConversationId) -> Result<Counts> {
    let sql =
        "SELECT count(*), coalesce(sum(size), 0) FROM attachment WHERE conversation_id = ? AND message_id IS NOT NULL";
    db::one(conn, sql, [id], |row| Ok(Counts { files: row.get(0)?, bytes: row.get(1)?, ..Counts::default() }))
}

/// A conversation's content is gone.
pub fn note_purge(conn: &Connection, id: ConversationId, now: Timestamp) -> Result<()> {
    db::exec(conn, "INSERT INTO purge (conversation_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", (id, now))?;
    Ok(())
}

/// A cleaning begins.
pub fn begin(conn: &Connection, rule: &Rule, now: Timestamp) -> Result<i64> {
    let sql = "INSERT INTO retention_run (words_months, files_months, persons_months, stage, started_at) VALUES (?, ?, ?, 'words', ?)";
    db::insert(conn, sql, (rule.words, rule.files, rule.persons, now))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        id: row.get("id")?,
        rule: Rule {
            words: row.get("words_months")?,
            files: row.get("files_months")?,
            persons: row.get("persons_months")?,
            unregulated: true,
        },
        stage: row.get("stage")?,
        counts: Counts {
            conversations: row.get("conversations")?,
            messages: row.get("messages")?,
            files: row.get("files")?,
            bytes: row.get("bytes")?,
            persons: row.get("persons")?,
        },
        started_at: row.get("started_at")?,
        finished_at: row.get("finished_at")?,
    })
}

const RUN: &str = "SELECT id, words_months, files_months, persons_months, stage, conversations, messages, files, bytes, persons, started_at, finished_at
    FROM retention_run";

/// One cleaning.
pub fn run(conn: &Connection, id: i64) -> Result<Run> {
    db::one(conn, &format!("{RUN} WHERE id = ?"), [id], read)
}

/// The last one.
pub fn last(conn: &Connection) -> Result<Option<Run>> {
    db::maybe(conn, &format!("{RUN} ORDER BY id DESC LIMIT 1"), [], read)
}

/// What a cleaning has taken so far, and where it is.
pub fn keep(conn: &Connection, run: &Run) -> Result<()> {
    let Counts { conversations, messages, files, bytes, persons } = run.counts;
    let sql = "UPDATE retention_run SET stage = ?, conversations = ?, messages = ?, files = ?, bytes = ?, persons = ?, finished_at = ? WHERE id = ?";
    db::exec(conn, sql, (run.stage, conversations, messages, files, bytes, persons, run.finished_at, run.id))?;
    Ok(())
}

/// A cleaning that took nothing is not worth remembering.
pub fn drop_run(conn: &Connection, id: i64) -> Result<()> {
    db::exec(conn, "DELETE FROM retention_run WHERE id = ?", [id])?;
    Ok(())
}
