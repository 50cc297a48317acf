//! Making two records one, and taking it back exactly.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::contacts;
use crate::contacts::custom_fields::sql_values;
use crate::contacts::{ContactId, IdentityId, contact_labels, custom_fields};
use crate::desk::contact_merges::{ContactMerge, ContactMergeId, MergeUndo, RecordValues, Scope, parted, sql};
use crate::desk::conversations::{self, ConversationId};
use crate::desk::{contact_merges, timeline_entries};
use crate::platform::error::Result;
use crate::platform::time::Timestamp;
use crate::team::agents::AgentId;

/// Hands a contact's channels and conversations to another one, or those of one channel; a whole record goes with its labels,
/// and what both know is settled by the caller (what stays, what goes → what is to stay).
pub fn unite(
    conn: &Connection,
    (kept, other): (ContactId, ContactId),
    only: Option<IdentityId>,
    settle: impl FnOnce(&RecordValues, &RecordValues) -> RecordValues,
    by: AgentId,
    now: Timestamp,
) -> Result<(ContactMergeId, MergeUndo)> {
    let (identities, conversations) = sql::belongings(conn, other, only)?;
    let (kept_before, other_before) = (sql::record(conn, kept)?, sql::record(conn, other)?);
    let scope = if only.is_some() { Scope::Identity } else { Scope::All };
    let mut moved = MergeUndo {
        identities,
        conversations,
        kept_after: kept_before.clone(),
        kept_before,
        other_before,
        ..MergeUndo::default()
    };
    if scope == Scope::All {
        moved.kept_after = settle(&moved.kept_before, &moved.other_before);
        moved.kept_labels = contact_labels::sql::labellings(conn, kept)?;
        moved.other_labels = contact_labels::sql::labellings(conn, other)?;
    }
    shift(conn, &moved, other, kept)?;
    if scope == Scope::All {
        // First the one that goes, so that no value is there twice.
        contact_merges::acts::write(conn, other, &RecordValues::new(), now)?;
        contact_merges::acts::write(conn, kept, &moved.kept_after, now)?;
        contact_labels::sql::set(conn, other, &contact_labels::Labellings::new())?;
        contact_labels::sql::set(conn, kept, &moved.labels_after())?;
        trace(conn, kept, &moved.kept_before, &moved.kept_after, by, now)?;
    }
    Ok((sql::create(conn, scope, (kept, other), by, &moved, now)?, moved))
}

/// Returns everything that went over, and what came on those channels since; answers what moved. What was changed of the record
/// and of its labels since then stays.
pub fn part(conn: &Connection, merge: ContactMerge, by: AgentId, now: Timestamp) -> Result<MergeUndo> {
    let mut moved = merge.moved;
    moved.conversations.extend(sql::opened_since(conn, &moved, merge.kept)?);
    shift(conn, &moved, merge.kept, merge.other)?;
    if merge.scope == Scope::Identity {
        return Ok(moved);
    }
    let present = sql::record(conn, merge.kept)?;
    let record = parted(&moved.kept_before, &moved.kept_after, &present);
    contact_merges::acts::write(conn, merge.kept, &record, now)?;
    contact_merges::acts::write(conn, merge.other, &moved.other_before, now)?;
    trace(conn, merge.kept, &present, &record, by, now)?;
    let present = contact_labels::sql::labellings(conn, merge.kept)?;
    contact_labels::sql::set(conn, merge.kept, &parted(&moved.kept_labels, &moved.labels_after(), &present))?;
    contact_labels::sql::set(conn, merge.other, &moved.other_labels)?;
    Ok(moved)
}

/// Hands channels and conversations from one contact to another.
fn shift(conn: &Connection, moved: &MergeUndo, from: ContactId, to: ContactId) -> Result<()> {
    crate::contacts::sql::hand_over(conn, &serde_json::to_string(&moved.identities)?, from, to)?;
    let conversations = serde_json::to_string(&moved.conversations)?;
    conversations::sql_merge::hand_over(conn, &conversations, from, to)?;
    timeline_entries::sql::hand_over(conn, &conversations, from, to)
}

/// Each difference is a line of the record's history.
fn trace(
    conn: &Connection,
    contact: ContactId,
    before: &RecordValues,
    after: &RecordValues,
    by: AgentId,
    now: Timestamp,
) -> Result<()> {
    let fields: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for field in fields {
        let value = |record: &RecordValues| record.get(field).cloned().unwrap_or_default();
        let (was, becomes) = (value(before), value(after));
        if was != becomes {
            sql_values::keep(conn, contact, Some(by), field, (&was, &becomes), now)?;
        }
    }
    Ok(())
}

/// The newest conversations that moved, whose pages hear of it at once.
pub fn newest(moved: &MergeUndo, limit: usize) -> impl Iterator<Item = ConversationId> {
    moved.conversations.iter().rev().take(limit).copied()
}

/// Makes a record hold this and nothing else. What a field of another type held since then is read anew; what does not fit stands
/// in the history.
pub fn write(conn: &Connection, contact: ContactId, record: &RecordValues, now: Timestamp) -> Result<()> {
    let text = |field: &str| record.get(field).cloned().unwrap_or_default();
    let draft = contacts::ContactForm { name: text("name"), phone: text("phone"), email: text("email") };
    contacts::sql::update(conn, contact, &draft, now)?;
    for field in custom_fields::sql::all(conn)? {
        let held = text(&field.key());
        let value =
            if held.is_empty() || field.kind.holds(&held) { Some(held.clone()) } else { field.read(&held).ok() };
        if value.is_none() {
            sql_values::keep(conn, contact, None, &field.key(), (&held, ""), now)?;
        }
        sql_values::set(conn, contact, field.id, &value.unwrap_or_default())?;
    }
    Ok(())
}
