//! Closing many conversations at once.

use rusqlite::Connection;

use super::view::{self, BulkClosingPage, BulkClosingPreview};
use super::{BulkClosing, BulkClosingFilter, BulkClosingId, BulkClosingTerms, sql};
use crate::app::Context;
use crate::desk::closings::ClosingForm;
use crate::desk::closings::acts::{Ending, close_at_once};
use crate::desk::dispositions::{self, Use};
use crate::desk::placeholders::{self, fill_quietly};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::text::{Language, bulk_closings as t};
use crate::platform::time::{SECOND, Timestamp};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::agents::Role;
use crate::team::visit::Cx;
use crate::team::{company, departments};

/// Conversations closed in one transaction, which others wait for.
const BATCH: i64 = 25;
/// Conversations that the preview lists.
const SHOWN: i64 = 20;

/// From senior on, in one's own departments.
fn gate(cx: &Cx) -> Result<()> {
    if cx.agent.is(Role::Senior) { Ok(()) } else { Err(Error::Forbidden) }
}

/// The filter, and what it finds.
pub fn new(cx: &Cx) -> Result<Response> {
    gate(cx)?;
    let form = if cx.form.has("days") { cx.form.clone() } else { cx.form.clone().with("days", "7") };
    match BulkClosingFilter::parse(&form, cx.now) {
        Ok(filter) => Ok(Response::html(page(cx, filter.as_ref(), &form, &Problems::default())?)),
        Err(problems) => Ok(Response::invalid(page(cx, None, &form, &problems)?)),
    }
}

fn page(cx: &Cx, filter: Option<&BulkClosingFilter>, form: &Form, problems: &Problems) -> Result<maud::Markup> {
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    let mut shown = BulkClosingPage {
        agent: &cx.agent,
        zone: &cx.company.zone,
        departments: &departments,
        form,
        problems,
        preview: None,
        earlier: &[],
    };
    let Some(filter) = filter else { return Ok(shown.page()) };
    if !cx.agent.in_department(filter.department) {
        return Err(Error::NotFound);
    }
    let total = sql::count(cx.conn, filter)?;
    let first = sql::stale(cx.conn, filter, (Timestamp(0), 0), SHOWN)?;
    let offered = dispositions::sql::for_use(cx.conn, filter.department, Use::Conversation)?;
    let earlier = sql::latest(cx.conn, filter.department)?;
    shown.preview = Some(BulkClosingPreview { total, first: &first, dispositions: &offered });
    shown.earlier = &earlier;
    Ok(shown.page())
}

/// Begins; the batches are jobs.
pub fn create(cx: &Cx) -> Result<Response> {
    gate(cx)?;
    let filter = match BulkClosingFilter::parse(cx.form, cx.now) {
        Ok(Some(filter)) => filter,
        Ok(None) => return Ok(Response::see_other("/bulk-closings/new")),
        Err(problems) => return Ok(Response::invalid(page(cx, None, cx.form, &problems)?)),
    };
    if !cx.agent.in_department(filter.department) {
        return Err(Error::NotFound);
    }
    let wanted = match wanted(cx, &filter)? {
        Ok(wanted) => wanted,
        Err(problems) => return Ok(Response::invalid(page(cx, Some(&filter), cx.form, &problems)?)),
    };
    let total = sql::count(cx.conn, &filter)?;
    let id = sql::create(cx.conn, cx.agent.id, &filter, &wanted, total, cx.now)?;
    schedule(cx.conn, id, 0, cx.now)?;
    Ok(Response::see_other(format!("/bulk-closings/{id}")))
}

fn wanted(cx: &Cx, filter: &BulkClosingFilter) -> Result<Result<BulkClosingTerms, Problems>> {
    let offered = dispositions::sql::for_use(cx.conn, filter.department, Use::Conversation)?;
    let (draft, kept) = match ClosingForm::checked(cx.form, &offered) {
        Ok(checked) => checked,
        Err(problems) => return Ok(Err(problems)),
    };
    if let Some(fault) = placeholders::fault(&draft.farewell) {
        return Ok(Err(Problems::one("farewell", fault)));
    }
    Ok(Ok(BulkClosingTerms { kept, body: draft.body, farewell: draft.farewell, asks_rating: draft.asks_rating }))
}

