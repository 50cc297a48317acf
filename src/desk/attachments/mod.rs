//! Files of messages: which are taken, how they are named, who uploads them.

pub mod sql;
pub mod store;
pub mod web;

use serde::Serialize;

use crate::contacts::IdentityId;
use crate::desk::conversations::ConversationId;
use crate::platform::files::media_type;
use crate::platform::text::Phrase;
use crate::platform::text::attachments as t;
use crate::team::agents::AgentId;

/// The largest file, in bytes.
pub const LARGEST: u64 = 20 * 1024 * 1024;
/// So much of a file tells what it is.
pub const HEAD: usize = 8192;

/// Who sends a file: a waiting one can be bound to a message by the same one alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uploader {
    Visitor(IdentityId),
    Agent(AgentId, ConversationId),
}

/// A file that was taken and waits for its message.
#[derive(Clone, Debug, Serialize)]
pub struct WaitingFile {
    pub token: String,
    pub name: String,
    #[serde(rename = "type")]
    pub media_type: String,
    pub size: u64,
}

/// A stored file, as its download needs it.
#[derive(Clone, Debug)]
pub struct StoredFile {
    pub token: String,
    pub name: String,
    pub media_type: String,
    pub conversation: Option<ConversationId>,
    /// Whether its message is a note.
    pub noted: bool,
    /// The uploader, while it waits.
    pub waits_for: Option<Uploader>,
    /// The identity of its conversation, or of the visitor who sent it.
    pub identity: Option<IdentityId>,
}

/// Checks a file by its size and its first bytes.
pub fn check(size: u64, head: &[u8], name: &str) -> Result<&'static str, (u16, Phrase)> {
    match size {
        0 => Err((422, t::EMPTY)),
        size if size > LARGEST => Err((413, t::TOO_LARGE)),
        _ => media_type(head, name).ok_or((422, t::BAD_TYPE)),
    }
}
