//! Changing the phases of a board: from senior on, in one's own departments.

use super::phases::{Phase, PhaseForm, PhaseId, can_do_without};
use super::view_phases::PhasePage;
use super::{sql, sql_phases};
use crate::platform::error::{Error, Result};
use crate::platform::text::tickets as t;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents::Role;
use crate::team::departments::{self, Department, DepartmentId};
use crate::team::visit::Cx;

/// The department, where this person manages its board.
fn managed(cx: &Cx, id: DepartmentId) -> Result<Department> {
    if !cx.agent.is(Role::Senior) {
        return Err(Error::Forbidden);
    }
    if cx.agent.in_department(id) { departments::sql::in_use(cx.conn, id) } else { Err(Error::NotFound) }
}

fn page(
    cx: &Cx,
    department: &Department,
    edited: Option<PhaseId>,
    form: &Form,
    problems: &Problems,
) -> Result<Response> {
    let phases = sql_phases::of(cx.conn, department.id)?;
    let page = PhasePage { viewer: &cx.agent, department, phases: &phases, edited, form, problems }.page();
    Ok(if problems.is_empty() { Response::html(page) } else { Response::invalid(page) })
}

/// The page of a board's phases.
pub fn index(cx: &Cx, id: DepartmentId) -> Result<Response> {
    let department = managed(cx, id)?;
    page(cx, &department, None, &Form::default(), &Problems::default())
}

/// A new phase.
pub fn create(cx: &Cx, id: DepartmentId) -> Result<Response> {
    let department = managed(cx, id)?;
    match PhaseForm::parse(cx.form) {
        Ok(draft) => {
            sql_phases::create(cx.conn, id, &draft)?;
            done(cx, id)
        }
        Err(problems) => page(cx, &department, None, cx.form, &problems),
    }
}

/// Boards that are open show it.
fn done(cx: &Cx, department: DepartmentId) -> Result<Response> {
    crate::platform::events::sql::tell(
        cx.conn,
        &format!("departments department:{department}"),
        "ticket",
        "{}",
        cx.now,
    )?;
    Ok(Response::see_other(format!("/departments/{department}/phases")))
}

fn found(cx: &Cx, id: PhaseId) -> Result<(Phase, Department)> {
    let phase = sql_phases::find(cx.conn, id)?;
    let department = managed(cx, phase.department)?;
    Ok((phase, department))
}

/// Another name or, while it is empty, another kind.
pub fn update(cx: &Cx, id: PhaseId) -> Result<Response> {
    let (phase, department) = found(cx, id)?;
    let draft = match PhaseForm::parse(cx.form) {
        Ok(draft) => draft,
        Err(problems) => return page(cx, &department, Some(id), cx.form, &problems),
    };
    if draft.ends != phase.ends {
        let fault = match can_do_without(&sql_phases::of(cx.conn, department.id)?, id) {
            Err(fault) => Some(fault),
            Ok(()) => phase.used.then_some(t::PHASE_USED),
        };
        if let Some(fault) = fault {
            return page(cx, &department, Some(id), cx.form, &Problems::one("", fault));
        }
    }
    sql_phases::update(cx.conn, id, &draft)?;
    done(cx, department.id)
}

/// One step forward or back: field `step`.
pub fn shift(cx: &Cx, id: PhaseId) -> Result<Response> {
    let (phase, department) = found(cx, id)?;
    let mut phases = sql_phases::of(cx.conn, department.id)?;
    let at = phases.iter().position(|one| one.id == phase.id).unwrap_or(0);
    let to = if cx.form.number("step") == Some(1) { at + 1 } else { at.saturating_sub(1) };
    if to < phases.len() {
        phases.swap(at, to);
        sql_phases::order(cx.conn, &phases)?;
    }
    done(cx, department.id)
}

/// Takes a phase off the board; its tickets go to another of its kind.
pub fn archive(cx: &Cx, id: PhaseId) -> Result<Response> {
    let (phase, department) = found(cx, id)?;
    let phases = sql_phases::of(cx.conn, department.id)?;
    if let Err(fault) = can_do_without(&phases, id) {
        return page(cx, &department, Some(id), &Form::default().with("name", phase.name), &Problems::one("", fault));
    }
    if phase.used {
        let asked = cx.form.number("to").map(PhaseId);
        let to = phases.iter().find(|other| Some(other.id) == asked && other.id != id && other.ends == phase.ends);
        let to = to.ok_or(Error::Conflict(t::PHASE_GONE))?;
        sql::empty(cx.conn, id, to.id, cx.now)?;
    }
    sql_phases::archive(cx.conn, id, cx.now)?;
    done(cx, department.id)
}
