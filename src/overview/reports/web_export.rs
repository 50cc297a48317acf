//! Reports as files: one snapshot, row by row; a long one is prepared while a page waits for it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::{Duration, SystemTime};

use rusqlite::Connection;

use super::{Kind, ReportFilter, sql, view};
use crate::app::Outside;
use crate::platform::error::{Error, Result};
use crate::platform::sheets::{Format, Sheet};
use crate::platform::text::reports as t;
use crate::platform::web::form::encode;
use crate::platform::web::http::{Request, Response};
use crate::platform::web::token;
use crate::team::agents::Agent;
use crate::team::company::{self, Company};
use crate::team::departments;
use crate::team::sessions;

/// Where files lie while they are sent.
const EXPORTS: &str = "exports";
/// A file is gone after this long.
const KEPT: Duration = Duration::from_secs(3600);
/// Who waits so long for a file sees a page meanwhile; the edge waits 30 seconds for an answer.
const PATIENCE: Duration = Duration::from_secs(8);
/// Files that are written at once.
const AT_ONCE: usize = 2;
/// The ending of a file that is being written, and of one that could not be.
const PART: &str = "part";
const FAILED: &str = "failed";

static WRITING: AtomicUsize = AtomicUsize::new(0);

/// What is to be written.
struct ExportOrder {
    kind: Kind,
    format: Format,
    filter: ReportFilter,
    /// The table of people and reasons instead of the lines.
    people: bool,
    viewer: Agent,
    company: Company,
    path: PathBuf,
}

/// Exactly what the filter shows, as a file.
pub fn export(outside: &mut Outside, request: &Request, kind: &str, format: &str) -> Result<Response> {
    let (Some(kind), Some(format)) = (Kind::from_word(kind), Format::from_word(format)) else {
        return Err(Error::NotFound);
    };
    let viewer = reader(outside, request)?;
    let now = outside.now();
    let (company, ids) = outside.read(|conn| {
        let company = company::sql::find(conn)?.ok_or(Error::NotFound)?;
        let departments = departments::sql::of(conn, &viewer)?;
        Ok((company, departments.into_iter().map(|one| one.id).collect::<Vec<_>>()))
    })?;
    let filter = ReportFilter::parse(&request.query, &viewer, &ids, &company.zone, now)
        .map_err(|_| Error::Conflict(t::BAD_PERIOD))?;
    let folder = outside.context.data.join(EXPORTS);
    sweep(&folder)?;
    std::fs::create_dir_all(&folder)?;
    let token = token::random()?;
    let path = folder.join(format!("{token}.{}", format.word()));
    let name = format!("balcao-{}-{}.{}", kind.word(), company.zone.day(now), format.word());
    let people = kind == Kind::Pauses && request.query.has("people");
    let order = ExportOrder { kind, format, filter, people, viewer, company, path: path.clone() };
    if begin(outside, order)? {
        return Ok(served(path, format, &name));
    }
    Ok(Response::see_other(format!("/reports/files/{token}.{}?name={}", format.word(), encode(&name))))
}

/// Begins to write; true where it is done within the patience of who asks.
fn begin(outside: &Outside, order: ExportOrder) -> Result<bool> {
    if WRITING.fetch_add(1, Ordering::SeqCst) >= AT_ONCE {
        WRITING.fetch_sub(1, Ordering::SeqCst);
        return Err(Error::Busy);
    }
    let (done, waits) = sync_channel(1);
    let work = move |outside: &mut Outside| {
        let result = outside.read_apart(|conn| write(conn, &order, &order.path.with_added_extension(PART)));
        let result = result.and_then(|()| Ok(std::fs::rename(order.path.with_added_extension(PART), &order.path)?));
        WRITING.fetch_sub(1, Ordering::SeqCst);
        // Who asked may wait no longer; the page finds the file, or the sign that there is none.
        if let Err(Err(error)) = done.send(result).map_err(|unheard| unheard.0)
            && let Err(worse) = std::fs::write(order.path.with_added_extension(FAILED), "")
        {
            tracing::error!("an export failed: {error}; {worse}");
        }
    };
    outside.spawn("export", work)?;
    match waits.recv_timeout(PATIENCE) {
        Ok(result) => result.map(|()| true),
        Err(RecvTimeoutError::Timeout) => Ok(false),
        Err(RecvTimeoutError::Disconnected) => Err(Error::Internal("an export ended without a word".to_owned())),
    }
}

/// From the first line to the last in one snapshot, of which memory holds one line at a time.
fn write(conn: &Connection, order: &ExportOrder, path: &Path) -> Result<()> {
    let (kind, zone, language) = (order.kind, &order.company.zone, order.viewer.language);
    if order.people {
        let (head, rows) = sql::tally(conn, kind, &order.filter, zone)?.pauses_by_person(language);
        let mut sheet = Sheet::create(path, order.format, &head.iter().map(String::as_str).collect::<Vec<_>>())?;
        for row in rows {
            sheet.push(&row)?;
        }
        return sheet.finish(path);
    }
    let head: Vec<&str> = kind.columns().iter().map(|column| column.say(language)).collect();
    let mut sheet = Sheet::create(path, order.format, &head)?;
    sql::each(conn, kind, &order.filter, None, i64::MAX, (zone, language), |row| {
        if sheet.push(&row.cells)? { Ok(()) } else { Err(Error::Conflict(t::TOO_MANY_ROWS)) }
    })?;
    sheet.finish(path)
}

fn served(path: PathBuf, format: Format, name: &str) -> Response {
    Response::file(path, format.media_type()).with("content-disposition", format!("attachment; filename=\"{name}\""))
}

/// A file that took long: it, or the page that waits for it. Its name is known to who asked for it alone.
pub fn show(outside: &mut Outside, request: &Request, file: &str) -> Result<Response> {
    let viewer = reader(outside, request)?;
    let (token, ending) = file.split_once('.').ok_or(Error::NotFound)?;
    let format = Format::from_word(ending).ok_or(Error::NotFound)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let name = request.query.text("name");
    if !token.bytes().all(plain) || !name.bytes().all(|byte| plain(byte) || byte == b'.') {
        return Err(Error::NotFound);
    }
    let path = outside.context.data.join(EXPORTS).join(file);
    if path.exists() {
        return Ok(served(path, format, name));
    }
    if path.with_added_extension(FAILED).exists() {
        return Err(Error::Conflict(t::FILE_FAILED));
    }
    match std::fs::metadata(path.with_added_extension(PART)) {
        Ok(part) => {
            let size = i64::try_from(part.len()).unwrap_or(i64::MAX);
            Ok(Response::html(view::waiting(&viewer, size)).with("refresh", "2"))
        }
        Err(error) if error.kind() == ErrorKind::NotFound && path.exists() => Ok(served(path, format, name)),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::NotFound),
        Err(error) => Err(error.into()),
    }
}

/// Who reads reports, behind the cookie: the work happens outside a transaction.
fn reader(outside: &mut Outside, request: &Request) -> Result<Agent> {
    Some(sessions::person(outside, request)?).filter(Agent::reads_reports).ok_or(Error::Forbidden)
}

/// Removes files that were sent a while ago.
fn sweep(folder: &Path) -> Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
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
pub fn drop_exports(outside: &mut Outside) -> Result<()> {
    sweep(&outside.context.data.join(EXPORTS))
}
