//! Drafts: what a person has typed and not sent, kept on the server, apart for chat and note.

pub mod sql;
pub mod web;

crate::words! {
    /// The two tabs of the composer.
    Tab { Chat = "chat", Note = "note" }
}
