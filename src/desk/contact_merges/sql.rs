//! Queries on merges of contacts.

use rusqlite::{Connection, Row};

use crate::contacts::custom_fields::kind::Kind;
use crate::contacts::custom_fields::{self, sql_values};
use crate::contacts::{self, Contact, ContactId, IdentityId};
use crate::desk::contact_merges::likeness::{alike, telling};
use crate::desk::contact_merges::{ContactMerge, ContactMergeId, MergeUndo, RecordValues, Scope, Sign};
use crate::desk::conversations;
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::{Error, Result};
use crate::platform::text::register as t;
use crate::platform::time::Timestamp;
use crate::team::agents::{Agent, AgentId, Role};

/// Persons that are suggested at most.
const PROBABLE: usize = 5;

/// Everything that a record holds.
pub fn record(conn: &Connection, contact: ContactId) -> Result<RecordValues> {
    let Contact { name, phone, email, .. } = contacts::sql::find(conn, contact)?;
    let mut record: RecordValues =
        [("name", name), ("phone", phone), ("email", email)].map(|(field, value)| (field.to_owned(), value)).into();
    for one in sql_values::filled(conn, contact, custom_fields::sql::all(conn)?)? {
        record.insert(one.field.key(), one.value);
    }
    record.retain(|_, value| !value.is_empty());
    Ok(record)
}

/// The channels of a contact, or one of them, and the conversations on them.
pub fn belongings(
    conn: &Connection,
    contact: ContactId,
    only: Option<IdentityId>,
) -> Result<(Vec<IdentityId>, Vec<ConversationId>)> {
    let sql = "SELECT id FROM identity WHERE contact_id = ?1 AND (?2 IS NULL OR id = ?2) ORDER BY id";
    let identities = db::all(conn, sql, (contact, only), |row| row.get(0))?;
    let sql = "SELECT id FROM conversation WHERE contact_id = ?1 AND (?2 IS NULL OR identity_id = ?2) ORDER BY id";
    let conversations = db::all(conn, sql, (contact, only), |row| row.get(0))?;
    Ok((identities, conversations))
}

/// Conversations that were opened since on channels that went over.
pub fn opened_since(conn: &Connection, moved: &MergeUndo, kept: ContactId) -> Result<Vec<ConversationId>> {
    let (identities, known) = (serde_json::to_string(&moved.identities)?, serde_json::to_string(&moved.conversations)?);
    db::all(
        conn,
        "SELECT conversation.id FROM json_each(?1) CROSS JOIN conversation ON identity_id = json_each.value
         WHERE contact_id = ?2 AND conversation.id NOT IN (SELECT value FROM json_each(?3))",
        (identities, kept, known),
        |row| row.get(0),
    )
}

/// Keeps a merge.
pub fn create(
    conn: &Connection,
    scope: Scope,
    (kept, other): (ContactId, ContactId),
    by: AgentId,
    moved: &MergeUndo,
    now: Timestamp,
) -> Result<ContactMergeId> {
    let sql = "INSERT INTO contact_merge (scope, kept_id, other_id, agent_id, moved, at) VALUES (?, ?, ?, ?, ?, ?)";
    db::insert(conn, sql, (scope, kept, other, by, serde_json::to_string(moved)?, now)).map(ContactMergeId)
}

fn read(row: &Row<'_>) -> rusqlite::Result<(ContactMerge, String)> {
    let (id, scope, kept, other) = (row.get("id")?, row.get("scope")?, row.get("kept_id")?, row.get("other_id")?);
    let merge = ContactMerge {
        id,
        scope,
        kept,
        other,
        moved: MergeUndo::default(),
        at: row.get("at")?,
        undone: row.get("undone")?,
    };
    Ok((merge, row.get("moved")?))
}

/// One merge.
pub fn find(conn: &Connection, id: ContactMergeId) -> Result<ContactMerge> {
    let sql = "SELECT id, scope, kept_id, other_id, moved, at, undone_at IS NOT NULL AS undone FROM contact_merge WHERE id = ?";
    let (merge, moved) = db::one(conn, sql, [id], read)?;
    Ok(ContactMerge { moved: serde_json::from_str(&moved)?, ..merge })
}

/// The latest merge into a contact that stands, since a time.
pub fn latest(conn: &Connection, kept: ContactId, since: Timestamp) -> Result<Option<ContactMerge>> {
    let sql =
        "SELECT id FROM contact_merge WHERE kept_id = ? AND undone_at IS NULL AND at > ? ORDER BY id DESC LIMIT 1";
    let id: Option<ContactMergeId> = db::maybe(conn, sql, (kept, since), |row| row.get(0))?;
    id.map(|id| find(conn, id)).transpose()
}

