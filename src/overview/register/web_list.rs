//! The register of contacts as a list, its columns, and the same as a file.

use crate::contacts::custom_fields::sql::visible_to;

use crate::app::Outside;
use crate::contacts::columns;
use crate::contacts::contact_labels;
use crate::contacts::filter::ContactFilter;
use crate::contacts::{ContactId, sql_columns, sql_filter};
use crate::overview::register::RegisterRow;
use crate::overview::register::sql;
use crate::overview::register::view_list::{FilterChoices, RegisterList, plain};
use crate::platform::error::{Error, Result};
use crate::platform::sheets::{Cell, Format, Sheet};
use crate::platform::text::contacts as c;
use crate::platform::web::form::Form;
use crate::platform::web::http::{Request, Response};
use crate::platform::web::token;
use crate::team::agents::{Agent, Role};
use crate::team::channels;
use crate::team::company;
use crate::team::departments;
use crate::team::sessions;
use crate::team::visit::Cx;

/// Contacts on a page.
const PAGE: usize = 50;
/// Contacts that a file takes at once.
const BATCH: usize = 1_000;

/// From senior on one sees the register (`docs/domain.md`: people).
fn gate(agent: &Agent, role: Role) -> Result<()> {
    if agent.is(role) { Ok(()) } else { Err(Error::Forbidden) }
}

/// The list: `?q=` searches, the other fields filter, `?before=` goes on.
pub fn index(cx: &Cx) -> Result<Response> {
    gate(&cx.agent, Role::Senior)?;
    let offered = FilterChoices {
        labels: contact_labels::sql::used(cx.conn)?,
        channels: channels::sql::all(cx.conn)?,
        departments: departments::sql::all(cx.conn)?,
        fields: visible_to(cx.conn, &cx.agent)?,
    };
    let columns = sql_columns::of(cx.conn, cx.agent.id, &offered.fields)?;
    let (filter, problems) = ContactFilter::parse(cx.form, &cx.company.zone, &offered.fields);
    let before = cx.form.number("before").map(ContactId);
    let page = if problems.is_empty() {
        sql_filter::page(cx.conn, &filter, before, PAGE)?
    } else {
        sql_filter::FilterPage::default()
    };
    let people: Vec<RegisterRow> =
        page.ids.iter().map(|id| sql::listed(cx.conn, *id, &columns)).collect::<Result<_>>()?;
    let list = RegisterList {
        viewer: &cx.agent,
        zone: &cx.company.zone,
        filter: &filter,
        problems: &problems,
        offered: &offered,
        columns: &columns,
        people: &people,
        begun: before.is_some(),
        more: page.more.map(|before| (before, page.cut)),
    };
    Ok(if problems.is_empty() { Response::html(list.page()) } else { Response::invalid(list.page()) })
}

/// Keeps which columns this person wants (`column`, each by its key), and goes back to the list as it was filtered (`back`).
pub fn choose(cx: &Cx) -> Result<Response> {
    gate(&cx.agent, Role::Senior)?;
    let fields = visible_to(cx.conn, &cx.agent)?;
    sql_columns::set(cx.conn, cx.agent.id, &columns::chosen(cx.form.all("column"), &fields))?;
    Ok(Response::see_other(format!("/contacts?{}", back(cx)?)))
}

/// The filter that a form of the list carries along (`back`), as a query.
pub fn back(cx: &Cx) -> Result<String> {
    let typed = Form::parse(cx.form.text("back").as_bytes());
    let (filter, _) = ContactFilter::parse(&typed, &cx.company.zone, &visible_to(cx.conn, &cx.agent)?);
    Ok(filter.address(None))
}

/// Those whom the filter lets through as a file with the chosen columns, for leads: one snapshot, row by row.
pub fn export(outside: &mut Outside, request: &Request, format: &str) -> Result<Response> {
    let format = Format::from_word(format).ok_or(Error::NotFound)?;
    let agent = sessions::person(outside, request)?;
    gate(&agent, Role::Lead)?;
    let folder = outside.context.data.join("exports");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}.{}", token::random()?, format.word()));
    let now = outside.now();
    let day = outside.read_apart(|conn| {
        let zone = company::sql::find(conn)?.ok_or(Error::NotFound)?.zone;
        let fields = visible_to(conn, &agent)?;
        let (filter, problems) = ContactFilter::parse(&request.query, &zone, &fields);
        if !problems.is_empty() {
            return Ok(Err(filter.address(None)));
        }
        let columns = sql_columns::of(conn, agent.id, &fields)?;
        let mut head = vec![c::NAME.say(agent.language).to_owned()];
        head.extend(columns.iter().map(|column| column.name(&fields, agent.language)));
        let mut sheet = Sheet::create(&path, format, &head.iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut before = None;
        loop {
            let page = sql_filter::page(conn, &filter, before, BATCH)?;
            for id in page.ids {
                let one = sql::listed(conn, id, &columns)?;
                let mut cells = vec![Cell::Text(one.contact.name.clone())];
                cells.extend(columns.iter().map(|column| Cell::Text(plain(&one, *column, &fields, &zone, &agent))));
                if !sheet.push(&cells)? {
                    return Err(Error::Conflict(crate::platform::text::reports::TOO_MANY_ROWS));
                }
            }
            before = page.more;
            if before.is_none() {
                break;
            }
        }
        sheet.finish(&path)?;
        Ok(Ok(zone.day(now)))
    })?;
    // The list says which date does not fit.
    let day = match day {
        Ok(day) => day,
        Err(query) => return Ok(Response::see_other(format!("/contacts?{query}"))),
    };
    let name = format!("attachment; filename=\"balcao-contacts-{day}.{}\"", format.word());
    Ok(Response::file(path, format.media_type()).with("content-disposition", name))
}
