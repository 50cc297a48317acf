//! The search page and the palette.

use super::view::{PaletteItem, SearchResults, palette};
use super::{expressions, sql};
use crate::contacts::custom_fields;
use crate::contacts::filter::ContactFilter;

use crate::contacts::{self, Contact};
use crate::desk::conversations::number;
use crate::desk::conversations::{self, ConversationId};
use crate::desk::messages::MessageId;
use crate::desk::notifications;
use crate::platform::error::{Error, Result};
use crate::platform::text::{common, conversations as c, queues as q};
use crate::platform::web::http::Response;
use crate::team::departments;
use crate::team::visit::Cx;
use crate::tickets;

/// `/search?q=…&before=ID`: a protocol number leads straight to its conversation.
pub fn index(cx: &Cx) -> Result<Response> {
    let query: String = cx.form.trimmed("q").chars().take(200).collect();
    if let Some(id) = by_number(cx, &query)? {
        return Ok(Response::see_other(format!("/conversations/{id}")));
    }
    let before = cx.form.number("before").map(MessageId);
    let mut found = sql::HitPage { hits: Vec::new(), older: None };
    for expression in expressions(&query) {
        found = sql::messages(cx.conn, &cx.agent, &expression, before)?;
        if !found.hits.is_empty() || found.older.is_some() {
            break;
        }
    }
    let people = match before {
        None => people(cx, &query, 10)?,
        Some(_) => Vec::new(),
    };
    let page = SearchResults {
        agent: &cx.agent,
        zone: &cx.company.zone,
        query: &query,
        people: &people,
        hits: &found.hits,
        older: found.older,
    };
    Ok(Response::html(page.page()))
}

fn by_number(cx: &Cx, query: &str) -> Result<Option<ConversationId>> {
    let Some(id) = number(query).map(|number| conversations::sql::by_number(cx.conn, number)).transpose()?.flatten()
    else {
        return Ok(None);
    };
    Ok(conversations::sql::find(cx.conn, id)?.is_visible_to(&cx.agent).then_some(id))
}

/// Pages of people that are looked through for some whom the asker sees.
const PAGES: usize = 10;

pub fn filter(cx: &Cx, query: &str) -> Result<ContactFilter> {
    Ok(ContactFilter::search(query, &custom_fields::sql::visible_to(cx.conn, &cx.agent)?))
}

/// The same, each with the conversation to open; who has none that this person sees is passed by, up to a bound.
fn people(cx: &Cx, query: &str, limit: usize) -> Result<Vec<(Contact, ConversationId)>> {
    let mut found = Vec::new();
    if query.is_empty() {
        return Ok(found);
    }
    let (filter, mut before) = (filter(cx, query)?, None);
    for _ in 0..PAGES {
        let page = contacts::sql_filter::page(cx.conn, &filter, before, limit)?;
        for id in page.ids {
            let contact = contacts::sql::find(cx.conn, id)?;
            if let Some(conversation) = sql::conversation_of(cx.conn, &cx.agent, &contact)? {
                found.push((contact, conversation));
            }
        }
        before = page.more;
        if found.len() >= limit || before.is_none() {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// The ticket of a number such as `T-42`, where this person may change it.
fn ticket(cx: &Cx, query: &str) -> Result<Option<tickets::Ticket>> {
    let number = query.strip_prefix(['t', 'T']).map(|rest| rest.trim_start_matches(['-', ' ']));
    let Some(id) = number.and_then(|number| number.parse().ok()).map(notifications::TicketId) else { return Ok(None) };
    match tickets::sql::find(cx.conn, id) {
        Ok(ticket) => Ok(Some(ticket).filter(|ticket| ticket.is_changed_by(&cx.agent))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The list of the palette for what has been typed: queues and pages, people, the number.
pub fn targets(cx: &Cx) -> Result<Response> {
    let query = cx.form.trimmed("q");
    let mut found = Vec::new();
    if let Some(id) = by_number(cx, query)? {
        found.push(PaletteItem {
            address: format!("/conversations/{id}"),
            title: query.to_owned(),
            hint: c::CONVERSATION.say(cx.language).to_owned(),
        });
    }
    if let Some(ticket) = ticket(cx, query)? {
        found.push(PaletteItem {
            address: format!("/tickets/{}", ticket.id),
            title: format!("T-{}", ticket.id),
            hint: ticket.title,
        });
    }
    let mut places =
        vec![("/conversations?scope=mine".to_owned(), q::MINE.say(cx.language).to_owned(), q::QUEUE.say(cx.language))];
    for department in departments::sql::of(cx.conn, &cx.agent)? {
        places.push((format!("/conversations?scope={}", department.id), department.name, q::QUEUE.say(cx.language)));
    }
    places.push(("/tickets".to_owned(), crate::platform::text::tickets::TITLE.say(cx.language).to_owned(), ""));
    places.push(("/search".to_owned(), common::SEARCH.say(cx.language).to_owned(), ""));
    places.push(("/profile".to_owned(), crate::platform::text::agents::PROFILE.say(cx.language).to_owned(), ""));
    if cx.agent.reads_reports() {
        places.push(("/reports".to_owned(), crate::platform::text::reports::TITLE.say(cx.language).to_owned(), ""));
    }
    places.push(("/settings".to_owned(), common::SETTINGS.say(cx.language).to_owned(), ""));
    let typed = query.to_lowercase();
    for (address, title, hint) in places {
        if title.to_lowercase().contains(&typed) {
            found.push(PaletteItem { address, title, hint: hint.to_owned() });
        }
    }
    for (contact, conversation) in people(cx, query, 8)? {
        let hint = contacts::phone::shown(&contact.phone);
        found.push(PaletteItem {
            address: format!("/conversations/{conversation}"),
            title: contact.title(cx.language),
            hint,
        });
    }
    Ok(Response::html(palette(&found)))
}
