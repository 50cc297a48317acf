//! An import begins, takes line after line, and tells how far it is.

use crate::contacts::contact_imports;
use rusqlite::Connection;

use super::judging::Verdict;
use super::line::Decision;
use super::person::Key;
use super::{ContactImport, ContactImportId, Counts, State, sql, sql_match};
use crate::contacts;
use crate::contacts::custom_fields::sql_values;
use crate::contacts::{ContactId, contact_labels};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::text::contact_imports as t;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;

/// Begins the real thing with the first batch.
///
/// # Errors
/// Somebody was faster.
pub fn begin(conn: &Connection, import: &ContactImport, now: Timestamp) -> Result<()> {
    if !sql::step(conn, import.id, State::Tried, State::Running, now)? {
        return Err(Error::Conflict(t::NOT_NOW));
    }
    sql::count(conn, import.id, State::Running, &Counts::default())?;
    sql::drop_faults(conn, import.id)?;
    schedule(conn, import.id, import.position, now)
}

/// Plans the batch that begins at a place.
pub fn schedule(conn: &Connection, id: ContactImportId, position: i64, due: Timestamp) -> Result<()> {
    jobs::sql::schedule(conn, Some(&format!("contact-import:{id}:{position}")), "contact-import", &id.to_string(), due)
}

/// Pages that show this import look again.
pub fn tell(conn: &Connection, import: &ContactImport, now: Timestamp) -> Result<()> {
    crate::platform::events::sql::tell(conn, &format!("agent:{}", import.by), "progress", "{}", now)
}

/// Does what was judged, and remembers whom the line was about.
pub fn take(conn: &Connection, import: &ContactImport, line: i64, verdict: &Verdict, now: Timestamp) -> Result<()> {
    let contact = match verdict {
        Verdict::Make(decision, keys) => {
            let contact = contact_imports::acts::apply(conn, None, decision, import.by, now)?;
            if let [Key::Words(words)] = keys.as_slice() {
                sql_match::remember(conn, words, contact)?;
            }
            contact
        }
        Verdict::Change(id, decision) => contact_imports::acts::apply(conn, Some(*id), decision, import.by, now)?,
        Verdict::Same(id) => *id,
        Verdict::Repeats(_) | Verdict::Wrong(_) => return Ok(()),
    };
    sql::note_line(conn, import.id, contact, line)
}

/// Makes or changes a record as decided.
pub fn apply(
    conn: &Connection,
    contact: Option<ContactId>,
    decision: &Decision,
    by: AgentId,
    now: Timestamp,
) -> Result<ContactId> {
    let id = match contact {
        None => contacts::sql::create(conn, &decision.draft, now)?,
        Some(id) => {
            let own = |(field, ..): &(String, String, String)| matches!(field.as_str(), "name" | "phone" | "email");
            if decision.changes.iter().any(own) {
                contacts::sql::update(conn, id, &decision.draft, now)?;
            }
            id
        }
    };
    for (field, value) in &decision.values {
        sql_values::set(conn, id, *field, value)?;
    }
    for (field, was, becomes) in &decision.changes {
        sql_values::keep(conn, id, Some(by), field, (was, becomes), now)?;
    }
    for name in &decision.labels {
        let label = contact_labels::sql::named(conn, name)?;
        contact_labels::sql::add(conn, id, label, by, now)?;
    }
    Ok(id)
}
