//! Transferring a conversation, and what becomes of a transfer.

use rusqlite::Connection;

use super::{Choice, Draft, Place, TransferId, sql, view};
use crate::app::Context;
use crate::desk::auto_assignments;
use crate::desk::conversations::sql::Reach;
use crate::desk::conversations::{self, Conversation, ConversationId, State, may_see};
use crate::desk::messages::{self, Author, Line, NewMessage};
use crate::desk::notifications::{self, About, Kind};
use crate::desk::pauses::{self, EndedBy};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::text::transfers as t;
use crate::platform::time::Timestamp;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents::{self, AgentId, Presence};
use crate::team::departments;
use crate::team::visit::Cx;

/// The form: for a dialog, or as a page of its own.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = writable(cx, id)?;
    let choices = sql::choices(cx.conn)?;
    let form = Form::default().with("from", here(&conversation).word());
    Ok(Response::html(shown(cx, id, &choices, &form, &Problems::default())))
}

fn here(conversation: &Conversation) -> Place {
    Place { department: conversation.department, agent: conversation.assignee }
}

fn shown(cx: &Cx, id: ConversationId, choices: &[Choice], form: &Form, problems: &Problems) -> maud::Markup {
    let shown = view::Shown { language: cx.language, id, choices, form, problems };
    match (cx.wants_fragment(), problems.is_empty()) {
        (true, true) => view::dialog(&shown),
        (true, false) => view::form(&shown),
        (false, _) => view::page(&shown),
    }
}

/// The conversation for who may change it; a clear word to those who could until a transfer took it away.
pub fn writable(cx: &Cx, id: ConversationId) -> Result<Conversation> {
    let conversation = conversations::sql::find(cx.conn, id)?;
    if !conversation.is_writable_by(&cx.agent)
        && let Some(from) = sql::last_origin(cx.conn, id)?
        && may_see(&cx.agent, from.department, from.agent)
    {
        return Err(Error::Conflict(t::ALREADY_MOVED));
    }
    conversation.require_writer(&cx.agent)
}

/// Hands the conversation on: note, line, notice and news, all or nothing.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = writable(cx, id)?;
    let from = here(&conversation);
    if Place::parse(cx.form.text("from")).is_some_and(|was| was != from) {
        return Err(Error::Conflict(t::ALREADY_MOVED));
    }
    let choices = sql::choices(cx.conn)?;
    let checked = Draft::parse(cx.form, from).and_then(|draft| {
        let choice = choices.iter().find(|choice| choice.department == draft.to.department);
        let able = choice.is_some_and(|choice| {
            draft.to.agent.is_none_or(|agent| choice.people.iter().any(|one| one.agent == agent))
        });
        if able { Ok(draft) } else { Err(Problems::one("to", t::GONE)) }
    });
    let draft = match checked {
        Ok(draft) => draft,
        Err(problems) => return Ok(Response::invalid(shown(cx, id, &choices, cx.form, &problems))),
    };
    let note = note(cx, id, &draft.note)?;
    // Told where it was as well, so that it leaves those lists.
    conversations::sql::tell_change(cx.conn, id, Reach::Team, cx.now)?;
    pauses::sql::end(cx.conn, id, EndedBy::Transfer, cx.now)?;
    if !conversations::sql::hand_on(cx.conn, id, (from.department, from.agent), (draft.to.department, draft.to.agent))?
    {
        return Err(Error::Conflict(t::ALREADY_MOVED));
    }
    let transfer = sql::start(cx.conn, id, (from, draft.to), cx.agent.id, note, cx.now)?;
    tell(cx, &conversation, draft.to, &choices, &draft.note, transfer)?;
    let seen = conversations::sql::find(cx.conn, id)?.is_visible_to(&cx.agent);
    Ok(Response::see_other(if seen { format!("/conversations/{id}") } else { "/conversations".to_owned() }))
}

/// What the giver wants the receiver to know, as a note.
fn note(cx: &Cx, id: ConversationId, body: &str) -> Result<Option<messages::MessageId>> {
    if body.is_empty() {
        return Ok(None);
    }
    let agent = Some(cx.agent.id);
    let note = NewMessage { conversation: id, author: Author::Note, agent, body, external_id: None, at: cx.now };
    let message = messages::sql::add(cx.conn, &note)?;
    let place = conversations::sql::place(cx.conn, id)?;
    conversations::sql::tell_message(cx.conn, id, place, message, Author::Note, cx.now)?;
    Ok(Some(message))
}

