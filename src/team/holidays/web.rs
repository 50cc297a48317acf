//! The settings page on holidays.

use super::{LONGEST_NAME, national as national_of, sql, view};
use crate::platform::error::{Error, Result};
use crate::platform::text::holidays as t;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// The holidays from today on.
pub fn index(cx: &Cx) -> Result<Response> {
    Ok(Response::html(list(cx, &Form::default(), &Problems::default())?))
}

fn list(cx: &Cx, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let today = cx.company.zone.day(cx.now);
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(view::index(&cx.agent, &sql::from(cx.conn, today)?, today / 10_000, (form, problems), done))
}

fn saved(cx: &Cx, what: &str) -> Result<Response> {
    settings::sql::record(cx.conn, cx.agent.id, Action::HolidaysChanged, what, cx.now)?;
    Ok(Response::see_other("/settings/holidays?saved=1"))
}

/// One more.
pub fn create(cx: &Cx) -> Result<Response> {
    let mut problems = Problems::default();
    let typed = cx.form.trimmed("day");
    let day = cx.company.zone.moment(&format!("{typed}T12:00")).map(|at| cx.company.zone.day(at));
    if day.is_none() {
        problems.add("day", t::BAD_DAY);
    }
    let name = cx.form.name("name", LONGEST_NAME, &mut problems);
    match day.filter(|_| problems.is_empty()) {
        Some(day) => {
            sql::add(cx.conn, day, &name)?;
            saved(cx, &name)
        }
        None => Ok(Response::invalid(list(cx, cx.form, &problems)?)),
    }
}

/// The national ones of a year.
pub fn national(cx: &Cx) -> Result<Response> {
    let year = cx.form.number("year").filter(|year| (2000..=2100).contains(year)).ok_or(Error::NotFound)?;
    for (day, name) in national_of(year) {
        sql::add(cx.conn, day, name.say(cx.company.language))?;
    }
    saved(cx, &year.to_string())
}

/// Takes one away.
pub fn delete(cx: &Cx) -> Result<Response> {
    sql::remove(cx.conn, cx.form.number("day").ok_or(Error::NotFound)?)?;
    saved(cx, cx.form.text("day"))
}
