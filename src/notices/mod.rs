//! Notices: what a person should hear of even when away; shown in the console, mailed to who does not look.

pub mod sql;
pub mod view;
pub mod web;

use crate::conversations::ConversationId;
use crate::text::{Phrase, notices as t};
use crate::time::Timestamp;

crate::ids! {
    /// One notice to one person.
    NoticeId,
}

crate::words! {
    /// What a notice is about.
    Kind { Mention = "mention", Transfer = "transfer", Assigned = "assigned", PauseDue = "pause_due", CallDue = "call_due" }
}

impl Kind {
    /// What it is about, in words.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Mention => t::MENTION,
            Self::Transfer => t::TRANSFER,
            Self::Assigned => t::ASSIGNED,
            Self::PauseDue => t::PAUSE_DUE,
            Self::CallDue => t::CALL_DUE,
        }
    }
}

/// One notice.
#[derive(Clone, Debug)]
pub struct Notice {
    pub id: NoticeId,
    pub kind: Kind,
    pub conversation: Option<ConversationId>,
    /// The conversation's protocol number.
    pub number: Option<i64>,
    pub line: String,
    pub at: Timestamp,
}
