//! The settings page on assignment, transfers and farewells of a department.

use crate::administration::departments::view_flow::FlowPage;
use crate::administration::departments::{flow, view_flow};
use crate::desk::auto_assignments;
use crate::platform::error::Result;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::departments::{DepartmentId, sql, sql_flow};
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// The form.
pub fn edit(cx: &Cx, id: DepartmentId) -> Result<Response> {
    let form = sql_flow::find(cx.conn, id)?.form();
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(Response::html(page(cx, id, &form, &Problems::default(), done)?))
}

fn version(cx: &Cx, id: DepartmentId) -> Result<String> {
    let flow = sql_flow::find(cx.conn, id)?;
    Ok(settings::version(&[
        flow.assignment.word(),
        &flow.cap.to_string(),
        &flow.transfer_limit.to_string(),
        &flow.farewell,
        if flow.asks_rating { "1" } else { "" },
        &flow.handling_goal.to_string(),
        &format!("{:?}", flow.reopen_window),
    ]))
}

fn page(cx: &Cx, id: DepartmentId, form: &Form, problems: &Problems, done: Option<&str>) -> Result<maud::Markup> {
    let department = sql::in_use(cx.conn, id)?;
    let was = version(cx, id)?;
    Ok(view_flow::edit(&FlowPage { viewer: &cx.agent, department: &department, form, was: &was, problems }, done))
}

/// Saves the rules; a department that hands out does so at once.
pub fn update(cx: &Cx, id: DepartmentId) -> Result<Response> {
    let department = sql::in_use(cx.conn, id)?;
    let checked = settings::unchanged(cx.form, &version(cx, id)?).and_then(|()| flow::parse(cx.form));
    let flow = match checked {
        Ok(flow) => flow,
        Err(problems) => return Ok(Response::invalid(page(cx, id, cx.form, &problems, None)?)),
    };
    sql_flow::save(cx.conn, id, &flow)?;
    auto_assignments::acts::hand_out(cx.conn, id, cx.now)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::DepartmentChanged, &department.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/departments/{id}/flow?saved=1")))
}
