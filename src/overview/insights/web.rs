//! The insight on a conversation and its contact.

use super::view::InsightPanel;
use super::{dispositions, hours, sql, sql_similar, tags, telling};
use crate::app::Outside;
use crate::desk::conversations::{self, ConversationId};
use crate::desk::tags::TagId;
use crate::platform::error::Result;
use crate::platform::text::insights as t;
use crate::platform::web::http::Response;
use crate::team::agents;
use crate::team::visit::Cx;

/// The figures and suggestions: a part of the pane, or a page of its own.
pub fn show(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let (contact, department) = (conversation.contact, conversation.department);
    let said = sql_similar::said(cx.conn, id, 3)?;
    let last = said.first().map_or(Vec::new(), |body| telling(body, 8));
    let similar = sql_similar::similar(cx.conn, id, department, &telling(&said.join(" "), 6))?;
    let carried: Vec<TagId> = crate::desk::tags::sql::of(cx.conn, id)?.into_iter().map(|tag| tag.id).collect();
    let zone = &cx.company.zone;
    let own = sql::own(cx.conn, contact, &cx.agent, cx.now)?;
    let answered: Vec<i8> = sql::answered(cx.conn, &own, 200)?.into_iter().map(|at| zone.hour(at)).collect();
    let shown = InsightPanel {
        language: cx.language,
        zone,
        now: cx.now,
        conversation: &conversation,
        writable: conversation.is_writable_by(&cx.agent),
        own: sql::contact(cx.conn, &own)?,
        average: sql::average(cx.conn, department)?,
        recorded: sql::recorded(cx.conn, &own, 200)?,
        hours: hours(&answered),
        answers: answered.len(),
        promises: sql::promises(cx.conn, &own)?,
        replies: sql_similar::replies(cx.conn, cx.agent.id, department, &last)?,
        of: similar.len(),
        dispositions: dispositions(&similar),
        tags: tags(&similar, &carried),
    };
    let part = shown.show();
    if cx.wants_fragment() {
        return Ok(Response::html(part));
    }
    Ok(Response::html(agents::view::outside(cx.language, t::TITLE.say(cx.language), &part)))
}

/// The calendar's turn: each department's averages anew. They are read beside the writer, for they look at a quarter's closings.
pub fn work_out(outside: &mut Outside) -> Result<()> {
    let now = outside.now();
    let found = outside.read(|conn| {
        let all = crate::team::departments::sql::all(conn)?;
        all.into_iter().map(|one| Ok((one.id, sql::work_out(conn, one.id, now)?))).collect::<Result<Vec<_>>>()
    })?;
    outside.change(move |conn| found.iter().try_for_each(|(id, figures)| sql::keep(conn, *id, figures, now)))
}
