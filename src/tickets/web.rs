//! Opening, showing and changing a ticket.

use maud::Markup;

use super::entries::Kind;
use super::phases::Phase;
use super::sql::TicketReason;
use super::view::TicketScreen;
use super::view_form::TicketFormPage;
use super::{NewTicket, Ticket, TicketForm, acts, sql, sql_entries, sql_phases};
use crate::desk::conversations::{self, Conversation, ConversationId};
use crate::desk::dispositions::{self, Disposition, Sentiment, Use};
use crate::desk::messages::{self, SystemLine};
use crate::desk::notifications::{self, NotificationSubject, TicketId};
use crate::desk::transfers::{self, TransferTarget};
use crate::desk::transfers::{can_go, gone};
use crate::platform::error::{Error, Result};
use crate::platform::text::{dispositions as d, tickets as t};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents;
use crate::team::departments::{self, DepartmentId};
use crate::team::visit::Cx;
use crate::tickets;

/// Entries that a ticket shows; older ones are told by their number.
const ENTRIES: i64 = 200;

/// A ticket that this person may read: as one who may change it, or by a conversation that it is about.
pub fn readable(cx: &Cx, id: TicketId) -> Result<Ticket> {
    let ticket = sql::find(cx.conn, id)?;
    let seen =
        ticket.is_changed_by(&cx.agent) || sql_entries::links(cx.conn, id, &cx.agent)?.iter().any(|link| link.visible);
    if seen { Ok(ticket) } else { Err(Error::NotFound) }
}

/// A ticket that this person may change.
pub fn changeable(cx: &Cx, id: TicketId) -> Result<Ticket> {
    let ticket = readable(cx, id)?;
    if ticket.is_changed_by(&cx.agent) { Ok(ticket) } else { Err(Error::Forbidden) }
}

/// The conversation that a new ticket is about, where there is one.
fn origin(cx: &Cx, about: Option<ConversationId>) -> Result<Option<Conversation>> {
    match about {
        Some(id) => Ok(Some(conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?)),
        None => Ok(None),
    }
}

/// The form of a new ticket: `/tickets/new?department=3`.
pub fn new(cx: &Cx) -> Result<Response> {
    offer(cx, None)
}

/// The same about a conversation.
pub fn new_about(cx: &Cx, conversation: ConversationId) -> Result<Response> {
    offer(cx, Some(conversation))
}

fn offer(cx: &Cx, about: Option<ConversationId>) -> Result<Response> {
    let origin = origin(cx, about)?;
    let asked = cx.form.number("department").map(DepartmentId);
    let own = departments::sql::of(cx.conn, &cx.agent)?;
    let department = origin
        .as_ref()
        .map(|conversation| conversation.department)
        .or_else(|| asked.filter(|asked| own.iter().any(|one| one.id == *asked)))
        .or_else(|| own.first().map(|one| one.id));
    let to = department.map_or_else(String::new, |department| TransferTarget { department, agent: None }.word());
    let form = Form::default().with("to", to).with("priority", "normal");
    form_of(cx, origin.map(|conversation| conversation.id), &form, &Problems::default(), |shown| {
        if cx.wants_fragment() { shown.dialog() } else { page_of(cx, shown) }
    })
    .map(Response::html)
}

/// Draws the form of a new ticket.
fn form_of(
    cx: &Cx,
    conversation: Option<ConversationId>,
    form: &Form,
    problems: &Problems,
    draw: impl FnOnce(&TicketFormPage) -> Markup,
) -> Result<Markup> {
    let choices = transfers::sql::choices(cx.conn)?;
    let offered = offered(cx, TransferTarget::parse(form.text("to")))?;
    Ok(draw(&TicketFormPage {
        language: cx.language,
        ticket: None,
        choices: &choices,
        offered: &offered,
        conversation,
        form,
        problems,
    }))
}

/// The form as a page of its own.
fn page_of(cx: &Cx, shown: &TicketFormPage) -> Markup {
    let title = t::NEW.say(cx.language);
    agents::view::outside(cx.language, title, &shown.dialog())
}

/// The reasons that a department has for tickets.
fn offered(cx: &Cx, to: Option<TransferTarget>) -> Result<Vec<Disposition>> {
    to.map_or(Ok(Vec::new()), |to| dispositions::sql::for_use(cx.conn, to.department, Use::Ticket))
}

