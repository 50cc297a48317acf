//! What the placeholders stand for in a conversation.

use rusqlite::Connection;

use super::{Placeholder, Values, greeting};
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::Language;
use crate::platform::time::{Timestamp, Zone};

/// The common values of a conversation; the assignee speaks unless another person is added with `Placeholder::Agent`.
pub fn of_conversation(
    conn: &Connection,
    id: ConversationId,
    language: Language,
    zone: &Zone,
    now: Timestamp,
) -> Result<Values> {
    db::one(
        conn,
        "SELECT contact.name AS contact_name, coalesce(agent.name, '') AS agent_name, number, department.name AS department_name,
                company.name AS company_name
         FROM conversation
         JOIN contact ON contact.id = contact_id JOIN department ON department.id = department_id JOIN company
         LEFT JOIN agent ON agent.id = assignee_id WHERE conversation.id = ?",
        [id],
        |row| {
            let contact: String = row.get("contact_name")?;
            let first = contact.split_whitespace().next().unwrap_or("").to_owned();
            let number: i64 = row.get("number")?;
            Ok(Values::default()
                .with(Placeholder::Contact, contact)
                .with(Placeholder::FirstName, first)
                .with(Placeholder::Agent, row.get::<_, String>("agent_name")?)
                .with(Placeholder::Number, number.to_string())
                .with(Placeholder::Department, row.get::<_, String>("department_name")?)
                .with(Placeholder::Company, row.get::<_, String>("company_name")?)
                .with(Placeholder::Greeting, greeting(zone.hour(now)).say(language)))
        },
    )
}
