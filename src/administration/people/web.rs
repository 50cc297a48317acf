//! The settings pages on people: inviting, changing, archiving.

use crate::administration::people::view;
use crate::administration::people::view::{PersonPage, PersonRow};
use crate::desk::conversations::acts_release;
use crate::platform::error::{Error, Result};
use crate::platform::text::settings as t;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents;
use crate::team::agents::draft::{AgentForm, Purpose};
use crate::team::agents::{Agent, AgentId, Role, sql, sql_links, sql_people};
use crate::team::departments::{self, Department, DepartmentId};
use crate::team::mail;
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// Everybody.
pub fn index(cx: &Cx) -> Result<Response> {
    let standings = sql_people::standings(cx.conn)?;
    let invited = |id: AgentId| standings.iter().any(|standing| standing.agent == id && standing.invited);
    let rows: Vec<PersonRow> =
        sql::everybody(cx.conn)?.into_iter().map(|agent| PersonRow { invited: invited(agent.id), agent }).collect();
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(Response::html(view::index(&cx.agent, &rows, &departments::sql::all(cx.conn)?, done)))
}

/// The form for an invitation.
pub fn new(cx: &Cx) -> Result<Response> {
    let (form, problems) = (Form::default(), Problems::default());
    let departments = departments::sql::all(cx.conn)?;
    Ok(Response::html(view::new(&PersonPage {
        viewer: &cx.agent,
        form: &form,
        was: "",
        problems: &problems,
        departments: &departments,
    })))
}

/// Makes the person and the invitation.
pub fn create(cx: &Cx) -> Result<Response> {
    let departments = departments::sql::all(cx.conn)?;
    let again = |problems: &Problems| {
        let shown = PersonPage { viewer: &cx.agent, form: cx.form, was: "", problems, departments: &departments };
        Ok(Response::invalid(view::new(&shown)))
    };
    let draft = match AgentForm::parse(cx.form, &ids(&departments)) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    let Some(id) = sql_people::invite(cx.conn, &draft, cx.company.language, cx.now)? else {
        return again(&Problems::one("email", t::EMAIL_TAKEN));
    };
    settings::sql::record(cx.conn, cx.agent.id, Action::PersonInvited, &draft.name, cx.now)?;
    invite(cx, id)
}

/// A new link for a person who has not come yet.
pub fn renew(cx: &Cx, id: AgentId) -> Result<Response> {
    let agent = present(cx, id)?;
    if sql::password_hash(cx.conn, id)?.is_some() {
        return Err(Error::NotFound);
    }
    settings::sql::record(cx.conn, cx.agent.id, Action::InvitationRenewed, &agent.name, cx.now)?;
    invite(cx, id)
}

/// Makes the link, mails it where that is possible, and shows it in any case.
fn invite(cx: &Cx, id: AgentId) -> Result<Response> {
    let guest = sql::find(cx.conn, id)?;
    let token = sql_links::create(cx.conn, Purpose::Invitation, id, cx.now)?;
    let link = format!("{}/invitation/{token}", cx.public_url());
    let mailed = mail::sql::is_configured(cx.conn)?;
    if mailed {
        let company = cx.company.name.as_str();
        let subject = t::INVITATION_SUBJECT.fill(guest.language, &[("company", company)]);
        let words = [("name", &*guest.name), ("inviter", &cx.agent.name), ("company", company), ("link", &link)];
        let body = t::INVITATION_BODY.fill(guest.language, &words);
        mail::sql::queue(cx.conn, &guest.email, &subject, &body, cx.now)?;
    }
    Ok(Response::html(view::invitation(&cx.agent, &guest, &link, mailed.then_some(guest.email.as_str()))))
}

/// One person's page.
pub fn edit(cx: &Cx, id: AgentId) -> Result<Response> {
    let agent = present(cx, id)?;
    let mut form = Form::default()
        .with("name", agent.name.as_str())
        .with("email", agent.email.as_str())
        .with("role", agent.role.word());
    for department in &agent.departments {
        form = form.with("departments", department.to_string());
    }
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(Response::html(page(cx, id, &form, &Problems::default(), done)?))
}

/// Changes a person; conversations of departments left behind return to their queues.
pub fn update(cx: &Cx, id: AgentId) -> Result<Response> {
    let before = present(cx, id)?;
    let again = |problems: &Problems| Ok(Response::invalid(page(cx, id, cx.form, problems, None)?));
    if let Err(problems) = settings::unchanged(cx.form, &version(&before)) {
        return again(&problems);
    }
    let draft = match AgentForm::parse(cx.form, &ids(&departments::sql::all(cx.conn)?)) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    if sql_people::is_taken(cx.conn, &draft.email, Some(id))? {
        return again(&Problems::one("email", t::EMAIL_TAKEN));
    }
    if before.role == Role::Admin && draft.role != Role::Admin && !sql_people::another_admin(cx.conn, id)? {
        return again(&Problems::one("role", t::LAST_ADMIN));
    }
    agents::acts::update(cx.conn, id, &draft, cx.now)?;
    // An administrator may hold conversations of every department.
    if draft.role != Role::Admin {
        acts_release::release(cx.conn, id, &draft.departments, cx.now)?;
    }
    settings::sql::record(cx.conn, cx.agent.id, Action::PersonChanged, &draft.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/people/{id}?saved=1")))
}

/// Archives a person.
pub fn archive(cx: &Cx, id: AgentId) -> Result<Response> {
    let agent = present(cx, id)?;
    if id == cx.agent.id {
        return Err(Error::Conflict(t::NOT_YOURSELF));
    }
    if agent.role == Role::Admin && !sql_people::another_admin(cx.conn, id)? {
        return Err(Error::Conflict(t::LAST_ADMIN));
    }
    acts_release::release(cx.conn, id, &[], cx.now)?;
    agents::acts::archive(cx.conn, id, cx.now)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::PersonArchived, &agent.name, cx.now)?;
    Ok(Response::see_other("/settings/people?saved=1"))
}

fn page(cx: &Cx, id: AgentId, form: &Form, problems: &Problems, done: Option<&str>) -> Result<maud::Markup> {
    let departments = departments::sql::all(cx.conn)?;
    let invited = sql::password_hash(cx.conn, id)?.is_none();
    let was = version(&sql::find(cx.conn, id)?);
    let shown = PersonPage { viewer: &cx.agent, form, was: &was, problems, departments: &departments };
    Ok(view::edit(&shown, id, invited, done))
}

fn version(agent: &Agent) -> String {
    let departments: String = agent.departments.iter().map(|id| format!("{id} ")).collect();
    settings::version(&[&agent.name, &agent.email, agent.role.word(), &departments])
}

/// A person who is not archived.
fn present(cx: &Cx, id: AgentId) -> Result<Agent> {
    let agent = sql::find(cx.conn, id)?;
    if sql_people::is_archived(cx.conn, id)? { Err(Error::NotFound) } else { Ok(agent) }
}

fn ids(departments: &[Department]) -> Vec<DepartmentId> {
    departments.iter().map(|department| department.id).collect()
}
