//! The nightly cleaning: one small batch after the other, each with its place, so that nobody waits and a restart goes on.

use rusqlite::Connection;

use super::{Counts, Preview, Rule, Run, Stage, sql};
use crate::app::Context;
use crate::contacts::{self, ContactId};
use crate::desk::conversations::{self, ConversationId};
use crate::desk::messages::{self, Line};
use crate::desk::{attachments, closings, conversation_merges, drafts, occurrences, ratings, transfers};
use crate::overview::register::web_person;
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::time::Timestamp;
use crate::team::company::{self, Company};
use crate::team::settings::{self, Action};

/// Closings or people in one transaction, which others wait for.
const BATCH: i64 = 20;
/// A breath between batches, in milliseconds.
const BREATH: i64 = 20;
/// Conversations and people that a preview counts.
pub const COUNTED: i64 = 20_000;
/// Those that it names.
const NAMED: usize = 25;

/// The time before which a stage takes something.
fn before(stage: Stage, rule: &Rule, company: &Company, now: Timestamp) -> Option<Timestamp> {
    stage.months(rule).map(|months| company.zone.months_before(now, months))
}

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

fn forget(conn: &Connection, id: ContactId, company: &Company, before: Timestamp, now: Timestamp) -> Result<i64> {
    if !sql::is_silent(conn, id, before)? {
        return Ok(0);
    }
    web_person::forget(conn, id, company.language, now)?;
    Ok(1)
}

/// Erases what a conversation holds; its row, its closings and its figures stay.
fn purge(conn: &Connection, id: ConversationId, now: Timestamp) -> Result<Counts> {
    let counts = sql::content(conn, id)?;
    attachments::sql::drop_all(conn, id)?;
    transfers::sql::forget_notes(conn, id)?;
    messages::sql::remove(conn, id)?;
    drafts::sql::drop_all(conn, id)?;
    occurrences::sql::empty(conn, id)?;
    closings::sql::empty(conn, id)?;
    ratings::sql::empty(conn, id)?;
    conversation_merges::sql::empty(conn, id)?;
    conversations::sql::show_line(conn, id, "")?;
    messages::sql::add_line(conn, id, &Line::Purged, now)?;
    sql::note_purge(conn, id, now)?;
    Ok(counts)
}

/// What a rule would take now, counted by the same questions; nothing is changed.
pub fn preview(conn: &Connection, rule: &Rule, company: &Company, now: Timestamp) -> Result<Preview> {
    let mut preview = Preview::default();
    for stage in [Stage::Words, Stage::Files] {
        let Some(before) = before(stage, rule, company, now) else { continue };
        let found = sql::closings(conn, sql::mark(conn, stage)?, before, COUNTED + 1)?;
        preview.capped |= found.len() as u64 > COUNTED.unsigned_abs();
        // What goes with its words is not counted among the files once more.
        let taken = self::before(Stage::Words, rule, company, now).filter(|_| stage == Stage::Files);
        let mut seen = std::collections::HashSet::new();
        for due in found.iter().filter(|due| taken.is_none_or(|words| due.mark.0 >= words)) {
            if !seen.insert(due.conversation) || !sql::is_due(conn, due.conversation, before)? {
                continue;
            }
            let holds = match stage {
                Stage::Words => sql::content(conn, due.conversation)?,
                _ => sql::files(conn, due.conversation)?,
            };
            preview.counts = preview.counts.plus(holds);
            if stage == Stage::Words {
                preview.oldest = preview.oldest.or(Some(due.mark.0));
                if preview.conversations.len() < NAMED {
                    preview.conversations.push((due.conversation, due.number, due.mark.0));
                }
            }
        }
    }
    if let Some(before) = before(Stage::Persons, rule, company, now) {
        people(conn, before, company, &mut preview)?;
    }
    Ok(preview)
}

fn people(conn: &Connection, before: Timestamp, company: &Company, preview: &mut Preview) -> Result<()> {
    let closed = sql::closings(conn, sql::mark(conn, Stage::Persons)?, before, COUNTED + 1)?;
    let new = sql::strangers(conn, sql::mark(conn, Stage::Strangers)?.1, before, COUNTED + 1)?;
    preview.capped |= closed.len().max(new.len()) as u64 > COUNTED.unsigned_abs();
    let mut seen = std::collections::HashSet::new();
    for (contact, spoke) in closed.iter().map(|due| (due.contact, true)).chain(new.iter().map(|(id, _)| (*id, false))) {
        if !seen.insert(contact)
            || (!spoke && sql::has_spoken(conn, contact)?)
            || !sql::is_silent(conn, contact, before)?
        {
            continue;
        }
        preview.counts.persons += 1;
        if preview.people.len() < NAMED {
            let name = contacts::sql::find(conn, contact)?.title(company.language);
            preview.people.push((contact, name));
        }
    }
    Ok(())
}
