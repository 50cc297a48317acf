//! Linking a contact to another record, from a conversation or from the person's page, and taking it back.

use crate::contacts::custom_fields::{self, CustomField};
use crate::contacts::{self, Contact, ContactId, IdentityId, contact_labels};
use crate::desk::contact_merges;
use crate::desk::contact_merges::sql::may_unite;
use crate::desk::contact_merges::view::{MergeOrigin, MergePreview, MergeSearch, page};
use crate::desk::contact_merges::{ContactMergeId, MergeUndo, Scope, UNDOABLE, acts, joined, sql};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, Conversation, ConversationId};
use crate::platform::error::{Error, Result};
use crate::platform::text::contact_merges as t;
use crate::platform::web::http::Response;
use crate::team::agents::Role;
use crate::team::visit::Cx;

/// Contacts that a search lists.
const LISTED: usize = 20;
/// Conversations whose pages hear of a merge at once.
const TOLD: usize = 100;

/// What is to go into another record, and where that was asked for.
struct MergeRequest {
    place: MergeOrigin,
    contact: ContactId,
    /// The channel that may go alone, where there are others.
    identity: Option<IdentityId>,
    /// The fields that are shown.
    fields: Vec<CustomField>,
}

/// Whoever may answer the conversation; leads of its department too.
fn permitted(cx: &Cx, id: ConversationId) -> Result<Conversation> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let lead = cx.agent.is(Role::Lead) && cx.agent.in_department(conversation.department);
    if lead || conversation.is_writable_by(&cx.agent) { Ok(conversation) } else { Err(Error::Forbidden) }
}

fn asked_in(cx: &Cx, id: ConversationId) -> Result<MergeRequest> {
    let conversation = permitted(cx, id)?;
    let (all, _) = sql::belongings(cx.conn, conversation.contact, None)?;
    Ok(MergeRequest {
        place: MergeOrigin::Conversation(id),
        contact: conversation.contact,
        // The last channel takes its record along.
        identity: (all.len() > 1).then_some(conversation.identity),
        fields: custom_fields::sql::of_department(cx.conn, conversation.department)?,
    })
}

fn asked_of(cx: &Cx, id: ContactId) -> Result<MergeRequest> {
    if !may_unite(cx.conn, &cx.agent, id)? {
        return Err(Error::Forbidden);
    }
    let contact = contact_merges::sql::standing(cx.conn, id)?.id;
    let fields = custom_fields::sql::visible_to(cx.conn, &cx.agent)?;
    Ok(MergeRequest { place: MergeOrigin::Person(id), contact, identity: None, fields })
}

/// The record that was chosen: another one, and not gone into a third.
fn chosen(cx: &Cx, asked: &MergeRequest) -> Result<Option<Contact>> {
    let Some(id) = cx.form.number("contact").map(ContactId) else { return Ok(None) };
    let contact = contacts::sql::find(cx.conn, id)?;
    if id == asked.contact {
        return Err(Error::Conflict(t::SAME));
    }
    if sql::is_gone(cx.conn, id)? { Err(Error::Conflict(t::GONE)) } else { Ok(Some(contact)) }
}

/// From a conversation: the search (`?q=`), or both records side by side (`?contact=`).
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    shown(cx, &asked_in(cx, id)?)
}

/// The same from a person's page.
pub fn new_of(cx: &Cx, id: ContactId) -> Result<Response> {
    shown(cx, &asked_of(cx, id)?)
}

fn shown(cx: &Cx, asked: &MergeRequest) -> Result<Response> {
    let sheet = match chosen(cx, asked)? {
        Some(kept) => MergePreview {
            language: cx.language,
            place: asked.place,
            kept: &kept,
            kept_record: &sql::record(cx.conn, kept.id)?,
            other_record: &sql::record(cx.conn, asked.contact)?,
            fields: &asked.fields,
            kept_labels: &contact_labels::sql::of(cx.conn, kept.id)?,
            other_labels: &contact_labels::sql::of(cx.conn, asked.contact)?,
            divisible: asked.identity.is_some(),
        }
        .sheet(),
        None => {
            let query = cx.form.trimmed("q");
            let mut found = contacts::sql_filter::found(cx.conn, &cx.agent, query, LISTED)?;
            found.retain(|contact| contact.id != asked.contact);
            let probable = sql::probable(cx.conn, asked.contact)?;
            MergeSearch { language: cx.language, place: asked.place, query, probable: &probable, found: &found }.sheet()
        }
    };
    Ok(Response::html(if cx.wants_fragment() { sheet } else { page(cx.language, &sheet) }))
}

/// Makes two records one, or hands one channel over.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    unite(cx, &asked_in(cx, id)?)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}

/// The same from a person's page, which is the other one's afterwards.
pub fn create_of(cx: &Cx, id: ContactId) -> Result<Response> {
    let kept = unite(cx, &asked_of(cx, id)?)?;
    Ok(Response::see_other(format!("/contacts/{kept}")))
}

fn unite(cx: &Cx, asked: &MergeRequest) -> Result<ContactId> {
    let kept = chosen(cx, asked)?.ok_or(Error::NotFound)?.id;
    let alone = Scope::from_word(cx.form.text("scope")) == Some(Scope::Identity);
    let only = asked.identity.filter(|_| alone);
    let settle = |kept: &_, other: &_| joined(kept, other, cx.form);
    let (_, moved) = acts::unite(cx.conn, (kept, asked.contact), only, settle, cx.agent.id, cx.now)?;
    tell(cx, &moved)?;
    Ok(kept)
}

fn tell(cx: &Cx, moved: &MergeUndo) -> Result<()> {
    acts::newest(moved, TOLD).try_for_each(|id| conversations::acts::tell_change(cx.conn, id, Reach::Team, cx.now))
}

/// Takes a merge back: everything that went over, and what came on those channels since, returns. From the person's page
/// (`from`) one goes back there.
pub fn undo(cx: &Cx, id: ContactMergeId) -> Result<Response> {
    let merge = sql::find(cx.conn, id)?;
    let back = merge.moved.conversations.first().copied();
    if !may_unite(cx.conn, &cx.agent, merge.kept)? {
        permitted(cx, back.ok_or(Error::NotFound)?)?;
    }
    if cx.now.since(merge.at) > UNDOABLE {
        return Err(Error::Conflict(t::TOO_LATE));
    }
    if sql::has_later(cx.conn, &merge)? {
        return Err(Error::Conflict(t::LATER_FIRST));
    }
    if !sql::undo(cx.conn, id, cx.agent.id, cx.now)? {
        return Err(Error::Conflict(t::UNDONE_ALREADY));
    }
    let kept = merge.kept;
    tell(cx, &acts::part(cx.conn, merge, cx.agent.id, cx.now)?)?;
    Ok(Response::see_other(match back.filter(|_| cx.form.text("from") != "contact") {
        Some(back) => format!("/conversations/{back}"),
        None => format!("/contacts/{kept}"),
    }))
}
