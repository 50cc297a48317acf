//! Importing people: the file comes, its columns are mapped, it is tried, it runs.

use crate::contacts::contact_imports;
use crate::platform::web::http;
use std::path::PathBuf;

use super::source::{self, Rows, folder};
use super::trial;
use super::view::{self, Mapping, Status};
use super::{ContactImport, ContactImportId, KEPT_FAULTS, LARGEST, Plan, State, guess, sql};
use crate::app::{Context, Outside};
use crate::contacts::custom_fields::CustomField;
use crate::contacts::custom_fields::sql::visible_to;
use crate::platform::error::{Error, Result};
use crate::platform::sheets::csv_of;
use crate::platform::text::contact_imports as t;
use crate::platform::web::form::Problems;
use crate::platform::web::http::posted;
use crate::platform::web::http::{Body, Request, Response};
use crate::platform::web::{multipart, token};
use crate::team::agents::{Agent, Role};
use crate::team::company;
use crate::team::sessions;
use crate::team::visit::Cx;

/// Rows that show what a column holds.
const SAMPLES: usize = 3;
/// Faults that a page looks at.
const FAULTS: i64 = 101;

/// Leads keep the register.
fn gate(agent: &Agent) -> Result<()> {
    if agent.is(Role::Lead) { Ok(()) } else { Err(Error::Forbidden) }
}

/// One's own file; administrators see all of them.
fn own(import: ContactImport, agent: &Agent) -> Result<ContactImport> {
    gate(agent)?;
    if import.by == agent.id || agent.is(Role::Admin) { Ok(import) } else { Err(Error::NotFound) }
}

/// Where the file lies, while it is kept.
fn there(context: &Context, import: &ContactImport) -> Result<PathBuf> {
    let file = folder(context).join(&import.token);
    if !import.token.is_empty() && file.is_file() { Ok(file) } else { Err(Error::Conflict(t::GONE)) }
}

/// The form for a file.
pub fn index(cx: &Cx) -> Result<Response> {
    gate(&cx.agent)?;
    let earlier = sql::latest(cx.conn, (!cx.agent.is(Role::Admin)).then_some(cx.agent.id))?;
    Ok(Response::html(view::new(&cx.agent, &cx.company.zone, &earlier, &Problems::default())))
}

/// Takes a file: it is brought to disk and made a table of our own before any row knows it.
pub fn create(outside: &mut Outside, request: &Request) -> Result<Response> {
    let agent = sessions::person(outside, request)?;
    gate(&agent)?;
    let folder = folder(&outside.context);
    std::fs::create_dir_all(&folder)?;
    let token = token::random()?;
    let raw = folder.join(format!("{token}.raw"));
    let company = outside.read(company::sql::find)?.ok_or(Error::NotFound)?;
    let refuse = |phrase| Ok(Response::invalid(view::new(&agent, &company.zone, &[], &Problems::one("file", phrase))));
    let size = match &request.body {
        Body::Bytes(bytes) => bytes.len() as u64,
        Body::Spooled(path) => std::fs::metadata(path)?.len(),
    };
    if size > LARGEST {
        return refuse(t::TOO_LARGE);
    }
    let Some((name, size)) = multipart::save(request, "file", &raw)? else { return refuse(t::NO_FILE) };
    if size == 0 && name.is_empty() {
        std::fs::remove_file(&raw)?;
        return refuse(t::NO_FILE);
    }
    let prepared = match source::prepare(&raw, &folder.join(&token))? {
        Ok(prepared) => prepared,
        Err(phrase) => return refuse(phrase),
    };
    let (now, name) = (outside.now(), crate::platform::files::clean_name(&name));
    let id = outside.change(move |conn| sql::create(conn, agent.id, (&name, &token), &prepared, now))?;
    Ok(Response::see_other(format!("/contacts/imports/{id}")))
}

/// Whatever step it is at; `?columns=1` goes back to the columns.
pub fn show(cx: &Cx, id: ContactImportId) -> Result<Response> {
    let import = own(sql::find(cx.conn, id)?, &cx.agent)?;
    let state = import.standing(cx.context.boot);
    let back = state == State::Tried && cx.form.has("columns");
    if state == State::Mapping || back {
        let fields = visible_to(cx.conn, &cx.agent)?;
        let plan = match import.columns.is_empty() {
            true => Plan { columns: guess(&import.head, &fields), ..import.plan(&fields) },
            false => import.plan(&fields),
        };
        let interrupted = import.state == State::Trying;
        return mapping(cx.context, &cx.agent, &import, (&plan, &fields), &Problems::default(), interrupted)
            .map(Response::html);
    }
    let faults = sql::faults(cx.conn, id, FAULTS)?;
    let status = Status { language: cx.language, zone: &cx.company.zone, import: &import, faults: &faults };
    if cx.wants_fragment() {
        return Ok(Response::html(status.show()));
    }
    Ok(Response::html(status.page(&cx.agent, crate::platform::events::sql::newest(cx.conn)?)))
}

