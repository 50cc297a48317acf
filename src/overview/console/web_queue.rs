//! The queue screen and its parts.

use crate::overview::console;
use maud::Markup;

use crate::desk::conversations::{self, ConversationId, State};
use crate::desk::notifications;
use crate::desk::queues::view::{QueueCards, QueuePane, QueueSection, more};
use crate::desk::queues::{PAGE, QueueCursor, QueuePlace, QueueScope, SECTIONS, is_open_at_first, sql};
use crate::desk::tags;
use crate::platform::error::{Error, Result};
use crate::platform::text::queues as t;
use crate::platform::web::http::Response;
use crate::team::agents::Role;
use crate::team::departments;
use crate::team::visit::Cx;

/// The console with no conversation open.
pub fn index(cx: &Cx) -> Result<Response> {
    let queue = pane(cx, scope(cx, None)?, None)?;
    let newest = crate::platform::events::sql::newest(cx.conn)?;
    Ok(Response::html(console::view::console(&cx.agent, newest, &queue, &console::view::nothing_open(cx.language))))
}

/// The scope that the address asks for, else the department of the open conversation, else the first one.
pub fn scope(cx: &Cx, department: Option<departments::DepartmentId>) -> Result<QueueScope> {
    if let Some(scope) = QueueScope::parse(cx.form.text("scope"), &cx.agent) {
        return Ok(scope);
    }
    if cx.form.has("scope") && !cx.form.text("scope").is_empty() {
        return Err(Error::NotFound);
    }
    if let Some(department) = department.filter(|department| cx.agent.in_department(*department)) {
        return Ok(QueuePlace::Department(department).into());
    }
    let first = match cx.agent.departments.first() {
        Some(first) => Some(*first),
        None => departments::sql::of(cx.conn, &cx.agent)?.first().map(|department| department.id),
    };
    Ok(first.map_or(QueuePlace::Mine, QueuePlace::Department).into())
}

/// The pane for a scope: open sections with their first cards.
pub fn pane(cx: &Cx, scope: QueueScope, current: Option<ConversationId>) -> Result<Markup> {
    let counts = sql::counts(cx.conn, &cx.agent, scope)?;
    let tags = match scope.place {
        QueuePlace::Department(department) => tags::sql::of_department(cx.conn, department)?,
        QueuePlace::Mine => tags::sql::all(cx.conn)?,
    };
    let mut scopes = vec![(QueuePlace::Mine, t::MINE.say(cx.language).to_owned(), 0)];
    for department in departments::sql::of(cx.conn, &cx.agent)? {
        let waiting = if cx.agent.is(Role::Senior) { sql::waiting(cx.conn, department.id)? } else { 0 };
        scopes.push((QueuePlace::Department(department.id), department.name, waiting));
    }
    let asked: Vec<&str> = cx.form.text("open").split(',').collect();
    let mut sections = Vec::with_capacity(SECTIONS.len());
    for state in SECTIONS {
        let open = is_open_at_first(state) || asked.contains(&state.word());
        let cards = if open { Some(sql::cards(cx.conn, &cx.agent, scope, state, None, PAGE)?) } else { None };
        let more = cards.as_deref().and_then(|cards| more(cards, PAGE));
        sections.push(QueueSection { state, cards, more });
    }
    let pane = QueuePane {
        cards: QueueCards { language: cx.language, now: cx.now, scope, current },
        scopes: &scopes,
        tags: &tags,
        counts: &counts,
        sections: &sections,
        starts: cx.agent.is(Role::Senior),
    };
    Ok(pane.show())
}

/// More cards of one section: `/queue/STATE?scope=…&after=…`.
pub fn section(cx: &Cx, state: &str) -> Result<Response> {
    let state = State::from_word(state).ok_or(Error::NotFound)?;
    let scope = scope(cx, None)?;
    let cards = sql::cards(cx.conn, &cx.agent, scope, state, QueueCursor::parse(cx.form.text("after")), PAGE)?;
    let section = QueueSection { state, more: more(&cards, PAGE), cards: None };
    let shown = QueueCards { language: cx.language, now: cx.now, scope, current: None };
    Ok(Response::html(shown.show(&cards, &section)))
}

/// The whole pane anew, for a page that has lost its thread.
pub fn show(cx: &Cx) -> Result<Response> {
    let scope = scope(cx, None)?;
    Ok(Response::html(pane(cx, scope, cx.form.number("current").map(ConversationId))?))
}

/// Cards that changed, and the counts: `/queue/cards?scope=…&ids=1,2`. What left the scope is missing in the answer.
pub fn cards(cx: &Cx) -> Result<Response> {
    let scope = scope(cx, None)?;
    let counts = sql::counts(cx.conn, &cx.agent, scope)?;
    let shown = QueueCards { language: cx.language, now: cx.now, scope, current: None };
    let mut cards = Vec::new();
    for id in cx.form.text("ids").split(',').filter_map(|id| id.parse().ok()).take(50).map(ConversationId) {
        let conversation = conversations::sql::find(cx.conn, id)?;
        let inside = match scope.place {
            QueuePlace::Mine => conversation.assignee == Some(cx.agent.id),
            QueuePlace::Department(department) => {
                conversation.department == department && conversation.is_visible_to(&cx.agent)
            }
        };
        let inside =
            inside && (scope.tag.is_none() || tags::sql::of(cx.conn, id)?.iter().any(|tag| Some(tag.id) == scope.tag));
        if inside && let Some(card) = sql::card(cx.conn, &cx.agent, id)? {
            cards.push(shown.card(&card).into_string());
        }
    }
    // The counters know no tags.
    let counted: &[State] = if scope.tag.is_some() { &[] } else { &SECTIONS };
    let counts: serde_json::Map<String, serde_json::Value> =
        counted.iter().map(|state| (state.word().to_owned(), counts.get(state).copied().unwrap_or(0).into())).collect();
    Response::json(&serde_json::json!({ "counts": counts, "cards": cards }))
}

/// What the title and the sounds tell: `{"unread": n, "latest": ms}`.
pub fn attention(cx: &Cx) -> Result<Response> {
    let (unread, latest) = sql::attention(cx.conn, &cx.agent)?;
    let notifications = notifications::sql::count_unseen(cx.conn, cx.agent.id)?;
    Response::json(&serde_json::json!({ "unread": unread, "latest": latest, "notifications": notifications }))
}