/// The reasons of the department that was just chosen: `/tickets/reasons?to=3-7`.
pub fn reasons(cx: &Cx) -> Result<Response> {
    let offered = offered(cx, TransferTarget::parse(cx.form.text("to")))?;
    Ok(Response::html(super::view_form::reasons(cx.language, &offered, None, &Problems::default())))
}

/// The form, whether the place can receive, and the reason as it is called today.
fn checked(cx: &Cx, old: Option<&Ticket>) -> Result<Result<(TicketForm, String, Sentiment), Problems>> {
    let draft = match TicketForm::parse(cx.form, &cx.company.zone) {
        Ok(draft) => draft,
        Err(problems) => return Ok(Err(problems)),
    };
    let kept = old.is_some_and(|old| old.place() == draft.to);
    if !kept && !can_go(&transfers::sql::choices(cx.conn)?, draft.to) {
        return Ok(Err(gone()));
    }
    let Some(chosen) = draft.disposition else { return Ok(Ok((draft, String::new(), Sentiment::Neutral))) };
    if let Some(one) = offered(cx, Some(draft.to))?.into_iter().find(|one| one.id == chosen) {
        return Ok(Ok((draft, one.path, one.sentiment)));
    }
    Ok(Err(Problems::one("disposition", d::NEEDED)))
}

/// Opens a ticket; one about a conversation stands in it too.
pub fn create(cx: &Cx) -> Result<Response> {
    let origin = origin(cx, cx.form.number("conversation").map(ConversationId))?;
    let conversation = origin.as_ref().map(|conversation| conversation.id);
    let (draft, path, sentiment) = match checked(cx, None)? {
        Ok(checked) => checked,
        Err(problems) => {
            let page = form_of(cx, conversation, cx.form, &problems, |shown| {
                if cx.wants_fragment() { shown.form() } else { page_of(cx, shown) }
            })?;
            return Ok(Response::invalid(page));
        }
    };
    let phase = sql_phases::first(cx.conn, draft.to.department)?;
    let new = NewTicket { draft: &draft, path: &path, sentiment, phase, author: cx.agent.id, now: cx.now };
    let id = acts::create(cx.conn, &new)?;
    sql_entries::add(cx.conn, id, cx.agent.id, Kind::Opened, "", cx.now)?;
    if let Some(conversation) = conversation {
        sql_entries::link(cx.conn, id, conversation, cx.agent.id, cx.now)?;
        let line = SystemLine::TicketOpened { by: cx.agent.name.clone(), ticket: id.0, title: draft.title.clone() };
        messages::sql::add_line(cx.conn, conversation, &line, cx.now)?;
    }
    tell_assignee(cx, id, &draft)?;
    tickets::acts::tell(cx.conn, id, None, cx.now)?;
    Ok(Response::see_other(conversation.map_or_else(|| format!("/tickets/{id}"), |id| format!("/conversations/{id}"))))
}

/// Tells the person whom a ticket was handed to, unless that is who did it.
fn tell_assignee(cx: &Cx, id: TicketId, draft: &TicketForm) -> Result<()> {
    let Some(assignee) = draft.to.agent.filter(|assignee| *assignee != cx.agent.id) else { return Ok(()) };
    let language = agents::sql::find(cx.conn, assignee)?.language;
    let number = format!("T-{id}");
    let words = [("by", cx.agent.name.as_str()), ("number", &number), ("title", &draft.title)];
    let line = t::NOTICE_HANDED.fill(language, &words);
    notifications::acts::tell(
        cx.conn,
        assignee,
        notifications::Kind::Ticket,
        NotificationSubject::Ticket(id),
        &line,
        cx.now,
    )
}

/// A ticket: for a dialog, or as a page of its own.
pub fn show(cx: &Cx, id: TicketId) -> Result<Response> {
    let ticket = readable(cx, id)?;
    let form = stored(cx, &ticket);
    Ok(Response::html(screen(cx, ticket, &form, &Problems::default())?))
}

/// The form as it is stored.
fn stored(cx: &Cx, ticket: &Ticket) -> Form {
    let due = ticket.due_at.map(|due| cx.company.zone.local(due)).unwrap_or_default();
    Form::default()
        .with("title", ticket.title.as_str())
        .with("body", ticket.body.as_str())
        .with("to", ticket.place().word())
        .with("priority", ticket.priority.word())
        .with("due", due.split('T').next().unwrap_or_default())
        .with("disposition", ticket.disposition.map(|id| id.to_string()).unwrap_or_default())
}

