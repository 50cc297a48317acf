//! Reports as pages.

use super::view::ReportPage;
use super::{Kind, ReportFilter, Tally, sql};
use crate::platform::error::{Error, Result};
use crate::platform::web::form::{Form, Problems, encode};
use crate::platform::web::http::Response;
use crate::team::agents::{self, AgentId};
use crate::team::channels::{self, ChannelId};
use crate::team::departments::{self, DepartmentId};
use crate::team::visit::Cx;

/// Lines on a page.
const PAGE: i64 = 50;
/// Fields of the filter, in the order of the form.
const FIELDS: [&str; 10] =
    ["period", "from", "to", "department", "agent", "channel", "sentiment", "group", "text", "score"];

/// The first report.
pub fn index(cx: &Cx) -> Result<Response> {
    if cx.agent.reads_reports() { Ok(Response::see_other("/reports/occurrences")) } else { Err(Error::Forbidden) }
}

/// One report.
pub fn show(cx: &Cx, kind: &str) -> Result<Response> {
    let kind = Kind::from_word(kind).ok_or(Error::NotFound)?;
    if !cx.agent.reads_reports() {
        return Err(Error::Forbidden);
    }
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    let ids: Vec<DepartmentId> = departments.iter().map(|one| one.id).collect();
    let filter = ReportFilter::parse(cx.form, &cx.agent, &ids, &cx.company.zone, cx.now);
    let (filter, problems) = match filter {
        Ok(filter) => (Some(filter), Problems::default()),
        Err(problems) => (None, problems),
    };
    let after = super::ReportCursor::parse(cx.form.text("after"));
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    if let Some(filter) = &filter {
        let place = (&cx.company.zone, cx.language);
        rows = sql::rows(cx.conn, kind, filter, after, PAGE + 1, place)?;
        if after.is_none() {
            tally = sql::tally(cx.conn, kind, filter, &cx.company.zone)?;
        }
    }
    let is_full = i64::try_from(rows.len()).is_ok_and(|found| found > PAGE);
    if is_full {
        rows.pop();
    }
    let people: Vec<(AgentId, String)> = agents::sql::everybody(cx.conn)?
        .into_iter()
        .filter(|one| ids.iter().any(|id| one.in_department(*id)))
        .map(|one| (one.id, one.name))
        .collect();
    let channels: Vec<(ChannelId, String)> =
        channels::sql::all(cx.conn)?.into_iter().map(|one| (one.id, one.name)).collect();
    let page = ReportPage {
        viewer: &cx.agent,
        kind,
        form: cx.form,
        problems: &problems,
        query: &query(cx.form),
        departments: &departments,
        people: &people,
        channels: &channels,
        tally: &tally,
        more: rows.last().filter(|_| is_full).map(|row| row.cursor),
        rows: &rows,
        later: after.is_some(),
    };
    Ok(if problems.is_empty() { Response::html(page.show()) } else { Response::invalid(page.show()) })
}

/// The filter as a query, for links.
fn query(form: &Form) -> String {
    let given = FIELDS.into_iter().filter(|name| !form.text(name).is_empty());
    given.map(|name| format!("{name}={}", encode(form.text(name)))).collect::<Vec<_>>().join("&")
}
