//! The settings pages on pauses.

use super::{LONGEST_NAME, Overdue, PauseReason, PauseRule, ReasonId, sql_settings, view_settings};
use crate::desk::placeholders;
use crate::platform::error::{Error, Result};
use crate::platform::text::{common, pauses as t};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents::Agent;
use crate::team::departments::audience::Audience;
use crate::team::departments::{self, DepartmentId};
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// A reason out of its form.
fn parse(form: &Form, agent: &Agent, id: ReasonId) -> Result<PauseReason, Problems> {
    let mut problems = Problems::default();
    let name = form.name("name", LONGEST_NAME, &mut problems);
    let mut number = |field: &'static str, range: std::ops::RangeInclusive<i64>, wrong| {
        let found = form.number(field).filter(|number| range.contains(number));
        if found.is_none() {
            problems.add(field, wrong);
        }
        found.unwrap_or(*range.start())
    };
    let minutes = number("minutes", 1..=43_200, t::BAD_MINUTES);
    let reminder_minutes = number("reminder_minutes", 0..=1440, t::BAD_REMINDER);
    let reminder_most = number("reminder_most", 0..=20, t::BAD_MOST);
    let reply_minutes = number("reply_minutes", 1..=1440, t::BAD_REPLY);
    let mut text = |field: &'static str| {
        let text = form.trimmed(field).to_owned();
        if let Some(fault) = placeholders::fault(&text) {
            problems.add(field, fault);
        }
        text
    };
    let (message, reminder, reply) = (text("message"), text("reminder"), text("reply"));
    let contact_ends = form.has("contact_ends");
    let audience = Audience::parse(form, agent, &mut problems);
    problems.none_or(PauseReason {
        id,
        name,
        minutes,
        message,
        reminder,
        reminder_minutes,
        reminder_most,
        reply,
        reply_minutes,
        contact_ends,
        audience,
    })
}

fn stored(reason: &PauseReason) -> Form {
    let form = Form::default()
        .with("name", reason.name.as_str())
        .with("minutes", reason.minutes.to_string())
        .with("message", reason.message.as_str())
        .with("reminder", reason.reminder.as_str())
        .with("reminder_minutes", reason.reminder_minutes.to_string())
        .with("reminder_most", reason.reminder_most.to_string())
        .with("reply", reason.reply.as_str())
        .with("reply_minutes", reason.reply_minutes.to_string());
    let form = reason.audience.tick(form);
    if reason.contact_ends { form.with("contact_ends", "1") } else { form }
}

fn version(reason: &PauseReason) -> String {
    settings::version(&[&format!("{reason:?}")])
}

/// Reasons, the form for one more, and what each department allows.
pub fn index(cx: &Cx) -> Result<Response> {
    let fresh = [("minutes", "30"), ("reminder_minutes", "0"), ("reminder_most", "0"), ("reply_minutes", "10")];
    let fresh = fresh.into_iter().fold(Form::default(), |form, (name, value)| form.with(name, value));
    Ok(Response::html(list(cx, &fresh, &Problems::default())?))
}

fn list(cx: &Cx, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let reasons = sql_settings::all(cx.conn)?;
    let rules = departments::sql::of(cx.conn, &cx.agent)?
        .into_iter()
        .map(|department| sql_settings::rule(cx.conn, department.id).map(|rule| (department, rule)))
        .collect::<Result<Vec<_>>>()?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    Ok(view_settings::index(&cx.agent, &reasons, &rules, (form, problems), done))
}

/// One more reason.
pub fn create(cx: &Cx) -> Result<Response> {
    let again = |problems: &Problems| Ok(Response::invalid(list(cx, cx.form, problems)?));
    let reason = match parse(cx.form, &cx.agent, ReasonId(0)) {
        Ok(reason) => reason,
        Err(problems) => return again(&problems),
    };
    if sql_settings::is_taken(cx.conn, &reason.name, None)? {
        return again(&Problems::one("name", common::TAKEN));
    }
    sql_settings::create(cx.conn, &reason)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::PauseReasonChanged, &reason.name, cx.now)?;
    Ok(Response::see_other("/settings/pauses?saved=1"))
}

/// A reason that this person manages.
fn managed(cx: &Cx, id: ReasonId) -> Result<PauseReason> {
    let reason = sql_settings::find(cx.conn, id)?;
    if reason.is_managed_by(&cx.agent) { Ok(reason) } else { Err(Error::Forbidden) }
}

/// One reason's page.
pub fn edit(cx: &Cx, id: ReasonId) -> Result<Response> {
    let reason = managed(cx, id)?;
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    let done = cx.form.has("saved").then(|| settings::view::saved(cx.language));
    let (form, none) = (stored(&reason), Problems::default());
    Ok(Response::html(view_settings::edit(&cx.agent, id, &version(&reason), &departments, (&form, &none), done)))
}

/// Changes a reason; pauses that are open stay as they began.
pub fn update(cx: &Cx, id: ReasonId) -> Result<Response> {
    let was = version(&managed(cx, id)?);
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    let again = |problems: &Problems| {
        Ok(Response::invalid(view_settings::edit(&cx.agent, id, &was, &departments, (cx.form, problems), None)))
    };
    if let Err(problems) = settings::unchanged(cx.form, &was) {
        return again(&problems);
    }
    let reason = match parse(cx.form, &cx.agent, id) {
        Ok(reason) => reason,
        Err(problems) => return again(&problems),
    };
    if sql_settings::is_taken(cx.conn, &reason.name, Some(id))? {
        return again(&Problems::one("name", common::TAKEN));
    }
    sql_settings::update(cx.conn, &reason)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::PauseReasonChanged, &reason.name, cx.now)?;
    Ok(Response::see_other(format!("/settings/pauses/{id}?saved=1")))
}

/// Takes a reason out of the choice.
pub fn archive(cx: &Cx, id: ReasonId) -> Result<Response> {
    let reason = managed(cx, id)?;
    sql_settings::archive(cx.conn, id, cx.now)?;
    settings::sql::record(cx.conn, cx.agent.id, Action::PauseReasonArchived, &reason.name, cx.now)?;
    Ok(Response::see_other("/settings/pauses?saved=1"))
}

/// Changes what a department allows.
pub fn rule(cx: &Cx, id: DepartmentId) -> Result<Response> {
    let department = departments::sql::in_use(cx.conn, id)?;
    if !cx.agent.in_department(id) {
        return Err(Error::Forbidden);
    }
    let grace = cx.form.number("grace").filter(|minutes| (0..=1440).contains(minutes));
    let Some(grace) = grace else {
        return Ok(Response::invalid(list(cx, &Form::default(), &Problems::one("", t::BAD_GRACE))?));
    };
    let overdue = Overdue::from_word(cx.form.text("overdue")).unwrap_or(Overdue::Stays);
    sql_settings::set_rule(cx.conn, id, &PauseRule { allowed: cx.form.has("allowed"), grace, overdue })?;
    settings::sql::record(cx.conn, cx.agent.id, Action::PauseRuleChanged, &department.name, cx.now)?;
    Ok(Response::see_other("/settings/pauses?saved=1"))
}
