//! The register of contacts: the list, one person's page, the whole as a file.

use std::sync::Arc;

use super::sql_register::{self, Listed};
use super::view::Record;
use super::view_register::{Card, List};
use super::web::{Edited, edit};
use super::{Contact, ContactId, sql};
use crate::agents::{self, Agent, Role};
use crate::app::{App, Cx};
use crate::company;
use crate::conversations::may_see;
use crate::departments;
use crate::error::{Error, Result};
use crate::labels::{self, LabelId};
use crate::search;
use crate::sheets::{Cell, Format, Sheet};
use crate::template_fields::{self, Filled, sql_values};
use crate::text::{contacts as c, register as t};
use crate::unions;
use crate::web::form::Problems;
use crate::web::http::{Request, Response};
use crate::web::session::cookie_name;
use crate::web::token;

/// Contacts on a page.
const PAGE: i64 = 50;
/// Conversations on a person's page.
const CASES: i64 = 50;

/// From senior on one sees the register (`domain.md`: people).
fn gate(agent: &Agent, role: Role) -> Result<()> {
    if agent.is(role) { Ok(()) } else { Err(Error::Forbidden) }
}

/// The list: `?q=` searches, `?label=` filters, `?before=` goes on.
pub fn index(cx: &Cx) -> Result<Response> {
    gate(&cx.agent, Role::Senior)?;
    let query = cx.form.trimmed("q");
    let before = cx.form.number("before").map(ContactId);
    let label = cx.form.number("label").map(LabelId);
    let mut ids: Vec<ContactId> = if let Some(label) = label {
        labels::sql::with(cx.conn, label, before, PAGE + 1)?
    } else if query.is_empty() {
        sql_register::page(cx.conn, before, PAGE + 1)?
    } else {
        search::web::contacts(cx, query, PAGE)?.into_iter().map(|contact| contact.id).collect()
    };
    let more = i64::try_from(ids.len()).is_ok_and(|found| found > PAGE);
    ids.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let people: Vec<Listed> = ids.into_iter().map(|id| sql_register::listed(cx.conn, id)).collect::<Result<_>>()?;
    let labels = labels::sql::used(cx.conn)?;
    let list = List { viewer: &cx.agent, zone: &cx.company.zone, query, labels: &labels, label, people: &people, more };
    Ok(Response::html(list.page()))
}

/// The fields that this person sees, with a contact's values.
pub fn filled(cx: &Cx, contact: ContactId) -> Result<Vec<Filled>> {
    let mut fields = template_fields::sql::all(cx.conn)?;
    let admin = cx.agent.is(Role::Admin);
    fields.retain(|field| {
        !field.archived && (admin || cx.agent.departments.iter().any(|department| field.is_seen_in(*department)))
    });
    sql_values::filled(cx.conn, contact, fields)
}

/// A record that stands for itself.
pub fn standing(cx: &Cx, id: ContactId) -> Result<Contact> {
    let contact = sql::find(cx.conn, id)?;
    if unions::sql::is_gone(cx.conn, id)? { Err(Error::Conflict(t::UNITED)) } else { Ok(contact) }
}

/// One person's page.
pub fn show(cx: &Cx, id: ContactId) -> Result<Response> {
    gate(&cx.agent, Role::Senior)?;
    let contact = standing(cx, id)?;
    let filled = filled(cx, id)?;
    let none = Problems::default();
    let record = Record::of(cx.language, format!("/contacts/{id}"), &contact, &filled, &none);
    let done = cx.form.has("done").then(|| t::DONE.say(cx.language));
    Ok(Response::html(card(cx, &contact, &record, &none, done)?))
}

