//! The ways in: one room a channel, and what all of them do with a message.

pub mod inbound; // finds the conversation of a message, reopens it, or opens one
pub mod web_chat; // the widget, its frame and its page
