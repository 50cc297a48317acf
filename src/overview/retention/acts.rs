//! What a cleaning would take, and what it takes of one conversation or person.

use rusqlite::Connection;

use super::{Counts, Preview, Rule, Stage, sql};
use crate::contacts;
use crate::contacts::ContactId;
use crate::desk::conversations::ConversationId;
use crate::desk::messages::SystemLine;
use crate::desk::{
    attachments, closings, conversation_merges, conversations, drafts, messages, notes, occurrences, ratings, transfers,
};
use crate::overview::register;
use crate::overview::retention::COUNTED;
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::company::Company;

/// Those that it names.
pub const NAMED: usize = 25;

/// The time before which a stage takes something.
pub fn before(stage: Stage, rule: &Rule, company: &Company, now: Timestamp) -> Option<Timestamp> {
    stage.months(rule).map(|months| company.zone.months_before(now, months))
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

pub fn forget(conn: &Connection, id: ContactId, company: &Company, before: Timestamp, now: Timestamp) -> Result<i64> {
    if !sql::is_silent(conn, id, before)? {
        return Ok(0);
    }
    register::acts::forget(conn, id, company.language, now)?;
    Ok(1)
}

/// Erases what a conversation holds; its row, its closings and its figures stay.
pub fn purge(conn: &Connection, id: ConversationId, now: Timestamp) -> Result<Counts> {
    let counts = sql::content(conn, id)?;
    attachments::sql::drop_all(conn, id)?;
    transfers::sql::forget_notes(conn, id)?;
    notes::sql::drop_all(conn, id)?;
    messages::sql::remove(conn, id)?;
    drafts::sql::drop_all(conn, id)?;
    occurrences::sql::empty(conn, id)?;
    closings::sql::empty(conn, id)?;
    ratings::sql::empty(conn, id)?;
    conversation_merges::sql::empty(conn, id)?;
    conversations::sql::show_line(conn, id, "")?;
    messages::sql::add_line(conn, id, &SystemLine::Purged, now)?;
    sql::note_purge(conn, id, now)?;
    Ok(counts)
}

pub fn people(conn: &Connection, before: Timestamp, company: &Company, preview: &mut Preview) -> Result<()> {
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
