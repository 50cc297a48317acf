//! The timeline of an open conversation's contact.

use super::view::TimelinePage;
use super::{Kind, TimelineEntry, TimelineFilter, TimelinePlace, sql};
use crate::contacts::ContactId;
use crate::desk::conversations::{self, ConversationId};
use crate::desk::messages;
use crate::platform::error::{Error, Result};
use crate::platform::text::timelines as t;
use crate::platform::web::form::Problems;
use crate::platform::web::http::Response;
use crate::team::agents;
use crate::team::visit::Cx;

/// Entries on a page.
const PAGE: usize = 30;
/// Pages that are looked through for entries that the reader may see, before "more" is offered instead.
const ROUNDS: usize = 10;

/// A part of the pane, or a page of its own: `/conversations/ID/timeline?kind=…&from=…&to=…&before=PLACE`.
pub fn show(cx: &Cx, id: ConversationId) -> Result<Response> {
    let contact = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?.contact;
    let before = TimelinePlace::read(cx.form.text("before"));
    let (found, problems) = match TimelineFilter::parse(cx.form, &cx.company.zone) {
        Ok(filter) => (page(cx, contact, &filter, before)?, Problems::default()),
        Err(problems) => ((Vec::new(), None), problems),
    };
    let part = TimelinePage {
        language: cx.language,
        reader: &cx.agent,
        zone: &cx.company.zone,
        conversation: id,
        form: cx.form,
        problems: &problems,
        totals: if before.is_none() { Some(sql::totals(cx.conn, contact, &cx.agent)?) } else { None },
        entries: &found.0,
        more: found.1.map(|place| place.word()),
    }
    .show();
    let whole = || agents::view::outside(cx.language, t::TITLE.say(cx.language), &part);
    let markup = if cx.wants_fragment() { part.clone() } else { whole() };
    Ok(if problems.is_empty() { Response::html(markup) } else { Response::invalid(markup) })
}

/// A page of what the reader may see, and where the next one goes on.
fn page(
    cx: &Cx,
    contact: ContactId,
    filter: &TimelineFilter,
    mut before: Option<TimelinePlace>,
) -> Result<(Vec<TimelineEntry>, Option<TimelinePlace>)> {
    let mut found: Vec<TimelineEntry> = Vec::new();
    for _ in 0..ROUNDS {
        let mut places = sql::places(cx.conn, contact, filter, before, PAGE + 1)?;
        let is_last = places.len() <= PAGE;
        places.truncate(PAGE);
        let entries = sql::entries(cx.conn, contact, &places, &cx.agent)?;
        let room = PAGE - found.len();
        let rest = entries.len() > room;
        found.extend(entries.into_iter().take(room));
        if rest {
            return Ok((found.clone(), found.last().map(|entry| entry.place)));
        }
        before = places.last().copied();
        if is_last {
            return Ok((found, None));
        }
        if found.len() == PAGE {
            break;
        }
    }
    Ok((found, before))
}

/// Leads to an entry's place in its conversation.
pub fn place(cx: &Cx, id: ConversationId, kind: &str, item: i64) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let kind = Kind::from_word(kind).ok_or(Error::NotFound)?;
    let Some(message) = sql::message(cx.conn, conversation.id, kind, item)? else {
        return Ok(Response::see_other(format!("/conversations/{id}")));
    };
    // What the conversation's first page does not hold is opened with the page that ends with it.
    let newest = messages::sql::before(cx.conn, id, None, conversations::PAGE)?;
    let older = newest.first().is_some_and(|first| first.id > message);
    let before = if older { format!("?before={}", message.0 + 1) } else { String::new() };
    Ok(Response::see_other(format!("/conversations/{id}{before}#m{message}")))
}
