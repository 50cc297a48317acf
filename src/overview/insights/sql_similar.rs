//! Queries on what is like this conversation: past ones by their words, prepared texts.

use std::collections::HashMap;

use rusqlite::Connection;

use super::SimilarConversation;
use crate::desk::canned_replies::CannedReplyId;
use crate::desk::conversations::ConversationId;
use crate::platform::db;
use crate::platform::error::Result;
use crate::platform::text::folding::fold;
use crate::team::agents::AgentId;
use crate::team::departments::DepartmentId;

/// Messages of others that are looked at, the newest that hold any of the words.
const LOOKED_AT: i64 = 300;
/// Similar conversations that are asked.
const ASKED: usize = 12;

/// What the contact said last in a conversation, newest first.
pub fn said(conn: &Connection, conversation: ConversationId, limit: i64) -> Result<Vec<String>> {
    let sql = "SELECT body FROM message WHERE conversation_id = ? AND author = 'contact' AND body <> '' ORDER BY id DESC LIMIT ?";
    db::all(conn, sql, (conversation, limit), |row| row.get(0))
}

/// Closed conversations of a department whose contact used the same words: those that share the most first.
pub fn similar(
    conn: &Connection,
    conversation: ConversationId,
    department: DepartmentId,
    words: &[String],
) -> Result<Vec<SimilarConversation>> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let expression = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR ");
    let hits: Vec<(ConversationId, String)> = db::all(
        conn,
        "SELECT c.id, message.body FROM message_search
         CROSS JOIN message ON message.id = message_search.rowid
         CROSS JOIN conversation c ON c.id = message.conversation_id
         WHERE message_search MATCH ? AND message.author = 'contact' AND c.state = 'closed' AND c.department_id = ? AND c.id <> ?
         ORDER BY message_search.rowid DESC LIMIT ?",
        (expression, department, conversation, LOOKED_AT),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut shared: HashMap<ConversationId, Vec<&String>> = HashMap::new();
    for (id, body) in &hits {
        let body = fold(body);
        let known = shared.entry(*id).or_default();
        for word in words.iter().filter(|word| body.contains(word.as_str())) {
            if !known.contains(&word) {
                known.push(word);
            }
        }
    }
    // One word alone is shared by chance, unless there is no other.
    let least = words.len().min(2);
    let mut ranked: Vec<(usize, ConversationId)> =
        shared.into_iter().map(|(id, words)| (words.len(), id)).filter(|(count, _)| *count >= least).collect();
    ranked.sort_by_key(|(count, id)| (std::cmp::Reverse(*count), std::cmp::Reverse(*id)));
    ranked.truncate(ASKED);
    ranked.into_iter().map(|(_, id)| facts(conn, id)).collect()
}

/// With what a conversation was closed, and what it carries.
fn facts(conn: &Connection, conversation: ConversationId) -> Result<SimilarConversation> {
    let closing = db::maybe(
        conn,
        "SELECT closing.disposition_id, disposition.archived_at IS NULL AND system_key IS NULL, path FROM closing
         LEFT JOIN disposition ON disposition.id = closing.disposition_id
         WHERE conversation_id = ? AND reopened_at IS NULL AND closed_by = 'agent'",
        [conversation],
        |row| Ok((row.get::<_, Option<_>>(0)?, row.get::<_, Option<bool>>(1)?, row.get::<_, String>(2)?)),
    )?;
    let tags = db::all(
        conn,
        "SELECT tag.id, name FROM conversation_tag JOIN tag ON tag.id = tag_id WHERE conversation_id = ? AND archived_at IS NULL",
        [conversation],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let (disposition, path) = match closing {
        Some((id, Some(true), path)) => (id, path),
        _ => (None, String::new()),
    };
    Ok(SimilarConversation { conversation, disposition, path, tags })
}

/// Prepared texts for a department that hold any of the words: id, title, and the words that they hold; the most first.
pub fn replies(
    conn: &Connection,
    agent: AgentId,
    department: DepartmentId,
    words: &[String],
) -> Result<Vec<(CannedReplyId, String, Vec<String>)>> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    db::all(
        conn,
        "SELECT id, title, held FROM (
             SELECT id, title, used, (SELECT group_concat(value, char(31)) FROM json_each(?1) WHERE instr(search, value) > 0) AS held,
                    (SELECT count(*) FROM json_each(?1) WHERE instr(search, value) > 0) AS hits
             FROM canned_reply WHERE archived_at IS NULL AND (scope = 'everyone' OR owner_id = ?2 OR EXISTS (
                 SELECT 1 FROM canned_reply_department WHERE canned_reply_id = canned_reply.id AND department_id = ?3)))
         WHERE hits > 0 ORDER BY hits DESC, used DESC, id LIMIT 3",
        (serde_json::to_string(words)?, agent, department),
        |row| {
            let held: String = row.get(2)?;
            Ok((row.get(0)?, row.get(1)?, held.split('\u{1f}').map(str::to_owned).collect()))
        },
    )
}
