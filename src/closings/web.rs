//! Closing a conversation.

use super::{ClosedBy, Draft, Kept, sql, view};
use crate::app::Cx;
use crate::conversations::sql::Reach;
use crate::conversations::{self, ConversationId, State};
use crate::dispositions::{self, Disposition, Sentiment, Use};
use crate::error::{Error, Result};
use crate::messages::{self, Author, Line, NewMessage};
use crate::text::{conversations as c, dispositions as t};
use crate::web::form::{Form, Problems};
use crate::web::http::Response;
use crate::{distributions, transfers};

/// The form: for a dialog, or as a page of its own.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_writer(&cx.agent)?;
    let offered = dispositions::sql::for_use(cx.conn, conversation.department, Use::Conversation)?;
    Ok(Response::html(if cx.wants_fragment() {
        view::dialog(cx.language, id, &offered)
    } else {
        view::page(cx.language, id, &offered, &Form::default(), &Problems::default())
    }))
}

/// Closes: farewell first, then the closing, the line and the news, all or nothing.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = transfers::web::writable(cx, id)?;
    let offered = dispositions::sql::for_use(cx.conn, conversation.department, Use::Conversation)?;
    let again = |problems: &Problems| {
        Ok(Response::invalid(if cx.wants_fragment() {
            view::form(cx.language, id, &offered, cx.form, problems)
        } else {
            view::page(cx.language, id, &offered, cx.form, problems)
        }))
    };
    let draft = match Draft::parse(cx.form, !offered.is_empty()) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    let chosen: Option<&Disposition> = draft.disposition.and_then(|id| offered.iter().find(|offered| offered.id == id));
    if draft.disposition.is_some() && chosen.is_none() {
        return again(&Problems::one("disposition", t::NEEDED));
    }
    let kept = match chosen {
        Some(disposition) => {
            Kept { disposition: Some(disposition.id), path: disposition.path.clone(), sentiment: disposition.sentiment }
        }
        None => Kept { disposition: None, path: String::new(), sentiment: Sentiment::Neutral },
    };
    if !draft.farewell.is_empty() {
        let farewell = NewMessage {
            conversation: id,
            author: Author::Agent,
            agent: Some(cx.agent.id),
            body: &draft.farewell,
            external_id: None,
            at: cx.now,
        };
        let message = messages::sql::add(cx.conn, &farewell)?;
        let place = conversations::sql::agent_spoke(cx.conn, id, &draft.farewell, cx.now)?;
        conversations::sql::tell_message(cx.conn, id, place, message, Author::Agent, cx.now)?;
    }
    if conversation.state == State::Closed || !conversations::sql::close(cx.conn, id, cx.now)? {
        return Err(Error::Conflict(c::ALREADY_CLOSED));
    }
    sql::create(cx.conn, id, &kept, &draft.body, ClosedBy::Agent, Some(cx.agent.id), cx.now)?;
    messages::sql::add_line(cx.conn, id, &Line::Closed { path: kept.path }, cx.now)?;
    conversations::sql::tell_change(cx.conn, id, Reach::Everyone, cx.now)?;
    if let Some(holder) = conversation.assignee {
        distributions::sql::hand_out_to(cx.conn, holder, cx.now)?;
    }
    Ok(Response::see_other(format!("/conversations/{id}")))
}
