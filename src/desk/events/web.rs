//! The event stream of a signed-in person.

use crate::desk::conversations::{self, ConversationId};
use crate::desk::events::stream::stream;
use crate::platform::error::Result;
use crate::platform::web::http::Response;
use crate::team::agents::Role;
use crate::team::visit::Cx;

/// A stream of what concerns this person: own departments, own notifications, and the conversation that is open.
pub fn index(cx: &Cx) -> Result<Response> {
    let mut topics = vec![format!("agent:{}", cx.agent.id), format!("session:{}", cx.session), "team".to_owned()];
    if cx.agent.role == Role::Admin {
        topics.push("departments".to_owned());
    } else {
        topics.extend(cx.agent.departments.iter().map(|department| format!("department:{department}")));
    }
    if let Some(id) = cx.form.number("conversation") {
        let id = ConversationId(id);
        // Who may not see it hears nothing of it.
        if conversations::sql::find(cx.conn, id)?.is_visible_to(&cx.agent) {
            topics.push(format!("conversation:{id}"));
        }
    }
    stream(cx, topics, format!("agent:{}", cx.agent.id))
}
