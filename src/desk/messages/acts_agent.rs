//! A person of the team writes: to the contact, or a note.

use rusqlite::Connection;

use super::{Author, MessageId, NewMessage, sql};
use crate::desk::attachments::{self, Uploader};
use crate::desk::canned_replies::{self, CannedReplyId};
use crate::desk::conversations::{self, Conversation};
use crate::desk::drafts::{self, Tab};
use crate::desk::{notifications, reads, transfers};
use crate::platform::error::{Error, Result};
use crate::platform::text::attachments as t;
use crate::platform::time::Timestamp;
use crate::team::agents::Agent;

/// What was written, checked already.
pub struct Writing<'a> {
    pub tab: Tab,
    pub body: &'a str,
    /// Under which a repetition is known.
    pub key: Option<&'a str>,
    /// Tokens of files that wait for this message.
    pub files: &'a [&'a str],
    /// Prepared texts that stand in it.
    pub canned: &'a [CannedReplyId],
}

/// The message with its files; a word to the contact moves the conversation and accepts a transfer, a note tells whom it names. The
/// draft is empty then, and everything is read.
///
/// # Errors
/// Conflict where a file is gone.
pub fn write(
    conn: &Connection,
    by: &Agent,
    conversation: &Conversation,
    writing: &Writing,
    now: Timestamp,
) -> Result<MessageId> {
    let Writing { tab, body, key, files, canned } = *writing;
    let id = conversation.id;
    let author = match tab {
        Tab::Chat => Author::Agent,
        Tab::Note => Author::Note,
    };
    let new = NewMessage { conversation: id, author, agent: Some(by.id), body, external_id: key, at: now };
    let message = sql::add(conn, &new)?;
    let names = attachments::sql::bind(conn, files, Uploader::Agent(by.id, id), id, message)?;
    if names.len() != files.len() {
        return Err(Error::Conflict(t::GONE));
    }
    match tab {
        Tab::Chat => {
            let line = if body.is_empty() { format!("📎 {}", names.join(", ")) } else { body.to_owned() };
            conversations::sql::agent_spoke(conn, id, &line, now)?;
            transfers::acts::accept(conn, id, by.id, now)?;
        }
        Tab::Note => notifications::acts::mention(conn, by, conversation, (body, ""), now)?,
    }
    for one in canned {
        canned_replies::sql::count_use(conn, *one, by.id, conversation.department)?;
    }
    drafts::sql::keep(conn, by.id, id, tab, "", now)?;
    reads::sql::seen(conn, by.id, id)?;
    conversations::acts::tell_message(conn, id, conversations::sql::place(conn, id)?, message, author, now)?;
    Ok(message)
}