/// The line, the notices, the news, and the time in which a named person accepts.
fn tell(
    cx: &Cx,
    conversation: &Conversation,
    to: Place,
    choices: &[Choice],
    note: &str,
    transfer: TransferId,
) -> Result<()> {
    let (conn, id, now) = (cx.conn, conversation.id, cx.now);
    let Some(choice) = choices.iter().find(|choice| choice.department == to.department) else { return Ok(()) };
    let person = to.agent.and_then(|agent| choice.people.iter().find(|one| one.agent == agent));
    let line = Line::Transferred {
        by: cx.agent.name.clone(),
        department: choice.name.clone(),
        person: person.map(|one| one.name.clone()).unwrap_or_default(),
    };
    messages::sql::add_line(conn, id, &line, now)?;
    conversations::sql::tell_change(conn, id, Reach::Everyone, now)?;
    let words = if note.is_empty() { line.for_team(cx.language) } else { note.to_owned() };
    match to.agent {
        Some(agent) if agent == cx.agent.id => drop(sql::accept(conn, id, agent, None, now)?),
        Some(agent) => {
            notifications::sql::tell(conn, agent, Kind::Transfer, About::Conversation(id), &words, now)?;
            let due = now.plus(departments::sql_flow::find(conn, to.department)?.transfer_limit);
            jobs::sql::schedule(conn, Some(&key(transfer)), "transfer", &transfer.to_string(), due)?;
        }
        None => {
            for one in choice.people.iter().filter(|one| one.presence == Presence::Online && one.agent != cx.agent.id) {
                if may_see(&agents::sql::find(conn, one.agent)?, to.department, None) {
                    notifications::sql::tell(conn, one.agent, Kind::Transfer, About::Conversation(id), &words, now)?;
                }
            }
            auto_assignments::sql::hand_out(conn, to.department, now)?;
        }
    }
    Ok(())
}

fn key(transfer: TransferId) -> String {
    format!("transfer:{transfer}")
}

/// Somebody took the conversation or answered in it: a transfer to them, or to their department, is accepted.
pub fn accept(conn: &Connection, id: ConversationId, by: AgentId, now: Timestamp) -> Result<()> {
    let accepted = sql::accept(conn, id, by, Some(by), now)?;
    settle(conn, id, by, accepted, now)
}

/// Somebody took the conversation: a transfer to somebody else is pointless then.
pub fn taken(conn: &Connection, id: ConversationId, by: AgentId, now: Timestamp) -> Result<()> {
    accept(conn, id, by, now)?;
    sql::end(conn, id, now)
}

/// Somebody has opened it: accepted by the one named, or by who holds it since.
pub fn open(conn: &Connection, conversation: &Conversation, by: AgentId, now: Timestamp) -> Result<()> {
    let accepted = sql::accept(conn, conversation.id, by, conversation.assignee, now)?;
    settle(conn, conversation.id, by, accepted, now)
}

/// The mark goes, the time that ran is over, and who was told beside the one who has it need not look.
fn settle(
    conn: &Connection,
    id: ConversationId,
    by: AgentId,
    accepted: Option<TransferId>,
    now: Timestamp,
) -> Result<()> {
    let Some(transfer) = accepted else { return Ok(()) };
    jobs::sql::cancel(conn, &key(transfer))?;
    let department = conversations::sql::find(conn, id)?.department;
    for other in agents::sql_people::members(conn, department)?.into_iter().filter(|other| *other != by) {
        notifications::sql::withdraw(conn, other, Kind::Transfer, id, now)?;
    }
    conversations::sql::tell_change(conn, id, Reach::Team, now)
}

/// The job: nobody accepted in time, so the conversation goes back to the queue of the department it went to.
pub fn give_back(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    let transfer = TransferId(payload.parse().map_err(Error::internal)?);
    let Some(id) = sql::still_open(conn, transfer)? else { return Ok(()) };
    let Some(open) = sql::open_of(conn, id)? else { return Ok(()) };
    let conversation = conversations::sql::find(conn, id)?;
    let (Some(agent), State::Bot | State::WaitingAgent | State::WaitingContact | State::Paused) =
        (open.to.agent, conversation.state)
    else {
        return sql::end(conn, id, now);
    };
    if here(&conversation) != open.to {
        return sql::end(conn, id, now);
    }
    conversations::sql::tell_change(conn, id, Reach::Team, now)?;
    conversations::sql::hand_on(conn, id, (open.to.department, Some(agent)), (open.to.department, None))?;
    sql::give_back(conn, transfer, now)?;
    let name = agents::sql::find(conn, agent)?.name;
    let department = departments::sql::find(conn, open.to.department)?.name;
    let giver = agents::sql::find(conn, open.by)?;
    let words = t::RETURNED_TO_SENDER.fill(giver.language, &[("name", &name), ("department", &department)]);
    messages::sql::add_line(conn, id, &Line::TransferReturned { name, department }, now)?;
    conversations::sql::tell_change(conn, id, Reach::Team, now)?;
    // The giver hears of it where they may still see it.
    if conversations::sql::find(conn, id)?.is_visible_to(&giver) {
        notifications::sql::tell(conn, open.by, Kind::Transfer, About::Conversation(id), &words, now)?;
    }
    auto_assignments::sql::hand_out(conn, open.to.department, now)
}
