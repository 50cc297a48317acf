//! A person's own notices.

use super::{Kind, NoticeId, mentioned, sql, view};
use crate::agents::{self, AgentId};
use crate::app::Cx;
use crate::conversations::Conversation;
use crate::error::{Error, Result};
use crate::web::http::Response;

/// What one has not seen.
pub fn index(cx: &Cx) -> Result<Response> {
    let notices = sql::unseen(cx.conn, cx.agent.id)?;
    Ok(Response::html(if cx.wants_fragment() {
        view::list(cx.language, &cx.company.zone, &notices)
    } else {
        view::index(&cx.agent, &cx.company.zone, &notices)
    }))
}

/// Marks everything up to the newest that was shown as seen.
pub fn see(cx: &Cx) -> Result<Response> {
    let up_to = cx.form.number("up_to").ok_or(Error::NotFound)?;
    sql::see(cx.conn, cx.agent.id, NoticeId(up_to), cx.now)?;
    Ok(if cx.wants_fragment() { Response::nothing() } else { Response::see_other("/notices") })
}

/// Tells the people whom a note names, if they may see the conversation.
pub fn mention(cx: &Cx, conversation: &Conversation, note: &str) -> Result<()> {
    if !note.contains('@') {
        return Ok(());
    }
    let people: Vec<(AgentId, String)> = agents::sql::everybody(cx.conn)?
        .into_iter()
        .filter(|agent| agent.id != cx.agent.id && agent.in_department(conversation.department))
        .map(|agent| (agent.id, agent.name))
        .collect();
    mentioned(note, &people)
        .into_iter()
        .try_for_each(|agent| sql::tell(cx.conn, agent, Kind::Mention, Some(conversation.id), note, cx.now))
}
