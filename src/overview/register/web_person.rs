//! What the law gives a person: the history of what was said, the data as a file, being forgotten.

use serde_json::{Value, json};

use crate::channels::web_chat::{self, VisibleMessage};
use crate::contacts;
use crate::contacts::custom_fields::sql_values;
use crate::contacts::view::ContactRecord;
use crate::contacts::{Contact, ContactId, contact_labels, custom_fields};
use crate::desk::contact_merges::sql::standing;
use crate::desk::conversations::{ContactCase, ConversationId, may_see};
use crate::desk::{conversations, ratings};
use crate::overview::register::acts::forget;
use crate::overview::register::web::{card, filled};
use crate::platform::error::{Error, Result};
use crate::platform::jobs;
use crate::platform::text::register as t;
use crate::platform::web::form::Problems;
use crate::platform::web::http::Response;
use crate::team::agents::Role;
use crate::team::settings::{self, Action};
use crate::team::visit::Cx;

/// Conversations of one person that a file holds at most.
const CASES: i64 = 10_000;

fn gate(cx: &Cx, role: Role) -> Result<()> {
    if cx.agent.is(role) { Ok(()) } else { Err(Error::Forbidden) }
}

/// What the person could read of a conversation; the visitor's own allow-list decides.
fn visible(cx: &Cx, id: ConversationId) -> Result<Vec<VisibleMessage>> {
    let stored = web_chat::sql::of_conversation(cx.conn, id)?;
    Ok(stored.into_iter().filter_map(|stored| VisibleMessage::of(stored, cx.company.language)).collect())
}

/// The conversations of a person that the asker may see, newest first, and how many others there are: a file holds no more than
/// the screen would show. Administrators see all of them.
fn cases(cx: &Cx, id: ContactId) -> Result<(Vec<ContactCase>, usize)> {
    let all = conversations::sql::cases(cx.conn, id, CASES)?;
    let found = all.len();
    let seen: Vec<ContactCase> =
        all.into_iter().filter(|case| may_see(&cx.agent, case.department, case.assignee)).collect();
    let hidden = found - seen.len();
    Ok((seen, hidden))
}

/// Everything said with the contact, without notes, oldest first, as a text to hand over.
pub fn history(cx: &Cx, id: ContactId) -> Result<Response> {
    gate(cx, Role::Lead)?;
    let contact = standing(cx.conn, id)?;
    let (language, zone) = (cx.company.language, &cx.company.zone);
    let name = contact.title(language);
    let title = t::HISTORY_TITLE.fill(language, &[("name", &name), ("company", &cx.company.name)]);
    let mut text = format!("{title}\n{}\n\n", zone.full(cx.now, language));
    let (cases, hidden) = cases(cx, id)?;
    if hidden > 0 {
        text.push_str(&t::HIDDEN.fill(language, &[("n", &hidden.to_string())]));
        text.push_str("\n\n");
    }
    for case in cases.iter().rev() {
        let heading = format!("{} · {}", case.number, zone.full(case.opened_at, language));
        text.push_str(&web_chat::transcript(visible(cx, case.id)?.into_iter(), &heading, zone, language));
        text.push('\n');
    }
    let file = format!("attachment; filename=\"historico-{id}.txt\"");
    Ok(Response::new(200, "text/plain; charset=utf-8", text.into_bytes()).with("content-disposition", file))
}

/// A message as the person's file has it.
fn said(message: &VisibleMessage) -> Value {
    let files: Vec<Value> = message.files.iter().map(|file| json!({ "name": file.name, "size": file.size })).collect();
    json!({ "author": message.author, "name": message.name, "body": message.body, "at": message.at, "files": files })
}

/// All of one person's data that the asker may see, as one file; for administrators all there is.
pub fn data(cx: &Cx, id: ContactId) -> Result<Response> {
    gate(cx, Role::Lead)?;
    let contact = standing(cx.conn, id)?;
    // What is archived is stored yet.
    let filled = match cx.agent.is(Role::Admin) {
        true => sql_values::filled(cx.conn, id, custom_fields::sql::all(cx.conn)?)?,
        false => filled(cx, id)?,
    };
    let named = |key: &str| match key {
        "name" | "phone" | "email" => Some(key.to_owned()),
        _ => filled.iter().find(|one| one.field.key() == key).map(|one| one.field.name.clone()),
    };
    let changes: Vec<Value> = sql_values::changes(cx.conn, id, CASES)?
        .into_iter()
        .filter_map(|one| {
            Some(json!({ "field": named(&one.field)?, "was": one.was, "becomes": one.becomes, "at": one.at }))
        })
        .collect();
    let fields: serde_json::Map<String, Value> =
        filled.iter().map(|one| (one.field.name.clone(), one.value.clone().into())).collect();
    let channels: Vec<Value> = contacts::sql::identities(cx.conn, id)?
        .into_iter()
        .map(|(_, channel, value)| json!({ "channel": channel, "value": value }))
        .collect();
    let (cases, hidden) = cases(cx, id)?;
    let mut conversations = Vec::new();
    for case in cases {
        let rating = ratings::sql::of(cx.conn, case.id)?;
        conversations.push(json!({
            "number": case.number.to_string(), "opened_at": case.opened_at, "state": case.state.word(),
            "messages": visible(cx, case.id)?.iter().map(said).collect::<Vec<_>>(),
            "rating": rating.map(|rating| json!({ "score": rating.score, "comment": rating.comment })),
        }));
    }
    let all = json!({
        "labels": contact_labels::sql::of(cx.conn, id)?.into_iter().map(|label| label.name).collect::<Vec<_>>(),
        "name": contact.name, "phone": contact.phone, "email": contact.email, "fields": fields, "changes": changes,
        "channels": channels, "conversations": conversations, "conversations_of_other_departments": hidden,
    });
    Ok(Response::json(&all)?.with("content-disposition", format!("attachment; filename=\"dados-{id}.json\"")))
}

/// Forgets a person; what was said stays without an owner, or goes too where that is asked for.
pub fn anonymise(cx: &Cx, id: ContactId) -> Result<Response> {
    gate(cx, Role::Admin)?;
    let contact: Contact = standing(cx.conn, id)?;
    if cx.form.trimmed("confirm") != contact.title(cx.language) {
        let (filled, none) = (filled(cx, id)?, Problems::default());
        let problems = Problems::one("confirm", t::NOT_CONFIRMED);
        let record = ContactRecord::of(cx.language, format!("/contacts/{id}"), &contact, &filled, &none);
        return Ok(Response::invalid(card(cx, &contact, &record, &problems, None)?));
    }
    let name = forget(cx.conn, id, cx.company.language, cx.now)?;
    if cx.form.has("words") {
        // One piece of work a conversation, so that nobody waits for two thousand of them.
        for case in conversations::sql::cases(cx.conn, id, CASES)? {
            jobs::sql::schedule(cx.conn, Some(&format!("erase-{}", case.id)), "erase", &case.id.to_string(), cx.now)?;
        }
    }
    settings::sql::record(cx.conn, cx.agent.id, Action::PersonForgotten, &name, cx.now)?;
    Ok(Response::see_other(format!("/contacts/{id}?done=1")))
}
