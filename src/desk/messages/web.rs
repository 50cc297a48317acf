//! Writing into a conversation.

use super::acts_agent::{self, Writing};
use super::view::{self, Thread};
use super::{LONGEST, Message, MessageId, sql};
use crate::contacts;
use crate::desk::canned_replies::{self, CannedReplyId};
use crate::desk::conversations::{self, Conversation, ConversationId};
use crate::desk::drafts::Tab;
use crate::platform::error::{Error, Result};
use crate::platform::text::messages as t;
use crate::platform::web::http::Response;
use crate::team::channels;
use crate::team::visit::Cx;

/// Stores a chat message or a note: fields `kind`, `body`, and `key`, under which a repetition is known.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let tab = Tab::from_word(cx.form.text("kind")).ok_or(Error::NotFound)?;
    let conversation = conversations::sql::find(cx.conn, id)?;
    let conversation = match tab {
        Tab::Chat => conversation.require_writer(&cx.agent)?,
        Tab::Note => conversation.require_reader(&cx.agent)?,
    };
    if tab == Tab::Chat && channels::sql::find(cx.conn, conversation.channel)?.kind == channels::Kind::Desk {
        return Err(Error::Conflict(crate::platform::text::outbound::NO_CHANNEL));
    }
    let body = cx.form.text("body").trim_end();
    let files: Vec<&str> = cx.form.all("attachment").collect();
    let canned: Vec<CannedReplyId> = match tab {
        Tab::Chat => cx.form.all("canned").filter_map(|id| id.parse().ok().map(CannedReplyId)).take(10).collect(),
        Tab::Note => Vec::new(),
    };
    let wrong = if tab == Tab::Chat && canned_replies::is_open(canned.first().copied(), body) {
        Some(crate::platform::text::canned_replies::OPEN)
    } else if body.trim().is_empty() && files.is_empty() {
        Some(t::EMPTY)
    } else if body.chars().count() > LONGEST {
        Some(t::TOO_LONG)
    } else {
        None
    };
    if let Some(phrase) = wrong {
        if cx.wants_fragment() {
            return Ok(Response::new(422, "text/plain; charset=utf-8", phrase.say(cx.language).as_bytes()));
        }
        return Ok(Response::invalid(view::refused(cx.language, id, tab.word(), body, phrase)));
    }
    let key = Some(cx.form.text("key")).filter(|key| !key.is_empty() && key.len() <= 64);
    if let Some(known) = key.map(|key| sql::by_key(cx.conn, id, key)).transpose()?.flatten() {
        return answer(cx, conversation, known);
    }
    let writing = Writing { tab, body, key, files: &files, canned: &canned };
    let message = acts_agent::write(cx.conn, &cx.agent, &conversation, &writing, cx.now)?;
    answer(cx, conversation, message)
}

/// The stored message as the thread shows it, or the page.
fn answer(cx: &Cx, conversation: Conversation, message: MessageId) -> Result<Response> {
    if !cx.wants_fragment() {
        return Ok(Response::see_other(format!("/conversations/{}", conversation.id)));
    }
    let stored: Vec<Message> = sql::before(cx.conn, conversation.id, Some(MessageId(message.0 + 1)), 1)?;
    let contact = contacts::sql::find(cx.conn, conversation.contact)?;
    let thread = Thread {
        language: cx.language,
        zone: &cx.company.zone,
        now: cx.now,
        contact: &contact.title(cx.language),
        me: cx.agent.id,
        conversation: conversation.id,
        messages: &stored,
        reached: (conversation.delivered_to, conversation.read_to),
        first_unread: None,
        older: false,
    };
    Ok(Response::html(thread.show()).with("x-message", message.to_string()))
}
