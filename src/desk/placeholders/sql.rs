//! What the variables stand for in a conversation.

use rusqlite::Connection;

use super::{Values, Variable, greeting};
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::Language;
use crate::platform::time::{Timestamp, Zone};

/// The common values of a conversation; the assignee speaks unless another person is added with `Variable::Agent`.
pub fn of_conversation(
    conn: &Connection,
    id: ConversationId,
    language: Language,
    zone: &Zone,
    now: Timestamp,
) -> Result<Values> {
    db::one(
        conn,
        "SELECT contact.name, coalesce(agent.name, ''), number, department.name, company.name FROM conversation
         JOIN contact ON contact.id = contact_id JOIN department ON department.id = department_id JOIN company
         LEFT JOIN agent ON agent.id = assignee_id WHERE conversation.id = ?",
        [id],
        |row| {
            let contact: String = row.get(0)?;
            let first = contact.split_whitespace().next().unwrap_or("").to_owned();
            let number: i64 = row.get(2)?;
            Ok(Values::default()
                .with(Variable::Contact, contact)
                .with(Variable::FirstName, first)
                .with(Variable::Agent, row.get::<_, String>(1)?)
                .with(Variable::Number, number.to_string())
                .with(Variable::Department, row.get::<_, String>(3)?)
                .with(Variable::Company, row.get::<_, String>(4)?)
                .with(Variable::Greeting, greeting(zone.hour(now)).say(language)))
        },
    )
}