/// The page around a record in whatever state.
pub fn card(
    cx: &Cx,
    contact: &Contact,
    record: &Record,
    problems: &Problems,
    done: Option<&str>,
) -> Result<maud::Markup> {
    let mut cases = Vec::new();
    for case in sql_register::cases(cx.conn, contact.id, CASES)? {
        let name = departments::sql::find(cx.conn, case.department)?.name;
        let visible = may_see(&cx.agent, case.department, case.assignee);
        cases.push((case, name, visible));
    }
    let identities = sql_register::identities(cx.conn, contact.id)?;
    let (viewer, zone) = (&cx.agent, &cx.company.zone);
    Ok(Card { viewer, zone, contact, record, identities: &identities, cases: &cases, problems, done }.page())
}

/// Changes a record; leads keep the register.
pub fn update(cx: &Cx, id: ContactId) -> Result<Response> {
    gate(&cx.agent, Role::Lead)?;
    let contact = standing(cx, id)?;
    let filled = filled(cx, id)?;
    let address = format!("/contacts/{id}");
    match edit(cx, &contact, &filled)? {
        Edited::Refused { problems, faults } => {
            let record = Record {
                typed: Some(cx.form),
                faults: &faults,
                ..Record::of(cx.language, address, &contact, &filled, &problems)
            };
            let none = Problems::default();
            let page = card(cx, &contact, &record, &none, None)?;
            Ok(Response::invalid(if cx.wants_fragment() { record.form() } else { page }))
        }
        Edited::Stored { .. } if cx.form.has("only") => {
            let (contact, filled, none) = (sql::find(cx.conn, id)?, self::filled(cx, id)?, Problems::default());
            Ok(Response::html(Record::of(cx.language, address, &contact, &filled, &none).form()))
        }
        Edited::Stored { .. } => Ok(Response::see_other(address)),
    }
}

/// The whole register as a file, for leads: one snapshot, row by row.
pub fn export(app: &Arc<App>, request: &Request, format: &str) -> Result<Response> {
    let format = Format::from_word(format).ok_or(Error::NotFound)?;
    let value = request.cookie(cookie_name(request.secure)).ok_or(Error::Forbidden)?;
    let found = app.read(|conn| agents::sql::by_session(conn, &token::digest(&value), app.clock.now()))?;
    let (_, agent) = found.ok_or(Error::Forbidden)?;
    gate(&agent, Role::Lead)?;
    let folder = app.data.join("exports");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}.{}", token::random()?, format.word()));
    let language = agent.language;
    let day = app.read(|conn| {
        let company = company::sql::find(conn)?.ok_or(Error::NotFound)?;
        let mut fields = template_fields::sql::all(conn)?;
        fields.retain(|field| {
            let seen = agent.is(Role::Admin) || agent.departments.iter().any(|one| field.is_seen_in(*one));
            !field.archived && seen
        });
        let mut head: Vec<String> =
            [c::NAME, c::PHONE, c::EMAIL, t::SINCE].iter().map(|phrase| phrase.say(language).to_owned()).collect();
        head.extend(fields.iter().map(|field| field.name.clone()));
        let mut sheet = Sheet::create(&path, format, &head.iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut before = None;
        loop {
            let ids = sql_register::page(conn, before, 1000)?;
            let Some(last) = ids.last() else { break };
            before = Some(*last);
            for id in ids {
                let one = sql_register::listed(conn, id)?;
                let mut cells = vec![
                    Cell::Text(one.contact.name),
                    Cell::Text(super::phone::shown(&one.contact.phone)),
                    Cell::Text(one.contact.email),
                    Cell::Text(company.zone.date(one.since, language)),
                ];
                let values = sql_values::filled(conn, id, fields.clone())?;
                cells.extend(values.iter().map(|one| Cell::Text(one.field.kind.show(&one.value, language))));
                if !sheet.push(&cells)? {
                    return Err(Error::Conflict(crate::text::reports::TOO_MANY_ROWS));
                }
            }
        }
        sheet.finish(&path)?;
        Ok(company.zone.day(app.clock.now()))
    })?;
    let name = format!("attachment; filename=\"balcao-contacts-{day}.{}\"", format.word());
    Ok(Response::file(path, format.media_type()).with("content-disposition", name))
}
