//! The settings page on a department's hours and bot texts.

use super::{Greeting, sql, view};
use crate::platform::error::Result;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::departments::{self, DepartmentId};
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

fn version(greeting: &Greeting) -> String {
    settings::version(&[&format!("{greeting:?}")])
}

fn page(cx: &Cx, id: DepartmentId, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let department = departments::sql::in_use(cx.conn, id)?;
    let was = version(&sql::find(cx.conn, id)?.unwrap_or_default());
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(view::edit(&cx.agent, &department, &was, (form, problems), done))
}

/// The form.
pub fn edit(cx: &Cx, id: DepartmentId) -> Result<Response> {
    let form = sql::find(cx.conn, id)?.unwrap_or_default().form();
    Ok(Response::html(page(cx, id, &form, &Problems::default())?))
}

/// Saves it.
pub fn update(cx: &Cx, id: DepartmentId) -> Result<Response> {
    let department = departments::sql::in_use(cx.conn, id)?;
    let was = version(&sql::find(cx.conn, id)?.unwrap_or_default());
    let greeting = match settings::unchanged(cx.form, &was).and_then(|()| Greeting::parse(cx.form)) {
        Ok(greeting) => greeting,
        Err(problems) => return Ok(Response::invalid(page(cx, id, cx.form, &problems)?)),
    };
    sql::save(cx.conn, id, &greeting)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::DepartmentChanged, &department.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/departments/{id}/greeting?saved=1")))
}
