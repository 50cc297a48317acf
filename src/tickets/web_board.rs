//! The board and the list.

use maud::Markup;

use super::filter::TicketFilter;
use super::phases::{Phase, PhaseId};
use super::view_board::{BoardColumn, BoardPage};
use super::{sql_board, sql_phases};
use crate::desk::notifications::TicketId;
use crate::platform::error::{Error, Result};
use crate::platform::web::http::Response;
use crate::team::agents::{self, AgentId};
use crate::team::departments::{self, Department};
use crate::team::visit::Cx;

/// What the address asks for: the filter, with the first own department where it names none and no list.
fn asked(cx: &Cx) -> Result<(TicketFilter, Vec<Department>)> {
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    let mut filter = TicketFilter::parse(cx.form, &cx.agent);
    match filter.department {
        Some(asked) if !departments.iter().any(|one| one.id == asked) => return Err(Error::NotFound),
        None if cx.form.text("view") != "list" => filter.department = departments.first().map(|one| one.id),
        _ => {}
    }
    Ok((filter, departments))
}

/// The people of the department, or of all of them, for the filter.
fn people(cx: &Cx, filter: &TicketFilter) -> Result<Vec<(AgentId, String)>> {
    let inside = |agent: &agents::Agent| match filter.department {
        Some(department) => agent.departments.contains(&department),
        None => agent.departments.iter().any(|one| cx.agent.in_department(*one)),
    };
    Ok(agents::sql::everybody(cx.conn)?.into_iter().filter(inside).map(|agent| (agent.id, agent.name)).collect())
}

/// The page; a script fetches the board or the list alone.
pub fn index(cx: &Cx) -> Result<Response> {
    let (filter, departments) = asked(cx)?;
    let people = people(cx, &filter)?;
    let shown = shown(cx, &filter, &departments, &people);
    let content = match filter.department {
        None if departments.is_empty() => shown.nowhere(),
        Some(department) if cx.form.text("view") != "list" => {
            let columns =
                sql_phases::of(cx.conn, department)?.into_iter().map(|phase| column(cx, phase, &filter, None));
            shown.board(&columns.collect::<Result<Vec<BoardColumn>>>()?)
        }
        _ => {
            let before = cx.form.number("before").map(TicketId);
            shown.list(&sql_board::list(cx.conn, &cx.agent, &filter, before, cx.now)?)
        }
    };
    if cx.wants_fragment() {
        return Ok(Response::html(content));
    }
    let page: Markup = shown.page(crate::platform::events::sql::newest(cx.conn)?, &content);
    Ok(Response::html(page))
}

fn shown<'a>(
    cx: &'a Cx,
    filter: &'a TicketFilter,
    departments: &'a [Department],
    people: &'a [(AgentId, String)],
) -> BoardPage<'a> {
    BoardPage { agent: &cx.agent, zone: &cx.company.zone, now: cx.now, departments, people, filter, form: cx.form }
}

fn column(cx: &Cx, phase: Phase, filter: &TicketFilter, after: Option<i64>) -> Result<BoardColumn> {
    let cards = sql_board::column(cx.conn, (phase.id, phase.ends), filter, after, cx.now)?;
    let total = sql_board::count(cx.conn, phase.id, filter, cx.now)?;
    Ok(BoardColumn { phase, total, cards })
}

/// More cards of one column: `/tickets/column?phase=…&after=…`.
pub fn more(cx: &Cx) -> Result<Response> {
    let (filter, departments) = asked(cx)?;
    let phase = sql_phases::find(cx.conn, cx.form.number("phase").map(PhaseId).ok_or(Error::NotFound)?)?;
    if !departments.iter().any(|one| one.id == phase.department) {
        return Err(Error::NotFound);
    }
    let column = column(cx, phase, &filter, cx.form.number("after"))?;
    Ok(Response::html(shown(cx, &filter, &departments, &[]).stack(&column)))
}
