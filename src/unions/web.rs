//! Linking a conversation's contact to another record, and taking it back.

use super::view::{Preview, Search, page};
use super::{Moved, Record, Scope, UNDOABLE, UnionId, joined, parted, sql};
use crate::agents::Role;
use crate::app::Cx;
use crate::contacts::{self, Contact, ContactId};
use crate::conversations::sql::Reach;
use crate::conversations::{self, Conversation, ConversationId};
use crate::error::{Error, Result};
use crate::search;
use crate::template_fields::{self, sql_values};
use crate::text::unions as t;
use crate::web::http::Response;

/// Contacts that a search lists.
const LISTED: usize = 20;
/// Conversations whose pages hear of a union at once.
const TOLD: usize = 100;

/// Whoever may answer the conversation; leads of its department too.
fn permitted(cx: &Cx, id: ConversationId) -> Result<Conversation> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let lead = cx.agent.is(Role::Lead) && cx.agent.in_department(conversation.department);
    if lead || conversation.is_writable_by(&cx.agent) { Ok(conversation) } else { Err(Error::Forbidden) }
}

/// The record that was chosen: another one, and not gone into a third.
fn chosen(cx: &Cx, conversation: &Conversation) -> Result<Option<Contact>> {
    let Some(id) = cx.form.number("contact").map(ContactId) else { return Ok(None) };
    let contact = contacts::sql::find(cx.conn, id)?;
    if id == conversation.contact {
        return Err(Error::Conflict(t::SAME));
    }
    if sql::is_gone(cx.conn, id)? { Err(Error::Conflict(t::GONE)) } else { Ok(Some(contact)) }
}

/// The search: `?q=`; or both records side by side: `?contact=`.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = permitted(cx, id)?;
    let sheet = match chosen(cx, &conversation)? {
        Some(kept) => {
            let (identities, _) = sql::belongings(cx.conn, conversation.contact, None)?;
            Preview {
                language: cx.language,
                conversation: id,
                kept: &kept,
                kept_record: &sql::record(cx.conn, kept.id)?,
                other_record: &sql::record(cx.conn, conversation.contact)?,
                fields: &template_fields::sql::of_department(cx.conn, conversation.department)?,
                divisible: identities.len() > 1,
            }
            .sheet()
        }
        None => {
            let query = cx.form.trimmed("q");
            let mut found = search::web::contacts(cx, query, LISTED)?;
            found.retain(|contact| contact.id != conversation.contact);
            let probable = sql::probable(cx.conn, conversation.contact)?;
            Search { language: cx.language, conversation: id, query, probable: &probable, found: &found }.sheet()
        }
    };
    Ok(Response::html(if cx.wants_fragment() { sheet } else { page(cx.language, &sheet) }))
}

/// Makes two records one, or hands one channel over.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = permitted(cx, id)?;
    let kept = chosen(cx, &conversation)?.ok_or(Error::NotFound)?.id;
    let other = conversation.contact;
    let (all, _) = sql::belongings(cx.conn, other, None)?;
    // The last channel takes its record along.
    let scope = match Scope::from_word(cx.form.text("scope")) {
        Some(Scope::Identity) if all.len() > 1 => Scope::Identity,
        _ => Scope::All,
    };
    let only = (scope == Scope::Identity).then_some(conversation.identity);
    let (identities, conversations) = sql::belongings(cx.conn, other, only)?;
    let (kept_before, other_before) = (sql::record(cx.conn, kept)?, sql::record(cx.conn, other)?);
    let kept_after = match scope {
        Scope::All => joined(&kept_before, &other_before, cx.form),
        Scope::Identity => kept_before.clone(),
    };
    let moved = Moved { identities, conversations, kept_before, kept_after, other_before };
    sql::shift(cx.conn, &moved, other, kept)?;
    if scope == Scope::All {
        // First the one that goes, so that no value is there twice.
        sql::write(cx.conn, other, &Record::new(), cx.now)?;
        sql::write(cx.conn, kept, &moved.kept_after, cx.now)?;
        trace(cx, kept, &moved.kept_before, &moved.kept_after)?;
    }
    sql::create(cx.conn, scope, (kept, other), cx.agent.id, &moved, cx.now)?;
    tell(cx, &moved.conversations)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}

/// Each difference is a line of the record's history.
fn trace(cx: &Cx, contact: ContactId, before: &Record, after: &Record) -> Result<()> {
    let fields: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for field in fields {
        let value = |record: &Record| record.get(field).cloned().unwrap_or_default();
        let (was, becomes) = (value(before), value(after));
        if was != becomes {
            sql_values::keep(cx.conn, contact, Some(cx.agent.id), field, (&was, &becomes), cx.now)?;
        }
    }
    Ok(())
}

fn tell(cx: &Cx, conversations: &[ConversationId]) -> Result<()> {
    let newest = conversations.iter().rev().take(TOLD);
    newest.copied().try_for_each(|id| conversations::sql::tell_change(cx.conn, id, Reach::Team, cx.now))
}

/// Takes a union back: everything that went over, and what came on those channels since, returns.
pub fn undo(cx: &Cx, id: UnionId) -> Result<Response> {
    let union = sql::find(cx.conn, id)?;
    let back = *union.moved.conversations.first().ok_or(Error::NotFound)?;
    permitted(cx, back)?;
    if cx.now.since(union.at) > UNDOABLE {
        return Err(Error::Conflict(t::TOO_LATE));
    }
    if sql::has_later(cx.conn, &union)? {
        return Err(Error::Conflict(t::LATER_FIRST));
    }
    if !sql::undo(cx.conn, id, cx.now)? {
        return Err(Error::Conflict(t::UNDONE_ALREADY));
    }
    let mut moved = union.moved;
    moved.conversations.extend(sql::opened_since(cx.conn, &moved, union.kept)?);
    sql::shift(cx.conn, &moved, union.kept, union.other)?;
    if moved.kept_after != moved.kept_before || sql::record(cx.conn, union.other)? != moved.other_before {
        let now = sql::record(cx.conn, union.kept)?;
        let parted = parted(&moved.kept_before, &moved.kept_after, &now);
        sql::write(cx.conn, union.kept, &parted, cx.now)?;
        sql::write(cx.conn, union.other, &moved.other_before, cx.now)?;
        trace(cx, union.kept, &now, &parted)?;
    }
    tell(cx, &moved.conversations)?;
    Ok(Response::see_other(format!("/conversations/{back}")))
}
