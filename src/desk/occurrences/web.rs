//! Recording an occurrence, and correcting one.

use super::view::OccurrenceDialog;
use super::{NewOccurrence, OccurrenceForm, OccurrenceId, sql};
use crate::desk::conversations::acts::Reach;
use crate::desk::conversations::{self, Conversation, ConversationId, State};
use crate::desk::dispositions::{self, Disposition, Sentiment, Use};
use crate::desk::messages::{self, OccurrenceLine, SystemLine};
use crate::platform::error::{Error, Result};
use crate::platform::text::{conversations as c, dispositions as d, occurrences as t};
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// Whoever sees an open conversation may record something in it.
fn open(cx: &Cx, id: ConversationId) -> Result<(Conversation, Vec<Disposition>)> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    if conversation.state == State::Closed {
        return Err(Error::Conflict(c::ALREADY_CLOSED));
    }
    let offered = dispositions::sql::for_use(cx.conn, conversation.department, Use::Occurrence)?;
    Ok((conversation, offered))
}

/// The occurrence that a correction is about: of this conversation, and not corrected yet.
fn corrected(cx: &Cx, id: ConversationId) -> Result<Option<(OccurrenceId, super::OccurrenceRecord)>> {
    let Some(old) = cx.form.number("corrects").map(OccurrenceId) else { return Ok(None) };
    let recorded = sql::find(cx.conn, old)?;
    match recorded.conversation == id {
        false => Err(Error::NotFound),
        true if recorded.corrected => Err(Error::Conflict(t::CORRECTED_ALREADY)),
        true => Ok(Some((old, recorded))),
    }
}

/// The form: for a dialog, or as a page of its own. A correction begins with what was recorded.
pub fn new(cx: &Cx, id: ConversationId) -> Result<Response> {
    let (_, offered) = open(cx, id)?;
    let old = corrected(cx, id)?;
    let form = old.as_ref().map_or_else(Form::default, |(_, recorded)| {
        Form::default()
            .with("disposition", recorded.disposition.map(|id| id.to_string()).unwrap_or_default())
            .with("body", recorded.body.as_str())
            .with("happened_at", cx.company.zone.local(recorded.happened_at))
    });
    let problems = Problems::default();
    let corrects = old.map(|(id, _)| id);
    let shown =
        OccurrenceDialog { language: cx.language, id, corrects, offered: &offered, form: &form, problems: &problems };
    Ok(Response::html(if cx.wants_fragment() { shown.dialog() } else { shown.page() }))
}

/// Records it: the row, and the line in the conversation.
pub fn create(cx: &Cx, id: ConversationId) -> Result<Response> {
    let (conversation, offered) = open(cx, id)?;
    let corrects = corrected(cx, id)?.map(|(id, _)| id);
    let again = |problems: &Problems| {
        let shown =
            OccurrenceDialog { language: cx.language, id, corrects, offered: &offered, form: cx.form, problems };
        Ok(Response::invalid(if cx.wants_fragment() { shown.form() } else { shown.page() }))
    };
    let draft = match OccurrenceForm::parse(cx.form, !offered.is_empty(), &cx.company.zone, cx.now) {
        Ok(draft) => draft,
        Err(problems) => return again(&problems),
    };
    let chosen = draft.disposition.and_then(|id| offered.iter().find(|one| one.id == id));
    if draft.disposition.is_some() && chosen.is_none() {
        return again(&Problems::one("disposition", d::NEEDED));
    }
    let path = chosen.map_or("", |one| one.path.as_str());
    let new = NewOccurrence {
        conversation: id,
        department: conversation.department,
        channel: conversation.channel,
        agent: cx.agent.id,
        disposition: chosen.map(|one| one.id),
        path,
        sentiment: chosen.map_or(Sentiment::Neutral, |one| one.sentiment),
        body: &draft.body,
        happened_at: draft.happened_at,
        corrects,
        now: cx.now,
    };
    let occurrence = sql::create(cx.conn, &new)?.ok_or(Error::Conflict(t::CORRECTED_ALREADY))?;
    let line = OccurrenceLine {
        id: occurrence.0,
        corrects: corrects.map(|id| id.0),
        name: cx.agent.name.clone(),
        path: path.to_owned(),
        body: draft.body,
    };
    messages::sql::add_line(cx.conn, id, &SystemLine::Occurrence(line), cx.now)?;
    conversations::acts::tell_change(cx.conn, id, Reach::Team, cx.now)?;
    Ok(Response::see_other(format!("/conversations/{id}")))
}
