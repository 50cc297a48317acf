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
pub struct HitPage {
    pub hits: Vec<Hit>,
    pub older: Option<MessageId>,
}

crate::columns! {
    /// What is read of a message that holds the words.
    Columns {
        id = "message.id",
        conversation_id = "message.conversation_id",
        number = "c.number",
        author = "message.author",
        contact_id = "contact.id",
        contact_name = "contact.name",
        contact_phone = "contact.phone",
        contact_email = "contact.email",
        body = "message.body",
        at = "message.at",
        department_id = "c.department_id",
        assignee_id = "c.assignee_id",
    }
    "FROM message_search
     CROSS JOIN message ON message.id = message_search.rowid
     CROSS JOIN conversation c ON c.id = message.conversation_id
     CROSS JOIN contact ON contact.id = c.contact_id
     WHERE message_search MATCH ? AND message_search.rowid < ? ORDER BY message_search.rowid DESC"
}

/// The newest messages before one that hold every word and that this person may see.
pub fn messages(conn: &Connection, agent: &Agent, expression: &str, before: Option<MessageId>) -> Result<HitPage> {
    let at = Columns::AT;
    let mut statement = conn.prepare_cached(Columns::SELECT)?;
    let mut rows = statement.query((expression, before.map_or(i64::MAX, |id| id.0)))?;
    let mut page = HitPage { hits: Vec::new(), older: None };
    let mut looked_at = 0;
    let mut last = None;
    while let Some(row) = rows.next()? {
        if page.hits.len() == PAGE || looked_at == LOOKED_AT {
            page.older = last;
            break;
        }
        looked_at += 1;
        last = Some(row.get(at.id)?);
        let assignee: Option<crate::team::agents::AgentId> = row.get(at.assignee_id)?;
        if !conversations::may_see(agent, row.get(at.department_id)?, assignee) {
            continue;
        }
        page.hits.push(Hit {
            message: row.get(at.id)?,
            conversation: row.get(at.conversation_id)?,
            number: row.get(at.number)?,
            author: row.get(at.author)?,
            contact: Contact {
                id: row.get(at.contact_id)?,
                name: row.get(at.contact_name)?,
                phone: row.get(at.contact_phone)?,
                email: row.get(at.contact_email)?,
            },
            body: row.get(at.body)?,
            at: row.get(at.at)?,
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