/// Each batch has its own name, so that a repeated one is planned once.
fn schedule(conn: &Connection, id: BulkClosingId, after: i64, due: Timestamp) -> Result<()> {
    jobs::sql::schedule(conn, Some(&format!("bulk-closing:{id}:{after}")), "bulk-closing", &id.to_string(), due)
}

/// The job: one batch, and the plan for the next. What has had a message meanwhile is no longer found.
pub fn run(conn: &Connection, _: &Context, payload: &str, now: Timestamp) -> Result<()> {
    let id = BulkClosingId(payload.parse().map_err(Error::internal)?);
    let bulk = sql::find(conn, id)?;
    if !bulk.is_running() {
        return Ok(());
    }
    let batch = sql::stale(conn, &bulk.filter, bulk.after, BATCH)?;
    let Some(last) = batch.last() else {
        sql::finish(conn, id, now)?;
        return tell(conn, &bulk, now);
    };
    let (language, zone) = match company::sql::find(conn)? {
        Some(company) => (company.language, company.zone),
        None => (Language::Portuguese, crate::platform::time::Zone::named_or_utc(crate::platform::time::DEFAULT_ZONE)),
    };
    let after = (last.since, last.id.0);
    let mut closed = 0;
    for found in &batch {
        let farewell = if bulk.wanted.farewell.is_empty() {
            String::new()
        } else {
            let values = placeholders::sql::of_conversation(conn, found.id, language, &zone, now)?
                .with(placeholders::Placeholder::Agent, bulk.by_name.as_str());
            fill_quietly(&bulk.wanted.farewell, &values)
        };
        let ending = Ending {
            kept: &bulk.wanted.kept,
            body: &bulk.wanted.body,
            farewell: &farewell,
            asks_rating: bulk.wanted.asks_rating,
            by: bulk.by,
        };
        closed += i64::from(close_at_once(conn, found.id, &ending, now)?);
    }
    sql::advance(conn, id, closed, after)?;
    // A breath between the batches: what agents and contacts write comes in between.
    schedule(conn, id, after.1, now.plus(SECOND / 20))?;
    tell(conn, &bulk, now)
}

fn tell(conn: &Connection, bulk: &BulkClosing, now: Timestamp) -> Result<()> {
    let topics = format!("department:{} departments", bulk.filter.department);
    crate::platform::events::sql::tell(conn, &topics, "progress", "{}", now)
}

fn find(cx: &Cx, id: BulkClosingId) -> Result<BulkClosing> {
    let bulk = sql::find(cx.conn, id)?;
    let may = cx.agent.is(Role::Senior) && cx.agent.in_department(bulk.filter.department);
    if may { Ok(bulk) } else { Err(Error::NotFound) }
}

/// How far it has come.
pub fn show(cx: &Cx, id: BulkClosingId) -> Result<Response> {
    let bulk = find(cx, id)?;
    let department = departments::sql::find(cx.conn, bulk.filter.department)?;
    let status = view::status(cx.language, &cx.company.zone, &bulk, &department.name);
    if cx.wants_fragment() {
        return Ok(Response::html(status));
    }
    Ok(Response::html(view::page(&cx.agent, crate::platform::events::sql::newest(cx.conn)?, &status)))
}

/// Stops it: what is closed stays closed.
pub fn stop(cx: &Cx, id: BulkClosingId) -> Result<Response> {
    let bulk = find(cx, id)?;
    if !sql::stop(cx.conn, id, cx.now)? {
        return Err(Error::Conflict(t::NOT_RUNNING));
    }
    tell(cx.conn, &bulk, cx.now)?;
    Ok(Response::see_other(format!("/bulk-closings/{id}")))
}