/// Whether a later merge that stands concerns one of the two.
pub fn has_later(conn: &Connection, merge: &ContactMerge) -> Result<bool> {
    db::one(
        conn,
        "SELECT EXISTS (SELECT 1 FROM contact_merge WHERE id > ?1 AND undone_at IS NULL
                        AND (kept_id IN (?2, ?3) OR other_id IN (?2, ?3)))",
        (merge.id, merge.kept, merge.other),
        |row| row.get(0),
    )
}

/// Whether a whole record has gone into another one, and has not come back.
pub fn is_gone(conn: &Connection, contact: ContactId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM contact_merge WHERE other_id = ? AND scope = 'all' AND undone_at IS NULL)";
    db::one(conn, sql, [contact], |row| row.get(0))
}

/// The record that a whole record went into, where it has not come back.
pub fn taker(conn: &Connection, contact: ContactId) -> Result<Option<ContactId>> {
    let sql = "SELECT kept_id FROM contact_merge WHERE other_id = ? AND scope = 'all' AND undone_at IS NULL";
    db::maybe(conn, sql, [contact], |row| row.get(0))
}

/// A merge was undone; false where it had been.
pub fn undo(conn: &Connection, id: ContactMergeId, by: AgentId, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE contact_merge SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL";
    Ok(db::exec(conn, sql, (now, by, id))? == 1)
}

/// Contacts that are probably the same person, by what they share; the surest first.
pub fn probable(conn: &Connection, contact: ContactId) -> Result<Vec<(Contact, Sign)>> {
    let own = contacts::sql::find(conn, contact)?;
    let mut found: Vec<(ContactId, Sign)> = Vec::new();
    let fields = custom_fields::sql::all(conn)?;
    for one in sql_values::filled(conn, contact, fields)? {
        if matches!(one.field.kind, Kind::Cpf | Kind::Cnpj) && !one.value.is_empty() {
            let same: Option<ContactId> = sql_values::holder(conn, one.field.id, &one.value, contact)?;
            found.extend(same.map(|id| (id, Sign::Document)));
        }
    }
    let mut same = |sql: &str, value: &str, sign: Sign| -> Result<()> {
        if !value.is_empty() {
            let ids: Vec<ContactId> = db::all(conn, sql, (value, contact), |row| row.get(0))?;
            found.extend(ids.into_iter().map(|id| (id, sign)));
        }
        Ok(())
    };
    same("SELECT id FROM contact WHERE phone = ? AND phone <> '' AND id <> ? LIMIT 5", &own.phone, Sign::Phone)?;
    same("SELECT id FROM contact WHERE email = ? AND email <> '' AND id <> ? LIMIT 5", &own.email, Sign::Email)?;
    let words = telling(&own.name);
    let fits = |one: &Contact| one.id != contact && alike(&words, &telling(&one.name));
    let named = contacts::sql_search::named_like(conn, &words, PROBABLE, fits)?;
    found.extend(named.into_iter().map(|one| (one.id, Sign::Name)));
    let mut people: Vec<(Contact, Sign)> = Vec::new();
    for (id, sign) in found {
        if !people.iter().any(|(known, _)| known.id == id) {
            people.push((contacts::sql::find(conn, id)?, sign));
        }
    }
    people.truncate(PROBABLE);
    Ok(people)
}

/// Merges of a contact can be undone no more, and remember nothing of the records.
pub fn forget(conn: &Connection, contact: ContactId) -> Result<()> {
    let sql = "UPDATE contact_merge SET moved = ?, at = 0 WHERE kept_id = ?2 OR other_id = ?2";
    db::exec(conn, sql, (serde_json::to_string(&MergeUndo::default())?, contact))?;
    Ok(())
}

/// The records that have gone into this one, after however many merges.
pub fn taken_in(conn: &Connection, contact: ContactId) -> Result<Vec<ContactId>> {
    let sql = "WITH RECURSIVE taken (id) AS (
                   VALUES (?) UNION SELECT other_id FROM contact_merge JOIN taken ON kept_id = taken.id
                   WHERE scope = 'all' AND undone_at IS NULL)
               SELECT id FROM taken WHERE id <> ?1";
    db::all(conn, sql, [contact], |row| row.get(0))
}

/// A record that stands for itself.
pub fn standing(conn: &Connection, id: ContactId) -> Result<Contact> {
    let contact = contacts::sql::find(conn, id)?;
    if is_gone(conn, id)? { Err(Error::Conflict(t::UNITED)) } else { Ok(contact) }
}

/// Conversations of a person that are looked at for one that may be answered.
const LOOKED_AT: i64 = 50;

/// Leads, who keep the register; seniors, where they may answer a conversation of this person.
pub fn may_unite(conn: &Connection, agent: &Agent, contact: ContactId) -> Result<bool> {
    if agent.is(Role::Lead) {
        return Ok(true);
    }
    if !agent.is(Role::Senior) {
        return Ok(false);
    }
    for case in conversations::sql::cases(conn, contact, LOOKED_AT)? {
        if conversations::sql::find(conn, case.id)?.is_writable_by(agent) {
            return Ok(true);
        }
    }
    Ok(false)
}
