//! Queries of the search.

use rusqlite::Connection;

use super::{Hit, PAGE};
use crate::contacts::Contact;
use crate::desk::conversations::{self, ConversationId};
use crate::desk::messages::MessageId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::team::agents::Agent;

/// Hits looked at for one page, where most belong to departments that the asker may not see.
const LOOKED_AT: usize = 5_000;

/// A page of hits and where older ones go on.
pub struct Page {
    pub hits: Vec<Hit>,
    pub older: Option<MessageId>,
}

/// The newest messages before one that hold every word and that this person may see.
pub fn messages(conn: &Connection, agent: &Agent, expression: &str, before: Option<MessageId>) -> Result<Page> {
    let mut statement = conn.prepare_cached(
        "SELECT message.id, c.department_id, c.assignee_id, message.conversation_id, c.number, message.author, contact.id AS contact_id,
                contact.name, contact.phone, contact.email, message.body, message.at
         FROM message_search
         CROSS JOIN message ON message.id = message_search.rowid
         CROSS JOIN conversation c ON c.id = message.conversation_id
         CROSS JOIN contact ON contact.id = c.contact_id
         WHERE message_search MATCH ? AND message_search.rowid < ? ORDER BY message_search.rowid DESC",
    )?;
    let mut rows = statement.query((expression, before.map_or(i64::MAX, |id| id.0)))?;
    let mut page = Page { hits: Vec::new(), older: None };
    let mut looked_at = 0;
    let mut last = None;
    while let Some(row) = rows.next()? {
        if page.hits.len() == PAGE || looked_at == LOOKED_AT {
            page.older = last;
            break;
        }
        looked_at += 1;
        last = Some(row.get("id")?);
        let assignee: Option<crate::team::agents::AgentId> = row.get("assignee_id")?;
        if !conversations::may_see(agent, row.get("department_id")?, assignee) {
            continue;
        }
        page.hits.push(Hit {
            message: row.get("id")?,
            conversation: row.get("conversation_id")?,
            number: row.get("number")?,
            author: row.get("author")?,
            contact: Contact {
                id: row.get("contact_id")?,
                name: row.get("name")?,
                phone: row.get("phone")?,
                email: row.get("email")?,
            },
            body: row.get("body")?,
            at: row.get("at")?,
        });
    }
    Ok(page)
}

/// The latest conversation of a contact that this person may see.
pub fn conversation_of(conn: &Connection, agent: &Agent, contact: &Contact) -> Result<Option<ConversationId>> {
    let latest: Vec<ConversationId> = db::all(
        conn,
        "SELECT id FROM conversation WHERE contact_id = ? ORDER BY id DESC LIMIT 20",
        [contact.id],
        |row| row.get(0),
    )?;
    for id in latest {
        if conversations::sql::find(conn, id)?.is_visible_to(agent) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
