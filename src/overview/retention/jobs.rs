//! The nightly cleaning: one small batch after the other, each with its place, so that nobody waits and a restart goes on.

use rusqlite::Connection;

use super::{Counts, Run, Stage, sql};
use crate::app::Context;
use crate::desk::attachments;
use crate::overview::retention::acts::{before, forget, purge};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::time::Timestamp;
use crate::team::company::{self, Company};
use crate::team::settings::{self, Action};

/// Closings or people in one transaction, which others wait for.
const BATCH: i64 = 20;
/// A breath between batches, in milliseconds.
const BREATH: i64 = 20;

/// The calendar's turn: a cleaning begins, unless one is under way or nothing is to be done.
pub fn begin(conn: &Connection, _: &Context, now: Timestamp) -> Result<()> {
    let rule = sql::rule(conn)?;
    let asleep = rule.words.is_none() && rule.files.is_none() && rule.persons.is_none();
    if asleep || sql::last(conn)?.is_some_and(|run| run.finished_at.is_none()) {
        return Ok(());
    }
    let id = sql::begin(conn, &rule, now)?;
    schedule(conn, id, now)
}

fn schedule(conn: &Connection, id: i64, due: Timestamp) -> Result<()> {
    // Without a key: the job's own row stands until its transaction ends, and the next one must not be taken for it.
    jobs::sql::schedule(conn, None, "retention", &id.to_string(), due)
}

/// The job: one batch, and the plan for the next (payload: the cleaning's id).
pub fn run(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    let mut run = sql::run(conn, payload.parse().map_err(Error::internal)?)?;
    if run.finished_at.is_some() {
        return Ok(());
    }
    let company = company::sql::find(conn)?.ok_or(Error::NotFound)?;
    let ended = match before(run.stage, &run.rule, &company, run.started_at) {
        Some(before) => batch(conn, &mut run, &company, before, now)?,
        None => true,
    };
    match (ended, run.stage.next()) {
        (true, None) => return finish(conn, run, now),
        (true, Some(next)) => run.stage = next,
        (false, _) => {}
    }
    sql::keep(conn, &run)?;
    schedule(conn, run.id, now.plus(BREATH))
}

fn finish(conn: &Connection, mut run: Run, now: Timestamp) -> Result<()> {
    if run.counts.is_nothing() {
        return sql::drop_run(conn, run.id);
    }
    run.finished_at = Some(now);
    let Counts { conversations, messages, files, persons, .. } = run.counts;
    let subject = format!("{conversations} · {messages} · {files} · {persons}");
    settings::sql::record(conn, None, Action::RetentionRan, &subject, now)?;
    sql::keep(conn, &run)
}

/// One batch of a stage; whether it was the last.
fn batch(conn: &Connection, run: &mut Run, company: &Company, before: Timestamp, now: Timestamp) -> Result<bool> {
    let mark = sql::mark(conn, run.stage)?;
    if run.stage == Stage::Strangers {
        let found = sql::strangers(conn, mark.1, before, BATCH)?;
        for (contact, at) in &found {
            if !sql::has_spoken(conn, *contact)? {
                run.counts.persons += forget(conn, *contact, company, before, now)?;
            }
            sql::set_mark(conn, run.stage, (*at, contact.0))?;
        }
        return Ok(found.is_empty());
    }
    let found = sql::closings(conn, mark, before, BATCH)?;
    for due in &found {
        match run.stage {
            Stage::Words if sql::is_due(conn, due.conversation, before)? => {
                run.counts = run.counts.plus(purge(conn, due.conversation, now)?);
            }
            Stage::Files if sql::is_due(conn, due.conversation, before)? => {
                run.counts = run.counts.plus(sql::files(conn, due.conversation)?);
                attachments::sql::drop_all(conn, due.conversation)?;
            }
            Stage::Persons => run.counts.persons += forget(conn, due.contact, company, before, now)?,
            _ => {}
        }
        sql::set_mark(conn, run.stage, due.mark)?;
    }
    Ok(found.is_empty())
}
