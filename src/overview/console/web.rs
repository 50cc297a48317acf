//! The conversation screen and its parts.

use maud::Markup;

use crate::contacts::custom_fields;
use crate::desk::conversation_merges::Traces;
use crate::desk::conversations::{Conversation, ConversationId, PAGE, State, sql};
use crate::desk::messages::MessageId;
use crate::desk::{closings, contact_merges, conversation_merges, drafts, messages, outbound, ratings, reads, tags};
use crate::overview::console::view::{ConsoleScreen, console};
use crate::platform::error::Result;
use crate::platform::web::http::Response;
use crate::team::agents::AgentId;
use crate::team::visit::Cx;
use crate::team::{channels, departments};
use crate::{contacts, tickets};

/// The three parts for one conversation.
pub fn show(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let scope = crate::overview::console::web_queue::scope(cx, Some(conversation.department))?;
    let queue = crate::overview::console::web_queue::pane(cx, scope, Some(id))?;
    let newest = crate::platform::events::sql::newest(cx.conn)?;
    let parts = parts(cx, conversation)?;
    if cx.wants_fragment() {
        return Ok(Response::html(parts));
    }
    Ok(Response::html(console(&cx.agent, newest, &queue, &parts)))
}

/// The contact and the conversation, for a page whose queue is there already: `/conversations/ID/panes`.
pub fn panes(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    Ok(Response::html(parts(cx, conversation)?))
}

/// The head of the conversation anew: state, assignee, actions, marks.
pub fn head(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let screen = screen(cx, conversation, Vec::new())?;
    Ok(Response::html(screen.head()))
}

fn parts(cx: &Cx, conversation: Conversation) -> Result<Markup> {
    let everything = cx.form.has("all");
    let limit = if everything { 2000 } else { PAGE };
    let found = messages::sql::before(cx.conn, conversation.id, cx.form.number("before").map(MessageId), limit)?;
    Ok(screen(cx, conversation, found)?.show())
}

fn screen<'a>(cx: &'a Cx, conversation: Conversation, messages: Vec<messages::Message>) -> Result<ConsoleScreen<'a>> {
    let id = conversation.id;
    let mut watching = Vec::new();
    for listener in cx.context.live.listeners(&format!("conversation:{id}")) {
        let other = listener
            .strip_prefix("agent:")
            .and_then(|id| id.parse().ok())
            .map(AgentId)
            .filter(|other| *other != cx.agent.id);
        if let Some(other) = other {
            watching.push(crate::team::agents::sql::find(cx.conn, other)?.name);
        }
    }
    let assignee = conversation.assignee.map(|id| crate::team::agents::sql::find(cx.conn, id)).transpose()?;
    Ok(ConsoleScreen {
        agent: &cx.agent,
        zone: &cx.company.zone,
        now: cx.now,
        contact: contacts::sql::find(cx.conn, conversation.contact)?,
        channel: channels::sql::find(cx.conn, conversation.channel)?,
        department: departments::sql::find(cx.conn, conversation.department)?,
        drafts: drafts::sql::both(cx.conn, cx.agent.id, id)?,
        last_seen: reads::sql::last_seen(cx.conn, cx.agent.id, id)?,
        tags: tags::sql::of(cx.conn, id)?,
        assignee: assignee.map(|agent| agent.name),
        watching,
        messages,
        page: usize::try_from(PAGE).unwrap_or(usize::MAX),
        closing: closings::sql::last(cx.conn, id)?,
        kin: outbound::sql::kin(cx.conn, id)?,
        merges: Traces {
            undoable: conversation_merges::sql::undoable(cx.conn, id, cx.now)?,
            taken_into: conversation_merges::sql::taken_into(cx.conn, id)?,
        },
        handling_goal: departments::sql_flow::handling_goal(cx.conn, conversation.department)?,
        filled: custom_fields::sql_values::seen_in(cx.conn, conversation.department, conversation.contact)?,
        labels: crate::contacts::contact_labels::sql::of(cx.conn, conversation.contact)?,
        union: contact_merges::sql::latest(cx.conn, conversation.contact, cx.now.plus(-contact_merges::UNDOABLE))?,
        tickets: tickets::sql::of_conversation(cx.conn, id, cx.now)?,
        rating: if conversation.state == State::Closed { ratings::sql::of(cx.conn, id)? } else { None },
        conversation,
    })
}

/// Messages before or after one: `?before=ID` for an older page, `?after=ID` for what is new, `?only=ID` for one that changed.
pub fn messages(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let found = match (cx.form.number("after"), cx.form.number("before")) {
        _ if cx.form.has("only") => {
            vec![messages::sql::one(cx.conn, id, MessageId(cx.form.number("only").unwrap_or(0)))?]
        }
        (Some(after), _) => messages::sql::after(cx.conn, id, MessageId(after), 200)?,
        (None, before) => messages::sql::before(cx.conn, id, before.map(MessageId), PAGE)?,
    };
    let older = cx.form.number("after").is_none() && i64::try_from(found.len()).is_ok_and(|n| n == PAGE);
    let contact = contacts::sql::find(cx.conn, conversation.contact)?;
    let thread = messages::view::Thread {
        language: cx.language,
        zone: &cx.company.zone,
        now: cx.now,
        contact: &contact.title(cx.language),
        me: cx.agent.id,
        conversation: id,
        messages: &found,
        reached: (conversation.delivered_to, conversation.read_to),
        first_unread: None,
        older,
    };
    Ok(Response::html(thread.show()))
}
