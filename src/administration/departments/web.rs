//! The settings pages on departments.

use crate::administration::departments::view::DepartmentPage;
use crate::administration::departments::{acts, view};
use crate::desk::conversations;
use crate::desk::conversations::acts_release;
use crate::platform::error::{Error, Result};
use crate::platform::text::{common, settings as t};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents::{self, AgentId, Role, sql_people};
use crate::team::departments::{Department, DepartmentId, Draft, sql};
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// Every department.
pub fn index(cx: &Cx) -> Result<Response> {
    Ok(Response::html(list(cx, &Form::default(), &Problems::default())?))
}

fn list(cx: &Cx, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let rows = sql::all(cx.conn)?
        .into_iter()
        .map(|department| Ok((sql_people::members(cx.conn, department.id)?.len(), department)))
        .map(|row: Result<(usize, Department)>| row.map(|(people, department)| (department, people)))
        .collect::<Result<Vec<_>>>()?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(view::index(&cx.agent, &rows, form, problems, done))
}

/// One more.
pub fn create(cx: &Cx) -> Result<Response> {
    let draft = match Draft::parse(cx.form) {
        Ok(draft) => draft,
        Err(problems) => return Ok(Response::invalid(list(cx, cx.form, &problems)?)),
    };
    let Some(id) = acts::create(cx.conn, &draft.name, cx.now)? else {
        return Ok(Response::invalid(list(cx, cx.form, &Problems::one("name", common::TAKEN))?));
    };
    sql::update(cx.conn, id, &draft)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::DepartmentCreated, &draft.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/departments/{id}?saved=1")))
}

/// One department's page.
pub fn edit(cx: &Cx, id: DepartmentId) -> Result<Response> {
    let department = sql::in_use(cx.conn, id)?;
    let mut form =
        Form::default().with("name", department.name.as_str()).with("goal", view::minutes(&department).to_string());
    for agent in sql_people::members(cx.conn, id)? {
        form = form.with("members", agent.to_string());
    }
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(Response::html(page(cx, id, &form, &Problems::default(), done)?))
}

fn version(cx: &Cx, id: DepartmentId) -> Result<String> {
    let department = sql::in_use(cx.conn, id)?;
    let mut parts = vec![department.name, department.first_answer_goal.to_string()];
    parts.extend(sql_people::members(cx.conn, id)?.iter().map(ToString::to_string));
    Ok(settings::version(&parts.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn page(cx: &Cx, id: DepartmentId, form: &Form, problems: &Problems, done: Option<&str>) -> Result<maud::Markup> {
    let people: Vec<(AgentId, String)> =
        agents::sql::everybody(cx.conn)?.into_iter().map(|agent| (agent.id, agent.name)).collect();
    let was = version(cx, id)?;
    Ok(view::edit(&DepartmentPage { viewer: &cx.agent, id, form, was: &was, problems, people: &people }, done))
}

/// Changes name, goal and people; who leaves returns that department's conversations to its queue.
pub fn update(cx: &Cx, id: DepartmentId) -> Result<Response> {
    let again = |problems: &Problems| Ok(Response::invalid(page(cx, id, cx.form, problems, None)?));
    if let Err(problems) = settings::unchanged(cx.form, &version(cx, id)?) {
        return again(&problems);
    }
    let draft = match Draft::parse(cx.form) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    if sql::is_taken(cx.conn, &draft.name, id)? {
        return again(&Problems::one("name", common::TAKEN));
    }
    let before = sql_people::members(cx.conn, id)?;
    let members: Vec<AgentId> = cx.form.all("members").filter_map(|value| value.parse().ok().map(AgentId)).collect();
    sql::update(cx.conn, id, &draft)?;
    sql_people::set_members(cx.conn, id, &members)?;
    for agent in before.into_iter().filter(|agent| !members.contains(agent)) {
        let agent = agents::sql::find(cx.conn, agent)?;
        if agent.role != Role::Admin {
            acts_release::release(cx.conn, agent.id, &agent.departments, cx.now)?;
        }
    }
    settings::sql::record(cx.conn, cx.agent.id, Action::DepartmentChanged, &draft.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/departments/{id}?saved=1")))
}

/// Archives a department that nothing needs any more.
pub fn archive(cx: &Cx, id: DepartmentId) -> Result<Response> {
    let department = sql::in_use(cx.conn, id)?;
    if conversations::sql::any_open_in(cx.conn, id)? {
        return Err(Error::Conflict(t::DEPARTMENT_BUSY));
    }
    if sql::has_channel(cx.conn, id)? {
        return Err(Error::Conflict(t::DEPARTMENT_CHANNEL));
    }
    if sql::all(cx.conn)?.len() < 2 {
        return Err(Error::Conflict(t::DEPARTMENT_LAST));
    }
    sql::archive(cx.conn, id, cx.now)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::DepartmentArchived, &department.name, cx.now)?;
    Ok(Response::see_other("/settings/departments?saved=1"))
}
