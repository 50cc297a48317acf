//! Readings: how far each person has read a conversation.

use crate::desk::messages::MessageId;
use crate::team::agents::AgentId;

pub mod sql;
pub mod web;

/// How far one person has read a conversation.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReadMark {
    pub agent: AgentId,
    pub seen: i64,
    pub message: MessageId,
}
