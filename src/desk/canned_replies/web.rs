//! What the composer offers at `#`.

use super::Offer;
use super::sql::find_all;
use super::sql_files;
use crate::desk::conversations::{self, ConversationId};
use crate::desk::placeholders::{self, Placeholder};
use crate::platform::error::Result;
use crate::platform::text::folding::{fold, words};
use crate::platform::web::http::Response;
use crate::team::visit::Cx;

/// Texts that the composer lists at once.
const LISTED: i64 = 8;

/// The texts that fit what was typed, filled in from the conversation, as JSON.
pub fn offered(cx: &Cx, id: ConversationId) -> Result<Response> {
    let conversation = conversations::sql::find(cx.conn, id)?.require_reader(&cx.agent)?;
    let typed: Vec<String> = words(cx.form.trimmed("q")).iter().map(|word| fold(word)).collect();
    let found = find_all(cx.conn, cx.agent.id, &[conversation.department], &typed, LISTED)?;
    let values = placeholders::sql::of_conversation(cx.conn, id, cx.company.language, &cx.company.zone, cx.now)?
        .with(Placeholder::Agent, cx.agent.name.as_str());
    let offers: Vec<Offer> = found
        .iter()
        .map(|reply| {
            let files = sql_files::of(cx.conn, reply.id)?.into_iter().map(|file| file.name).collect();
            Ok(Offer::of(reply, &values, files))
        })
        .collect::<Result<_>>()?;
    Response::json(&offers)
}