/// The whole ticket with its form in whatever state.
fn screen(cx: &Cx, ticket: Ticket, form: &Form, problems: &Problems) -> Result<Markup> {
    let choices = transfers::sql::choices(cx.conn)?;
    let offered = offered(cx, TransferTarget::parse(form.text("to")))?;
    let phases: Vec<Phase> = sql_phases::of(cx.conn, ticket.department)?;
    let shown = TicketFormPage {
        language: cx.language,
        ticket: Some(&ticket),
        choices: &choices,
        offered: &offered,
        conversation: None,
        form,
        problems,
    };
    let screen = TicketScreen {
        agent: &cx.agent,
        zone: &cx.company.zone,
        now: cx.now,
        ticket: &ticket,
        department: departments::sql::find(cx.conn, ticket.department)?.name,
        assignee: ticket.assignee.map(|id| agents::sql::find(cx.conn, id)).transpose()?.map(|agent| agent.name),
        phase: sql_phases::name(cx.conn, ticket.phase)?,
        phases: &phases,
        entries: sql_entries::of(cx.conn, ticket.id, ENTRIES)?,
        links: sql_entries::links(cx.conn, ticket.id, &cx.agent)?,
        files: sql_entries::files(cx.conn, ticket.id)?,
        form: &shown,
        problems,
        typed: cx.form,
    };
    if cx.wants_fragment() {
        return Ok(screen.sheet());
    }
    Ok(screen.page(crate::platform::events::sql::newest(cx.conn)?))
}

/// The same after a fault of one of its forms.
pub fn refused(cx: &Cx, ticket: Ticket, problems: &Problems) -> Result<Response> {
    let form = stored(cx, &ticket);
    Ok(Response::invalid(screen(cx, ticket, &form, problems)?))
}

/// Changes what the form holds.
pub fn update(cx: &Cx, id: TicketId) -> Result<Response> {
    let old = changeable(cx, id)?;
    let (draft, path, sentiment) = match checked(cx, Some(&old))? {
        Ok(checked) => checked,
        Err(problems) => return Ok(Response::invalid(screen(cx, old, cx.form, &problems)?)),
    };
    let reason = TicketReason { id: draft.disposition, path: &path, sentiment };
    if !acts::update(cx.conn, id, &draft, &reason, cx.form.number("revision").unwrap_or(0))? {
        return Ok(Response::invalid(screen(cx, old, cx.form, &Problems::one("", t::CHANGED_MEANWHILE))?));
    }
    if draft.to != old.place() {
        hand_over(cx, &old, &draft)?;
    }
    let changed: Vec<&str> = [
        ("title", draft.title != old.title),
        ("body", draft.body != old.body),
        ("priority", draft.priority != old.priority),
        ("due", draft.due_at != old.due_at),
        ("disposition", draft.disposition != old.disposition),
    ]
    .into_iter()
    .filter_map(|(name, changed)| changed.then_some(name))
    .collect();
    if !changed.is_empty() {
        sql_entries::add(cx.conn, id, cx.agent.id, Kind::Changed, &changed.join(" "), cx.now)?;
    }
    tickets::acts::tell(cx.conn, id, Some(old.department), cx.now)?;
    Ok(Response::see_other(address(cx, id)?))
}

/// Another person or department: in another department it begins on the board, or ends, anew.
fn hand_over(cx: &Cx, old: &Ticket, draft: &TicketForm) -> Result<()> {
    let department = departments::sql::find(cx.conn, draft.to.department)?;
    if department.id != old.department {
        let phase = match old.closed_at {
            Some(_) => sql_phases::last(cx.conn, department.id)?,
            None => sql_phases::first(cx.conn, department.id)?,
        };
        sql::put(cx.conn, old.id, &sql_phases::find(cx.conn, phase)?, None, cx.now)?;
    }
    let to = match draft.to.agent {
        Some(agent) => format!("{} ({})", agents::sql::find(cx.conn, agent)?.name, department.name),
        None => department.name,
    };
    sql_entries::add(cx.conn, old.id, cx.agent.id, Kind::Handed, &to, cx.now)?;
    if draft.to.agent == old.assignee { Ok(()) } else { tell_assignee(cx, old.id, draft) }
}

/// Where a change leads: to the ticket, or to the board for who may not see it any more.
pub fn address(cx: &Cx, id: TicketId) -> Result<String> {
    match readable(cx, id) {
        Ok(_) => Ok(format!("/tickets/{id}")),
        Err(Error::NotFound) => Ok("/tickets".to_owned()),
        Err(error) => Err(error),
    }
}