fn mapping(
    context: &Context,
    viewer: &Agent,
    import: &ContactImport,
    (plan, fields): (&Plan, &[CustomField]),
    problems: &Problems,
    interrupted: bool,
) -> Result<maud::Markup> {
    let mut rows = there(context, import).and_then(|file| Rows::from(&file, import.position))?;
    let mut samples = Vec::new();
    while samples.len() < SAMPLES
        && let Some((_, cells)) = rows.next_row()?
    {
        samples.push(cells);
    }
    Ok(Mapping { viewer, import, fields, samples: &samples, plan, problems, interrupted }.page())
}

/// Maps the columns, and begins the trial.
pub fn update(outside: &mut Outside, request: &Request, id: &str) -> Result<Response> {
    let (agent, id) = (sessions::person(outside, request)?, http::key(id)?);
    let (import, fields) = outside.read(|conn| {
        let import = own(sql::find(conn, id)?, &agent)?;
        Ok((import, visible_to(conn, &agent)?))
    })?;
    if !matches!(import.standing(outside.context.boot), State::Mapping | State::Tried) {
        return Err(Error::Conflict(t::NOT_NOW));
    }
    let form = posted(request);
    let plan = match Plan::parse(&form, import.head.len(), &fields) {
        Ok(plan) => plan,
        Err(problems) => {
            let columns = (0..import.head.len())
                .map(|at| super::Target::from_word(form.text(&format!("column-{at}")), &fields))
                .collect();
            let existing = super::Existing::from_word(form.text("existing")).unwrap_or(import.existing);
            let typed = Plan { columns, existing, label: form.trimmed("label").to_owned() };
            let page = mapping(&outside.context, &agent, &import, (&typed, &fields), &problems, false)?;
            return Ok(Response::invalid(page));
        }
    };
    let (boot, slot) = (outside.context.boot, trial::Slot::take()?);
    outside.change(move |conn| {
        // Another page may have begun it meanwhile.
        match sql::find(conn, id)?.standing(boot) {
            State::Mapping | State::Tried => sql::plan(conn, id, &plan, boot),
            _ => Err(Error::Conflict(t::NOT_NOW)),
        }
    })?;
    trial::begin(outside, slot, id, fields, agent.language)?;
    Ok(Response::see_other(format!("/contacts/imports/{id}")))
}

/// Begins the real thing.
pub fn start(cx: &Cx, id: ContactImportId) -> Result<Response> {
    let import = own(sql::find(cx.conn, id)?, &cx.agent)?;
    there(cx.context, &import)?;
    contact_imports::acts::begin(cx.conn, &import, cx.now)?;
    Ok(Response::see_other(format!("/contacts/imports/{id}")))
}

/// Stops it: what has come in stays.
pub fn stop(cx: &Cx, id: ContactImportId) -> Result<Response> {
    let import = own(sql::find(cx.conn, id)?, &cx.agent)?;
    if !sql::step(cx.conn, id, State::Running, State::Stopped, cx.now)? {
        return Err(Error::Conflict(t::NOT_NOW));
    }
    contact_imports::acts::tell(cx.conn, &import, cx.now)?;
    Ok(Response::see_other(format!("/contacts/imports/{id}")))
}

/// The lines that are left out, as they came, each with why: to be mended and sent again.
pub fn faults(cx: &Cx, id: ContactImportId) -> Result<Response> {
    let import = own(sql::find(cx.conn, id)?, &cx.agent)?;
    let file = there(cx.context, &import)?;
    let faults = sql::faults(cx.conn, id, KEPT_FAULTS * 4)?;
    let mut head = vec![t::LINE.say(cx.language), t::FAULT.say(cx.language)];
    head.extend(import.head.iter().map(String::as_str));
    let mut rows = Rows::from(&file, 0)?;
    let mut out: Vec<Vec<String>> = Vec::new();
    let mut faults = faults.iter().peekable();
    while faults.peek().is_some()
        && let Some((line, cells)) = rows.next_row()?
    {
        let mut why = Vec::new();
        while let Some(fault) = faults.next_if(|fault| fault.line <= line) {
            let column = if fault.column.is_empty() { String::new() } else { format!("{}: ", fault.column) };
            why.push(format!("{column}{}", fault.words));
        }
        if !why.is_empty() {
            out.push([line.to_string(), why.join(" ")].into_iter().chain(cells).collect());
        }
    }
    let width = head.len();
    out.iter_mut().for_each(|row| row.resize(width, String::new()));
    let name = format!("attachment; filename=\"balcao-import-{id}-faults.csv\"");
    Ok(Response::new(200, "text/csv; charset=utf-8", csv_of(&head, &out)?).with("content-disposition", name))
}
