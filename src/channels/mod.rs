//! The ways in: one room a channel, and what all of them do with a message.

pub mod acts; // a message comes in: its conversation is found, reopened or opened
pub mod web_chat; // the widget, its frame and its page
