//! Merging two conversations, and splitting one.

use super::view::ConversationMergeDialog;
use super::{ConversationPair, Kind, emptied, joined, joined_readings, reduced, split_readings, sql};
use crate::contacts;
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::sql::NewConversation;
use crate::desk::conversations::{self, Conversation, ConversationId, State, sql_merge};
use crate::desk::messages::{self, Author, MessageId, NewMessage, SystemLine};
use crate::desk::transfers;
use crate::desk::{attachments, closings, outbound, reads, tags};
use crate::platform::error::{Error, Result};
use crate::platform::text::conversation_merges as t;
use crate::platform::web::form::Problems;
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// Others that are offered, and messages.
const OFFERED: i64 = 50;

/// An open conversation that this person may answer; a pause is ended first, for its row stays with its conversation.
fn kept(cx: &Cx, id: ConversationId) -> Result<Conversation> {
    let conversation = transfers::acts::writable(cx.conn, &cx.agent, id)?;
    if conversation.state == State::Paused { Err(Error::Conflict(t::PAUSED)) } else { Ok(conversation) }
}

/// Which conversation to take in.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = kept(cx, id)?;
    Ok(Response::html(merge_form(cx, &conversation, &Problems::default())?))
}

fn merge_form(cx: &Cx, conversation: &Conversation, problems: &Problems) -> Result<maud::Markup> {
    let mut siblings = sql_merge::siblings(cx.conn, conversation.id, OFFERED)?;
    let mut seen = Vec::new();
    for sibling in siblings.drain(..) {
        if conversations::sql::find(cx.conn, sibling.id)?.is_writable_by(&cx.agent) {
            seen.push(sibling);
        }
    }
    let shown = shown(cx, conversation, cx.form.number("other"), problems);
    Ok(present(cx, &shown, Kind::Merge, shown.merge(&seen)))
}

fn shown<'a>(
    cx: &'a Cx,
    conversation: &Conversation,
    chosen: Option<i64>,
    problems: &'a Problems,
) -> ConversationMergeDialog<'a> {
    let (id, number) = (conversation.id, conversation.number);
    ConversationMergeDialog { language: cx.language, zone: &cx.company.zone, id, number, chosen, problems }
}

fn present(cx: &Cx, shown: &ConversationMergeDialog, kind: Kind, form: maud::Markup) -> maud::Markup {
    match (cx.wants_fragment(), shown.problems.is_empty()) {
        (true, true) => shown.dialog(kind, &form),
        (true, false) => form,
        (false, _) => shown.page(kind, &form),
    }
}

/// Takes another conversation of the same identity in.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let kept = kept(cx, id)?;
    let Some(other) = other(cx, &kept)? else {
        return Ok(Response::invalid(merge_form(cx, &kept, &Problems::one("other", t::CHOOSE))?));
    };
    let (conn, now) = (cx.conn, cx.now);
    if other.state == State::Paused {
        return Err(Error::Conflict(t::PAUSED));
    }
    if closings::sql::last(conn, other.id)?.is_some_and(|closing| closing.held) {
        return Err(Error::Conflict(t::HELD));
    }
    if messages::sql::collide(conn, kept.id, other.id)? {
        return Err(Error::Conflict(t::SAME_KEYS));
    }
    let before = sql::both(conn, kept.id, other.id)?;
    let moved = messages::sql::ids_from(conn, other.id, MessageId(0))?;
    messages::sql::shift(conn, &moved, other.id, kept.id)?;
    attachments::sql::follow(conn, &moved, other.id, kept.id)?;
    let tags = tags::sql::copy(conn, other.id, kept.id)?;
    sql_merge::stand(conn, kept.id, &joined(&before.kept, &before.other))?;
    sql_merge::stand(conn, other.id, &emptied(&before.other, now))?;
    let read =
        joined_readings((&before.kept_readings, before.kept.inbound), (&before.other_readings, before.other.inbound));
    reads::sql::replace(conn, kept.id, &read)?;
    reads::sql::replace(conn, other.id, &[])?;
    let line = line(cx, kept.id, &SystemLine::Merged { number: other.number, name: cx.agent.name.clone() })?;
    finish(cx, Kind::Merge, (kept.id, other.id), &before, (&moved, &format!("[{line}]"), &tags))?;
    Ok(Response::see_other(format!("/conversations/{}", kept.id)))
}

