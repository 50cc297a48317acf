//! Reports as pages and as files.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::view::Page;
use super::{Filter, Kind, Tally, may_read, sql};
use crate::agents::{self, Agent, AgentId};
use crate::app::{App, Cx};
use crate::channels::{self, ChannelId};
use crate::company;
use crate::departments::{self, DepartmentId};
use crate::error::{Error, Result};
use crate::sheets::{Format, Sheet};
use crate::text::reports as t;
use crate::web::form::{Form, Problems};
use crate::web::http::{Request, Response};
use crate::web::session::cookie_name;
use crate::web::token;

/// Lines on a page.
const PAGE: i64 = 50;
/// Fields of the filter, in the order of the form.
const FIELDS: [&str; 10] =
    ["period", "from", "to", "department", "agent", "channel", "sentiment", "group", "text", "score"];

/// The first report.
pub fn index(cx: &Cx) -> Result<Response> {
    if may_read(&cx.agent) { Ok(Response::see_other("/reports/occurrences")) } else { Err(Error::Forbidden) }
}

/// One report.
pub fn show(cx: &Cx, kind: &str) -> Result<Response> {
    let kind = Kind::from_word(kind).ok_or(Error::NotFound)?;
    if !may_read(&cx.agent) {
        return Err(Error::Forbidden);
    }
    let departments = departments::sql::of(cx.conn, &cx.agent)?;
    let ids: Vec<DepartmentId> = departments.iter().map(|one| one.id).collect();
    let filter = Filter::parse(cx.form, &cx.agent, &ids, &cx.company.zone, cx.now);
    let (filter, problems) = match filter {
        Ok(filter) => (Some(filter), Problems::default()),
        Err(problems) => (None, problems),
    };
    let after = super::Cursor::parse(cx.form.text("after"));
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
    let page = Page {
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
    let escape = |text: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        text.bytes()
            .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect::<String>()
    };
    let given = FIELDS.into_iter().filter(|name| !form.text(name).is_empty());
    given.map(|name| format!("{name}={}", escape(form.text(name)))).collect::<Vec<_>>().join("&")
}

/// Where files lie while they are sent.
const EXPORTS: &str = "exports";
/// A file is gone after this long.
const KEPT: Duration = Duration::from_secs(3600);

/// Exactly what the filter shows, as a file: one snapshot from the first line to the last, of which memory holds one
/// line at a time.
pub fn export(app: &Arc<App>, request: &Request, kind: &str, format: &str) -> Result<Response> {
    let (Some(kind), Some(format)) = (Kind::from_word(kind), Format::from_word(format)) else {
        return Err(Error::NotFound);
    };
    let viewer = reader(app, request)?;
    let now = app.clock.now();
    let (company, ids) = app.read(|conn| {
        let company = company::sql::find(conn)?.ok_or(Error::NotFound)?;
        let departments = departments::sql::of(conn, &viewer)?;
        Ok((company, departments.into_iter().map(|one| one.id).collect::<Vec<_>>()))
    })?;
    let filter =
        Filter::parse(&request.query, &viewer, &ids, &company.zone, now).map_err(|_| Error::Conflict(t::BAD_PERIOD))?;
    let folder = app.data.join(EXPORTS);
    sweep(&folder)?;
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}.{}", token::short()?, format.word()));
    let language = viewer.language;
    if kind == Kind::Pauses && request.query.has("people") {
        let tally = app.read(|conn| sql::tally(conn, kind, &filter, &company.zone))?;
        let (head, rows) = tally.pauses_by_person(language);
        let mut sheet = Sheet::create(&path, format, &head.iter().map(String::as_str).collect::<Vec<_>>())?;
        for row in rows {
            sheet.push(&row)?;
        }
        sheet.finish(&path)?;
    } else {
        let head: Vec<&str> = kind.columns().iter().map(|column| column.say(language)).collect();
        let mut sheet = Sheet::create(&path, format, &head)?;
        app.read(|conn| {
            sql::each(conn, kind, &filter, None, i64::MAX, (&company.zone, language), |row| {
                if sheet.push(&row.cells)? { Ok(()) } else { Err(Error::Conflict(t::TOO_MANY_ROWS)) }
            })
        })?;
        sheet.finish(&path)?;
    }
    let name = format!("balcao-{}-{}.{}", kind.word(), company.zone.day(now), format.word());
    Ok(Response::file(path, format.media_type())
        .with("content-disposition", format!("attachment; filename=\"{name}\"")))
}

/// Who reads reports, behind the cookie: the work happens outside a transaction.
fn reader(app: &Arc<App>, request: &Request) -> Result<Agent> {
    let value = request.cookie(cookie_name(request.secure)).ok_or(Error::Forbidden)?;
    let found = app.read(|conn| agents::sql::by_session(conn, &token::digest(&value), app.clock.now()))?;
    found.map(|(_, agent)| agent).filter(may_read).ok_or(Error::Forbidden)
}

/// Removes files that were sent a while ago.
fn sweep(folder: &Path) -> Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    for entry in entries {
        let entry = entry?;
        let age = SystemTime::now().duration_since(entry.metadata()?.modified()?).unwrap_or_default();
        if age > KEPT {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The calendar's turn: the same at night.
pub fn drop_exports(app: &Arc<App>) -> Result<()> {
    sweep(&app.data.join(EXPORTS))
}
