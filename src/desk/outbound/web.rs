//! A new conversation from another one.

use super::view::Shown;
use super::{Draft, Way, sql};
use crate::contacts::{self, ContactId, IdentityId};
use crate::desk::auto_assignments;
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::sql::NewConversation;
use crate::desk::conversations::{self, Conversation, ConversationId};
use crate::desk::messages::{self, Author, Line, NewMessage};
use crate::desk::notifications::{self, About, Kind};
use crate::desk::transfers::{self, Choice, Place};
use crate::platform::error::{Error, Result};
use crate::platform::text::transfers as t;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents;
use crate::team::channels;
use crate::team::visit::Cx;

/// Whoever may answer a conversation, or could before it closed, may open another from it.
fn origin(cx: &Cx, id: ConversationId) -> Result<Conversation> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    if conversation.is_writable_by(&cx.agent) { Ok(conversation) } else { Err(Error::Forbidden) }
}

/// The form: for a dialog, or as a page of its own. Offered first: the same channel, and oneself.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = origin(cx, id)?;
    let me = cx.agent.departments.contains(&conversation.department).then_some(cx.agent.id);
    let to = Place { department: conversation.department, agent: me };
    let form = Form::default().with("to", to.word()).with("way", conversation.identity.to_string());
    Ok(Response::html(shown(cx, &conversation, &form, &Problems::default())?))
}

fn shown(cx: &Cx, from: &Conversation, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let choices = transfers::sql::choices(cx.conn)?;
    let contact = contacts::sql::find(cx.conn, from.contact)?;
    let ways = sql::ways(cx.conn, from.contact)?;
    let shown = Shown {
        language: cx.language,
        choices: &choices,
        form,
        problems,
        contact: Some((&contact, &ways)),
        origin: Some(from.id),
        found: &[],
    };
    Ok(match (cx.wants_fragment(), problems.is_empty()) {
        (true, true) => shown.dialog(),
        (true, false) => shown.form(),
        (false, _) => shown.page(),
    })
}

/// Opens it; the old one stays as it is, but for the line that leads to the new one.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let from = origin(cx, id)?;
    let ways = sql::ways(cx.conn, from.contact)?;
    let checked = Draft::parse(cx.form, &ways);
    let choices = transfers::sql::choices(cx.conn)?;
    let checked = checked.and_then(|draft| if can_go(&choices, draft.to) { Ok(draft) } else { Err(gone()) });
    match checked {
        Ok(draft) => {
            let opened = open(cx, from.contact, &ways, &draft, Some(&from))?;
            Ok(Response::see_other(address(cx, opened, Some(id))?))
        }
        Err(problems) => Ok(Response::invalid(shown(cx, &from, cx.form, &problems)?)),
    }
}

/// A department or a person that can no longer receive.
pub fn gone() -> Problems {
    Problems::one("to", t::GONE)
}

/// Whether a department is in use, and the person named works there.
pub fn can_go(choices: &[Choice], to: Place) -> bool {
    choices
        .iter()
        .find(|choice| choice.department == to.department)
        .is_some_and(|choice| to.agent.is_none_or(|agent| choice.people.iter().any(|one| one.agent == agent)))
}

/// Where the one who opened a conversation goes: there, or back, where they may not see it.
pub fn address(cx: &Cx, opened: ConversationId, origin: Option<ConversationId>) -> Result<String> {
    let seen = conversations::sql::find(cx.conn, opened)?.is_visible_to(&cx.agent);
    Ok(match (seen, origin) {
        (true, _) => format!("/conversations/{opened}"),
        (false, Some(origin)) => format!("/conversations/{origin}"),
        (false, None) => "/conversations".to_owned(),
    })
}

/// Number, lines, links, first message, notice and news, all or nothing.
pub fn open(
    cx: &Cx,
    contact: ContactId,
    ways: &[Way],
    draft: &Draft,
    from: Option<&Conversation>,
) -> Result<ConversationId> {
    let (conn, now) = (cx.conn, cx.now);
    let (identity, channel) = match ways.iter().find(|way| Some(way.identity) == draft.way) {
        Some(way) => (way.identity, way.channel),
        None => desk(cx, contact, draft)?,
    };
    let number = conversations::sql::next_number(conn, cx.company.zone.day(now))?;
    let previous = conversations::sql::latest_of(conn, identity)?.map(|latest| latest.id);
    let department = draft.to.department;
    let id = conversations::sql::open(
        conn,
        &NewConversation { number, contact, identity, channel, department, previous, now },
    )?;
    sql::create(conn, id, from.map(|from| from.id), cx.agent.id, now)?;
    messages::sql::add_line(conn, id, &Line::Opened { number }, now)?;
    if let Some(from) = from {
        messages::sql::add_line(conn, id, &Line::OpenedFrom { number: from.number }, now)?;
        messages::sql::add_line(conn, from.id, &Line::Originated { number }, now)?;
        conversations::acts::tell_change(conn, from.id, Reach::Team, now)?;
    }
    if let Some(agent) = draft.to.agent {
        conversations::sql::assign(conn, id, None, agent)?;
        let name = agents::sql::find(conn, agent)?.name;
        messages::sql::add_line(conn, id, &Line::Taken { name }, now)?;
    }
    if !draft.first.is_empty() {
        say_first(cx, id, &draft.first)?;
    }
    conversations::acts::tell_change(conn, id, Reach::Everyone, now)?;
    match draft.to.agent {
        Some(agent) if agent != cx.agent.id => {
            let line = messages::Line::Opened { number }.for_team(cx.language);
            notifications::acts::tell(conn, agent, Kind::Assigned, About::Conversation(id), &line, now)?;
        }
        Some(_) => {}
        None => auto_assignments::acts::hand_out(conn, department, now)?,
    }
    Ok(id)
}

/// The place of a contact without a channel: notes only, until there is one.
fn desk(cx: &Cx, contact: ContactId, draft: &Draft) -> Result<(IdentityId, channels::ChannelId)> {
    let channel = channels::sql::desk(cx.conn, draft.to.department, cx.now)?;
    let identity = match sql::desk_identity(cx.conn, contact)? {
        Some(identity) => identity,
        None => contacts::sql::add_identity(cx.conn, contact, channel, &contact.to_string(), false, cx.now)?,
    };
    Ok((identity, channel))
}

fn say_first(cx: &Cx, id: ConversationId, body: &str) -> Result<()> {
    let message = messages::sql::add(
        cx.conn,
        &NewMessage {
            conversation: id,
            author: Author::Agent,
            agent: Some(cx.agent.id),
            body,
            external_id: None,
            at: cx.now,
        },
    )?;
    let place = conversations::sql::agent_spoke(cx.conn, id, body, cx.now)?;
    conversations::acts::tell_message(cx.conn, id, place, message, Author::Agent, cx.now)
}
