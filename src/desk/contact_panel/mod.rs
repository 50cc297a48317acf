//! The contact beside the conversation: the record and its labels, changed by whoever sees the conversation.

pub mod web;
pub mod web_labels;