/// The other one: of the same identity, not this one, not taken into another, and this person's to answer.
fn other(cx: &Cx, kept: &Conversation) -> Result<Option<Conversation>> {
    let Some(id) = cx.form.number("other").map(ConversationId) else { return Ok(None) };
    let other = match conversations::sql::find(cx.conn, id) {
        Ok(other) => other,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let fits = other.id != kept.id
        && other.identity == kept.identity
        && other.is_writable_by(&cx.agent)
        && sql::taken_into(cx.conn, other.id)?.is_none();
    Ok(fits.then_some(other))
}

fn line(cx: &Cx, id: ConversationId, line: &SystemLine) -> Result<MessageId> {
    let body = line.store();
    let line = NewMessage {
        conversation: id,
        author: Author::System,
        agent: None,
        body: &body,
        external_id: None,
        at: cx.now,
    };
    messages::sql::add(cx.conn, &line)
}

/// Keeps what the undoing needs, and tells everybody.
fn finish(
    cx: &Cx,
    kind: Kind,
    (kept, other): (ConversationId, ConversationId),
    before: &ConversationPair,
    (moved, lines, tags): (&str, &str, &str),
) -> Result<()> {
    let after = sql::both(cx.conn, kept, other)?;
    let done = sql::MergeRecord { kind, kept, other, by: cx.agent.id, moved, before, after: &after, lines, tags };
    sql::create(cx.conn, &done, cx.now)?;
    conversations::acts::tell_change(cx.conn, kept, Reach::Everyone, cx.now)?;
    conversations::acts::tell_change(cx.conn, other, Reach::Everyone, cx.now)
}

/// From which message on to split.
pub fn new_split(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = kept(cx, id)?;
    Ok(Response::html(split_form(cx, &conversation, &Problems::default())?))
}

fn split_form(cx: &Cx, conversation: &Conversation, problems: &Problems) -> Result<maud::Markup> {
    let messages = messages::sql::spoken(cx.conn, conversation.id, OFFERED)?;
    let contact = contacts::sql::find(cx.conn, conversation.contact)?.title(cx.language);
    let shown = shown(cx, conversation, cx.form.number("from"), problems);
    // Something stays: the first of a whole conversation is not offered.
    let offered =
        if i64::try_from(messages.len()).is_ok_and(|n| n < OFFERED) { messages.get(1..) } else { Some(&messages[..]) };
    Ok(present(cx, &shown, Kind::Split, shown.split(offered.unwrap_or_default(), &contact)))
}

/// Moves a message and those after it into a conversation of their own.
pub fn create_split(cx: &Cx, id: ConversationId) -> Result<Response> {
    let kept = kept(cx, id)?;
    let (conn, now) = (cx.conn, cx.now);
    let spoken = messages::sql::spoken(conn, id, i64::MAX)?;
    let from = cx.form.number("from").map(MessageId);
    let Some(from) = from.filter(|from| spoken.iter().skip(1).any(|message| message.id == *from)) else {
        return Ok(Response::invalid(split_form(cx, &kept, &Problems::one("from", t::CHOOSE_MESSAGE))?));
    };
    let number = conversations::sql::next_number(conn, cx.company.zone.day(now))?;
    let other = conversations::sql::open(
        conn,
        &NewConversation {
            number,
            contact: kept.contact,
            identity: kept.identity,
            channel: kept.channel,
            department: kept.department,
            previous: Some(id),
            now,
        },
    )?;
    if let Some(agent) = kept.assignee {
        conversations::sql::assign(conn, other, None, agent)?;
    }
    outbound::sql::create(conn, other, Some(id), cx.agent.id, now)?;
    let before = sql::both(conn, id, other)?;
    let moved = messages::sql::ids_from(conn, id, from)?;
    messages::sql::shift(conn, &moved, id, other)?;
    attachments::sql::follow(conn, &moved, id, other)?;
    let (stays, goes) = (sql_merge::told(conn, id)?, sql_merge::told(conn, other)?);
    sql_merge::stand(conn, id, &reduced(&before.kept, &stays))?;
    let mut fresh = reduced(&before.other, &goes);
    (fresh.delivered_to, fresh.read_to) = (before.kept.delivered_to, before.kept.read_to);
    fresh.since = fresh.last_at;
    sql_merge::stand(conn, other, &fresh)?;
    let (stay, go) = split_readings(&before.kept_readings, stays.inbound, stays.newest);
    reads::sql::replace(conn, id, &stay)?;
    reads::sql::replace(conn, other, &go)?;
    let lines = [
        line(cx, other, &SystemLine::Opened { number })?,
        line(cx, other, &SystemLine::OpenedFrom { number: kept.number })?,
        line(cx, id, &SystemLine::SplitOff { number, name: cx.agent.name.clone() })?,
    ];
    finish(cx, Kind::Split, (id, other), &before, (&moved, &serde_json::to_string(&lines)?, "[]"))?;
    Ok(Response::see_other(format!("/conversations/{other}")))
}
