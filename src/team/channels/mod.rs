//! Channels: the ways in for customers.

pub mod sql;

use crate::team::departments::DepartmentId;

crate::ids! {
    /// A way in for customers.
    ChannelId,
}

crate::words! {
    /// The kind of a channel; the desk takes no messages, only notes.
    Kind { WebChat = "web_chat", Email = "email", WhatsApp = "whatsapp", Telegram = "telegram", Api = "api", Desk = "desk" }
}

/// Letters that a name has at most.
pub const LONGEST_NAME: usize = 100;

/// A way in for customers.
#[derive(Clone, Debug)]
pub struct Channel {
    pub id: ChannelId,
    pub kind: Kind,
    pub name: String,
    /// Where new conversations go.
    pub department: DepartmentId,
    /// Stands in public addresses.
    pub public_key: String,
    /// Signs identified visitors; never leaves the settings page.
    pub secret: String,
    /// A message within this time after the closing reopens the conversation, in milliseconds.
    pub reopen_window: i64,
}
