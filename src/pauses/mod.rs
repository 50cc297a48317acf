//! Pausing a conversation: the agent steps away until a set time.

pub mod sql;
